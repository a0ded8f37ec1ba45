// filesFilling.test.ts
// Which files give a function to a field: by the numbers of the map, and through layers, what the names themselves say.

import assert from 'node:assert/strict';
import test from 'node:test';
import { openIndex } from '../../../src/index/indexedTree.ts';
import type { TreeIndex } from '../../../src/index/treeIndex.ts';
import { seeded, testHost } from './support.ts';

const names = ['one', 'two', 'three', 'four'];
const fields = ['open', 'stop', 'data'];

/** Names that are functions here, variables there, and nowhere defined elsewhere. */
function textOf(random: (below: number) => number): string {
  const pick = <T>(items: readonly T[]): T => items[random(items.length)]!;
  const lines = Array.from({ length: 3 }, () => {
    const name = pick(names);
    const made = [
      `int ${name}(void) { return 0; }`,
      `int ${name};`,
      `#define ${name} 1`,
      `enum { ${name} };`,
    ];
    return random(2) === 0 ? pick(made) : `struct ops o = { .${pick(fields)} = ${name} };`;
  });
  return `${lines.join('\n')}\n`;
}

function sameAsByNames(index: TreeIndex): void {
  for (const field of fields) {
    const byName = [...new Set(index.functionsInField(field).map(({ path }) => path))].sort();
    assert.deepEqual(index.filesFilling(field), byName, field);
  }
}

test('in any tree, and in any view over it', async () => {
  const encoder = new TextEncoder();
  for (let seed = 1; seed <= 60; seed++) {
    const random = seeded(seed);
    const paths = ['a.c', 'b.c', 'c.c', 'd.c', 'e.c'];
    const texts = Object.fromEntries(paths.map((path) => [path, textOf(random)]));
    const index = await openIndex(testHost(texts));
    sameAsByNames(index);
    const changed = (): Map<string, Uint8Array | undefined> =>
      new Map(
        ['b.c', 'd.c', 'f.c'].map((path) => [
          path,
          random(3) === 0 ? undefined : encoder.encode(textOf(random)),
        ]),
      );
    const view = await index.overlay(changed());
    sameAsByNames(view);
    sameAsByNames(await view.overlay(changed()));
    await index.close();
  }
});
