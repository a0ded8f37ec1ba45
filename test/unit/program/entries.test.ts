// entries.test.ts
// Where threads of control begin: members of tables with what the core holds, macros, and functions that nobody calls.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { entriesIn } from '../../support/entryLines.ts';

const card = 'struct acme { struct mutex lock; };\nstatic struct mutex m;\n';
const locks = (name: string, parameters = 'struct acme *a'): string =>
  `int ${name}(${parameters}) { mutex_lock(&m); return 0; }`;

test('functions that nobody in scope calls', async () => {
  const lines = await entriesIn(`${card}
static ${locks('inner')}
int outer(struct acme *a) { return inner(a); }
${locks('other')}
int quiet(struct acme *a) { return 1; }`);
  assert.deepEqual(lines, ['outer: function any', 'other: function any']);
});

test('functions that only call one another are entered at the first of them', async () => {
  const lines = await entriesIn(`${card}
static int ping(struct acme *a) { mutex_lock(&m); return pong(a); }
static int pong(struct acme *a) { return ping(a); }`);
  assert.deepEqual(lines, ['ping: function any']);
});

test('a function handed to one that calls it is no entry; handed to one that nobody knows, it is', async () => {
  const lines = await entriesIn(`${card}
static ${locks('known')}
static ${locks('unknown')}
static int each(struct acme *a, int (*fn)(struct acme *)) { return fn(a); }
static int through(struct acme *a, int (*fn)(struct acme *)) { return each(a, fn); }
int f(struct acme *a) { unknown(a); through(a, known); somewhere(unknown); return 0; }`);
  assert.deepEqual(lines, ['unknown: function any', 'f: function any']);
});

test('a function that is handed to one that stores it stands in the table', async () => {
  const lines = await entriesIn(
    `${card}
struct port { void (*done)(struct port *); };
static ${locks('done', 'struct port *p')}
static ${locks('late', 'struct port *p')}
int f(struct port *p) { set_done(p, done); port_register(p, late); return 0; }`,
    {
      files: {
        'drivers/ports/core.c': `
static void store(struct port *p, void (*fn)(struct port *)) { p->done = fn; }
void set_done(struct port *p, void (*fn)(struct port *)) { p->done = fn; }
void port_register(struct port *p, void (*fn)(struct port *)) { mutex_lock(&ports); store(p, fn); }`,
      },
    },
  );
  assert.deepEqual(lines, [
    'done: callback any, port.done',
    'late: callback any, port.done',
    'f: function any',
  ]);
});

test('a driver is probed and removed with the lock of its device held', async () => {
  const lines = await entriesIn(`${card}
static ${locks('acme_probe', 'struct pci_dev *pdev')}
static ${locks('acme_remove', 'struct pci_dev *pdev')}
static struct pci_driver acme_driver = { .name = "acme", .probe = acme_probe, .remove = acme_remove };
static int acme_init(void) { return pci_register_driver(&acme_driver); }
module_init(acme_init);`);
  assert.deepEqual(lines, [
    'acme_probe: callback process, pci_driver.probe; holds mutex $0.dev.mutex; setup',
    'acme_remove: callback process, pci_driver.remove; holds mutex $0.dev.mutex; teardown',
    'acme_init: callback process, module_init; setup',
  ]);
});

test('one function in several members that are called alike is one entry', async () => {
  const lines = await entriesIn(`${card}
static ${locks('sleep', 'struct device *dev')}
static const struct dev_pm_ops pm = { .suspend = sleep, .resume = sleep };`);
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /^sleep: callback process, dev_pm_ops\.resume; holds mutex \$0\.mutex/);
});

test('a table that only the scope calls through has no entries of its own', async () => {
  const tables = `${card}
struct acme_calls { int (*wrap)(struct acme *); };
static ${locks('wrapped')}
static const struct acme_calls calls = { .wrap = wrapped };`;
  const caller = 'int f(struct acme_calls *c, struct acme *a) { mutex_lock(&a->lock); return c->wrap(a); }';
  assert.deepEqual(await entriesIn(`${tables}\n${caller}`), ['f: function any']);
  assert.deepEqual(await entriesIn(tables), ['wrapped: callback any, acme_calls.wrap']);
});

test('where many drivers stand in a table that only the scope calls through, each is entered by itself', async () => {
  const header = `${card}struct acme_calls { int (*wrap)(struct acme *); };`;
  const drivers = ['a', 'b', 'c', 'd', 'e'].map((name): readonly [string, string] => [
    `drivers/acme/${name}.c`,
    `#include "acme.h"
static ${locks(`wrap_${name}`)}
const struct acme_calls ${name}_calls = { .wrap = wrap_${name} };`,
  ]);
  const files = Object.fromEntries([['drivers/acme/acme.h', header], ...drivers]);
  const caller = `#include "acme.h"
int f(struct acme_calls *c, struct acme *a) { mutex_lock(&a->lock); return c->wrap(a); }`;
  const scope = (count: number): readonly string[] =>
    ['main', 'a', 'b', 'c', 'd', 'e'].slice(0, count).map((name) => `drivers/acme/${name}.c`);
  assert.deepEqual(await entriesIn(caller, { files, scope: scope(5) }), ['f: function any']);
  const all = await entriesIn(caller, { files, scope: scope(6) });
  assert.equal(all.length, 6);
  assert.equal(all[0], 'wrap_a: callback any, acme_calls.wrap');
});

test('a file of sysfs holds itself, the lists it is in, and the device it is made for', async () => {
  const lines = await entriesIn(`${card}
static int speed_show(struct device *dev) { mutex_lock(&m); return 0; }
static int mode_show(struct device *dev) { mutex_lock(&m); return 0; }
static DEVICE_ATTR_RO(speed);
static DEVICE_ATTR(mode, 0444, mode_show, NULL);
static struct attribute *acme_attrs[] = { &dev_attr_mode.attr, NULL };
static const struct attribute_group acme_group = { .attrs = acme_attrs };
int setup(struct pci_dev *pdev) {
	sysfs_create_group(&pdev->dev.kobj, &acme_group);
	return device_create_file(&pdev->dev, &dev_attr_speed);
}`);
  assert.deepEqual(lines.slice(0, 2), [
    'speed_show: attribute process, attribute dev_attr_speed; holds callbacks dev_attr_speed, callbacks some pci_dev.dev; gets one pci_dev.dev',
    'mode_show: attribute process, attribute dev_attr_mode; holds callbacks dev_attr_mode, callbacks main.c:acme_attrs, callbacks main.c:acme_group, callbacks some pci_dev.dev.kobj; gets one pci_dev.dev.kobj',
  ]);
});

test('a file of debugfs holds the directory it is in and where it is kept', async () => {
  const lines = await entriesIn(`${card}
struct dir { struct dentry *root; struct dentry *file; };
static int stat_open(struct file *file) { mutex_lock(&m); return 0; }
static const struct file_operations stat_fops = { .open = stat_open };
int setup(struct dir *d) { d->file = debugfs_create_file("stat", 0444, d->root, d, &stat_fops); return 0; }`);
  assert.deepEqual(lines, [
    'stat_open: attribute process, file_operations.open; holds callbacks some dir.root, callbacks some dir.file',
    'setup: function any',
  ]);
});
