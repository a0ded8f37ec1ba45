// smallTree.ts
// A folder shaped like a kernel tree, small enough to be made anew for every test.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface SmallTree {
  readonly root: string;
  write(path: string, text: string): void;
  remove(path: string): void;
  dispose(): void;
}

export const fooDriver = `// SPDX-License-Identifier: GPL-2.0
#include <linux/mutex.h>
#include "foo.h"

static DEFINE_MUTEX(foo_list_mutex);

static void foo_unlink(struct foo *foo)
{
	mutex_lock(&foo_list_mutex);
	list_del(&foo->list);
	mutex_unlock(&foo_list_mutex);
}

static int foo_count(struct foo *foo)
{
	return foo->users;
}

void foo_remove(struct foo *foo)
{
	mutex_lock(&foo->lock);
	foo_unlink(foo);
	wait_for_completion(&foo->idle);
	mutex_unlock(&foo->lock);
}
`;

export const fooHeader = `struct foo {
	struct mutex lock;
	struct completion idle;
	struct list_head list;
	int users;
};
`;

export function makeSmallTree(files: Readonly<Record<string, string>> = {}): SmallTree {
  const root = mkdtempSync(join(tmpdir(), 'hwk-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const all = {
    Makefile: 'VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\nEXTRAVERSION =\n',
    MAINTAINERS: '',
    Kconfig: '',
    'include/linux/mutex.h': 'struct mutex { int owner; };\nvoid mutex_lock(struct mutex *lock);\n',
    'drivers/foo/foo.h': fooHeader,
    'drivers/foo/foo.c': fooDriver,
    ...files,
  };
  for (const [path, text] of Object.entries(all)) write(path, text);
  return {
    root,
    write,
    remove: (path) => rmSync(join(root, path)),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The 0-based line that starts with this text, or holds it where no line does. */
export function lineWith(text: string, part: string): number {
  const lines = text.split('\n');
  const starting = lines.findIndex((line) => line.startsWith(part));
  const line = starting >= 0 ? starting : lines.findIndex((other) => other.includes(part));
  if (line < 0) throw new Error(`no line holds ${part}`);
  return line;
}
