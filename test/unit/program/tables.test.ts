// tables.test.ts
// Who stands behind a call through a table of functions: every way in which C fills one, and objects of which it is
// known what they lie in.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { FnId } from '../../../src/program/meaning.ts';
import type { PlaceId } from '../../../src/program/places.ts';
import { linkDriver } from '../../support/entryLines.ts';
import type { LinkedTree, TestTree } from '../../support/linkedProgram.ts';

const header = {
  'include/linux/acme.h': `
struct acme_inner { int (*stop)(struct acme *); };
struct acme_ops { int (*open)(struct acme *); int (*close)(struct acme *); struct acme_inner in; int (*handlers[4])(struct acme *); };
struct acme { const struct acme_ops *ops; struct mutex lock; struct acme_ops own; };
#define acme_ptr(x) (IS_ENABLED(CONFIG_ACME) ? (x) : NULL)
#define ACME_CALLS(a, b) .open = a, .close = b,
#define DEFINE_ACME_OPS(name, prefix) const struct acme_ops name = { .open = prefix##_open, .close = prefix##_close }
#define ACME_OPS_INIT(a) { .open = a }
`,
};
const functions = ['one', 'two', 'three', 'acme_open', 'acme_close']
  .map((name) => `static int ${name}(struct acme *a) { mutex_lock(&a->lock); return 0; }`)
  .join('\n');

async function behind(
  text: string,
  members: readonly string[],
  more: Partial<TestTree> = {},
): Promise<readonly string[]> {
  const tree = await linkDriver(`${functions}\n${text}`, { ...more, files: { ...header, ...more.files } });
  return members.map((path) => {
    const [struct = '', member = ''] = path.split('.');
    return `${path}: ${names(tree, tree.program.implementers({ struct, member }, undefined))}`;
  });
}

const names = (tree: LinkedTree, fns: readonly FnId[]): string =>
  fns.map((fn) => tree.program.functions[fn]?.name).join(' ');

const calls = ['acme_ops.open', 'acme_ops.close', 'acme_inner.stop'];

test('initialisers with designators, nested ones and without designators', async () => {
  const written = [
    'static const struct acme_ops ops = { .open = one, .close = &two, .in = { .stop = three } };',
    'static const struct acme_ops ops = { .open = one, .in.stop = three, .close = (close_t)two };',
    'static const struct acme_ops ops = { one, two, { three } };',
    'static const struct acme_ops ops[] = { { .open = one, .close = two }, [3] = { .in = { three } } };',
    'static struct acme card = { .own = { .open = one, .close = two, .in.stop = three } };',
    'static const struct acme_ops ops = { .open = acme_ptr(one), .close = flag ? two : NULL, .in = { .stop = three } };',
  ];
  for (const text of written) {
    assert.deepEqual(
      await behind(text, calls),
      ['acme_ops.open: one', 'acme_ops.close: two', 'acme_inner.stop: three'],
      text,
    );
  }
});

test('tables that macros make, with pasted names', async () => {
  const expected = ['acme_ops.open: acme_open', 'acme_ops.close: acme_close'];
  assert.deepEqual(await behind('static DEFINE_ACME_OPS(ops, acme);', calls.slice(0, 2)), expected);
  assert.deepEqual(
    await behind(
      'static const struct acme_ops ops = { ACME_CALLS(acme_open, acme_close) };',
      calls.slice(0, 2),
    ),
    expected,
  );
  assert.deepEqual(await behind('static struct acme_ops ops = ACME_OPS_INIT(one);', ['acme_ops.open']), [
    'acme_ops.open: one',
  ]);
});

test('locals, compound literals and assignments', async () => {
  const written = [
    'int f(struct acme *a) { struct acme_ops ops = { .open = one, .close = two }; register_ops(&ops); return 0; }',
    'int f(struct acme *a) { a->own.open = one; a->own.close = two; return 0; }',
    'int f(struct acme *a) { a->own = (struct acme_ops){ .open = one, .close = two }; return 0; }',
    'int f(struct acme_ops *ops) { *ops = (struct acme_ops){ one, two }; return 0; }',
    'int f(struct acme *a) { a->ops = &(const struct acme_ops){ .open = one, .close = two }; return 0; }',
  ];
  for (const text of written) {
    assert.deepEqual(
      await behind(text, calls.slice(0, 2)),
      ['acme_ops.open: one', 'acme_ops.close: two'],
      text,
    );
  }
});

