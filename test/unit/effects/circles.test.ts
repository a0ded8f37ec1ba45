// Components of a graph: each node in one, equal to mutual reachability, and each after those that it leads to.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { circlesFirst } from '../../../src/effects/circles.ts';

const graphs = fc
  .integer({ min: 1, max: 9 })
  .chain((count) =>
    fc.array(fc.array(fc.nat(count - 1), { maxLength: 4 }), { minLength: count, maxLength: count }),
  );

test('two functions are in one circle exactly when each can reach the other', () => {
  fc.assert(
    fc.property(graphs, (outgoing) => {
      const circles = circlesFirst(outgoing);
      const circleOf = new Map(
        circles.flatMap((circle, index) => circle.map((node) => [node, index] as const)),
      );
      assert.equal(circleOf.size, outgoing.length);
      for (let a = 0; a < outgoing.length; a++) {
        for (let b = 0; b < outgoing.length; b++) {
          const together = a === b || (reaches(outgoing, a, b) && reaches(outgoing, b, a));
          assert.equal(circleOf.get(a) === circleOf.get(b), together);
        }
      }
    }),
  );
});

test('callees come before their callers', () => {
  fc.assert(
    fc.property(graphs, (outgoing) => {
      const circles = circlesFirst(outgoing);
      const circleOf = new Map(
        circles.flatMap((circle, index) => circle.map((node) => [node, index] as const)),
      );
      outgoing.forEach((targets, node) => {
        for (const target of targets) assert.ok(circleOf.get(target)! <= circleOf.get(node)!);
      });
    }),
  );
});

test('a chain of 100,000 calls needs no deep stack', () => {
  const chain = Array.from({ length: 100_000 }, (_, node) => (node + 1 < 100_000 ? [node + 1] : []));
  assert.equal(circlesFirst(chain).length, 100_000);
});

function reaches(outgoing: readonly (readonly number[])[], from: number, to: number): boolean {
  const seen = new Set<number>();
  const open = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const target of outgoing[node] ?? []) {
      if (target === to) return true;
      if (!seen.has(target)) {
        seen.add(target);
        open.push(target);
      }
    }
  }
  return false;
}
