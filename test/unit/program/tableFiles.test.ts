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

test('over another view only what differs is read, and the answer is that of reading all', async () => {
  const table = 'struct acme x; struct ops a = { .open = f };';
  const none = 'struct ops a = { .open = f };';
  const read: string[] = [];
  const indexOf = (texts: Readonly<Record<string, string>>): TreeIndex =>
    ({
      filesFilling: () => Object.keys(texts).sort(),
      text: (path: string) => {
        read.push(path);
        return Promise.resolve(new TextEncoder().encode(texts[path]));
      },
    }) as unknown as TreeIndex;
  const found = async (files: TableFiles): Promise<readonly string[] | undefined> => {
    files.of(question);
    await files.find(neverCancelled);
    return files.of(question);
  };
  const below = new TableFiles(indexOf({ 'a.c': table, 'b.c': table, 'c.c': none, 'd.c': table }));
  assert.deepEqual(await found(below), ['a.c', 'b.c', 'd.c']);
  read.length = 0;
  const changes = { paths: new Set(['b.c', 'c.c', 'd.c']), names: new Set<string>() };
  const above = indexOf({ 'a.c': table, 'b.c': none, 'c.c': table, 'e.c': table });
  assert.deepEqual(await found(new TableFiles(above, { files: below, changes })), ['a.c', 'c.c', 'e.c']);
  assert.deepEqual(read, ['b.c', 'c.c', 'e.c']);
});
