// tableFiles.test.ts
// Which files of a tree hold a table of some type, by their text.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { neverCancelled } from '../../../src/base/cancel.ts';
import type { TreeIndex } from '../../../src/index/treeIndex.ts';
import { TableFiles } from '../../../src/program/tableFiles.ts';

const question = { slot: { struct: 'ops', member: 'open' }, members: ['open'], naming: 'acme' };

async function found(...texts: string[]): Promise<readonly number[]> {
  const paths = texts.map((_, i) => `f${i}.c`);
  const index = {
    filesFilling: () => paths,
    text: (path: string) => Promise.resolve(new TextEncoder().encode(texts[paths.indexOf(path)])),
  } as unknown as TreeIndex;
  const files = new TableFiles(index);
  assert.equal(files.of(question), undefined);
  assert.ok(files.isAsked);
  await files.find(neverCancelled);
  assert.ok(!files.isAsked);
  return files.of(question)?.map((path) => paths.indexOf(path)) ?? [];
}

const named = 'struct acme { int x; };\n';

test('a table is initialised, and the other struct is named', async () => {
  assert.deepEqual(
    await found(
      `${named}struct ops a = { .open = f };`,
      `static const struct\tops a[] = {\n{ .open = f } };${named}`,
      `${named}x = (struct ops) { .open = f };`,
      'struct ops a = { .open = f };',
      `${named}struct ops *a(void) { return &b; }`,
      `${named}struct ops2 a = { .open = f };`,
      `${named}mystruct ops a = { .open = f };`,
      `struct acmes x; struct ops a = { .open = f };`,
      `${named}extern struct ops b; struct ops a = { .open = f };`,
      `${named}enum ops a = { 1 };`,
    ),
    [0, 1, 2, 8],
  );
});

test('many questions about one file are answered each for itself', async () => {
  const index = {
    filesFilling: () => ['a.c'],
    text: () => Promise.resolve(new TextEncoder().encode('struct acme x; struct ops a = { .open = f };')),
  } as unknown as TreeIndex;
  const files = new TableFiles(index);
  const others = [question, { ...question, naming: 'other' }, { ...question, naming: 'ops' }];
  for (const other of others) files.of(other);
  await files.find(neverCancelled);
  assert.deepEqual(
    others.map((other) => files.of(other)),
    [['a.c'], [], ['a.c']],
  );
});
