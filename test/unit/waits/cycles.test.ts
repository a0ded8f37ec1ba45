// Cycles of the wait-for graph against a search that tries everything, and the cases that are easily got wrong.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tierOf } from '../../../src/waits/confidence.ts';
import { classesOf, costOf, cyclesOf } from '../../../src/waits/cycles.ts';
import { WaitGraph } from '../../../src/waits/graph.ts';
import type { Link } from '../../../src/waits/link.ts';
import { linkOf } from './links.ts';
import type { LinkShape } from './links.ts';

const written: ReadonlySet<string> = new Set(['a', 'c', 'e']);

const classes = ['a', 'b', 'c', 'd', 'e', 'f'];
const gates = ['a', 'b', 'read c', 'read g', 'g', 'h'];
const mode = fc.constantFrom('exclusive' as const, 'read' as const);
const shape: fc.Arbitrary<LinkShape> = fc.record({
  from: fc.constantFrom(...classes),
  to: fc.constantFrom(...classes),
  cost: fc.nat(30),
  fromMode: mode,
  toMode: mode,
  fromSubclass: fc.constantFrom('', '', '', 'nested'),
  toSubclass: fc.constantFrom('', '', '', 'nested'),
  gates: fc.subarray(gates, { maxLength: 3 }),
  origin: fc.constantFrom('taken' as const, 'taken' as const, 'running' as const),
  stopped: fc.subarray(['a', 'c'], { maxLength: 1 }),
  fn: fc.constantFrom('acme_open', 'acme_work', 'acme_probe'),
  entry: fc.constantFrom('function' as const, 'function' as const, 'work' as const),
  phase: fc.constantFrom('running' as const, 'running' as const, 'setup' as const),
  doubts: fc.constantFrom([], [], ['timeout'] as const, ['setup'] as const),
});
const shapes = fc.array(shape, { maxLength: 22 });
// Few classes and much evidence for each edge.
const crowded = fc.array(
  shape.map((one) => ({ ...one, from: one.from < 'd' ? one.from : 'a', to: one.to < 'd' ? one.to : 'b' })),
  { minLength: 6, maxLength: 14 },
);

test('every smallest set of classes that can block is found by its cheapest evidence, and nothing else', () => {
  fc.assert(
    fc.property(fc.oneof(shapes, crowded), (list) => {
      const links = list.map((one) => linkOf(one));
      assert.deepEqual(pricedSetsOf(links), smallestSets(links));
    }),
    { numRuns: 3000 },
  );
});

test('the threads of what is found can all be in their places, each waiting for the next', () => {
  fc.assert(
    fc.property(shapes, (list) => {
      for (const { links } of cyclesOf(new WaitGraph(list.map((one) => linkOf(one))), written))
        assert.ok(tierOfCycle(links) !== undefined);
    }),
    { numRuns: 500 },
  );
});

test('the order of the links changes nothing', () => {
  const shuffled = fc
    .oneof(shapes, crowded)
    .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
  fc.assert(
    fc.property(shuffled, ([list, other]) => {
      assert.deepEqual(told(other), told(list));
    }),
    { numRuns: 500 },
  );
});

test('of several ways round the same classes the cheapest that fits is told', () => {
  const links = [
    { from: 'a', to: 'b', cost: 1, gates: ['g'] },
    { from: 'a', to: 'b', cost: 5 },
    { from: 'b', to: 'a', cost: 1, gates: ['g'] },
    { from: 'b', to: 'a', cost: 7 },
  ].map((one) => linkOf(one));
  const [cycle] = cyclesOf(new WaitGraph(links));
  assert.equal(costOf(cycle!.links), 6);
});

test('evidence that is kept apart does not hide what comes after it, however much there is', () => {
  const gated = Array.from({ length: 60 }, (_, i) => ({
    from: 'a',
    to: 'b',
    cost: 1,
    gates: ['g', `other ${i}`],
    fn: `acme_${i}`,
  }));
  const links = [
    ...gated,
    { from: 'a', to: 'b', cost: 50 },
    { from: 'b', to: 'a', cost: 1, gates: ['g'] },
  ].map((one) => linkOf(one));
  assert.deepEqual(setsOf(links), ['a b']);
});

test('two cycles through the same edges are both found', () => {
  const links = ['b c', 'c a', 'a b', 'b d', 'd a'].map((text) => {
    const [from = '', to = ''] = text.split(' ');
    return linkOf({ from, to, cost: 1 });
  });
  assert.deepEqual(setsOf(links), ['a b c', 'a b d']);
});

test('a ring of six is found', () => {
  const ring = classes.map((from, i) => linkOf({ from, to: classes[(i + 1) % 6]!, cost: 1 }));
  assert.deepEqual(setsOf(ring), ['a b c d e f']);
});

test('a doubtful short cycle does not hide a sure longer one', () => {
  const links = [
    linkOf({ from: 'a', to: 'b', cost: 1 }),
    linkOf({ from: 'b', to: 'a', cost: 41, doubts: ['setup'] }),
    linkOf({ from: 'b', to: 'c', cost: 1 }),
    linkOf({ from: 'c', to: 'a', cost: 1 }),
  ];
  assert.deepEqual(setsOf(links), ['a b', 'a b c']);
});

