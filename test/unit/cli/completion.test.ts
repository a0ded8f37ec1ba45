// completion.test.ts
// What shells offer: for bash by running it, for the others by what the scripts hold.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { bashCompletion } from '../../../src/cli/bashCompletion.ts';
import { fishCompletion } from '../../../src/cli/fishCompletion.ts';
import { commands } from '../../../src/cli/run.ts';
import { zshCompletion } from '../../../src/cli/zshCompletion.ts';

const specs = commands.map(({ spec }) => spec);
const scratch = mkdtempSync(join(tmpdir(), 'holdwait-'));
mkdirSync(join(scratch, 'a folder'));
for (const name of ['a file.c', "it's.c", 'other.c']) writeFileSync(join(scratch, name), '');
after(() => rmSync(scratch, { recursive: true, force: true }));

const isThere = (shell: string): boolean => spawnSync(shell, ['-c', ':']).status === 0;

/** What bash makes of the words, of which the last one is being written. */
function bashOffers(...words: string[]): readonly string[] {
  const script = [
    bashCompletion(specs),
    'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))',
    '_holdwait',
    'for word in "${COMPREPLY[@]}"; do printf "%s\\n" "$word"; done',
  ].join('\n');
  const outcome = spawnSync('bash', ['--norc', '-c', script, 'bash', 'holdwait', ...words], {
    cwd: scratch,
    encoding: 'utf8',
  });
  assert.deepEqual({ status: outcome.status, stderr: outcome.stderr }, { status: 0, stderr: '' });
  return outcome.stdout.split('\n').filter((line) => line !== '');
}

test('bash takes the completion', () => {
  const script = `source <(printf '%s' "$1"); complete -p holdwait`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-uc', script, 'bash', bashCompletion(specs)], {
    encoding: 'utf8',
  });
  assert.deepEqual([stdout, stderr], ['complete -F _holdwait holdwait\n', '']);
});

test('bash: commands', () => {
  const names = specs.map(({ name }) => name);
  assert.deepEqual(bashOffers('').slice(0, names.length), names);
  assert.deepEqual(bashOffers('ch'), ['check', 'chains']);
  assert.deepEqual(bashOffers('--v'), ['--version']);
  assert.deepEqual(bashOffers('help', 'ind'), ['index']);
  assert.deepEqual(bashOffers('nonsense', ''), []);
});

test('bash: every option of every command', () => {
  for (const { name, options } of specs) {
    const offered = bashOffers(name, '--');
    assert.deepEqual(offered, [...options.map((option) => option.name), '--help'], name);
  }
});

test('bash: values of options, with a blank and with =', () => {
  assert.deepEqual(bashOffers('check', '--format', ''), ['text', 'lockdep', 'lines', 'json', 'sarif']);
  assert.deepEqual(bashOffers('check', '--format', 'j'), ['json']);
  assert.deepEqual(bashOffers('check', '--format', '='), ['text', 'lockdep', 'lines', 'json', 'sarif']);
  assert.deepEqual(bashOffers('check', '--format', '=', 'li'), ['lines']);
  assert.deepEqual(bashOffers('check', '--tree', ''), ['a folder']);
  assert.deepEqual(bashOffers('check', '--jobs', ''), []);
  assert.deepEqual(bashOffers('suppress', '--status', 'w'), ['wont-fix']);
});

test('bash: operands', () => {
  assert.deepEqual([...bashOffers('check', '')].sort(), ['a file.c', 'a folder', "it's.c", 'other.c']);
  assert.deepEqual(bashOffers('facts', 'a fi'), ['a file.c']);
  assert.deepEqual(bashOffers('completion', ''), ['bash', 'zsh', 'fish']);
  assert.deepEqual(bashOffers('index', ''), []);
});

test('zsh and fish have every command and every option', () => {
  const zsh = zshCompletion(specs);
  const fish = fishCompletion(specs);
  for (const { name, summary, options } of specs) {
    assert.ok(zsh.includes(`'${name}:${summary}'`), name);
    assert.ok(fish.includes(`-a ${name} -d '${summary}'`), name);
    for (const option of options) {
      assert.ok(zsh.includes(`${option.name}${option.value === undefined ? '[' : '=['}`), option.name);
      assert.ok(fish.includes(`from ${name}" -l ${option.name.slice(2)}`), option.name);
    }
  }
  assert.ok(zsh.startsWith('#compdef holdwait\n'));
});

test('what zsh and fish would take for their own signs is quoted', () => {
  const odd = [
    {
      name: 'odd',
      summary: "it's",
      operands: [],
      options: [{ name: '--x', value: 'KIND', help: "a [b]: c\\d isn't" }],
      examples: [],
    },
  ] as const;
  assert.ok(zshCompletion(odd).includes(`'odd:it'\\''s'`));
  assert.ok(zshCompletion(odd).includes(`'--x=[a \\[b\\]\\: c\\\\d isn'\\''t]:KIND: '`));
  assert.ok(fishCompletion(odd).includes(`-l x -x -d 'a [b]: c\\\\d isn\\'t'`));
});

test('zsh and fish, where they are installed, read their completions', () => {
  for (const [shell, script] of [
    ['zsh', zshCompletion(specs)],
    ['fish', fishCompletion(specs)],
  ] as const) {
    if (!isThere(shell)) continue;
    const path = join(scratch, `completion.${shell}`);
    writeFileSync(path, script);
    const { status, stderr } = spawnSync(shell, ['-n', path], { encoding: 'utf8' });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  }
});
