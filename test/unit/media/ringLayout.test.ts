// ringLayout.test.ts
// The ring for any number of threads and any width: nothing lies on anything else, every arc can be seen, and all of it
// fits.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isInside, overlap } from '../../../media/cycle/geometry.ts';
import type { Box } from '../../../media/cycle/geometry.ts';
import { layOutRing } from '../../../media/cycle/ringLayout.ts';
import type { RingLayout, RingParts } from '../../../media/cycle/ringLayout.ts';

const circle = (count: number, width: number, textWidth = 150): RingParts => ({
  nodes: Array.from({ length: count }, () => ({ width: textWidth, height: 44 })),
  threads: Array.from({ length: count }, (_, i) => ({
    width: textWidth,
    height: 40,
    holds: i,
    wants: (i + 1) % count,
  })),
  isClosed: true,
  width,
});

const boxesOf = ({ nodes, threads }: RingLayout): readonly Box[] => [...nodes, ...threads];

for (const count of [1, 2, 3, 4, 5, 6, 8]) {
  test(`${count} in a wide panel: a ring`, () => {
    assert.equal(layOutRing(circle(count, 1100)).kind, 'round');
  });
}

test('a narrow panel gets a ladder with the way back beside it', () => {
  const layout = layOutRing(circle(3, 300, 200));
  assert.equal(layout.kind, 'ladder');
  const back = layout.arcs.at(-1)?.waiting;
  assert.match(back?.path ?? '', /^M.*H.*V.*H/);
  assert.deepEqual(back?.direction, { x: 1, y: 0 });
});

test('sixty still have a picture', () => {
  const layout = layOutRing(circle(60, 900));
  assert.equal(layout.nodes.length, 60);
  assert.ok(layout.height > 60 * 80);
});

test('threads stand from left to right in the order of their columns', () => {
  const [first, second] = layOutRing(circle(2, 900)).threads;
  assert.ok((first?.x ?? 0) < (second?.x ?? 0));
  const three = layOutRing(circle(3, 900)).threads.map(({ x }) => x);
  assert.deepEqual(
    three.toSorted((a, b) => a - b),
    three,
  );
});

test('what does not come back is a line from the one to the other', () => {
  const parts: RingParts = {
    nodes: [
      { width: 120, height: 44 },
      { width: 100, height: 44 },
    ],
    threads: [{ width: 140, height: 40, holds: 0, wants: 1 }],
    isClosed: false,
    width: 700,
  };
  const layout = layOutRing(parts);
  assert.equal(layout.kind, 'line');
  assert.ok(layout.nodes[0]!.x < layout.threads[0]!.x && layout.threads[0]!.x < layout.nodes[1]!.x);
  assert.equal(layOutRing({ ...parts, width: 300 }).kind, 'ladder');
});

test('whatever the sizes: nothing overlaps, arcs go from box to box, and a ring fits its width', () => {
  const size = fc.integer({ min: 60, max: 330 });
  const input = fc.record({
    sizes: fc.array(fc.tuple(size, size), { minLength: 1, maxLength: 14 }),
    width: fc.integer({ min: 280, max: 1600 }),
  });
  fc.assert(
    fc.property(input, ({ sizes, width }) => {
      const layout = layOutRing({
        nodes: sizes.map(([node]) => ({ width: node, height: 44 })),
        threads: sizes.map(([, thread], i) => ({
          width: thread,
          height: 40,
          holds: i,
          wants: (i + 1) % sizes.length,
        })),
        isClosed: true,
        width,
      });
      const boxes = boxesOf(layout);
      boxes.forEach((box, i) => boxes.slice(i + 1).forEach((other) => assert.ok(!overlap(box, other, 4))));
      if (layout.kind === 'round') assert.ok(layout.width <= width + 1, `${layout.width} in ${width}`);
      layout.arcs.forEach(({ holding, waiting }, i) => {
        assert.ok(isInside(holding.from, layout.nodes[i]!, 6), 'begins at what is held');
        assert.ok(isInside(holding.to, layout.threads[i]!, 6), 'leads to the thread');
        assert.ok(isInside(waiting.from, layout.threads[i]!, 6), 'goes on from the thread');
        assert.ok(isInside(waiting.to, layout.nodes[(i + 1) % sizes.length]!, 6), 'ends at what is wanted');
      });
    }),
    { numRuns: 300 },
  );
});
