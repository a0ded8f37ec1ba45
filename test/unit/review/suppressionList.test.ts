// suppressionList.test.ts
// The file of suppressions: what is read, what is said about mistakes, and that writing loses nothing.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import {
  printSuppressionList,
  readSuppressionList,
  suppressionListSchema,
} from '../../../src/review/suppressionList.ts';

const entry = { id: '0123456789ab', status: 'known', reason: 'acme_stop() comes first' } as const;
const second = { ...entry, id: '00ffffffffff', title: 'acme holds', files: ['drivers/acme/main.c'] } as const;

const fileOf = (...entries: readonly object[]): string =>
  JSON.stringify({ version: 1, suppressions: entries });

function problemsIn(source: string): readonly string[] {
  return readSuppressionList(source).problems.map(({ line, column, text }) => `${line}:${column} ${text}`);
}

test('what is printed is read again, sorted by id, with the address of the schema', () => {
  const list = { $schema: './schema.json', version: 1, suppressions: [entry, second] } as const;
  const printed = printSuppressionList(list);
  const { value, problems } = readSuppressionList(printed);
  assert.deepEqual(problems, []);
  assert.deepEqual(value, { ...list, suppressions: [second, entry] });
  assert.equal(printSuppressionList(value), printed);
  assert.equal(printSuppressionList({ ...list, suppressions: [second, entry] }), printed);
});

test('an entry has its keys in one order, each on a line of its own', () => {
  const { reason, status, id } = entry;
  assert.equal(
    printSuppressionList({ version: 1, suppressions: [{ reason, status, id }] }),
    `{
  "version": 1,
  "suppressions": [
    {
      "id": "0123456789ab",
      "status": "known",
      "reason": "acme_stop() comes first"
    }
  ]
}
`,
  );
});

// prettier-ignore
const mistakes: readonly (readonly [string, string])[] = [
  ['', '1:1 the file ends where a value is missing'],
  ['{ "version": 1,\n<<<<<<< HEAD\n', '2:1 a key in double quotes is missing before "<"'],
  ['{ "version": 2 }', '1:14 version must be 1, not 2'],
  ['{ "version": 1, "suppressions": {} }', '1:33 suppressions must be a list in square brackets, not an object'],
  [fileOf({ ...entry, id: '0123' }), 'suppressions[0].id must be the id of a finding'],
  [fileOf({ ...entry, id: '0123456789AB' }), 'suppressions[0].id must be the id of a finding'],
  [fileOf({ ...entry, status: 'fp' }), 'suppressions[0].status must be one of "false-positive", "known", "wont-fix", not "fp"'],
  [fileOf({ ...entry, reason: '  ' }), 'suppressions[0].reason must be one line that says why'],
  [fileOf({ ...entry, reason: 'red \u001b[31m' }), 'suppressions[0].reason must be one line that says why'],
  [fileOf({ ...entry, title: 'a\nb' }), 'suppressions[0].title must be one line'],
  [fileOf({ ...entry, title: 'a\u202eb' }), 'suppressions[0].title must be one line'],
  [fileOf({ ...entry, date: '2026' }), 'unknown key "date" in suppressions[0]: remove it, or use one of'],
  [fileOf({ id: entry.id, status: 'known' }), 'suppressions[0].reason is missing: add it'],
  [fileOf(entry, entry), '0123456789ab is there more than once: remove all entries but one'],
];

for (const [source, problem] of mistakes) {
  test(`a mistake is said with its place: ${problem.slice(0, 60)}`, () => {
    const [first = '', ...others] = problemsIn(source);
    assert.match(first, /^\d+:\d+ /);
    assert.ok(first.includes(problem.replace(/^\d+:\d+ /, '')), first);
    if (/^\d+:\d+ /.test(problem) && source !== '')
      assert.ok(first.startsWith(problem.split(' ')[0]!), first);
    assert.deepEqual(others, []);
  });
}

test('the other entries count all the same', () => {
  const { value } = readSuppressionList(fileOf({ ...entry, status: 'fp' }, second));
  assert.deepEqual(value.suppressions, [second]);
  const twice = readSuppressionList(fileOf(entry, { ...entry, reason: 'another' }, second));
  assert.deepEqual(twice.value.suppressions, [entry, second]);
});

test('many mistakes take no longer than anybody waits', () => {
  const source = fileOf(...Array.from({ length: 20_000 }, () => ({ id: 'x' })));
  const before = performance.now();
  const { problems } = readSuppressionList(source);
  assert.equal(problems.length, 20);
  assert.ok(performance.now() - before < 5000);
});

test('nothing that a file holds makes the reader throw', () => {
  const whole = fileOf(entry, second);
  for (let length = 0; length < whole.length; length++) {
    assert.ok(problemsIn(whole.slice(0, length)).length > 0);
    readSuppressionList(`${whole.slice(0, length)}\u0000${whole.slice(length + 1)}`);
  }
});

test('the schema that ships says what the reader takes', () => {
  const path = join('media', 'holdwait-suppressions.schema.json');
  const schema = suppressionListSchema();
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, `${JSON.stringify(schema, undefined, 2)}\n`);
  const shipped: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const hint = `${path} is old: set UPDATE_GOLDEN=1 to write it again, and format it`;
  assert.deepEqual(shipped, JSON.parse(JSON.stringify(schema)), hint);
});
