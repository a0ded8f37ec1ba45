// stubWords.test.ts
// What the stubs that ship bring about when a driver calls them: waits that depend on what was done before, waits for
// callbacks, transfers that leave no lock behind.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { neverCancelled } from '../../../src/base/cancel.ts';
import { effectsOf } from '../../../src/effects/effects.ts';
import type { Effects } from '../../../src/effects/results.ts';
import { stubSources } from '../../../src/kernel/stubs.ts';
import { linkTree } from '../../support/linkedProgram.ts';

const stubs = Object.fromEntries(stubSources('6.12').map(({ path, text }) => [path, text]));

// As much of the kernel's headers as these texts need.
const headers = `
  struct list_head { struct list_head *next; };
  struct attribute { const char *name; };
  struct work_struct { void (*func)(struct work_struct *work); };
  struct notifier_block { int (*notifier_call)(struct notifier_block *nb, unsigned long action, void *data); };
  struct blocking_notifier_head { struct notifier_block *head; };
  struct device { struct attribute_group **groups; };
  struct device_attribute {
    struct attribute attr;
    long (*show)(struct device *dev, struct device_attribute *attr, char *buf);
  };
  struct rt_mutex { int owner; };
  struct i2c_adapter { struct rt_mutex bus_lock; };
  struct i2c_client { struct i2c_adapter *adapter; };
  struct net_device { struct device dev; };
`;

async function effects(text: string): Promise<Effects> {
  const files = { 'include/linux/core.h': headers, 'drivers/net/acme/acme.c': text };
  const { program } = await linkTree({ files, stubs });
  return effectsOf(program, neverCancelled);
}

/** `acme_chain holding mutex acme_mutex`, for each object of that kind that the function wants while it holds something. */
function wants({ wants: all }: Effects, fn: string, kind: string): readonly string[] {
  const found = all
    .filter(({ root, waitable, held }) => root.fn === fn && waitable.kind === kind && held.length > 0)
    .map(({ waitable, held }) => {
      const names = held.map((one) => `${one.waitable.kind} ${one.waitable.name}`).sort();
      return `${waitable.name} holding ${names.join(', ')}`;
    });
  return [...new Set(found)].sort();
}

// Only what can be part of a circle is followed, so each text closes one.

test('the rtnl mutex is let go before references are waited for, and only after something was unregistered', async () => {
  const all = await effects(`
    static struct mutex acme_mutex;
    struct acme { struct work_struct work; struct net_device *dev; };
    static void acme_work(struct work_struct *work)
    {
      struct acme *acme = container_of(work, struct acme, work);

      mutex_lock(&acme_mutex);
      mutex_unlock(&acme_mutex);
      dev_put(acme->dev);
    }
    void acme_probe(struct acme *acme) { INIT_WORK(&acme->work, acme_work); }
    void acme_event(struct acme *acme) { dev_hold(acme->dev); schedule_work(&acme->work); }
    void acme_setup(void) { mutex_lock(&acme_mutex); rtnl_lock(); rtnl_unlock(); mutex_unlock(&acme_mutex); }
    void acme_remove(struct net_device *dev) { mutex_lock(&acme_mutex); unregister_netdev(dev); mutex_unlock(&acme_mutex); }
    void acme_remove_two(struct net_device *a, struct net_device *b)
    {
      rtnl_lock();
      unregister_netdevice_queue(a, NULL);
      unregister_netdevice(b);
      rtnl_unlock();
      mutex_lock(&acme_mutex);
      rtnl_lock();
      rtnl_unlock();
      mutex_unlock(&acme_mutex);
    }
    void acme_collect(struct net_device *dev, struct list_head *kill)
    {
      mutex_lock(&acme_mutex);
      rtnl_lock();
      unregister_netdevice_queue(dev, kill);
      rtnl_unlock();
      mutex_unlock(&acme_mutex);
    }
    void acme_later(struct net_device *dev) { mutex_lock(&acme_mutex); unregister_netdevice(dev); mutex_unlock(&acme_mutex); }
  `);
  assert.deepEqual(wants(all, 'acme_remove', 'references'), [
    'net_device references holding mutex acme_mutex',
  ]);
  assert.deepEqual(wants(all, 'acme_setup', 'references'), []);
  assert.deepEqual(wants(all, 'acme_remove_two', 'references'), []);
  assert.deepEqual(wants(all, 'acme_later', 'references'), []);
  // Whether it only collects what is to go depends on an argument that is not known here.
  assert.deepEqual(wants(all, 'acme_collect', 'references'), [
    'net_device references holding mutex acme_mutex',
  ]);
});

test('a transfer holds the bus while it lasts and no longer', async () => {
  const all = await effects(`
    static struct mutex acme_mutex;
    void acme_read(struct i2c_client *client)
    {
      i2c_smbus_read_byte_data(client, 1);
      mutex_lock(&acme_mutex);
      mutex_unlock(&acme_mutex);
    }
    void acme_read_locked(struct i2c_client *client)
    {
      mutex_lock(&acme_mutex);
      i2c_smbus_read_byte_data(client, 1);
      mutex_unlock(&acme_mutex);
    }
    void acme_lock(struct i2c_adapter *adap)
    {
      i2c_lock_bus(adap, 0);
      mutex_lock(&acme_mutex);
      mutex_unlock(&acme_mutex);
      i2c_unlock_bus(adap, 0);
    }
  `);
  assert.deepEqual(wants(all, 'acme_lock', 'mutex'), ['acme_mutex holding rt mutex i2c_adapter.bus_lock']);
  assert.deepEqual(wants(all, 'acme_read', 'mutex'), []);
  assert.deepEqual(wants(all, 'acme_read_locked', 'rt mutex'), [
    'i2c_adapter.bus_lock holding mutex acme_mutex',
  ]);
});

test('taking a block off a blocking chain waits for its callback', async () => {
  const all = await effects(`
    static struct mutex acme_mutex;
    static struct blocking_notifier_head acme_chain;
    static int acme_event(struct notifier_block *nb, unsigned long action, void *data)
    {
      mutex_lock(&acme_mutex);
      mutex_unlock(&acme_mutex);
      return 0;
    }
    static struct notifier_block acme_nb = { .notifier_call = acme_event };
    void acme_init(void) { blocking_notifier_chain_register(&acme_chain, &acme_nb); }
    void acme_exit(void) { mutex_lock(&acme_mutex); blocking_notifier_chain_unregister(&acme_chain, &acme_nb); mutex_unlock(&acme_mutex); }
  `);
  assert.deepEqual(wants(all, 'acme_exit', 'callbacks'), ['acme_nb holding mutex acme_mutex']);
});

test('removing an attribute waits for its callbacks', async () => {
  const all = await effects(`
    static struct mutex acme_mutex;
    static long acme_show(struct device *dev, struct device_attribute *attr, char *buf)
    {
      mutex_lock(&acme_mutex);
      mutex_unlock(&acme_mutex);
      return 0;
    }
    static struct device_attribute acme_attr = { .show = acme_show };
    void acme_probe(struct device *dev) { device_create_file(dev, &acme_attr); }
    void acme_remove(struct device *dev) { mutex_lock(&acme_mutex); device_remove_file(dev, &acme_attr); mutex_unlock(&acme_mutex); }
  `);
  assert.deepEqual(wants(all, 'acme_remove', 'callbacks'), ['acme_attr holding mutex acme_mutex']);
});