test('an array of functions in a struct stands behind the member', async () => {
  const text = 'static const struct acme_ops ops = { .handlers = { [0] = one, [2] = two } };';
  assert.deepEqual(await behind(text, ['acme_ops.handlers']), ['acme_ops.handlers: one two']);
  const assigned = 'int f(struct acme *a) { a->own.handlers[1] = three; return 0; }';
  assert.deepEqual(await behind(assigned, ['acme_ops.handlers']), ['acme_ops.handlers: three']);
});

test('all tables of the scope count, in order of path and place', async () => {
  const other = `#include <linux/core.h>
int far(struct acme *a) { mutex_lock(&a->lock); return 0; }
static const struct acme_ops ops = { .open = far };`;
  const found = await behind(
    'static const struct acme_ops a = { .open = two }, b = { .open = one };',
    calls.slice(0, 1),
    {
      files: { 'drivers/acme/far.c': other },
      scope: ['drivers/acme/far.c', 'drivers/acme/main.c'],
    },
  );
  assert.deepEqual(found, ['acme_ops.open: far two one']);
});

const bus = {
  'include/linux/busses.h': `
struct red_device { int n; struct device dev; };
struct blue_device { struct device dev; };
struct red_driver { void (*remove)(struct red_device *); };
#define to_red(d) container_of(d, struct red_device, dev)
static inline struct blue_device *to_blue(struct device *d) { return container_of(d, struct blue_device, dev); }
`,
  'drivers/base/red.c': `#include <linux/core.h>
static void red_remove(struct device *dev) { struct red_device *red = to_red(dev); mutex_lock(&red->dev.mutex); }
const struct bus_type red_bus = { .remove = red_remove };`,
  'drivers/base/blue.c': `#include <linux/core.h>
static void blue_remove(struct device *dev) { struct blue_device *blue = to_blue(dev); mutex_lock(&blue->dev.mutex); }
const struct bus_type blue_bus = { .name = "blue", .remove = blue_remove };`,
  'drivers/base/core.c': `#include <linux/core.h>
static void take_away(struct device *dev) { dev->bus->remove(dev); }
void device_gone(struct device *dev) { mutex_lock(&dev->mutex); take_away(dev); }
void red_device_gone(struct red_device *red) { device_gone(&red->dev); }
void blue_device_gone(struct blue_device *blue) { device_gone(&blue->dev); }`,
};

async function remover(text: string): Promise<Readonly<Record<string, string>>> {
  const tree = await linkDriver(text, { files: bus });
  const { places, structs } = tree.program;
  const found: Record<string, string> = {};
  for (const tag of ['red_device', 'blue_device', 'pci_dev']) {
    const path = tag === 'pci_dev' ? 'include/linux/core.h' : 'include/linux/busses.h';
    const owner = structs.of(path, tag);
    const inner: PlaceId = places.member(
      places.parameter(0, owner),
      'dev',
      owner,
      structs.of('include/linux/core.h', 'device'),
    );
    found[tag] = names(tree, tree.program.implementers({ struct: 'bus_type', member: 'remove' }, inner));
  }
  found['unknown'] = names(
    tree,
    tree.program.implementers({ struct: 'bus_type', member: 'remove' }, undefined),
  );
  return found;
}

test('what an object lies in says which bus is meant, also of a file that nothing else reaches', async () => {
  assert.deepEqual(await remover('int f(struct red_device *red) { red_device_gone(red); return 0; }'), {
    red_device: 'red_remove',
    blue_device: '',
    pci_dev: '',
    unknown: '',
  });
  assert.deepEqual(await remover('int f(struct blue_device *blue) { device_gone(&blue->dev); return 0; }'), {
    red_device: '',
    blue_device: 'blue_remove',
    pci_dev: '',
    unknown: '',
  });
});