test('readers wait for each other only where somebody writes, and only by a fair lock', () => {
  const reads = { cost: 1, fromMode: 'read', toMode: 'read' } as const;
  const shapes = [
    { from: 'a', to: 'b', ...reads },
    { from: 'b', to: 'a', ...reads },
  ];
  const find = (kind: 'rwsem' | 'srcu', names: readonly string[]): number =>
    cyclesOf(new WaitGraph(shapes.map((one) => linkOf(one, kind))), new Set(names)).length;
  assert.equal(find('rwsem', ['a', 'b']), 1);
  assert.equal(find('rwsem', ['a']), 0);
  assert.equal(find('srcu', ['a', 'b']), 0);
});

test('what was put in order by nesting levels is only guessed at', () => {
  const levels = [
    { from: 'a', to: 'b', cost: 1, fromSubclass: 'SINGLE_DEPTH_NESTING' },
    { from: 'b', to: 'a', cost: 1 },
  ].map((one) => linkOf(one));
  const ring = ['b c', 'c a'].map((text) => {
    const [from = '', to = ''] = text.split(' ');
    return linkOf({ from, to, cost: 1, ...(to === 'a' && { toSubclass: 'SINGLE_DEPTH_NESTING' }) });
  });
  // Were the short one as sure, the longer one would be its detour.
  assert.deepEqual(setsOf([...levels, ...ring]), ['a b', 'a b c']);
});

test('a handler is in one place at a time, a plain function in several', () => {
  const find = (entry: 'work' | 'function'): readonly string[] =>
    setsOf(
      [
        { from: 'a', to: 'b', cost: 1, entry },
        { from: 'b', to: 'a', cost: 1, entry },
      ].map((one) => linkOf(one)),
    );
  assert.deepEqual(find('work'), []);
  assert.deepEqual(find('function'), ['a b']);
});

const setsOf = (links: readonly Link[]): readonly string[] =>
  cyclesOf(new WaitGraph(links), written)
    .map((cycle) => classesOf(cycle.links).join(' '))
    .sort();

const pricedSetsOf = (links: readonly Link[]): readonly string[] =>
  cyclesOf(new WaitGraph(links), written)
    .map((cycle) => `${classesOf(cycle.links).join(' ')}: ${costOf(cycle.links)}`)
    .sort();

/** All that is told of what is found. */
function told(list: readonly LinkShape[]): unknown {
  return cyclesOf(new WaitGraph(list.map((one) => linkOf(one))), written).map(({ links }) =>
    links.map(({ from, to, root, held, steps, ...rest }) => [
      from.key,
      to.key,
      root.fn,
      held.map((one) => one.waitable.key),
      steps(),
      rest,
    ]),
  );
}

/** Tries every way round, with every evidence; a set is left out if a smaller one in it is as sure. */
function smallestSets(links: readonly Link[]): readonly string[] {
  const surest = new Map<string, { readonly tier: number; readonly cost: number }>();
  const goOn = (way: readonly Link[]): void => {
    const last = way.at(-1)!;
    if (last.to.key === way[0]!.from.key) {
      const tier = tierOfCycle(way);
      const key = classesOf(way).join(' ');
      const known = surest.get(key) ?? { tier: 3, cost: 0 };
      const cost = costOf(way);
      if (tier !== undefined && (tier < known.tier || (tier === known.tier && cost < known.cost)))
        surest.set(key, { tier, cost });
      return;
    }
    if (way.some((one) => one.from.key === last.to.key)) return;
    for (const link of links) if (link.from.key === last.to.key) goOn([...way, link]);
  };
  for (const link of links) if (link.from.key !== link.to.key) goOn([link]);
  const all = [...surest].map(([key, best]) => ({ key, ...best, names: key.split(' ') }));
  return all
    .filter(
      (one) =>
        !all.some(
          (other) =>
            other.names.length < one.names.length &&
            other.tier <= one.tier &&
            other.names.every((name) => one.names.includes(name)),
        ),
    )
    .map((one) => `${one.key}: ${one.cost}`)
    .sort();
}

/** How sure a way round is; `undefined`: it cannot block. */
function tierOfCycle(way: readonly Link[]): number | undefined {
  const apart = way.some((a, i) => way.some((b, j) => i < j && (isSameThread(a, b) || isKeptApart(a, b))));
  if (apart) return undefined;
  let tier = Math.max(...way.map((one) => tierOf(one.doubts)));
  if (way.some((a) => way.some((b) => a !== b && b.origin === 'running' && a.stopped.includes(b.from.key))))
    tier = 2;
  for (const [i, link] of way.entries()) {
    const next = way[(i + 1) % way.length]!;
    if (link.to.key !== next.from.key) return undefined;
    const isKeptOut = link.toMode === 'exclusive' || next.fromMode === 'exclusive';
    if (!isKeptOut && !written.has(link.to.key)) return undefined;
    if (!isKeptOut || link.toSubclass !== next.fromSubclass) tier = 2;
  }
  return tier;
}

function isSameThread(a: Link, b: Link): boolean {
  const runsOnce = ({ root }: Link): boolean => root.kind === 'work' || root.phase === 'setup';
  return runsOnce(a) && runsOnce(b) && a.root.fn === b.root.fn;
}

function isKeptApart(a: Link, b: Link): boolean {
  const locksOf = ({ from, fromMode, held }: Link): readonly { key: string; isRead: boolean }[] => [
    { key: from.key, isRead: fromMode === 'read' },
    ...held.map((one) => ({ key: one.waitable.key, isRead: one.mode === 'read' })),
  ];
  return locksOf(a).some((own) =>
    locksOf(b).some((other) => own.key === other.key && !(own.isRead && other.isRead)),
  );
}
