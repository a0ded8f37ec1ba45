// How far a cycle is believed: what makes it less sure, and what does not.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from '../../../src/waits/findings.ts';
import { effectsOf, handler, mutex, thread, waitable } from '../../support/threads.ts';
import type { Thread } from '../../support/threads.ts';

const a = mutex('acme.a');
const b = mutex('acme.b');
const one = { instance: '1' } as const;
const corePath = 'kernel/core.c';

/** `confidence ring` of everything, the ring from its first thread on. */
const told = (...threads: readonly Thread[]): readonly string[] =>
  findingsOf(effectsOf(threads)).map(
    ({ confidence, edges }) => `${confidence} ${edges.map((edge) => edge.holds.name).join(' ')}`,
  );

const open = (): Thread => thread('acme_open').takes(a).takes(b);
const close = (): Thread => thread('acme_close').takes(b);

test('two locks in opposite orders', () => {
  assert.deepEqual(told(open(), close().takes(a)), ['high acme.a acme.b']);
});

test('one of several functions behind a table is less sure, one of many is a guess', () => {
  const behind = (count: number): readonly string[] => {
    const runs = close();
    for (let i = 0; i < count; i++)
      runs
        .calls(`acme_op${i}`, { via: 'acme_ops.run' })
        .takes(i === 0 ? a : mutex(`acme.other${i}`))
        .returns();
    return told(open(), runs);
  };
  assert.deepEqual(behind(1), ['high acme.a acme.b']);
  assert.deepEqual(behind(2), ['medium acme.a acme.b']);
  assert.deepEqual(behind(8), ['low acme.a acme.b']);
});

test('what a table of another driver leads to is not counted', () => {
  const other = thread('foo_run', { path: 'drivers/net/acme/foo.c' });
  for (let i = 0; i < 8; i++)
    other
      .calls(`foo_op${i}`, { via: 'acme_ops.run' })
      .takes(mutex(`foo.${i}`))
      .returns();
  const runs = close().calls('acme_op', { via: 'acme_ops.run' }).takes(a);
  assert.deepEqual(told(open(), runs, other), ['high acme.a acme.b']);
});

test('an event of a notifier chain may be another one', () => {
  assert.deepEqual(told(open(), close().calls('acme_event', { via: 'notifier chain' }).takes(a)), [
    'medium acme.a acme.b',
  ]);
});

test('a way that comes back to a function by way of others is less sure', () => {
  const through = (...names: readonly string[]): Thread =>
    names.reduce((way, name) => way.calls(name), close());
  assert.deepEqual(told(open(), through('x', 'y', 'z', 'acme_end').takes(a)), ['high acme.a acme.b']);
  assert.deepEqual(told(open(), through('x', 'y', 'acme_close', 'acme_end').takes(a)), [
    'medium acme.a acme.b',
  ]);
});

test('what a put does happens only to the last reference', () => {
  assert.deepEqual(told(open(), close().calls('acme_put').takes(a)), ['medium acme.a acme.b']);
  assert.deepEqual(told(open(), close().calls('acme_output').takes(a)), ['high acme.a acme.b']);
});

test('a handler that sleeps has not come that way', () => {
  const tick = thread('acme_tick', { context: 'softirq' }).takes(b).takes(a);
  assert.deepEqual(told(open(), tick), ['low acme.a acme.b']);
});

test('during the setup of the object nobody else may know it', () => {
  const probe = thread('acme_probe', { phase: 'setup' }).takes(b).takes(a);
  assert.deepEqual(told(open(), probe), ['low acme.a acme.b']);
});

test('a callback of a table that the driver itself calls may have more held than is known', () => {
  const root = { kind: 'callback', via: 'acme_ops.run' } as const;
  const run = (): Thread => thread('acme_run', root).takes(b).takes(a);
  const calls = thread('acme_tick').calls('acme_run', { via: 'acme_ops.run' }).takes(mutex('acme.c'));
  assert.deepEqual(told(open(), run()), ['high acme.a acme.b']);
  assert.deepEqual(told(open(), run(), calls), ['medium acme.a acme.b']);
});

test('locks that are taken and wanted deep in the core on both sides are none of the driver', () => {
  const inCore = (fn: string, first: typeof a, second: typeof a): Thread =>
    thread(fn)
      .calls('core_run', { path: corePath })
      .calls('core_first')
      .takes(first)
      .returns()
      .calls('core_second')
      .takes(second);
  assert.deepEqual(told(inCore('acme_open', a, b), inCore('acme_close', b, a)), ['low acme.a acme.b']);
  // What comes back from two functions deep is less sure to be held.
  assert.deepEqual(told(inCore('acme_open', a, b), close().takes(a)), ['medium acme.a acme.b']);
});

