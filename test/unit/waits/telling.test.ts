// How a finding is told: its title, the order of its threads, their steps, who else comes there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/waits/finding.ts';
import { findingsOf } from '../../../src/waits/findings.ts';
import { effectsOf, handler, mutex, thread, waitable } from '../../support/threads.ts';
import type { Thread } from '../../support/threads.ts';

const lock = mutex('acme.lock');
const rx = mutex('acme.rx_lock');
const tx = mutex('acme.tx_lock');
const reset = waitable('work', 'acme.reset');
const done = waitable('completion', 'acme.done');
const references = waitable('references', 'net_device');

function only(...threads: readonly Thread[]): Finding {
  const [finding, ...others] = findingsOf(effectsOf(threads));
  assert.ok(finding);
  assert.equal(others.length, 0);
  return finding;
}

const stepsOf = ({ edges }: Finding): readonly (readonly string[])[] =>
  edges.map(({ steps }) => steps.map(({ fn, action, target }) => `${fn} ${action} ${target}`));

test('the thread that waits comes first, then the handler', () => {
  const { title, edges } = only(
    handler('acme_reset', reset).takes(lock),
    thread('acme_stop').takes(lock).waitsFor(reset),
  );
  assert.equal(edges[0]?.root.fn, 'acme_stop');
  assert.equal(
    title,
    'acme_stop() holds acme.lock and waits for acme.reset, which acme_reset() keeps while it wants acme.lock',
  );
});

test('two locks in opposite orders', () => {
  const { title } = only(
    thread('acme_forward').takes(rx).takes(tx),
    thread('acme_drain').takes(tx).takes(rx),
  );
  assert.equal(
    title,
    'acme_forward() holds acme.rx_lock and wants acme.tx_lock, which acme_drain() keeps while it wants acme.rx_lock',
  );
});

test('a waker does not keep what it signals', () => {
  const { title, assumptions } = only(
    thread('acme_command').takes(lock).waitsFor(done),
    thread('acme_reply').takes(lock).signalsTo(done),
  );
  assert.equal(
    title,
    'acme_command() holds acme.lock and waits for acme.done, which acme_reply() ends only after it gets acme.lock',
  );
  assert.deepEqual(assumptions, ['Nobody else ends the wait for acme.done.']);
});

test('references are told from where they were taken for the handler', () => {
  const remove = thread('acme_remove').takes(lock).calls('acme_quiesce').waitsFor(references);
  const giver = { ...remove.wants[0]!.root, fn: 'acme_event' };
  const finding = only(
    remove,
    handler('acme_work', waitable('work', 'acme.work')).isGiven(references, giver).takes(lock),
  );
  assert.deepEqual(stepsOf(finding), [
    ['acme_remove acquire mutex_lock', 'acme_remove call acme_quiesce', 'acme_quiesce wait wait_for'],
    ['acme_event get dev_hold', 'acme_event queue queue_work', 'acme_work acquire mutex_lock'],
  ]);
  assert.match(finding.title, /net_device references, which acme_work\(\) keeps while it wants acme\.lock$/);
  assert.match(finding.unseenByLockdep ?? '', /a reference count is not a lock/);
});

test('calls that lead to both are told no more than once', () => {
  const finding = only(
    thread('acme_ioctl').calls('acme_locked').takes(rx).calls('acme_send').takes(tx),
    thread('acme_drain').takes(tx).takes(rx),
  );
  assert.deepEqual(stepsOf(finding)[0], [
    'acme_locked acquire mutex_lock',
    'acme_locked call acme_send',
    'acme_send acquire mutex_lock',
  ]);
});

test('what lockdep sees is not said to be unseen', () => {
  const { unseenByLockdep } = only(
    thread('acme_stop').takes(lock).waitsFor(reset),
    handler('acme_reset', reset).takes(lock),
  );
  assert.equal(unseenByLockdep, undefined);
});

test('others that come to the same place are named, in order, if they can', () => {
  const gate = mutex('acme.gate');
  const { alsoFrom, edges } = only(
    thread('acme_forward').takes(rx).takes(tx),
    thread('acme_write').calls('acme_forward').takes(rx).takes(tx),
    thread('acme_flush').calls('acme_forward').takes(rx).takes(tx),
    thread('acme_drain').takes(gate).takes(tx).takes(rx),
    thread('acme_gated').takes(gate).calls('acme_forward').takes(rx).takes(tx),
  );
  assert.deepEqual(
    edges.map(({ root }) => root.fn),
    ['acme_forward', 'acme_drain'],
  );
  assert.deepEqual(alsoFrom, ['acme_flush()', 'acme_write()']);
});

test('no more than eight others are named', () => {
  const many = Array.from({ length: 12 }, (_, i) => thread(`acme_many_${i}`).takes(rx).takes(tx));
  const { alsoFrom } = only(...many, thread('acme_drain').takes(tx).takes(rx));
  assert.equal(alsoFrom.length, 8);
});

test('a wait that gives up after a time is no hang for ever', () => {
  const stop = thread('acme_stop').takes(lock).waitsFor(reset, { endedBy: 'timeout' });
  const { confidence, reasons } = only(stop, handler('acme_reset', reset).takes(lock));
  assert.equal(confidence, 'medium');
  assert.match(reasons.join(), /gives up after a time/);
});

test('running threads are better evidence than one that is set up', () => {
  const { edges, confidence } = only(
    thread('acme_probe', { phase: 'setup' }).takes(rx).takes(tx),
    thread('acme_open').calls('acme_start').calls('acme_forward').takes(rx).takes(tx),
    thread('acme_drain').takes(tx).takes(rx),
  );
  assert.equal(edges[0]?.root.fn, 'acme_open');
  assert.equal(confidence, 'high');
});
