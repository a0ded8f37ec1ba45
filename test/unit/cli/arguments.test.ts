// arguments.test.ts
// Words of a command line against a table of options: nothing is guessed, and every refusal says what to do.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readArguments } from '../../../src/cli/arguments.ts';
import type { Arguments, CommandSpec } from '../../../src/cli/arguments.ts';
import { commandHelp } from '../../../src/cli/help.ts';

const spec: CommandSpec = {
  name: 'chains',
  summary: 'lock chains of one function',
  operands: ['FUNCTION'],
  options: [
    { name: '--tree', value: 'DIR', help: 'the kernel tree' },
    { name: '--format', value: 'KIND', choices: ['text', 'json'], help: 'what to print' },
    { name: '--jobs', value: 'N', help: 'threads' },
    { name: '--scope', value: 'DIR', isList: true, help: 'a folder' },
    { name: '--no-color', help: 'no colours' },
  ],
  examples: [{ words: 'holdwait chains foo_open', what: 'by name' }],
};

function read(...words: string[]): Arguments {
  const args = readArguments(words, spec);
  assert.notEqual(args, 'help');
  return args as Arguments;
}

const refuses = (words: string[], message: string): void =>
  assert.throws(() => readArguments(words, spec), { message });

test('options may stand before and after the operand, with = or a space', () => {
  const args = read('--tree', '/usr/src', 'foo', '--format=json', '--no-color');
  assert.deepEqual(args.operands, ['foo']);
  assert.equal(args.value('--tree'), '/usr/src');
  assert.equal(args.value('--format'), 'json');
  assert.ok(args.has('--no-color'));
});

test('the last value of an option counts, and a list keeps all', () => {
  assert.equal(read('foo', '--tree', 'a', '--tree', 'b').value('--tree'), 'b');
  assert.deepEqual(read('foo', '--scope', 'a', '--scope', 'b').list('--scope'), ['a', 'b']);
});

test('after -- everything is an operand', () => {
  assert.deepEqual(read('--', '--tree').operands, ['--tree']);
});

test('a misspelt option is refused with the one that was meant', () => {
  refuses(['foo', '--tre', 'x'], 'unknown option --tre of chains; did you mean --tree?');
  refuses(['foo', '--fromat=json'], 'unknown option --fromat of chains; did you mean --format?');
  refuses(['foo', '--zzz'], 'unknown option --zzz of chains; see holdwait chains --help');
});

test('values are checked', () => {
  refuses(['foo', '--format', 'jsn'], '--format is one of text, json, not "jsn"; did you mean json?');
  refuses(['foo', '--tree'], '--tree needs DIR: the kernel tree');
  refuses(['foo', '--tree', '--no-color'], '--tree needs DIR: the kernel tree');
  refuses(['foo', '--no-color=yes'], '--no-color takes no value');
  assert.throws(() => read('foo', '--jobs', '0').count('--jobs'), {
    message: '--jobs takes a number from 1 on, not "0"',
  });
  assert.equal(read('foo', '--jobs', '8').count('--jobs'), 8);
});

test('the number of operands is checked', () => {
  refuses([], 'chains needs FUNCTION; for example: holdwait chains foo_open');
  refuses(['foo', 'bar'], 'chains does not know what to do with "bar"; see holdwait chains --help');
});

test('a wish for help wins over everything that is wrong', () => {
  assert.equal(readArguments(['--nonsense', '--help'], spec), 'help');
});

test('the help shows every option of the table', () => {
  assert.equal(
    commandHelp(spec),
    `holdwait chains FUNCTION [OPTION]...

Lock chains of one function.

  --tree DIR          the kernel tree
  --format text|json  what to print
  --jobs N            threads
  --scope DIR         a folder; may be repeated
  --no-color          no colours
  --help              show this help

Examples:
  holdwait chains foo_open
      by name
`,
  );
});
