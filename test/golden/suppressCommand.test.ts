// suppressCommand.test.ts
// `holdwait suppress` as a user runs it, between checks of a small tree and of a file in none.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, beforeEach, test } from 'node:test';

const program = resolve('dist', 'cli.js');
const source = resolve('test', 'golden', 'check', 'bond.c');
const header = resolve('test', 'golden', 'check', 'bond.h');
const scratch = mkdtempSync(join(tmpdir(), 'holdwait-'));
const tree = join(scratch, 'linux');
const driver = join(tree, 'drivers', 'net', 'acme');
const list = join(tree, '.holdwait-suppressions.json');
const personal = join(scratch, 'config', 'holdwait', 'suppressions.json');
const env = {
  ...process.env,
  XDG_CACHE_HOME: join(scratch, 'cache'),
  XDG_CONFIG_HOME: join(scratch, 'config'),
  HOLDWAIT_DEBUG: '',
};
makeTree();
after(() => rmSync(scratch, { recursive: true, force: true }));

// The ids of the two findings in bond.c: they never change as long as its locks and functions keep their names.
const [cycle, leak] = idsIn(holdwait('check', '--format', 'json').stdout);

beforeEach(() => {
  rmSync(list, { recursive: true, force: true });
  rmSync(personal, { recursive: true, force: true });
});

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function holdwait(...words: readonly string[]): Outcome {
  return holdwaitIn(driver, ...words);
}

function holdwaitIn(folder: string, ...words: readonly string[]): Outcome {
  const options = { cwd: folder, encoding: 'utf8', env, timeout: 60_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], options);
  return { status, stdout, stderr };
}

function idsIn(json: string): readonly [string, string] {
  const { findings } = JSON.parse(json) as { findings: { id: string }[] };
  assert.equal(findings.length, 2);
  return [findings[0]!.id, findings[1]!.id];
}

function refuses(outcome: Outcome, message: RegExp): void {
  assert.deepEqual({ status: outcome.status, stdout: outcome.stdout }, { status: 2, stdout: '' });
  assert.match(outcome.stderr, message);
  assert.equal(outcome.stderr.trim().split('\n').length, 1, outcome.stderr);
}

test('a finding of the last report is suppressed by the beginning of its id, and told again', () => {
  const done = holdwait('suppress', cycle.slice(0, 4), '--status', 'wont-fix', '--reason', 'acme is gone soon');
  assert.deepEqual({ status: done.status, stderr: done.stderr }, { status: 0, stderr: '' });
  assert.match(done.stdout, /^suppressed in \.holdwait-suppressions\.json: \w{12} \(wont-fix\) acme_remove\(\) holds/);
  assert.match(done.stdout, /, in drivers\/net\/acme\/bond\.c\n$/);

  const hidden = holdwait('check');
  assert.equal(hidden.status, 1);
  assert.match(hidden.stdout, /\n1 finding: 1 of high confidence; 1 suppressed\.\n/);
  assert.doesNotMatch(hidden.stdout, /acme_remove\(\) holds/);
  assert.match(holdwait('check', '--all').stdout, /\nSuppressed:\n\n2\. acme_remove\(\) holds[^]*by the team: acme is gone soon\n/);
  const { findings } = JSON.parse(holdwait('check', '--format', 'json').stdout) as {
    findings: { id: string; suppression: object | null }[];
  };
  assert.deepEqual(
    findings.map(({ id, suppression }) => [id, suppression]),
    [
      [cycle, { status: 'wont-fix', reason: 'acme is gone soon', from: 'team' }],
      [leak, null],
    ],
  );

  const back = holdwait('suppress', cycle.slice(0, 6), '--remove');
  assert.match(back.stdout, /^removed from \.holdwait-suppressions\.json: /);
  assert.match(holdwait('check').stdout, /\n2 findings: 2 of high confidence\.\n/);
});

test('when all is suppressed, nothing was found', () => {
  holdwait('suppress', cycle, leak, '--reason', 'both are known');
  const { status, stdout } = holdwait('check');
  assert.equal(status, 0);
  assert.match(stdout, /\nNothing found; 2 suppressed\.\n/);
  assert.equal(holdwait('check', '--format', 'lines').stdout, '');
});

test('in a list of ones own, the tree stays as it is', () => {
  const { stdout } = holdwait('suppress', '--personal', leak, '--reason', 'mine');
  assert.ok(stdout.startsWith(`suppressed in ${personal}: ${leak} (known) `));
  assert.ok(!existsSync(list));
  assert.match(holdwait('check', '--all').stdout, /Suppressed by you: mine\n/);
  refuses(holdwait('suppress', leak, '--remove'), /no such entry; with --personal your own list is meant$/m);
  assert.equal(holdwait('suppress', leak, '--remove', '--personal').status, 0);
});

test('the list shows what is suppressed, and why', () => {
  holdwait('suppress', leak, '--reason', 'it is let go elsewhere');
  const { status, stdout } = holdwait('suppress', '--list');
  assert.equal(status, 0);
  assert.equal(
    stdout,
    `1 suppression in .holdwait-suppressions.json
  ${leak} known: acme_write() returns with acme.lock held
      because: it is let go elsewhere
      drivers/net/acme/bond.c
0 suppressions in ${personal}
`,
  );
});

