// callbacks.test.ts
// The tables of callbacks against real kernels: each struct and member must be in the trees that the row speaks of,
// each lock in the struct that is said to hold it, and the way from the argument to it must be one that C allows.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import type { Callback, CallbackLock } from '../../src/kernel/callback.ts';
import { callbacks } from '../../src/kernel/callbacks.ts';
import { notifierChains } from '../../src/kernel/notifierChains.ts';
import { sources, structsIn } from '../support/kernelStructs.ts';
import type { StructText } from '../support/kernelStructs.ts';

const kernels = process.env['HOLDWAIT_KERNELS'];
const versions = ['6.1', '6.12'] as const;
// prettier-ignore
const folders = [
  'include', 'drivers/base', 'drivers/md', 'drivers/tty', 'drivers/watchdog', 'drivers/thermal', 'drivers/hid/intel-ish-hid', 'drivers/cxl',
  'drivers/dax', 'drivers/pci', 'drivers/usb/core', 'net', 'sound/core', 'fs', 'block', 'kernel', 'drivers/input', 'drivers/vfio',
  'drivers/usb/gadget/udc', 'drivers/usb/roles', 'drivers/net/ppp', 'drivers/net/wwan',
];

test('every chain exists, and the kind of its head says what its row says', { skip: !kernels }, () => {
  const wrong: string[] = [];
  for (const version of versions) {
    const kinds = chainKinds(join(kernels ?? '', `linux-source-${version}`));
    for (const { chain, sleeps } of notifierChains) {
      const kind = kinds.get(chain);
      if (kind === undefined || (kind === 'atomic') === sleeps) wrong.push(`${version}: ${chain} is ${kind}`);
    }
  }
  assert.deepEqual(wrong, []);
});

type Structs = ReadonlyMap<string, readonly StructText[]>;

test('every callback and every lock exists where its row says', { skip: !kernels }, () => {
  const wrong: string[] = [];
  for (const version of versions) {
    const root = join(kernels ?? '', `linux-source-${version}`);
    const structs = structsIn(root, folders);
    const globals = globalsIn(root);
    for (const row of callbacks) {
      const shown = `${version}: ${row.struct}.${row.member}`;
      const exists = structs.get(row.struct)?.some(({ members }) => members.has(row.member)) === true;
      if (row.only !== undefined && row.only !== version) {
        if (exists && !hasRowFor(row, version)) wrong.push(`${shown} exists too`);
        continue;
      }
      if (!exists) wrong.push(`${shown} does not exist`);
      for (const lock of row.holds) {
        const problem = problemOf(lock, row, structs, globals);
        if (problem !== undefined) wrong.push(`${shown}: ${problem}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

function hasRowFor({ struct, member }: Callback, version: string): boolean {
  return callbacks.some((row) => row.struct === struct && row.member === member && row.only === version);
}

function problemOf(
  lock: CallbackLock,
  row: Callback,
  structs: Structs,
  globals: ReadonlySet<string>,
): string | undefined {
  if ('binding' in lock) return undefined;
  if ('object' in lock) return globals.has(lock.object) ? undefined : `no global ${lock.object}`;
  // Locks that are bits of a word of flags have names of their own.
  const first = lock.member.split('.')[0] ?? '';
  if (lock.member !== 'PG_locked' && !has(structs, lock.type, first)) return `no ${lock.type}.${first}`;
  return lock.of && wayProblem(lock.of.argument, lock.of.members, lock.type, row, structs);
}

/** Follows the members from the argument; a typedef or a `void *` on the way ends the check. */
function wayProblem(
  argument: number,
  members: readonly string[],
  type: string,
  row: Callback,
  structs: Structs,
): string | undefined {
  const method = structs.get(row.struct)?.find(({ methods }) => methods.has(row.member));
  const args = method?.methods.get(row.member);
  if (!args) return undefined;
  if (argument >= args.length) return `no argument ${argument}`;
  let at = args[argument];
  for (const member of members) {
    if (at === undefined) return undefined;
    if (!has(structs, at, member)) return `no ${at}.${member}`;
    at = structs
      .get(at)
      ?.map((struct) => struct.members.get(member))
      .find((next) => next !== undefined);
  }
  return at === undefined || at === type ? undefined : `the way leads to ${at}, not to ${type}`;
}

function has(structs: Structs, struct: string, member: string): boolean {
  return structs.get(struct)?.some(({ members }) => members.has(member)) === true;
}

/** Locks that are defined on their own. */
function globalsIn(root: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const folder of [
    'drivers/base',
    'drivers/char',
    'drivers/input',
    'drivers/mtd',
    'drivers/tty',
    'drivers/xen/xenbus',
    'net',
    'kernel',
    'fs',
  ]) {
    for (const path of sources(join(root, folder))) {
      for (const match of readFileSync(path, 'latin1').matchAll(
        /^(?:static\s+)?(?:__cacheline_aligned\s+)?(?:DEFINE_MUTEX|DEFINE_SPINLOCK|DECLARE_RWSEM|DEFINE_(?:STATIC_)?PERCPU_RWSEM)\s*\(\s*(\w+)/gm,
      )) {
        found.add(match[1] ?? '');
      }
    }
  }
  return found;
}

/** Heads of notifier chains: `raw`, `atomic`, `blocking`, `srcu`. */
function chainKinds(root: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  // prettier-ignore
  const places = ['kernel', 'net', 'crypto', 'drivers/base', 'drivers/usb/core', 'drivers/video', 'drivers/power', 'drivers/cpufreq', 'drivers/acpi', 'drivers/of', 'drivers/nvmem', 'drivers/tty'];
  for (const path of places.flatMap((folder) => sources(join(root, folder)))) {
    for (const [, macro, struct, name = ''] of readFileSync(path, 'latin1').matchAll(
      /^(?:static\s+)?(?:(\w+)_NOTIFIER_HEAD\(|struct (\w+)_notifier_head )(\w+)/gm,
    )) {
      found.set(name, (macro ?? struct ?? '').toLowerCase());
    }
  }
  return found;
}