test('a lock that comes back from deep in the core was let go in a way not understood', () => {
  const put = thread('acme_close')
    .calls('fw_put', { path: corePath })
    .calls('fw_free')
    .calls('fw_release')
    .takes(b);
  assert.deepEqual(told(open(), put.returns().returns().returns().takes(a)), ['low acme.a acme.b']);
});

test('a driver is not called for devices that it is not bound to', () => {
  const bound = mutex('device.mutex@i2c_client.dev');
  const through = (device: typeof a): Thread =>
    close()
      .begins(bound, 'caller', one)
      .calls('device_del', { path: corePath })
      .takes(device, one)
      .calls('acme_resume', { via: 'dev_pm_ops.resume', path: 'drivers/net/acme/main.c' })
      .takes(a);
  assert.deepEqual(told(open(), through(mutex('acme.c'))), ['high acme.a acme.b']);
  assert.deepEqual(told(open(), through(mutex('device.mutex@hwmon_device.dev'))), ['low acme.a acme.b']);
});

test('of the locks that every device has it must be that of the same device', () => {
  const device = mutex('device.mutex@pci_dev.dev');
  const remove = (): Thread => thread('acme_remove').begins(device, 'caller', one).takes(a);
  const resume = (instance: string): Thread => thread('acme_resume').takes(a).takes(device, { instance });
  assert.deepEqual(told(remove(), resume('7')), ['high acme.a device.mutex@pci_dev.dev']);
  assert.deepEqual(told(remove(), resume('')), ['low acme.a device.mutex@pci_dev.dev']);
});

test('a work that was waited for before has to be started again', () => {
  const work = waitable('work', 'acme.work');
  const runs = (): Thread => handler('acme_run', work).takes(a);
  const stop = (): Thread => thread('acme_stop');
  assert.deepEqual(told(runs(), stop().takes(a).waitsFor(work)), ['high acme.a acme.work']);
  assert.deepEqual(told(runs(), stop().waitsFor(work).takes(a).waitsFor(work)), ['low acme.a acme.work']);
  const again = stop().takes(a).waitsFor(work).letsGo(a).waitsFor(work);
  assert.deepEqual(told(runs(), again), ['high acme.a acme.work']);
});

test('one of several functions is a guess that costs one step, one of very many is a dispatcher', () => {
  const one = (): Thread => thread('acme_write').takes(a).takes(b);
  const assumed = (among: number): Thread =>
    thread('acme_read').assumes('acme_ops.read', 'acme_read', among).takes(b).takes(a);
  assert.deepEqual(told(one(), assumed(2)), ['medium acme.a acme.b']);
  assert.deepEqual(told(one(), assumed(32)), ['low acme.a acme.b']);
});

test('alone, what may lead elsewhere is a guess, and a long way is less sure', () => {
  const twice = (): Thread => thread('acme_write').takes(a, one);
  assert.deepEqual(told(twice().takes(a, one)), ['high acme.a']);
  assert.deepEqual(told(twice().assumes('acme_ops.read', 'acme_read').takes(a, one)), ['low acme.a']);
  const far = ['x', 'y', 'z', 'v', 'w'].reduce((way, name) => way.calls(name), twice());
  assert.deepEqual(told(far.takes(a, one)), ['medium acme.a']);
});

test('a work beside the only protocol of a folder locks sockets of that protocol', () => {
  const lock = mutex('sock.sk_lock');
  const work = waitable('work', 'acme.tx_work');
  const call = (path: string, via = 'proto_ops.release'): Thread => thread('acme_release', { via, path });
  const runs = handler('acme_tx_work', work, { path: 'net/acme/tx.c' }).takes(lock);
  const close = call('net/acme/af_acme.c').takes(lock).waitsFor(work);
  assert.deepEqual(told(runs, close), ['high sock.sk_lock acme.tx_work']);
  const others = ['raw', 'udp'].map((name) => call(`net/acme/${name}.c`).takes(a));
  assert.deepEqual(told(runs, close, ...others), ['low sock.sk_lock acme.tx_work']);
  const elsewhere = handler('acme_tx_work', work, { path: 'net/foo/tx.c' }).takes(lock);
  assert.deepEqual(told(elsewhere, close), ['low sock.sk_lock acme.tx_work']);
});
