// @ts-check
// test-static.mjs
// What can be checked without running the product: formatting, types, lint rules, dead code. Each counts as one test.

import { inProject, run } from './project.mjs';

/** @typedef {import('./test-files.mjs').Tally} Tally */

/** @type {readonly { readonly name: string; readonly program: string; readonly args: readonly string[] }[]} */
const checks = [
  { name: 'format', program: 'prettier', args: ['--check', '--log-level=warn', '.'] },
  { name: 'types', program: 'tsc', args: ['-p', 'tsconfig.json'] },
  { name: 'lint', program: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'dead code', program: 'knip', args: ['--no-progress'] },
];

/** @param {Tally} tally */
export async function runStaticChecks(tally) {
  for (const { name, program, args } of checks) {
    const started = Date.now();
    const { status, output } = await run(inProject('node_modules/.bin', program), args, { capture: true });
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    if (status === 0) {
      tally.passed += 1;
      console.log(`${name} passed in ${seconds} s`);
    } else {
      tally.failures.push(name);
      console.log(`✖ ${name}: ${program} ${args.join(' ')}\n${output.trimEnd()}`);
    }
  }
}
