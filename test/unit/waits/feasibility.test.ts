// What may and what may not close a cycle: gates, readers, threads that run once, waits that one signal ends.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from '../../../src/waits/findings.ts';
import { effectsOf, handler, mutex, spinlock, thread, waitable } from '../../support/threads.ts';
import type { Thread } from '../../support/threads.ts';

const rx = mutex('acme.rx_lock');
const tx = mutex('acme.tx_lock');
const gate = mutex('acme.gate');
const rxSem = waitable('rwsem', 'acme.rx_sem');
const txSem = waitable('rwsem', 'acme.tx_sem');
const reset = waitable('work', 'acme.reset');
const queue = waitable('workqueue', 'acme.wq');
const done = waitable('completion', 'acme.done');

/** `rule: class -> class`, from the smallest name on; findings of low confidence are left out. */
function found(...threads: readonly Thread[]): readonly string[] {
  return findingsOf(effectsOf(threads))
    .filter(({ confidence }) => confidence !== 'low')
    .map(
      ({ rule, edges }) =>
        `${rule}: ${edges
          .map(({ holds }) => holds.name)
          .sort()
          .join(' -> ')}`,
    );
}

const pair = ['lock-cycle: acme.rx_lock -> acme.tx_lock'];
const forward = (): Thread => thread('acme_forward');
const drain = (): Thread => thread('acme_drain');

test('opposite orders close a cycle, the same order does not', () => {
  assert.deepEqual(found(forward().takes(rx).takes(tx), drain().takes(tx).takes(rx)), pair);
  assert.deepEqual(found(forward().takes(rx).takes(tx), drain().takes(rx).takes(tx)), []);
});

test('a lock that was let go is not held', () => {
  assert.deepEqual(found(forward().takes(rx).letsGo(rx).takes(tx), drain().takes(tx).takes(rx)), []);
});

test('a lock around both sides keeps them apart', () => {
  const both = [forward().takes(gate).takes(rx).takes(tx), drain().takes(gate).takes(tx).takes(rx)];
  assert.deepEqual(found(...both), []);
});

test('a lock around both sides counts, whoever has taken it', () => {
  const rtnl = mutex('rtnl_mutex');
  assert.deepEqual(
    found(forward().begins(rtnl, 'caller').takes(rx).takes(tx), drain().asserts(rtnl).takes(tx).takes(rx)),
    [],
  );
});

test('a lock around one side, or let go before, keeps nobody apart', () => {
  assert.deepEqual(found(forward().takes(gate).takes(rx).takes(tx), drain().takes(tx).takes(rx)), pair);
  assert.deepEqual(
    found(forward().takes(gate).takes(rx).letsGo(gate).takes(tx), drain().takes(gate).takes(tx).takes(rx)),
    pair,
  );
});

test('a gate that both only read keeps nobody apart; one that one of them writes does', () => {
  const read = { mode: 'read' } as const;
  const sem = waitable('rwsem', 'acme.gate_sem');
  assert.deepEqual(
    found(forward().takes(sem, read).takes(rx).takes(tx), drain().takes(sem, read).takes(tx).takes(rx)),
    pair,
  );
  assert.deepEqual(
    found(forward().takes(sem).takes(rx).takes(tx), drain().takes(sem, read).takes(tx).takes(rx)),
    [],
  );
});

test('evidence without the gate is found behind evidence with it', () => {
  assert.deepEqual(
    found(
      forward().takes(gate).takes(rx).takes(tx),
      thread('acme_long').calls('a').calls('b').calls('c').takes(rx).takes(tx),
      drain().takes(gate).takes(tx).takes(rx),
    ),
    pair,
  );
});

test('readers do not wait for readers; a reader waits for a writer', () => {
  const read = { mode: 'read' } as const;
  assert.deepEqual(
    found(forward().takes(rxSem, read).takes(txSem, read), drain().takes(txSem, read).takes(rxSem, read)),
    [],
  );
  assert.deepEqual(
    found(forward().takes(rxSem, read).takes(txSem, read), drain().takes(txSem).takes(rxSem)),
    ['lock-cycle: acme.rx_sem -> acme.tx_sem'],
  );
});

test('a trylock waits for nobody, but holds', () => {
  assert.deepEqual(found(forward().takes(rx).tries(tx), drain().takes(tx).takes(rx)), []);
  assert.deepEqual(found(forward().takes(rx).takes(tx), drain().tries(tx).takes(rx)), pair);
});

test('one handler is in one place at a time, one function may be in two', () => {
  const both = (one: () => Thread): readonly string[] =>
    found(one().takes(rx).takes(tx), one().takes(tx).takes(rx));
  assert.deepEqual(
    both(() => handler('acme_reset', reset)),
    [],
  );
  assert.deepEqual(
    both(() => thread('acme_ioctl', { kind: 'callback', via: 'file_operations.unlocked_ioctl' })),
    pair,
  );
});

test('one probe does not run beside itself', () => {
  const probe = (): Thread => thread('acme_probe', { phase: 'setup' });
  const all = findingsOf(effectsOf([probe().takes(rx).takes(tx), probe().takes(tx).takes(rx)]));
  assert.deepEqual(all, []);
});

