// accuracy.ts
// How much of a kernel the facts get right, measured against a second reader: functions that the grammar could not
// read, function names against Universal Ctags, and lock, wait and queue calls against a plain search of the text
// placed by the line ranges of Universal Ctags.
//
// npm run accuracy [-- EVERY]     reads every EVERYth .c file (8) of drivers, net, fs and kernel in Linux 6.12

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineOf } from '../../src/base/position.ts';
import type { FileFacts, FunctionFacts } from '../../src/facts/fileFacts.ts';
import { primitiveOf } from '../../src/kernel/knowledge.ts';
import { createFactsReader } from '../support/factsReader.ts';

interface CtagsFunction {
  readonly name: string;
  readonly line: number;
  readonly end: number;
}

interface Tally {
  files: number;
  functions: number;
  withErrors: number;
  ctagsFunctions: number;
  namesFound: number;
  namesExtra: number;
  calls: number;
  callsRight: number;
}

const folders = ['drivers', 'net', 'fs', 'kernel'];

const tree = join(process.env['HOLDWAIT_KERNELS'] ?? '', 'linux-source-6.12');
const every = Number(process.argv[2] ?? '8');
const verbose = process.argv.includes('--verbose');
const reader = await createFactsReader();
const tally: Tally = {
  files: 0,
  functions: 0,
  withErrors: 0,
  ctagsFunctions: 0,
  namesFound: 0,
  namesExtra: 0,
  calls: 0,
  callsRight: 0,
};

for (const path of filesToRead()) measure(path);
print();

function filesToRead(): string[] {
  const found = spawnSync('find', [...folders, '-name', '*.c', '-type', 'f'], {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (found.status !== 0)
    throw new Error(
      `no kernel tree at ${tree}: set HOLDWAIT_KERNELS to the folder that holds linux-source-6.12`,
    );
  const all = found.stdout.split('\n').filter(Boolean).sort();
  return all.filter((_, i) => i % every === 0);
}

function measure(path: string): void {
  const bytes = new Uint8Array(readFileSync(join(tree, path)));
  const facts = reader.read(bytes);
  const tags = ctagsFunctions(path);
  tally.files++;
  tally.functions += facts.functions.length;
  tally.withErrors += facts.functions.filter((item) => item.hasErrors).length;
  compareNames(path, facts, tags);
  compareCalls(path, facts, tags, new TextDecoder('latin1').decode(bytes));
}

function ctagsFunctions(path: string): CtagsFunction[] {
  const options = ['--languages=C', '--kinds-C=f', '--fields=+ne', '--sort=no', '-f', '-'];
  const { stdout } = spawnSync('ctags', [...options, path], {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return stdout.split('\n').flatMap((row) => {
    const line = /\tline:(\d+)/.exec(row)?.[1];
    const end = /\tend:(\d+)/.exec(row)?.[1];
    if (line === undefined || end === undefined) return [];
    return [{ name: row.slice(0, row.indexOf('\t')), line: Number(line), end: Number(end) }];
  });
}

function compareNames(path: string, facts: FileFacts, tags: readonly CtagsFunction[]): void {
  const ours = new Set(facts.functions.map((item) => item.name));
  const theirs = new Set(tags.map((tag) => tag.name));
  tally.ctagsFunctions += theirs.size;
  for (const name of theirs) {
    if (ours.has(name) || ours.has(name.replace(/^(?:compat_)?sys_/, ''))) tally.namesFound++;
    else if (verbose) console.log(`${path}: ${name} missing`);
  }
  for (const name of ours) if (!theirs.has(name)) tally.namesExtra++;
}

/** Every call of a primitive that the text shows inside a function of ctags must be in that function's flow, on that line. */
function compareCalls(path: string, facts: FileFacts, tags: readonly CtagsFunction[], text: string): void {
  const placed = new Set(facts.functions.flatMap((item) => primitiveCalls(facts, item)));
  for (const [row, line] of withoutComments(text).split('\n').entries()) {
    for (const [, name] of line.matchAll(/(?<!->|\.)\b([A-Za-z_]\w*)\s*\(/g)) {
      if (name === undefined || !primitiveOf(name)) continue;
      const around = tags.find((tag) => tag.line < row + 1 && row + 1 <= tag.end);
      if (!around) continue;
      tally.calls++;
      if (placed.has(`${around.name} ${name} ${String(row + 1)}`)) tally.callsRight++;
      else if (verbose) console.log(`${path}:${String(row + 1)}: ${name} not in ${around.name}`);
    }
  }
}

function primitiveCalls(facts: FileFacts, item: FunctionFacts): string[] {
  const calls: string[] = [];
  for (let i = 0; i < item.flow.count; i++) {
    const op = item.flow.op(i);
    if (op.kind !== 'call') continue;
    const call = facts.terms.expr(op.call);
    const callee = call.kind === 'call' ? facts.terms.expr(call.callee) : call;
    if (callee.kind === 'name') calls.push(`${item.name} ${callee.name} ${String(lineOf(op.at))}`);
  }
  return calls;
}

/** Comments, strings, directives and their continuation lines become blanks; line ends stay. */
function withoutComments(text: string): string {
  const blanked = (match: string): string => match.replace(/[^\n]/g, ' ');
  return text
    .replace(/\/\*[^]*?\*\/|\/\/[^\n]*|"(?:\\[^]|[^"\\\n])*"/g, blanked)
    .replace(/^[ \t]*#(?:[^\n]*\\\n)*[^\n]*/gm, blanked);
}

function print(): void {
  const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(3)} %`;
  console.log(`${String(tally.files)} files of ${folders.join(', ')} in ${tree.split('/').at(-1) ?? ''}`);
  console.log(
    `functions touched by a syntax error   ${String(tally.withErrors)} of ${String(tally.functions)}: ${share(tally.withErrors, tally.functions)}`,
  );
  console.log(
    `function names that ctags has too     ${String(tally.namesFound)} of ${String(tally.ctagsFunctions)}: ${share(tally.namesFound, tally.ctagsFunctions)} (${String(tally.namesExtra)} names of ours are not in ctags)`,
  );
  console.log(
    `lock, wait and queue calls in place   ${String(tally.callsRight)} of ${String(tally.calls)}: ${share(tally.callsRight, tally.calls)}`,
  );
}
