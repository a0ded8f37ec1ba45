// What a finding is called, and that nothing depends on the order in which effects come, or on lines.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Effects, Trail, Waitable } from '../../../src/effects/results.ts';
import { findingsOf } from '../../../src/waits/findings.ts';
import { effectsOf, handler, mutex, spinlock, thread, waitable } from '../../support/threads.ts';
import type { Thread } from '../../support/threads.ts';

const rx = mutex('acme.rx_lock');
const tx = mutex('acme.tx_lock');
const reset = waitable('work', 'acme.reset');

const ids = (effects: Effects): readonly string[] => findingsOf(effects).map(({ id }) => id);

test('an id is twelve digits, and different for different classes and rules', () => {
  const all = [
    ...ids(effectsOf([thread('a').takes(rx).takes(tx), thread('b').takes(tx).takes(rx)])),
    ...ids(effectsOf([thread('a').takes(rx).waitsFor(reset), handler('b', reset).takes(rx)])),
    ...ids(effectsOf([thread('a').takes(rx, { instance: '1' }).takes(rx, { instance: '1' })])),
    ...ids(effectsOf([thread('a').takes(spinlock('acme.lock')).sleepsIn('msleep')])),
    ...ids(effectsOf([thread('b').takes(spinlock('acme.lock')).sleepsIn('msleep')])),
  ];
  assert.equal(all.length, 5);
  assert.equal(new Set(all).size, 5);
  for (const id of all) assert.match(id, /^[0-9a-f]{12}$/);
});

test('namesakes in two files are two findings', () => {
  const lock = spinlock('acme_lock');
  const sleep = (path: string): Effects =>
    effectsOf([thread('acme_open', { path }).takes(lock).sleepsIn('msleep')]);
  assert.notDeepEqual(ids(inFile(sleep('a.c'), 'a.c')), ids(inFile(sleep('b.c'), 'b.c')));
});

test('moved lines and another way to the same cycle change no id', () => {
  const before = effectsOf([
    thread('acme_forward').takes(rx).takes(tx),
    thread('acme_drain').takes(tx).takes(rx),
  ]);
  const after = effectsOf([
    thread('acme_drain').calls('a').calls('b').returns().returns().takes(tx).calls('acme_flush').takes(rx),
    thread('acme_forward_all').takes(rx).takes(tx),
  ]);
  assert.deepEqual(ids(after), ids(before));
});

test('the ring of a cycle goes round', () => {
  const third = mutex('acme.zeta_lock');
  const [finding] = findingsOf(
    effectsOf([
      thread('acme_one').takes(rx).takes(tx),
      thread('acme_two').takes(tx).takes(third),
      thread('acme_three').takes(third).takes(rx),
    ]),
  );
  const edges = finding?.edges ?? [];
  assert.equal(edges.length, 3);
  edges.forEach(({ wants }, i) => assert.deepEqual(wants, edges[(i + 1) % 3]?.holds));
});

function inFile(effects: Effects, path: string): Effects {
  const moved = (trail: Trail): Trail => ({
    hop: { ...trail.hop, path },
    inner: trail.inner && moved(trail.inner),
  });
  return { ...effects, sleeps: effects.sleeps.map((sleep) => ({ ...sleep, trail: moved(sleep.trail) })) };
}

const locks = ['acme.a', 'acme.b', 'acme.c', 'acme.d'].map(spinlock);
const works = ['acme.reset', 'acme.event'].map((name) => waitable('work', name));
const done = waitable('completion', 'acme.done');

type Step = {
  readonly action: 'take' | 'try' | 'wait' | 'signal' | 'sleep' | 'let go' | 'call';
  readonly index: number;
};

const step: fc.Arbitrary<Step> = fc.record({
  action: fc.constantFrom('take', 'take', 'take', 'try', 'wait', 'signal', 'sleep', 'let go', 'call'),
  index: fc.nat(3),
});
const threads = fc.array(
  fc.record({
    kind: fc.constantFrom('function', 'process', 'work', 'irq', 'timer', 'setup'),
    instance: fc.constantFrom('', '1'),
    mode: fc.constantFrom('exclusive' as const, 'read' as const),
    steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  }),
  { minLength: 2, maxLength: 6 },
);

test('the order of the effects changes nothing', () => {
  fc.assert(
    fc.property(threads, fc.infiniteStream(fc.nat(1000)), (shapes, numbers) => {
      const effects = effectsOf(shapes.map((shape, i) => run(shape, i)));
      const shuffled: Effects = {
        ...effects,
        wants: inOrderOf(effects.wants, numbers),
        signals: inOrderOf(effects.signals, numbers),
        sleeps: inOrderOf(effects.sleeps, numbers),
      };
      assert.deepEqual(findingsOf(shuffled), findingsOf(effects));
    }),
    { numRuns: 500 },
  );
});

test('all rings go round, and all texts are whole sentences', () => {
  fc.assert(
    fc.property(threads, (shapes) => {
      for (const finding of findingsOf(effectsOf(shapes.map((shape, i) => run(shape, i))))) {
        const { edges, reasons, assumptions, title, rule } = finding;
        assert.ok(reasons.length > 0);
        for (const text of [...reasons, ...assumptions]) assert.match(text, /^[A-Z].*\.$/);
        assert.match(title, /^[a-z0-9_]+\(\) .*[^.]$/);
        if (rule === 'sleep-in-atomic') continue;
        edges.forEach(({ wants }, i) => assert.deepEqual(wants, edges[(i + 1) % edges.length]?.holds));
      }
    }),
    { numRuns: 500 },
  );
});

function run(
  shape: {
    readonly kind: string;
    readonly instance: string;
    readonly mode: 'exclusive' | 'read';
    readonly steps: readonly Step[];
  },
  number: number,
): Thread {
  const { kind, instance, mode, steps } = shape;
  const one = begin(kind, number % 2);
  for (const { action, index } of steps) {
    const lock: Waitable = locks[index]!;
    if (action === 'take') one.takes(lock, { instance, mode });
    if (action === 'try') one.tries(lock);
    if (action === 'wait')
      one.waitsFor([...works, done, done][index]!, index === 3 ? { endedBy: 'timeout' } : {});
    if (action === 'signal') one.signalsTo(done);
    if (action === 'sleep') one.sleepsIn('msleep');
    if (action === 'let go') one.letsGo(lock);
    if (action === 'call') one.calls(`acme_inner_${index}`);
  }
  return one;
}

function begin(kind: string, number: number): Thread {
  const fn = `acme_${kind}_${number}`;
  switch (kind) {
    case 'work':
      return handler(fn, works[number]!);
    case 'irq':
      return thread(fn, { kind: 'irq', context: 'hardirq', via: 'irq acme.irq' });
    case 'timer':
      return thread(fn, { kind: 'timer', context: 'softirq', via: 'timer acme.timer' });
    case 'process':
      return thread(fn, { kind: 'callback', context: 'process', via: 'file_operations.read' });
    case 'setup':
      return thread(fn, { phase: 'setup' });
    default:
      return thread(fn);
  }
}

function inOrderOf<Item>(items: readonly Item[], numbers: fc.Stream<number>): readonly Item[] {
  const keys = [...numbers.take(items.length)];
  return items
    .map((item, i) => ({ item, key: keys[i]! }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
