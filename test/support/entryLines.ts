// entryLines.ts
// Entries of a small linked tree, one line each: who runs, as what, in which context, holding what, with which arguments.

import type { Entry } from '../../src/program/meaning.ts';
import type { PlaceId } from '../../src/program/places.ts';
import { linkTree } from './linkedProgram.ts';
import type { LinkedTree, TestTree } from './linkedProgram.ts';

/** What every driver of these tests includes. */
const coreHeaders: Readonly<Record<string, string>> = {
  'include/linux/core.h': `
struct mutex { int owner; };
struct work_struct { void (*func)(struct work_struct *); };
struct timer_list { void (*function)(struct timer_list *); };
struct delayed_work { struct work_struct work; struct timer_list timer; };
struct hrtimer { int (*function)(struct hrtimer *); };
struct tasklet_struct { void (*callback)(struct tasklet_struct *); };
struct notifier_block { int (*notifier_call)(struct notifier_block *, unsigned long, void *); int priority; };
struct napi_struct { int (*poll)(struct napi_struct *, int); };
struct rcu_head { void (*func)(struct rcu_head *); };
struct kobject { int state; };
struct attribute { const char *name; };
struct attribute_group { const char *name; struct attribute **attrs; };
struct device_driver { int (*remove)(struct device *); const struct dev_pm_ops *pm; const struct attribute_group **dev_groups; };
struct bus_type { const struct dev_pm_ops *pm; int (*match)(struct device *); int (*probe)(struct device *); void (*remove)(struct device *); };
struct device { struct kobject kobj; struct mutex mutex; const struct bus_type *bus; struct device_driver *driver; };
struct device_attribute { struct attribute attr; int (*show)(struct device *); int (*store)(struct device *); };
struct dev_pm_ops { int (*suspend)(struct device *); int (*resume)(struct device *); int (*runtime_suspend)(struct device *); };
struct pci_dev { struct device dev; int irq; };
struct pci_driver { const char *name; int (*probe)(struct pci_dev *); void (*remove)(struct pci_dev *); struct device_driver driver; };
struct file { void *private_data; };
struct file_operations { int (*open)(struct file *); int (*read)(struct file *); };
#define container_of(p, type, member) ((type *)(p))
#define __ATTR(_name, _mode, _show, _store) { .attr = { .name = #_name }, .show = _show, .store = _store }
#define __ATTR_RO(_name) { .attr = { .name = #_name }, .show = _name##_show }
#define DEVICE_ATTR(_name, _mode, _show, _store) struct device_attribute dev_attr_##_name = __ATTR(_name, _mode, _show, _store)
#define DEVICE_ATTR_RO(_name) struct device_attribute dev_attr_##_name = __ATTR_RO(_name)
`,
};

export function linkDriver(text: string, more: Partial<TestTree> = {}): Promise<LinkedTree> {
  return linkTree({
    scope: ['drivers/acme/main.c'],
    ...more,
    files: { ...coreHeaders, 'drivers/acme/main.c': `#include <linux/core.h>\n${text}`, ...more.files },
  });
}

/** `reset: work process, work acme.reset; holds work some acme.reset; gets some acme.reset`. */
export function entryLines(tree: LinkedTree): readonly string[] {
  return tree.program.entries.map((entry) => lineOf(entry, tree));
}

export async function entriesIn(text: string, more: Partial<TestTree> = {}): Promise<readonly string[]> {
  return entryLines(await linkDriver(text, more));
}

function lineOf({ fn, kind, context, via, holds, args, phase }: Entry, tree: LinkedTree): string {
  const name = tree.program.functions[fn]?.name ?? '?';
  const held = holds.map(
    (hold) => `${hold.kind} ${shown(hold.place, tree)}${hold.mode === 'read' ? ' (read)' : ''}`,
  );
  const given = args.map((arg) => (arg === undefined ? '-' : shown(arg, tree)));
  return [
    `${name}: ${kind} ${context}${via === '' ? '' : `, ${via}`}`,
    ...(held.length > 0 ? [`holds ${held.join(', ')}`] : []),
    ...(given.length > 0 ? [`gets ${given.join(', ')}`] : []),
    ...(phase === 'running' ? [] : [phase]),
  ].join('; ');
}

const shown = (place: PlaceId, tree: LinkedTree): string =>
  tree.place(place).replaceAll(' .', '.').replaceAll('drivers/acme/', '').trim();
