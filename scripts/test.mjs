// @ts-check
// test.mjs
// All checks and tests, with everything they need set up first. `npm test -- unit` runs one part, `npm test -- unit/syntax`
// a folder of it, without the set-up of the others. The very last line says how many tests passed and failed.

import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { SetupError, inProject } from './project.mjs';
import { ensureDependencies } from './setup.mjs';
import { runTestFiles } from './test-files.mjs';
import { runStaticChecks } from './test-static.mjs';

/**
 * @typedef {import('./test-files.mjs').Tally} Tally
 * @typedef {'build' | 'kernels' | 'native' | 'vscode'} Need
 * @typedef {Map<Need, Promise<void>>} SetUps Each is done once, whether it goes well or not.
 *
 * @typedef {object} Part
 * @property {string} folder Below test/.
 * @property {readonly Need[]} needs
 * @property {number} minutes Longest time for one file of tests.
 * @property {number} atOnce Files run at the same time; 1 where tests measure or share a program.
 */

/** In the order in which they run: what fails soonest comes first. */
/** @type {readonly Part[]} */
const parts = [
  { folder: 'unit', needs: ['build'], minutes: 6, atOnce: 2 },
  { folder: 'project', needs: ['build'], minutes: 6, atOnce: 2 },
  { folder: 'golden', needs: ['build'], minutes: 6, atOnce: 2 },
  { folder: 'server', needs: ['build'], minutes: 6, atOnce: 2 },
  { folder: 'tree', needs: ['build', 'kernels', 'native'], minutes: 10, atOnce: 1 },
  { folder: 'vscode', needs: ['build', 'kernels', 'vscode'], minutes: 10, atOnce: 1 },
];

const log = (/** @type {string} */ line) => console.log(line);

/** @type {Record<Need, () => Promise<void>>} */
const setUp = {
  async build() {
    const { build } = await import('./build.mjs');
    log(await build());
  },
  async kernels() {
    const { ensureKernel, kernelsFolder } = await import('./kernels.mjs');
    for (const version of /** @type {const} */ (['6.1', '6.12'])) await ensureKernel(version, { log });
    process.env['HOLDWAIT_KERNELS'] = kernelsFolder();
  },
  async native() {
    const { ensureNativeParser } = await import('./native-parser.mjs');
    process.env['HOLDWAIT_NATIVE_PARSER'] = await ensureNativeParser({ log });
  },
  async vscode() {
    const { prepareTestVscode } = await import('./vscode-server.mjs');
    await prepareTestVscode({ log });
    const { buildHostTests } = await import('./host-tests-build.mjs');
    await buildHostTests();
  },
};

/** @param {readonly string[]} wanted Parts, or folders in them; empty means everything. */
async function main(wanted) {
  /** @type {Tally} */
  const tally = { passed: 0, failures: [], skipped: [] };
  try {
    await ensureDependencies({ log });
    refuseUnknown(wanted);
    for (const folder of foldersWithoutPart())
      recordFailure(tally, `test/${folder}`, 'belongs to no part of scripts/test.mjs');
    if (wanted.length === 0 || wanted.includes('static')) await runStaticChecks(tally);
    /** @type {SetUps} */
    const begun = new Map();
    for (const part of parts) await runPart(part, wanted, begun, tally);
  } catch (error) {
    recordFailure(tally, 'test run', error);
  }
  return report(tally);
}

/**
 * @param {Part} part
 * @param {readonly string[]} wanted
 * @param {SetUps} begun
 * @param {Tally} tally
 */
async function runPart(part, wanted, begun, tally) {
  const files = testFilesIn(part.folder).filter((file) => isWanted(file, wanted));
  if (files.length === 0) return;
  try {
    for (const need of part.needs) {
      const work = begun.get(need) ?? setUp[need]();
      begun.set(need, work);
      await work;
    }
    await runTestFiles(part, files, tally);
  } catch (error) {
    recordFailure(tally, `${part.folder}: set-up`, error);
  }
}

/** Tests that would never run. */
function foldersWithoutPart() {
  const folders = readdirSync(inProject('test')).filter((folder) => testFilesIn(folder).length > 0);
  return folders.filter((folder) => parts.every((part) => part.folder !== folder));
}

/** @param {string} folder */
function testFilesIn(folder) {
  /** @type {string[]} */
  let names = [];
  try {
    names = readdirSync(inProject('test', folder), { recursive: true, encoding: 'utf8' });
  } catch {
    // A part without a folder has no tests.
  }
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
    .sort();
}

/**
 * @param {string} file
 * @param {readonly string[]} wanted
 */
function isWanted(file, wanted) {
  return wanted.length === 0 || wanted.some((start) => file === start || file.startsWith(`${start}/`));
}

/** @param {readonly string[]} wanted */
function refuseUnknown(wanted) {
  const all = parts.flatMap(({ folder }) => testFilesIn(folder));
  for (const start of wanted) {
    if (start === 'static' || all.some((file) => isWanted(file, [start]))) continue;
    const names = ['static', ...parts.map(({ folder }) => folder)].join(', ');
    throw new SetupError(`no tests in test/${start}: name a part (${names}), or a folder or file of one`);
  }
}

/**
 * @param {Tally} tally
 * @param {string} name
 * @param {unknown} error
 */
function recordFailure(tally, name, error) {
  const text =
    error instanceof SetupError ? error.message : error instanceof Error ? error.stack : String(error);
  console.log(`✖ ${name}\n${text}`);
  tally.failures.push(name);
}

/** @param {Tally} tally */
function report({ passed, failures, skipped }) {
  if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((name) => `  ${name}`).join('\n')}`);
  const rest = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  const summary = `${passed} passed, ${failures.length} failed${rest}`;
  const status = failures.length > 0 || passed === 0 ? 1 : 0;
  // Something a test left open must neither keep this process alive nor print after the summary.
  process.stdout.write(`${summary}\n`, () => process.exit(status));
}

await main(process.argv.slice(2).map((argument) => argument.replace(/^test\/|\/$/g, '')));