test('only that one file is written, and the same wishes give the same bytes', () => {
  const before = readdirSync(tree);
  holdwait('suppress', leak, '--reason', 'x');
  holdwait('suppress', cycle, '--reason', 'y');
  const once = readFileSync(list, 'utf8');
  assert.deepEqual(readdirSync(tree).sort(), [...before, '.holdwait-suppressions.json'].sort());
  rmSync(list);
  holdwait('suppress', cycle, '--reason', 'y');
  holdwait('suppress', leak, '--reason', 'x');
  assert.equal(readFileSync(list, 'utf8'), once);
});

test('of many at once none is lost', async () => {
  const ids = Array.from({ length: 6 }, (_, i) => `${i}`.repeat(12));
  const runs = ids.map(
    (id) =>
      new Promise<number | null>((resolveRun) => {
        const words = [program, 'suppress', id, '--reason', 'x', '--title', 't'];
        spawn(process.execPath, words, { cwd: driver, env, stdio: 'ignore' }).on('exit', resolveRun);
      }),
  );
  assert.deepEqual(await Promise.all(runs), [0, 0, 0, 0, 0, 0]);
  const { suppressions } = JSON.parse(readFileSync(list, 'utf8')) as { suppressions: { id: string }[] };
  assert.deepEqual(
    suppressions.map(({ id }) => id),
    ids,
  );
});

test('a whole id that no report told of is taken, with a word about it', () => {
  const { status, stderr } = holdwait('suppress', 'ffffffffffff', '--reason', 'x');
  assert.equal(status, 0);
  assert.match(stderr, /^holdwait: what ffffffffffff is about is not known here; say it with --title and --file/);
  refuses(holdwait('suppress', 'ffff0', '--reason', 'x'), /ffff0 is not known: no report told of it lately;/);
});

test('an entry whose finding is gone is named by a check of its files, and by no other', () => {
  holdwait('suppress', 'ffffffffffff', '--reason', 'x', '--title', 'acme waits', '--file', 'bond.c');
  assert.match(holdwait('check').stdout, /fit nothing any more; [^\n]*:\n {2}ffffffffffff \(known\): acme waits\n/);
  const other = holdwait('check', '--scope', 'drivers/net/other.c');
  assert.deepEqual([other.status, /ffffffffffff/.test(other.stdout)], [0, false]);
});

test('a list with a mistake is named and used as far as it goes, and never written over', () => {
  holdwait('suppress', leak, cycle, '--reason', 'x');
  const text = readFileSync(list, 'utf8').replace('"known"', '"knwon"');
  writeFileSync(list, text);
  const checked = holdwait('check');
  assert.match(checked.stderr, /^holdwait: \.holdwait-suppressions\.json:6:17: suppressions\[0\]\.status must be one of /);
  assert.match(checked.stdout, /; 1 suppressed\.\n/);
  refuses(
    holdwait('suppress', leak, '--remove'),
    /^holdwait: \.holdwait-suppressions\.json:6:17: .*; nothing is changed until this is right$/m,
  );
  assert.equal(readFileSync(list, 'utf8'), text);
});

test('a list that leads out of the tree is neither read nor written', () => {
  const outside = join(scratch, 'outside.json');
  const text = JSON.stringify({ version: 1, suppressions: [{ id: cycle, status: 'known', reason: 'x' }] });
  writeFileSync(outside, text);
  symlinkSync(outside, list);
  assert.match(holdwait('check').stdout, /\n2 findings: /);
  refuses(holdwait('suppress', leak, '--reason', 'x'), /is a symbolic link and is not written; remove it/);
  assert.equal(readFileSync(outside, 'utf8'), text);
});

test('a file in no tree has its list in the folder of its check', () => {
  const loose = join(scratch, 'loose');
  refuses(holdwaitIn(loose, 'suppress', leak, '--reason', 'x'), /there is no kernel tree around here; name one with --tree/);
  const [id] = idsIn(holdwaitIn(loose, 'check', 'bond.c', '--format', 'json').stdout);
  assert.equal(holdwaitIn(loose, 'suppress', id.slice(0, 5), '--reason', 'x').status, 0);
  assert.match(holdwaitIn(loose, 'check', 'bond.c').stdout, /; 1 suppressed\.\n/);
});

function makeTree(): void {
  mkdirSync(driver, { recursive: true });
  mkdirSync(join(scratch, 'loose'));
  writeFileSync(join(tree, 'Makefile'), 'VERSION = 6\nPATCHLEVEL = 99\nSUBLEVEL = 0\nEXTRAVERSION =\n');
  writeFileSync(join(tree, 'MAINTAINERS'), '');
  writeFileSync(join(tree, 'drivers', 'net', 'other.c'), 'int other(void)\n{\n\treturn 0;\n}\n');
  for (const folder of [driver, join(scratch, 'loose')]) {
    cpSync(source, join(folder, 'bond.c'));
    cpSync(header, join(folder, 'bond.h'));
  }
}