test('a work that takes the lock its canceller holds', () => {
  const stop = (): Thread => thread('acme_stop').takes(rx);
  assert.deepEqual(found(stop().waitsFor(reset), handler('acme_reset', reset).takes(rx)), [
    'wait-cycle: acme.reset -> acme.rx_lock',
  ]);
  assert.deepEqual(found(stop().letsGo(rx).waitsFor(reset), handler('acme_reset', reset).takes(rx)), []);
  assert.deepEqual(found(stop().waitsFor(reset), handler('acme_reset', reset).tries(rx)), []);
});

test('a workqueue that is flushed waits for each work that runs on it', () => {
  const work = handler('acme_event', waitable('work', 'acme.event')).begins(queue, 'running');
  assert.deepEqual(found(thread('acme_stop').takes(rx).waitsFor(queue), work.takes(rx)), [
    'wait-cycle: acme.rx_lock -> acme.wq',
  ]);
});

test('two works on one queue are not kept apart by it', () => {
  const on = (fn: string, name: string): Thread =>
    handler(fn, waitable('work', name)).begins(queue, 'running');
  assert.deepEqual(
    found(
      on('acme_fill', 'acme.fill').takes(rx).takes(tx),
      on('acme_drain', 'acme.drain').takes(tx).takes(rx),
    ),
    pair,
  );
});

test('references that a handler was given end only with it', () => {
  const refs = waitable('references', 'net_device');
  const remove = thread('acme_remove').takes(rx).waitsFor(refs);
  const work = handler('acme_work', waitable('work', 'acme.work'));
  const giver = { ...remove.wants[0]!.root, fn: 'acme_event' };
  assert.deepEqual(found(remove, work.isGiven(refs, giver).takes(rx)), [
    'wait-cycle: acme.rx_lock -> net_device references',
  ]);
  assert.deepEqual(found(remove, handler('acme_work', waitable('work', 'acme.work')).takes(rx)), []);
});

test('a completion that can be signalled only with the lock of the waiter', () => {
  const wait = (): Thread => thread('acme_command').takes(rx).waitsFor(done);
  assert.deepEqual(found(wait(), thread('acme_reply').takes(rx).signalsTo(done)), [
    'wait-cycle: acme.done -> acme.rx_lock',
  ]);
});

test('one free waker is enough', () => {
  const wait = thread('acme_command').takes(rx).waitsFor(done);
  const slow = thread('acme_reply').takes(rx).signalsTo(done);
  assert.deepEqual(found(wait, slow, thread('acme_abort').signalsTo(done)), []);
});

test('a wait that nobody in sight ends says nothing', () => {
  assert.deepEqual(
    found(thread('acme_command').takes(rx).waitsFor(done), thread('acme_other').takes(rx)),
    [],
  );
});

test('a waker that needs another lock than the waiter holds is free', () => {
  assert.deepEqual(
    found(thread('acme_command').takes(rx).waitsFor(done), thread('acme_reply').takes(tx).signalsTo(done)),
    [],
  );
});

test('a waker that only reads comes in beside a waiter that reads', () => {
  const read = { mode: 'read' } as const;
  const wait = (mode: object): Thread => thread('acme_command').takes(rxSem, mode).waitsFor(done);
  const reply = thread('acme_reply').takes(rxSem, read).signalsTo(done);
  assert.deepEqual(found(wait(read), reply), []);
  assert.deepEqual(found(wait({}), reply), ['wait-cycle: acme.done -> acme.rx_sem']);
  const writer = thread('acme_timeout').takes(rxSem).signalsTo(done);
  assert.deepEqual(found(wait(read), writer, reply), [], 'the reader ends the wait');
  assert.deepEqual(found(wait(read), reply, writer), [], 'in whichever order they come');
});

test('a waker that runs with the lock of its caller needs it', () => {
  const rtnl = mutex('rtnl_mutex');
  const notify = thread('acme_notify', { kind: 'notifier' }).begins(rtnl, 'caller').signalsTo(done);
  assert.deepEqual(found(thread('acme_command').takes(rtnl).waitsFor(done), notify), [
    'wait-cycle: acme.done -> rtnl_mutex',
  ]);
});

test('a waker that is held up at a gate signals no sooner', () => {
  assert.deepEqual(
    found(
      thread('acme_command').takes(gate).takes(rx).waitsFor(done),
      thread('acme_reply').takes(gate).takes(rx).signalsTo(done),
    ).includes('wait-cycle: acme.done -> acme.gate'),
    true,
  );
});

test('three orders close a ring of three, told once', () => {
  const third = mutex('acme.zeta_lock');
  assert.deepEqual(
    found(
      thread('acme_one').takes(rx).takes(tx),
      thread('acme_two').takes(tx).takes(third),
      thread('acme_three').takes(third).takes(rx),
    ),
    ['lock-cycle: acme.rx_lock -> acme.tx_lock -> acme.zeta_lock'],
  );
});

test('a detour of a shorter cycle says nothing new', () => {
  const third = mutex('acme.zeta_lock');
  assert.deepEqual(
    found(
      thread('acme_one').takes(rx).takes(tx),
      thread('acme_two').takes(tx).takes(third),
      thread('acme_three').takes(third).takes(rx),
      thread('acme_back').takes(tx).takes(rx),
    ),
    pair,
  );
});

test('what an RCU reader holds is no lock, and a processor is none', () => {
  const rcu = waitable('rcu', 'rcu');
  const spin = spinlock('acme.spin');
  assert.deepEqual(
    found(
      thread('acme_lookup').begins(rcu, 'taken', { mode: 'read' }).takes(spin),
      thread('acme_free').takes(spin).waitsFor(rcu),
    ),
    [],
  );
});
