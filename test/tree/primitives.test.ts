// primitives.test.ts
// The tables of primitives against real kernels: every name must be there, in one tree at least, with as many
// parameters as its row counts on. HOLDWAIT_KERNELS is the folder that holds linux-source-6.1 and linux-source-6.12.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { primitives } from '../../src/kernel/knowledge.ts';
import type { Primitive } from '../../src/kernel/primitive.ts';
import { pthreadPrimitives } from '../../src/kernel/primitives/threads.ts';
import { sleepers } from '../../src/kernel/sleepers.ts';
import { sources } from '../support/kernelStructs.ts';

const kernels = process.env['HOLDWAIT_KERNELS'];
const trees = ['linux-source-6.1', 'linux-source-6.12'];
// Where the names of the tables are declared or defined; drivers only where a core of a subsystem lives there.
// prettier-ignore
const folders = [
  'include', 'kernel', 'lib', 'mm', 'fs', 'block', 'net', 'sound/core', 'sound/hda', 'sound/pci/hda', 'arch/x86/include', 'drivers/base',
  'drivers/gpu/drm', 'drivers/usb', 'drivers/pci', 'drivers/tty', 'drivers/md', 'drivers/media', 'drivers/scsi', 'drivers/infiniband/core', 'drivers/mmc/core',
];

const userSpace: ReadonlySet<string> = new Set(pthreadPrimitives.map((row) => row.name));

test(
  'every primitive and every sleeper exists in a kernel with enough parameters',
  { skip: !kernels },
  () => {
    const parameters = new Map<string, Map<string, number>>();
    for (const tree of trees) parameters.set(tree, mostParameters(join(kernels ?? '', tree)));

    const missing: string[] = [];
    for (const row of primitives) {
      if (userSpace.has(row.name)) continue;
      const found = trees.map((tree) => parameters.get(tree)?.get(row.name));
      const most = Math.max(...found.map((count) => count ?? -1));
      if (most < needed(row)) missing.push(`${row.name}: needs ${needed(row)} parameters, found ${most}`);
      if (row.only === '6.12' && found[0] !== undefined) missing.push(`${row.name}: is in 6.1 too`);
      if (row.only === '6.1' && found[1] !== undefined) missing.push(`${row.name}: is in 6.12 too`);
    }
    for (const { name, flagsArgument } of sleepers) {
      const most = Math.max(...trees.map((tree) => parameters.get(tree)?.get(name) ?? -1));
      if (most <= (flagsArgument ?? -1)) missing.push(`${name}: sleeper with ${most} parameters`);
    }
    assert.deepEqual(missing, []);
  },
);

function needed(row: Primitive): number {
  // The object of a guard is an argument of its second call, which no declaration shows.
  if (row.name.startsWith('guard(')) return 0;
  const { objectArgument, handlerArgument, threadArgument, queueArgument, blockArgument, letsGoArgument } =
    row;
  // DEFINE_SEMAPHORE has a count in 6.12 only.
  const given = [
    objectArgument,
    handlerArgument,
    threadArgument,
    queueArgument,
    blockArgument,
    letsGoArgument,
  ];
  return 1 + Math.max(...given.map((index) => index ?? -1), row.flagsArgument ?? -1);
}

/** For each name of the tables, the largest number of parameters with which the tree declares or defines it. */
function mostParameters(root: string): Map<string, number> {
  const wanted = new Set([...primitives, ...sleepers].map((row) => row.name));
  const most = new Map<string, number>();
  const keep = (name: string, count: number): void => {
    if (wanted.has(name)) most.set(name, Math.max(count, most.get(name) ?? 0));
  };
  for (const folder of folders) {
    for (const path of sources(join(root, folder))) {
      const text = readFileSync(path, 'latin1').replace(/\/\*[^]*?\*\//g, ' ');
      // A declaration begins in the first column; a call does not. The name may also stand alone on its line.
      for (const match of text.matchAll(/^(?:#\s*define\s+|[A-Za-z_][^\n;={}()#]*?[\s*])?(\w+)[ \t]*\(/gm)) {
        if (wanted.has(match[1] ?? ''))
          keep(match[1] ?? '', countParameters(text, match.index + match[0].length));
      }
      for (const match of text.matchAll(/^#\s*define\s+(\w+)[ \t]+(\w+)/gm))
        keep(match[1] ?? '', most.get(match[2] ?? '') ?? 9);
      for (const match of text.matchAll(/\bDEFINE_(?:LOCK_)?GUARD(?:_\d)?(_COND)?\((\w+)(?:,\s*(\w+))?/g)) {
        keep(match[1] ? `guard(${match[2]}${match[3]})` : `guard(${match[2]})`, 1);
      }
      for (const match of text.matchAll(/\b(?:DEFINE_CLASS|EXTEND_CLASS)\((\w+)/g))
        keep(`guard(${match[1]})`, 1);
    }
  }
  return most;
}

function countParameters(text: string, start: number): number {
  let depth = 1;
  let commas = 0;
  let end = start;
  for (; end < text.length && depth > 0; end++) {
    const char = text[end];
    if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === ',' && depth === 1) commas++;
  }
  const inside = text.slice(start, end - 1).trim();
  if (inside === '' || inside === 'void') return 0;
  return inside.includes('...') ? 99 : commas + 1;
}
