// linkMemory.test.ts
// A program linked over the memory of another view is the program linked afresh, whatever differs between the views.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { neverCancelled } from '../../../src/base/cancel.ts';
import { openIndex } from '../../../src/index/indexedTree.ts';
import type { TreeIndex } from '../../../src/index/treeIndex.ts';
import { linkProgram } from '../../../src/program/link.ts';
import { LinkMemory } from '../../../src/program/linkMemory.ts';
import { seeded, testHost } from '../index/support.ts';

/** Each says something that a name in another file may come to mean. */
const pieces = [
  'static void take(struct acme *a) { mutex_lock(&a->lock); }',
  'void take(struct acme *a) { spin_lock(&a->slock); }',
  'void give(struct acme *a) { mutex_unlock(&a->lock); }',
  '#define take(a) mutex_lock(&(a)->other)',
  '#define give put_it',
  'static inline void put_it(struct acme *a) { take(a); mutex_unlock(&a->lock); }',
  'struct acme { struct mutex lock; struct mutex other; spinlock_t slock; const struct acme_ops *ops; };',
  'struct acme { struct inner in; struct mutex lock; const struct acme_ops *ops; };',
  'struct inner { struct mutex lock; };',
  'struct acme_ops { void (*open)(struct acme *a); void (*stop)(struct acme *a); };',
  'static const struct acme_ops one = { .open = run, .stop = give };',
  'const struct acme_ops two = { .open = take };',
  'void run(struct acme *a) { take(a); a->ops->open(a); give(a); }',
  'int go(struct acme *a) { run(a); take(a); a->ops->stop(a); give(a); return helper(); }',
  'static int helper(void) { mutex_lock(&big); return 0; }',
  'static DEFINE_MUTEX(big);',
  'struct mutex big;',
  'int helper(void) { mutex_lock(&big); mutex_unlock(&big); return LIMIT; }',
  '#define LIMIT 3',
  'typedef struct acme acme_t;',
  'void typed(acme_t *a) { mutex_lock(&a->lock); run(a); }',
];
const paths = [
  'drivers/a/main.c',
  'drivers/a/hw.c',
  'drivers/a/acme.h',
  'drivers/b/main.c',
  'include/linux/acme.h',
];
const changed = ['drivers/a/hw.c', 'drivers/b/main.c', 'include/linux/acme.h', 'drivers/a/new.c'];

async function linked(index: TreeIndex, memory?: LinkMemory): Promise<unknown> {
  const scope = index.files.filter((path) => path.startsWith('drivers/a/'));
  const program = await linkProgram({ index, scope, stubs: [], ...(memory && { memory }) }, neverCancelled);
  const functions = program.functions.map(({ id, name, path, body, ...rest }) => ({
    ...[id, name, path, rest.isMacro, rest.inScope],
    meanings: Array.from({ length: body.flow.count }, (_, op) => {
      const meaning = program.meaningOf(id, op);
      return meaning?.kind === 'slot'
        ? [
            meaning,
            program.implementers(meaning.slot, meaning.args[0]?.place),
            program.everyImplementer(meaning.slot),
          ]
        : meaning;
    }),
  }));
  return JSON.parse(JSON.stringify([functions, program.entries, [...program.unresolved], program.counts]));
}

test('over the memory of a view below, in which other files say other things', async () => {
  const encoder = new TextEncoder();
  let differing = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const random = seeded(seed);
    const text = (): string =>
      `#include "acme.h"\n${Array.from({ length: 5 }, () => pieces[random(pieces.length)]).join('\n')}\n`;
    const host = testHost({
      Makefile: 'VERSION = 6\nPATCHLEVEL = 99\n',
      ...Object.fromEntries(paths.map((path) => [path, text()])),
    });
    const index = await openIndex(host);
    const memory = new LinkMemory(index);
    const base = await linked(index, memory);
    assert.deepEqual(base, await linked(index), `base ${seed}`);
    for (let round = 0; round < 3; round++) {
      const texts = changed.filter(() => random(2) === 0);
      const over = await index.overlay(
        new Map(texts.map((path) => [path, random(5) === 0 ? undefined : encoder.encode(text())])),
      );
      const fresh = await linked(over);
      assert.deepEqual(await linked(over, memory.over(over)), fresh, `${seed}: ${texts.join(' ')}`);
      if (JSON.stringify(fresh) !== JSON.stringify(base)) differing++;
    }
    await index.close();
  }
  // Views that all say the same would prove nothing.
  assert.ok(differing > 100, String(differing));
});
