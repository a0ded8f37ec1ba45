// Calls that may sleep where sleeping is forbidden.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/waits/finding.ts';
import { findingsOf } from '../../../src/waits/findings.ts';
import { effectsOf, spinlock, thread, waitable } from '../../support/threads.ts';
import type { Thread } from '../../support/threads.ts';

const lock = spinlock('acme.lock');
const ring = spinlock('acme.ring_lock');
const interrupts = waitable('cpu', 'interrupts');

const found = (...threads: readonly Thread[]): readonly Finding[] =>
  findingsOf(effectsOf(threads)).filter(({ rule }) => rule === 'sleep-in-atomic');

const titles = (...threads: readonly Thread[]): readonly string[] =>
  found(...threads).map(({ title, confidence }) => `${confidence}: ${title}`);

test('sleeps under a spinlock', () => {
  assert.deepEqual(titles(thread('acme_reset').takes(lock).sleepsIn('msleep')), [
    'high: acme_reset() may sleep in msleep() with acme.lock held',
  ]);
});

test('the steps lead from the lock to the sleep', () => {
  const [finding] = found(thread('acme_reset').takes(lock).calls('acme_settle').sleepsIn('msleep'));
  assert.deepEqual(
    finding?.edges.map(({ steps }) => steps.map(({ fn, target }) => `${fn} ${target}`)),
    [['acme_reset mutex_lock', 'acme_reset acme_settle', 'acme_settle msleep']],
  );
  assert.match(finding?.title ?? '', /^acme_settle\(\)/);
});

test('one place is told once for one lock, from whichever threads', () => {
  const far = thread('acme_remove').takes(lock).calls('acme_stop').calls('acme_settle').sleepsIn('msleep');
  const near = thread('acme_reset').takes(lock).calls('acme_settle').sleepsIn('msleep');
  const findings = found(far, near);
  assert.deepEqual(
    findings.map(({ edges }) => edges[0]?.root.fn),
    ['acme_reset'],
  );
  assert.deepEqual(findings[0]?.alsoFrom, ['acme_remove()']);
});

test('two places are two', () => {
  const both = [
    thread('acme_reset').takes(lock).sleepsIn('msleep'),
    thread('acme_open').takes(lock).sleepsIn('msleep'),
  ];
  assert.equal(found(...both).length, 2);
  assert.equal(
    found(
      thread('acme_reset').takes(lock).sleepsIn('msleep'),
      thread('acme_reset').takes(ring).sleepsIn('msleep'),
    ).length,
    2,
  );
});

test('of all that forbids it the nearest is told', () => {
  const reset = (): Thread => thread('acme_reset');
  const holds = (one: Thread): readonly (string | undefined)[] =>
    found(one).map(({ edges }) => edges[0]?.holds.name);
  assert.deepEqual(holds(reset().disables(interrupts).takes(lock).calls('a').sleepsIn('msleep')), [
    'acme.lock',
  ]);
  assert.deepEqual(holds(reset().takes(lock).calls('a').disables(interrupts).sleepsIn('msleep')), [
    'interrupts',
  ]);
});

test('a doubtful way is told as such', () => {
  const [finding] = found(
    thread('acme_reset').takes(lock).assumes('acme_ops.wait', 'acme_wait').sleepsIn('msleep'),
  );
  assert.equal(finding?.confidence, 'medium');
  assert.equal(finding?.reasons.length, 1);
});
