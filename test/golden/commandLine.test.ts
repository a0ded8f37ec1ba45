// commandLine.test.ts
// The built program, run as a user runs it, over a tiny kernel tree made of the fixtures.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';

const program = resolve('dist', 'cli.js');
const fixtures = resolve('test', 'golden', 'acme');
const scratch = mkdtempSync(join(tmpdir(), 'holdwait-'));
const tree = join(scratch, 'linux');
const driver = join('drivers', 'net', 'ethernet', 'acme');
makeTree();
after(() => rmSync(scratch, { recursive: true, force: true }));

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function holdwait(words: readonly string[], folder = scratch): Outcome {
  const env = { ...process.env, XDG_CACHE_HOME: join(scratch, 'cache'), XDG_CONFIG_HOME: join(scratch, 'config'), HOLDWAIT_DEBUG: '', HOLDWAIT_NATIVE_PARSER: scratch };
  return spawnSync(process.execPath, [program, ...words], { cwd: folder, encoding: 'utf8', env, timeout: 60_000 });
}

test('facts of a file need no tree', () => {
  const { status, stdout, stderr } = holdwait(['facts', join(fixtures, 'works.c')]);
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  assert.equal(stdout, readFileSync(join(fixtures, 'works.c.facts.txt'), 'utf8'));
});

test('chains of a function, found from a folder inside the tree, with places from its top', () => {
  const { status, stdout, stderr } = holdwait(['chains', 'acme_destroy_netdev'], join(tree, driver));
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  assert.match(stdout, /^acme_destroy_netdev\(\) {2}drivers\/net\/ethernet\/acme\/works\.c:36\n/);
  assert.match(stdout, /\n {2}waits for {2}net_device references {2,}drivers\/net\/ethernet\/acme\/works\.c:40\n/);
});

test('a place may be given from the folder or from the top, and means the function around it', () => {
  const byTop = holdwait(['chains', 'drivers/net/ethernet/acme/works.c:45', '--tree', tree]);
  const byFolder = holdwait(['chains', 'works.c:45'], join(tree, driver));
  assert.equal(byTop.status, 0);
  assert.match(byTop.stdout, /^acme_destroy_netdev\(\)/);
  assert.equal(byFolder.stdout, byTop.stdout);
});

test('chains as JSON', () => {
  const { status, stdout } = holdwait(['chains', 'acme_reset', '--tree', tree, '--format', 'json']);
  assert.equal(status, 0);
  const answer = JSON.parse(stdout) as { format: string; functions: { name: string; rows: { effect: string }[] }[] };
  assert.equal(answer.format, 'holdwait-chains/1');
  assert.deepEqual(
    answer.functions[0]?.rows.map((row) => row.effect),
    ['acquire', 'signal', 'release', 'wait'],
  );
});

test('the same bytes with one thread and with several, with and without a cache', () => {
  const words = ['chains', 'acme_count', '--tree', tree];
  const plain = holdwait(words).stdout;
  assert.notEqual(plain, '');
  for (const extra of [['--jobs', '1'], ['--jobs', '3'], ['--no-cache'], []]) {
    assert.equal(holdwait([...words, ...extra]).stdout, plain, extra.join(' '));
  }
});

test('index says what it read', () => {
  const symbols = holdwait(['index', '--tree', tree, '--no-cache']);
  assert.match(symbols.stdout, /^linux 6\.99\.0: 6 files, facts of 0, 0 skipped, \d+\.\d s\n$/);
  const all = holdwait(['index', '--tree', tree, '--no-cache', '--all']);
  assert.match(all.stdout, /: 6 files, facts of 6, 0 skipped,/);
});

test('a name that is not there', () => {
  const unknown = holdwait(['chains', 'acme_rest', '--tree', tree]);
  assert.deepEqual({ status: unknown.status, stdout: unknown.stdout }, { status: 2, stdout: '' });
  assert.match(unknown.stderr, /^holdwait: no function acme_rest in .*linux; names are written as in the source/);
  assert.match(holdwait(['chains', 'acme_dev', '--tree', tree]).stderr, /acme_dev is no function but a struct, in drivers/);
  assert.match(holdwait(['chains', 'kzalloc', '--tree', tree]).stderr, /no file defines kzalloc; it is called in drivers/);
  assert.match(holdwait(['chains', 'acme_reset()', '--tree', tree]).stderr, /did you mean acme_reset\?/);
});

test('a file that is no C, and a parser that is not installed: one line, exit status 2', () => {
  const binary = holdwait(['facts', process.execPath]);
  const native = holdwait(['index', '--all', '--parser', 'native', '--tree', tree, '--no-cache']);
  for (const { status, stdout, stderr } of [binary, native]) {
    assert.deepEqual({ status, stdout, lines: stderr.trim().split('\n').length }, { status: 2, stdout: '', lines: 1 });
  }
  assert.match(binary.stderr, /is not read: binary/);
  assert.match(native.stderr, /^holdwait: the native parser does not load .* or use the wasm parser$/m);
});

test('the cache can be seen and emptied', () => {
  holdwait(['chains', 'acme_count', '--tree', tree]);
  assert.match(holdwait(['cache']).stdout, /: \d+\.\d MB in \d+ files?\n$/);
  assert.match(holdwait(['cache', '--clear']).stdout, /: emptied, /);
  assert.match(holdwait(['cache']).stdout, /: 0\.0 MB in 0 files\n$/);
});

test('what takes too long is given up, with how far it came', () => {
  for (const words of [['check', '--scope', driver], ['chains', 'acme_count'], ['index', '--all']]) {
    const { status, stdout, stderr } = holdwait([...words, '--tree', tree, '--no-cache', '--timeout', '0.001']);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
    assert.match(stderr, /^holdwait: not finished within 0\.001 s \(--timeout\), so there is no answer; [^\n]*\n$/);
  }
  const inTime = holdwait(['chains', 'acme_count', '--tree', tree, '--timeout', '50', '--quiet']);
  assert.deepEqual([inTime.status, inTime.stderr], [0, '']);
});

test('bash completes with what the program prints', () => {
  const script = `source <("$0" "$1" completion bash) && complete -p holdwait &&
    COMP_WORDS=(holdwait check --form) COMP_CWORD=2 && _holdwait && echo "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script, process.execPath, program], { encoding: 'utf8' });
  assert.deepEqual([stdout, stderr], ['complete -F _holdwait holdwait\n--format\n', '']);
});

test('the manual page', () => {
  const { status, stdout, stderr } = holdwait(['man']);
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  assert.match(stdout, /^\.TH HOLDWAIT 1 "" "holdwait \d+\.\d+\.\d+"/);
});

test('a reader that goes away early is no failure', () => {
  const command = `"${process.execPath}" "${program}" facts "${join(fixtures, 'flow.c')}" | head -1`;
  const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  assert.equal(stdout, 'includes\n');
  assert.equal(stderr, '');
});

function makeTree(): void {
  mkdirSync(join(tree, driver), { recursive: true });
  writeFileSync(join(tree, 'Makefile'), 'VERSION = 6\nPATCHLEVEL = 99\nSUBLEVEL = 0\nEXTRAVERSION =\n');
  writeFileSync(join(tree, 'MAINTAINERS'), '');
  writeFileSync(join(tree, 'Kconfig'), '');
  cpSync(fixtures, join(tree, driver), { recursive: true, filter: (path) => !path.endsWith('.txt') });
}
