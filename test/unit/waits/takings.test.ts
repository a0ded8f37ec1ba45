// Functions that let a lock of their caller go for a while, or come back with one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { positionAt } from '../../../src/base/position.ts';
import type { Leak } from '../../../src/effects/results.ts';
import { findingsOf } from '../../../src/waits/findings.ts';
import { effectsOf, handler, mutex, spinlock, thread, waitable } from '../../support/threads.ts';
import type { Thread } from '../../support/threads.ts';

const lock = spinlock('acme.lock');
const irq = waitable('irq', 'acme.irq');

const told = (threads: readonly Thread[], leaks: readonly Leak[] = []): readonly string[] =>
  findingsOf(effectsOf(threads, leaks)).map(({ confidence, rule, edges }) =>
    [confidence, rule, ...edges.map((edge) => edge.holds.name)].join(' '),
  );

const interrupt = (): Thread =>
  handler('acme_irq', irq, { context: 'hardirq' }).switchesOff('irq').takes(lock);
const process = (fn: string): Thread => thread(fn, { context: 'process' });

test('what is given back to a caller that took it with interrupts off is taken with them off', () => {
  const done = (thread: Thread): Thread => thread.calls('acme_done').takes(lock);
  assert.deepEqual(told([interrupt(), done(process('acme_write'))]), [
    'high irq-deadlock acme.lock acme_irq()',
  ]);
  const [first] = process('acme_write').switchesOff('irq').takes(lock).wants;
  const again = done(process('acme_write').letsGo(lock));
  const { wants } = effectsOf([interrupt(), again]);
  assert.deepEqual(findingsOf({ ...effectsOf([]), wants: [...wants, first!] }), []);
});

test('of a function that gives a lock back it is less sure that others call it with interrupts on', () => {
  const [first] = process('acme_write').switchesOff('irq').takes(lock).wants;
  const [again] = process('acme_write').letsGo(lock).calls('acme_done').takes(lock).wants;
  const [other] = process('acme_poll').calls('acme_done').takes(lock).wants;
  // The same place in the same function, on both ways.
  const trail = { ...other!.trail, inner: { ...other!.trail.inner!, hop: again!.trail.inner!.hop } };
  const { wants } = effectsOf([interrupt()]);
  const findings = findingsOf({ ...effectsOf([]), wants: [...wants, first!, again!, { ...other!, trail }] });
  assert.deepEqual(
    findings.map((finding) => finding.confidence),
    ['medium'],
  );
});

test('what is taken deep in the core, where nobody follows what is off, is only guessed at', () => {
  const inCore = process('acme_write')
    .calls('pool_free', { path: 'mm/pool.c' })
    .calls('pool_lock')
    .takes(lock);
  assert.deepEqual(told([interrupt(), inCore]), ['low irq-deadlock acme.lock acme_irq()']);
});

test('a work of a queue for softirqs is not interrupted by a timer', () => {
  const timer = handler('acme_tick', waitable('timer', 'acme.timer'), { context: 'softirq' })
    .switchesOff('bh')
    .takes(lock);
  const work = (queue: string): Thread =>
    handler('acme_work', waitable('work', 'acme.work'))
      .begins(waitable('workqueue', queue), 'running')
      .takes(lock);
  assert.deepEqual(told([timer, work('system_wq')]), ['high irq-deadlock acme.lock acme_tick()']);
  assert.deepEqual(told([timer, work('system_bh_wq')]), []);
});

test('the handler has been waited for before', () => {
  assert.deepEqual(told([interrupt(), process('acme_stop').waitsFor(irq).takes(lock)]), [
    'low irq-deadlock acme.lock acme_irq()',
  ]);
  assert.deepEqual(told([interrupt(), process('acme_stop').takes(lock).letsGo(lock).waitsFor(irq)]), [
    'high irq-deadlock acme.lock acme_irq()',
  ]);
});

test('a function that gives a lock back holds nothing for a caller that never had it', () => {
  const gives = process('acme_irq_thread').takes(lock).letsGo(lock).calls('acme_done').takes(lock);
  const never = process('acme_probe').calls('acme_done');
  const [place] = gives.wants.slice(-1);
  never.takes(lock);
  // The same place in the same function, on both ways.
  const held = never.wants[0]!.trail;
  const trail = { ...held, inner: { ...held.inner!, hop: place!.trail.inner!.hop } };
  const sleeps = never.returns().sleepsIn('msleep').sleeps;
  const effects = effectsOf([gives]);
  const findings = findingsOf({
    ...effects,
    sleeps: sleeps.map((one) => ({ ...one, held: one.held.map((taken) => ({ ...taken, trail })) })),
  });
  assert.deepEqual(
    findings.map(({ rule, confidence }) => `${rule} ${confidence}`),
    ['sleep-in-atomic low'],
  );
});

const leak = (fn: string, releasedAt: number): Leak => {
  const taken = thread(fn).takes(mutex('acme.mutex')).wants[0]!.trail;
  const { path } = taken.hop;
  const returns = positionAt(30, 0);
  return { path, fn, waitable: mutex('acme.mutex'), taken, returns, releasedAt: positionAt(releasedAt, 0) };
};

test('a lock of the caller that is let go and then taken again is no leak', () => {
  assert.deepEqual(told([], [leak('acme_wait', 25)]), ['high lock-leak acme.mutex']);
  assert.deepEqual(told([], [leak('acme_wait', 15)]), []);
});

test('what follows from a leak is told as such', () => {
  const object = { instance: '1' } as const;
  const opens = thread('acme_open')
    .calls('acme_get')
    .takes(mutex('acme.mutex'), object)
    .returns()
    .takes(mutex('acme.mutex'), object);
  assert.deepEqual(told([opens]), ['high self-deadlock acme.mutex']);
  assert.deepEqual(told([opens], [leak('acme_get', 25)]), [
    'high lock-leak acme.mutex',
    'low self-deadlock acme.mutex',
  ]);
});
