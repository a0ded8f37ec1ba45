// lockOrders.test.ts
// Lock classes of a driver, where it takes them, and in which order: also of locks that lie on no cycle.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { lineOf } from '../../../src/base/position.ts';
import { neverCancelled } from '../../../src/base/cancel.ts';
import { effectsOf } from '../../../src/effects/effects.ts';
import type { Hop } from '../../../src/effects/results.ts';
import { readLocks, writeLocks } from '../../../src/engine/unitLocksText.ts';
import { lockOrdersOf } from '../../../src/waits/lockOrders.ts';
import type { WrittenLocks } from '../../../src/engine/unitLocksText.ts';
import type { UnitLocks } from '../../../src/waits/lockOrders.ts';
import { linkTree } from '../../support/linkedProgram.ts';

const scope = 'drivers/acme/acme.c';
const head = `
struct mutex { int owner; };
struct acme { struct mutex lock; struct mutex io; spinlock_t list; };
static DEFINE_MUTEX(acme_mutex);
`;

async function locksOf(text: string, more: Readonly<Record<string, string>> = {}): Promise<UnitLocks> {
  const { program } = await linkTree({ files: { ...more, [scope]: `${head}${text}` }, scope: [scope] });
  const locks = lockOrdersOf(effectsOf(program, neverCancelled), (path) => path === scope);
  assert.deepEqual(readLocks(JSON.parse(JSON.stringify(writeLocks(locks))) as WrittenLocks), locks);
  return locks;
}

/** `mutex acme.lock: acme_open, acme_stop (try)` */
const classes = ({ classes: all }: UnitLocks): readonly string[] =>
  all.map(({ waitable: { kind, name }, takings }) => {
    const where = takings.map(({ hop, mode, isTried }) =>
      [hop.fn, ...(mode === 'read' ? ['(read)'] : []), ...(isTried ? ['(try)'] : [])].join(' '),
    );
    return `${kind} ${name}: ${where.join(', ')}`;
  });

/** `acme_mutex under acme.lock, 2 places: acme_open 8 > acme_open 9 > acme_reset 3` */
const orders = ({ classes: all, orders: found }: UnitLocks): readonly string[] => {
  const nameOf = (key: string): string =>
    all.find(({ waitable }) => waitable.key === key)?.waitable.name ?? '';
  const stepOf = ({ fn, at, action }: Hop): string =>
    action === 'callback' ? `${fn} entered` : `${fn} ${lineOf(at) - firstLine}`;
  return found.map(({ held, wanted, count, ways }) => {
    const told = ways.map((way) => way.map(stepOf).join(' > '));
    return `${nameOf(wanted)} under ${nameOf(held)}, ${count}: ${told.join('; ')}`;
  });
};

const firstLine = head.split('\n').length;

test('where a lock is taken, in which way, and by whom through a function or a macro that comes back with it', async () => {
  const locks = await locksOf(`
    #define acme_take(a) mutex_lock(&(a)->io)
    static void acme_lock(struct acme *a) { mutex_lock(&a->lock); }
    void acme_open(struct acme *a) { acme_lock(a); mutex_unlock(&a->lock); }
    int acme_try(struct acme *a) {
      if (!mutex_trylock(&acme_mutex)) return -1;
      acme_take(a);
      mutex_unlock(&a->io);
      mutex_unlock(&acme_mutex);
      return 0;
    }`);
  assert.deepEqual(classes(locks), [
    'mutex acme.io: acme_try',
    'mutex acme.lock: acme_lock, acme_open',
    'mutex acme_mutex: acme_try (try)',
  ]);
  assert.deepEqual(orders(locks), ['acme.io under acme_mutex, 1: acme_try 5 > acme_try 6 > acme_take 1']);
});

test('an order goes through calls, and each place that makes it counts once', async () => {
  const locks = await locksOf(`
    static void acme_add(struct acme *a) { spin_lock(&a->list); spin_unlock(&a->list); }
    static void acme_sort(struct acme *a) { acme_add(a); }
    void acme_open(struct acme *a) {
      mutex_lock(&a->lock);
      acme_add(a);
      acme_sort(a);
      mutex_unlock(&a->lock);
      acme_sort(a);
    }`);
  assert.deepEqual(orders(locks), [
    'acme.list under acme.lock, 2: acme_open 4 > acme_open 5 > acme_add 1; ' +
      'acme_open 4 > acme_open 6 > acme_sort 2 > acme_add 1',
  ]);
});

test('what is let go before is no order', async () => {
  const locks = await locksOf(`
    static void acme_wait(struct acme *a) {
      mutex_unlock(&a->lock);
      mutex_lock(&a->io);
      mutex_unlock(&a->io);
      mutex_lock(&a->lock);
    }
    void acme_open(struct acme *a) {
      mutex_lock(&a->lock);
      acme_wait(a);
      mutex_unlock(&a->lock);
    }`);
  assert.deepEqual(orders(locks), []);
});

test('both orders are told by the threads that make them, and by no others', async () => {
  const locks = await locksOf(`
    static void acme_flush(struct acme *a, int wait) {
      if (wait) { mutex_lock(&a->lock); mutex_unlock(&a->lock); }
    }
    void acme_open(struct acme *a) {
      mutex_lock(&a->lock);
      mutex_lock(&a->io);
      mutex_unlock(&a->io);
      mutex_unlock(&a->lock);
    }
    void acme_stop(struct acme *a) {
      mutex_lock(&a->io);
      acme_flush(a, 0);
      mutex_unlock(&a->io);
    }
    void acme_sync(struct acme *a) {
      mutex_lock(&a->io);
      acme_flush(a, 1);
      mutex_unlock(&a->io);
    }`);
  assert.deepEqual(orders(locks), [
    'acme.lock under acme.io, 1: acme_sync 16 > acme_sync 17 > acme_flush 2',
    'acme.io under acme.lock, 1: acme_open 5 > acme_open 6',
  ]);
});

test('locks of the core count where the driver takes them, or runs under them', async () => {
  const core = {
    'include/linux/rtnetlink.h': 'void rtnl_lock(void);\nvoid rtnl_unlock(void);\n',
    'include/linux/netdevice.h':
      'struct net_device { int mtu; };\nstruct net_device_ops { int (*ndo_open)(struct net_device *dev); };\n',
    'lib/acme_core.c':
      'struct mutex { int owner; };\nstatic DEFINE_MUTEX(core_mutex);\nvoid core_run(void) { mutex_lock(&core_mutex); mutex_unlock(&core_mutex); }\n',
  };
  const locks = await locksOf(
    `
    #include <linux/netdevice.h>
    static int acme_open(struct net_device *dev) {
      mutex_lock(&acme_mutex);
      core_run();
      mutex_unlock(&acme_mutex);
      return 0;
    }
    static const struct net_device_ops acme_ops = { .ndo_open = acme_open };`,
    core,
  );
  assert.deepEqual(classes(locks), ['mutex acme_mutex: acme_open', 'mutex rtnl_mutex: ']);
  assert.deepEqual(orders(locks), ['acme_mutex under rtnl_mutex, 1: acme_open entered > acme_open 3']);
});
