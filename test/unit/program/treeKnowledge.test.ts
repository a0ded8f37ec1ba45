// treeKnowledge.test.ts
// What is known about a tree: its kernel, the rows of its people before the built-in ones, their stubs before ours.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { knowledgeOf } from '../../../src/program/treeKnowledge.ts';
import { bytesOf } from '../../support/factsReader.ts';

const treeOf = (files: Readonly<Record<string, string>>) => ({
  text: (path: string) => {
    const text = files[path];
    return Promise.resolve(text === undefined ? undefined : bytesOf(text));
  },
});

const makefile = (version: number, patchLevel: number) =>
  `VERSION = ${version}\nPATCHLEVEL = ${patchLevel}\nSUBLEVEL = 3\n`;

test('a tree without a file of its own has what is built in', async () => {
  const old = await knowledgeOf(treeOf({ Makefile: makefile(6, 1) }));
  const young = await knowledgeOf(treeOf({ Makefile: makefile(6, 12) }));
  assert.deepEqual([old.kernel, young.kernel], ['6.1', '6.12']);
  assert.equal(old.primitiveOf('mutex_lock')?.effect, 'acquire');
  assert.equal(old.guardOf('mutex')?.kind, 'mutex');
  assert.ok(old.callbackOf('net_device_ops', 'ndo_open'));
  assert.ok(old.stubs.some(({ path }) => path.startsWith('holdwait/stubs/6.1/')));
  assert.ok(!young.stubs.some(({ path }) => path.startsWith('holdwait/stubs/6.1/')));
  assert.deepEqual([...old.problems, ...young.problems], []);
});

test("the tree's own rows and stubs come first", async () => {
  const knowledge = await knowledgeOf(
    treeOf({
      Makefile: makefile(6, 12),
      '.holdwait.json': JSON.stringify({
        version: 1,
        primitives: [
          { name: 'mutex_lock', kind: 'spinlock', effect: 'try' },
          { name: 'guard(acme)', kind: 'mutex', effect: 'acquire' },
          { name: 'acme_old', kind: 'mutex', effect: 'acquire', only: '6.1' },
        ],
        stubs: ['.holdwait/acme.c'],
        callbacks: [{ struct: 'net_device_ops', member: 'ndo_open', context: 'hardirq' }],
      }),
      '.holdwait/acme.c': 'void acme(void) { }',
    }),
  );
  assert.deepEqual(knowledge.problems, []);
  assert.equal(knowledge.primitiveOf('mutex_lock')?.kind, 'spinlock');
  assert.equal(knowledge.primitiveOf('mutex_unlock')?.effect, 'release');
  assert.equal(knowledge.primitiveOf('acme_old'), undefined);
  assert.equal(knowledge.guardOf('acme')?.effect, 'acquire');
  assert.equal(knowledge.callbackOf('net_device_ops', 'ndo_open')?.context, 'hardirq');
  assert.deepEqual(knowledge.stubs[0], { path: '.holdwait/acme.c', text: 'void acme(void) { }' });
});

test('a stub that is not there is named with its place', async () => {
  const { stubs, problems } = await knowledgeOf(
    treeOf({ '.holdwait.json': '{ "version": 1,\n  "stubs": [\n    "a.c",\n    "b.c"] }', 'a.c': '' }),
  );
  assert.equal(stubs[0]?.path, 'a.c');
  assert.deepEqual(problems, [
    { line: 4, column: 5, text: 'there is no file b.c in the tree: correct the path, or remove it' },
  ]);
});
