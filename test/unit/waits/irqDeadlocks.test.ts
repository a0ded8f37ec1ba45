// Locks that a handler takes, and that others take without keeping the handler away.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from '../../../src/waits/findings.ts';
import { effectsOf, mutex, spinlock, thread, waitable } from '../../support/threads.ts';
import type { Thread } from '../../support/threads.ts';

const lock = spinlock('acme.lock');
const ring = spinlock('acme.ring_lock');

const interrupt = (): Thread =>
  thread('acme_interrupt', { kind: 'irq', context: 'hardirq', via: 'irq acme.irq' }).switchesOff('irq');
const tick = (): Thread =>
  thread('acme_tick', { kind: 'timer', context: 'softirq', via: 'timer acme.timer' }).switchesOff('bh');
const process = (fn = 'acme_write'): Thread =>
  thread(fn, { kind: 'callback', context: 'process', via: 'file_operations.write' });

/** The ring from the thread that is interrupted on. */
const found = (...threads: readonly Thread[]): readonly string[] =>
  findingsOf(effectsOf(threads))
    .filter(({ rule }) => rule === 'irq-deadlock')
    .map(
      ({ confidence, edges }) =>
        `${confidence}: ${edges
          .map(({ holds }) => holds.name)
          .sort()
          .join(' -> ')}`,
    );

test('an interrupt comes while the lock is held', () => {
  assert.deepEqual(found(interrupt().takes(lock), process().takes(lock)), [
    'high: acme.lock -> acme_interrupt()',
  ]);
});

test('with interrupts off it cannot come; with softirqs off it can', () => {
  assert.deepEqual(found(interrupt().takes(lock), process().switchesOff('irq').takes(lock)), []);
  assert.deepEqual(found(interrupt().takes(lock), process().switchesOff('bh').takes(lock)), [
    'high: acme.lock -> acme_interrupt()',
  ]);
});

test('a timer comes while the lock is held, if softirqs are on', () => {
  assert.deepEqual(found(tick().takes(lock), process().takes(lock)), ['high: acme.lock -> acme_tick()']);
  assert.deepEqual(found(tick().takes(lock), process().switchesOff('bh').takes(lock)), []);
  assert.deepEqual(found(tick().takes(lock), process().switchesOff('irq').takes(lock)), []);
});

test('an interrupt comes while a timer holds the lock, and not the other way round', () => {
  assert.deepEqual(found(interrupt().takes(lock), tick().takes(lock)), [
    'high: acme.lock -> acme_interrupt()',
  ]);
  assert.deepEqual(found(tick().takes(lock), tick().takes(lock)), []);
});

test('a function of which nobody knows when it runs is no evidence', () => {
  assert.deepEqual(found(interrupt().takes(lock), thread('acme_helper').takes(lock)), []);
  assert.deepEqual(found(thread('acme_helper').takes(lock), process().takes(lock)), []);
});

test('two readers do not wait for each other', () => {
  const table = waitable('rwlock', 'acme.table_lock');
  const read = { mode: 'read' } as const;
  assert.deepEqual(found(interrupt().takes(table, read), process().takes(table, read)), []);
  assert.deepEqual(found(interrupt().takes(table, read), process().takes(table)), [
    'high: acme.table_lock -> acme_interrupt()',
  ]);
});

test('a reader that is cheaper to tell does not hide a writer', () => {
  const table = waitable('rwlock', 'acme.table_lock');
  const read = { mode: 'read' } as const;
  assert.deepEqual(
    found(
      interrupt().takes(table, read),
      process().takes(table, read),
      process('acme_insert').calls('acme_write_one').takes(table),
    ),
    ['high: acme.table_lock -> acme_interrupt()'],
  );
});

test('only locks on which one spins', () => {
  assert.deepEqual(found(interrupt().takes(mutex('acme.mutex')), process().takes(mutex('acme.mutex'))), []);
});

test('another lock that is held with interrupts on keeps the handler waiting just as well', () => {
  const flush = process('acme_flush').switchesOff('irq').takes(lock).takes(ring);
  assert.deepEqual(found(interrupt().takes(lock), process().takes(ring), flush), [
    'high: acme.lock -> acme.ring_lock -> acme_interrupt()',
  ]);
  assert.deepEqual(found(interrupt().takes(lock), process().switchesOff('irq').takes(ring), flush), []);
});

test('a gate on one way does not hide another way', () => {
  const gate = spinlock('acme.gate');
  const handler = interrupt().takes(lock);
  const gated = process('acme_flush').switchesOff('irq').takes(gate).takes(lock).takes(ring);
  const free = process('acme_drain').switchesOff('irq').calls('a').calls('b').takes(lock).takes(ring);
  const outside = process().takes(gate).takes(ring);
  assert.deepEqual(found(handler, outside, gated), []);
  assert.deepEqual(found(handler, outside, gated, free), [
    'high: acme.lock -> acme.ring_lock -> acme_interrupt()',
  ]);
});

test('each thread of the ring wants what the next one holds', () => {
  const flush = process('acme_flush').switchesOff('irq').takes(lock).takes(ring);
  for (const threads of [
    [interrupt().takes(lock), process().takes(lock)],
    [interrupt().takes(lock), process().takes(ring), flush],
  ]) {
    const [finding] = findingsOf(effectsOf(threads));
    const edges = finding?.edges ?? [];
    assert.ok(edges.length > 1);
    edges.forEach(({ wants }, i) => assert.deepEqual(wants, edges[(i + 1) % edges.length]?.holds));
  }
});

test('a thread that runs while its device is set up is little evidence', () => {
  const probe = thread('acme_probe', { kind: 'callback', context: 'process', phase: 'setup' }).takes(lock);
  assert.deepEqual(found(interrupt().takes(lock), probe), ['low: acme.lock -> acme_interrupt()']);
  assert.deepEqual(
    found(interrupt().takes(lock), probe, process().takes(lock)),
    ['high: acme.lock -> acme_interrupt()'],
    'the better thread is told',
  );
});

test('a handler that is called by hand is so where its interrupt does not come', () => {
  const poll = process('acme_poll').calls('acme_interrupt').takes(lock);
  assert.deepEqual(found(interrupt().takes(lock), poll), ['medium: acme.lock -> acme_interrupt()']);
});
