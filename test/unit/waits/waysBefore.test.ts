// waysBefore.test.ts
// A tree of ways says the same as a look at each two of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Position } from '../../../src/base/position.ts';
import type { Hop } from '../../../src/effects/results.ts';
import { comesBefore } from '../../../src/waits/ways.ts';
import { HopNumbers, WaysBefore } from '../../../src/waits/waysBefore.ts';

// Each function calls one of two, at one of three places.
const way = fc.array(fc.record({ at: fc.nat(2), callee: fc.nat(1) }), { minLength: 1, maxLength: 5 });
const ways = fc.array(way, { maxLength: 12 });

function stepsOf(calls: readonly { readonly at: number; readonly callee: number }[]): readonly Hop[] {
  let fn = 'acme_open';
  return calls.map(({ at, callee }) => {
    const target = `${fn}_${callee}`;
    const hop: Hop = { path: 'acme.c', at: at as Position, fn, action: 'call', target };
    fn = target;
    return hop;
  });
}

test('what comes before a way is what comes before it taken one by one', () => {
  fc.assert(
    fc.property(ways, way, (others, calls) => {
      const tree = new WaysBefore(new HopNumbers());
      const steps = stepsOf(calls);
      const all = others.map(stepsOf);
      for (const [i, other] of all.entries()) tree.add(other, `lock ${i % 5}`);
      const expected = all.flatMap((other, i) => (comesBefore(other, steps) ? [`lock ${i % 5}`] : []));
      assert.deepEqual(tree.before(steps), [...new Set(expected)].sort());
      assert.deepEqual(tree.before(steps), tree.before([...steps]));
    }),
  );
});
