// A thread that wants what it holds itself.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from '../../../src/waits/findings.ts';
import { effectsOf, handler, mutex, thread, waitable } from '../../support/threads.ts';
import type { Thread } from '../../support/threads.ts';

const lock = mutex('acme.lock');
const global = mutex('drivers/net/acme/main.c:acme_mutex');
const sem = waitable('rwsem', 'acme.sem');
const reset = waitable('work', 'acme.reset');
const one = { instance: '1' } as const;
const other = { instance: '2' } as const;

/** `rule confidence`, of everything. */
const found = (...threads: readonly Thread[]): readonly string[] =>
  findingsOf(effectsOf(threads)).map(({ rule, confidence }) => `${rule} ${confidence}`);

const write = (): Thread => thread('acme_write');

test('the same object taken again', () => {
  assert.deepEqual(found(write().takes(lock, one).takes(lock, one)), ['self-deadlock high']);
  assert.deepEqual(found(write().takes(global, one).calls('acme_log').takes(global, one)), [
    'self-deadlock high',
  ]);
});

test('two objects, or what may be two, are little evidence', () => {
  assert.deepEqual(found(write().takes(lock, one).takes(lock, other)), ['self-deadlock low']);
  assert.deepEqual(found(write().takes(lock, one).takes(lock)), ['self-deadlock low']);
  assert.deepEqual(found(write().takes(lock).takes(lock)), ['self-deadlock low']);
});

test('let go before, or only tried', () => {
  assert.deepEqual(found(write().takes(lock, one).letsGo(lock).takes(lock, one)), []);
  assert.deepEqual(found(write().takes(lock, one).tries(lock)), []);
});

test('a subclass says that the two are ordered by hand', () => {
  const nested = { subclass: 'SINGLE_DEPTH_NESTING' } as const;
  assert.deepEqual(found(write().takes(lock).takes(lock, nested)), []);
  assert.deepEqual(found(write().takes(lock, nested).takes(lock)), []);
});

test('a reader may read again, but not write', () => {
  const read = { mode: 'read', instance: '1' } as const;
  assert.deepEqual(found(write().takes(sem, read).takes(sem, read)), []);
  assert.deepEqual(found(write().takes(sem, read).takes(sem, one)), ['self-deadlock high']);
  assert.deepEqual(found(write().takes(sem, one).takes(sem, read)), ['self-deadlock high']);
});

test('what may be taken several times', () => {
  for (const kind of ['rcu', 'srcu', 'semaphore', 'ww mutex', 'references'] as const) {
    const object = waitable(kind, 'acme.object');
    assert.deepEqual(found(write().takes(object, one).takes(object, one)), [], kind);
  }
});

test('a lock that the caller of a callback holds already', () => {
  const remove = thread('acme_remove', { kind: 'callback', via: 'acme_ops.remove' });
  assert.deepEqual(found(remove.begins(global, 'caller', one).takes(global, one)), ['self-deadlock high']);
});

test('waits for all readers inside a read section', () => {
  const rcu = waitable('rcu', 'rcu');
  const read = { mode: 'read', instance: '1' } as const;
  assert.deepEqual(found(write().begins(rcu, 'taken', read).waitsFor(rcu, one)), ['self-deadlock high']);
  const srcu = waitable('srcu', 'acme_srcu');
  assert.deepEqual(found(write().begins(srcu, 'taken', read).waitsFor(srcu, one)), ['self-deadlock high']);
  assert.deepEqual(found(write().begins(srcu, 'taken', read).waitsFor(srcu, other)), ['self-deadlock low']);
});

test('a handler that waits for its own end', () => {
  assert.deepEqual(found(handler('acme_reset', reset).calls('acme_stop').waitsFor(reset)), [
    'wait-cycle high',
  ]);
  const queue = waitable('workqueue', 'acme.wq');
  assert.deepEqual(found(handler('acme_reset', reset).begins(queue, 'running').waitsFor(queue)), [
    'wait-cycle high',
  ]);
});

test('a handler that waits for another of its class', () => {
  const port = thread('acme_port_work', { kind: 'work', context: 'process', via: 'work acme_port.work' });
  const work = waitable('work', 'acme_port.work');
  assert.deepEqual(found(port.begins(work, 'running', one).waitsFor(work, other)), ['wait-cycle low']);
});

test('one finding for one lock, from whichever threads; the way without doubts is told', () => {
  const doubtful = thread('acme_read').assumes('acme_ops.read', 'acme_read');
  const findings = findingsOf(
    effectsOf([doubtful.takes(lock, one).takes(lock, one), write().takes(lock, one).takes(lock, one)]),
  );
  assert.deepEqual(
    findings.map(({ edges, confidence }) => `${edges[0]?.root.fn} ${confidence}`),
    ['acme_write high'],
  );
  assert.deepEqual(findings[0]?.alsoFrom, ['acme_read()']);
});

test('the steps begin where the lock was taken, after the calls that both ways share', () => {
  const [finding] = findingsOf(
    effectsOf([write().calls('acme_locked').takes(lock, one).calls('acme_log').takes(lock, one)]),
  );
  assert.deepEqual(
    finding?.edges[0]?.steps.map(({ fn, action, target }) => `${fn} ${action} ${target}`),
    ['acme_locked acquire mutex_lock', 'acme_locked call acme_log', 'acme_log acquire mutex_lock'],
  );
});
