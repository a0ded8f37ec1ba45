// checkCommand.test.ts
// `holdwait check` as a user runs it: in a tree, on a file in no tree, and on what it cannot work with. What it prints
// for check/bond.c stands beside that file; UPDATE_GOLDEN=1 rewrites it, a mismatch leaves `.actual`.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';

const program = resolve('dist', 'cli.js');
const folder = join('test', 'golden', 'check');
const scratch = mkdtempSync(join(tmpdir(), 'holdwait-'));
const tree = join(scratch, 'linux');
const driver = join(tree, 'drivers', 'net', 'acme');
makeTree();
after(() => rmSync(scratch, { recursive: true, force: true }));

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function check(words: readonly string[], currentFolder = scratch): Outcome {
  const env = {
    ...process.env,
    XDG_CACHE_HOME: join(scratch, 'cache'),
    XDG_CONFIG_HOME: join(scratch, 'config'),
    HOLDWAIT_DEBUG: '',
  };
  const all = [program, 'check', ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, {
    cwd: currentFolder,
    encoding: 'utf8',
    env,
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

const summaryOf = ({ stdout }: Outcome): string => /^\d+ findings?:.*$/m.exec(stdout)?.[0] ?? stdout;

for (const [format, golden] of [
  ['text', 'bond.c.check.txt'],
  ['json', 'bond.c.check.json'],
  ['lines', 'bond.c.lines.txt'],
] as const) {
  test(`a file in no tree, as ${format}`, () => {
    const { status, stdout, stderr } = check(['bond.c', '--format', format], folder);
    assert.deepEqual({ status, stderr }, { status: 1, stderr: '' });
    checkGolden(golden, stdout);
  });
}

test('a file in no tree has the name by which it can be opened from here', () => {
  const path = join(scratch, 'loose', 'bond.c');
  assert.match(check([path]).stdout, /^loose\/bond\.c: 1 file/);
  assert.ok(check([path], driver).stdout.startsWith(`${path}: 1 file`));
});

test('a scope is named from here, from the top of the tree, or by its whole path', () => {
  const expected = check(['--scope', 'drivers/net/acme', '--tree', tree]);
  assert.equal(expected.status, 1);
  assert.match(expected.stdout, /^linux 6\.99\.0, drivers\/net\/acme: 2 files, /);
  assert.equal(summaryOf(expected), '2 findings: 2 of high confidence.');
  for (const [words, here] of [
    [['--scope', 'acme'], join(tree, 'drivers', 'net')],
    [['--scope', 'drivers/net/acme/'], join(tree, 'drivers')],
    [['--scope', driver, '--tree', 'linux'], scratch],
    [[], driver],
    [[driver], scratch],
  ] as const) {
    assert.equal(check(words, here).stdout, expected.stdout, words.join(' '));
  }
});

test('a file inside a tree is the scope', () => {
  const { status, stdout } = check([join(driver, 'bond.c')]);
  assert.equal(status, 1);
  assert.match(stdout, /^linux 6\.99\.0, drivers\/net\/acme\/bond\.c: 1 file/);
});

test('nothing found is status 0', () => {
  const { status, stdout } = check(['--scope', 'drivers/net/quiet', '--tree', tree]);
  assert.equal(status, 0);
  assert.match(stdout, /\nNothing found\.\n/);
});

test('the same bytes with one thread and with several, with and without a cache', () => {
  const words = ['--scope', 'drivers', '--tree', tree, '--format', 'json'];
  const plain = check(words).stdout;
  for (const extra of [['--jobs', '1'], ['--jobs', '3'], ['--no-cache'], []]) {
    assert.equal(check([...words, ...extra]).stdout, plain, extra.join(' '));
  }
});

test('what it cannot work with: one line, status 2', () => {
  const binary = join(scratch, 'binary.c');
  writeFileSync(binary, new Uint8Array([1, 0, 2]));
  const refusals: readonly (readonly [readonly string[], RegExp])[] = [
    [['gone.c'], /^holdwait: cannot read .*gone\.c: there is no such file\n$/],
    [[binary], /^holdwait: .*binary\.c is not read: binary: has a NUL byte; name a C file\n$/],
    [['loose/notes.txt'], /^holdwait: loose\/notes\.txt is not read: its name ends in neither \.c nor \.h; name a C file\n$/],
    [['loose'], /^holdwait: loose is a folder with no kernel tree around it; name C files, or a kernel tree with --tree\n$/],
    [['--tree', 'loose', '--scope', 'x'], /^holdwait: --tree loose is not the top of a kernel tree: /],
    [['--scope', 'drivers/none', '--tree', tree], /^holdwait: no C file in scope drivers\/none of .*; drivers is there; /],
    [['--tree', tree], /^holdwait: check needs a file or --scope DIR; for example: /],
    [['--scope', 'x'], /^holdwait: there is no kernel tree around /],
    [['--min-confidence', 'hihg', 'loose/bond.c'], /did you mean high\?\n$/],
  ];
  for (const [words, message] of refusals) {
    const { status, stdout, stderr } = check(words);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' }, words.join(' '));
    assert.match(stderr, message);
    assert.equal(stderr.trim().split('\n').length, 1);
  }
});

function checkGolden(name: string, actual: string): void {
  const golden = join(folder, name);
  const wrong = `${golden}.actual`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, actual);
  const expected = existsSync(golden) ? readFileSync(golden, 'utf8') : '';
  if (expected === actual) rmSync(wrong, { force: true });
  else writeFileSync(wrong, actual);
  assert.equal(actual, expected, `${golden} differs: compare it with ${wrong}, or set UPDATE_GOLDEN=1`);
}

function makeTree(): void {
  const sources = (path: string): boolean => !/\.(?:txt|json|actual)$/.test(path);
  cpSync(folder, driver, { recursive: true, filter: sources });
  cpSync(folder, join(scratch, 'loose'), { recursive: true, filter: sources });
  writeFileSync(join(scratch, 'loose', 'notes.txt'), 'int x;\n');
  mkdirSync(join(tree, 'drivers', 'net', 'quiet'), { recursive: true });
  writeFileSync(join(tree, 'drivers', 'net', 'quiet', 'quiet.c'), 'int quiet(void)\n{\n\treturn 0;\n}\n');
  writeFileSync(join(tree, 'Makefile'), 'VERSION = 6\nPATCHLEVEL = 99\nSUBLEVEL = 0\nEXTRAVERSION =\n');
  writeFileSync(join(tree, 'MAINTAINERS'), '');
  writeFileSync(join(tree, 'Kconfig'), '');
}