test('an object that lies in something that no bus casts to is not guessed at', async () => {
  const found = await remover(
    'int f(struct pci_dev *pdev) { device_gone(&pdev->dev); red_device_gone(0); return 0; }',
  );
  assert.equal(found['pci_dev'], '');
});

test('where nothing is known, tables of files on the way are taken', async () => {
  const text = 'int f(struct acme *a, struct device *dev) { device_gone(dev); red_helper(a); return 0; }';
  const helper = `${bus['drivers/base/red.c']}\nvoid red_helper(struct acme *a) { mutex_lock(&a->lock); }`;
  const files = { ...bus, ...header, 'drivers/base/red.c': helper };
  const tree = await linkDriver(text, { files });
  const found = tree.program.implementers({ struct: 'bus_type', member: 'remove' }, undefined);
  assert.equal(names(tree, found), 'red_remove');
});

test('a table that a function keeps for itself is one of them', async () => {
  const text = 'int f(struct acme *a, struct device *dev) { device_gone(dev); red_helper(a); return 0; }';
  const kept = bus['drivers/base/red.c'].replace(/const struct bus_type.*/, '');
  const helper = `${kept}
void red_helper(struct acme *a) { mutex_lock(&a->lock); }
void red_add(struct device *dev)
{
	static const struct bus_type red_bus = { .remove = red_remove };
	dev->bus = &red_bus;
}`;
  const files = { ...bus, ...header, 'drivers/base/red.c': helper };
  const tree = await linkDriver(text, { files });
  const found = tree.program.implementers({ struct: 'bus_type', member: 'remove' }, undefined);
  assert.equal(names(tree, found), 'red_remove');
});

test('own tables that are meant for objects in other structs do not count', async () => {
  const text = `
struct green_device { struct pci_dev pdev; };
static void green_remove(struct device *dev) { struct green_device *g = container_of(dev, struct green_device, pdev.dev); mutex_lock(&g->pdev.dev.mutex); }
static const struct bus_type green_bus = { .remove = green_remove };
int f(struct red_device *red) { red_device_gone(red); return 0; }`;
  assert.deepEqual(await remover(text), {
    red_device: 'red_remove',
    blue_device: '',
    pci_dev: 'green_remove',
    unknown: 'green_remove',
  });
});

test('one driver among many is not the code that all of them share', async () => {
  const pm = `#include <linux/core.h>
static int red_suspend(struct device *dev) { struct red_device *red = to_red(dev); mutex_lock(&red->dev.mutex); return 0; }
static const struct dev_pm_ops red_pm = { .runtime_suspend = red_suspend };
`;
  const text = `int f(struct red_device *red) { return sleep_now(&red->dev); }`;
  const core = 'int sleep_now(struct device *dev) { return dev->bus->pm->runtime_suspend(dev); }';
  const asked = async (more: string): Promise<string> => {
    const tree = await linkDriver(text, {
      files: { ...bus, 'drivers/base/power.c': core, 'drivers/one/red.c': pm + more },
    });
    const { places, structs } = tree.program;
    const owner = structs.of('include/linux/busses.h', 'red_device');
    const device = structs.of('include/linux/core.h', 'device');
    const inner = places.member(places.parameter(0, owner), 'dev', owner, device);
    return names(tree, tree.program.implementers({ struct: 'dev_pm_ops', member: 'runtime_suspend' }, inner));
  };
  assert.equal(await asked(''), 'red_suspend');
  assert.equal(await asked('static struct red_driver one = { .remove = red_gone };'), '');
});

test('a member and the one that takes its place are one slot', async () => {
  const text = 'static const struct late_ops ops = { .remove_new = one };';
  const files = {
    'include/linux/late.h':
      'struct late_ops { int (*remove)(struct acme *); int (*remove_new)(struct acme *); };',
  };
  assert.deepEqual(await behind(text, ['late_ops.remove'], { files }), ['late_ops.remove: one']);
});
