// closure.test.ts
// Which functions belong to a program: what the scope reaches, what is cut off, what is told by hand.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { linkTree } from '../../support/linkedProgram.ts';
import type { TestTree } from '../../support/linkedProgram.ts';

const driver = 'drivers/acme/main.c';
const header = 'struct mutex { int owner; };\nstruct card { struct mutex lock; };';

async function names(tree: TestTree): Promise<readonly string[]> {
  const { program } = await linkTree({
    scope: [driver],
    ...tree,
    files: { 'include/linux/acme.h': header, ...tree.files },
  });
  return program.functions.map((fn) => `${fn.path}:${fn.name}${fn.isStub ? ' (stub)' : ''}`);
}

test('calls are followed out of the scope, as far as they matter', async () => {
  const files = {
    [driver]: 'static int f(struct card *c) { return enter(c); }',
    'net/core/dev.c':
      'int enter(struct card *c) { count(c); return further(c); } int count(struct card *c) { return 1; }',
    'net/core/far.c':
      'int further(struct card *c) { mutex_lock(&c->lock); return 0; } int unused(void) { return 0; }',
  };
  assert.deepEqual(await names({ files }), [`${driver}:f`, 'net/core/dev.c:enter', 'net/core/far.c:further']);
});

test('leaf folders are not entered, unless the file is in scope', async () => {
  const files = {
    [driver]: 'static void f(struct card *c) { deep(c); }',
    'mm/slub.c': 'void deep(struct card *c) { mutex_lock(&c->lock); }',
  };
  assert.deepEqual(await names({ files }), [`${driver}:f`]);
  const whole = await names({ files, scope: [driver, 'mm/slub.c'] });
  assert.deepEqual(whole, [`${driver}:f`, 'mm/slub.c:deep']);
});

test('what has a row in the tables is never entered', async () => {
  const files = {
    [driver]: 'static void f(void) { rtnl_lock(); }',
    'net/core/rtnetlink.c':
      'static struct mutex rtnl_mutex; void rtnl_lock(void) { mutex_lock(&rtnl_mutex); }',
  };
  assert.deepEqual(await names({ files }), [`${driver}:f`]);
});

const told = { 'stubs/core.c': 'void enter(struct card *c) { mutex_lock(&c->lock); }' };

test('a stub comes before what the tree defines and before a primitive, but not before the scope', async () => {
  const files = {
    [driver]: 'static void f(struct card *c) { enter(c); }',
    'net/core/dev.c': 'void enter(struct card *c) { mutex_lock(&c->lock); }',
  };
  assert.deepEqual(await names({ files, stubs: told }), [`${driver}:f`, 'stubs/core.c:enter (stub)']);
  const both = [driver, 'net/core/dev.c'];
  assert.deepEqual(await names({ files, stubs: told, scope: both }), [`${driver}:f`, 'net/core/dev.c:enter']);
  const lock = { 'stubs/core.c': 'void rtnl_lock(void) { schedule_work(&x); }' };
  const caller = { [driver]: 'static void f(void) { rtnl_lock(); }' };
  assert.deepEqual(await names({ files: caller, stubs: lock }), [
    `${driver}:f`,
    'stubs/core.c:rtnl_lock (stub)',
  ]);
});

test('a stub sees the variables and the static functions of its own', async () => {
  const stubs = {
    'stubs/core.c': 'static void inner(void) { mutex_lock(&core_mutex); } void enter(void) { inner(); }',
  };
  const tree = await linkTree({
    files: {
      'include/linux/acme.h': header,
      [driver]: 'static void f(void) { enter(); }',
      'net/core/dev.c': 'static DEFINE_MUTEX(core_mutex);',
    },
    scope: [driver],
    stubs,
  });
  assert.deepEqual(tree.lines('enter'), ['call stub inner()']);
  assert.deepEqual(tree.lines('inner'), ['acquire mutex_lock net/core/dev.c:core_mutex']);
});

test('a function that is handed on belongs to the program', async () => {
  const files = {
    [driver]: 'static void f(struct card *c) { each(c, visit); }',
    'net/core/dev.c':
      'void each(struct card *c, void (*fn)(struct card *)) { fn(c); } void visit(struct card *c) { mutex_lock(&c->lock); }',
  };
  assert.deepEqual(await names({ files }), [`${driver}:f`, 'net/core/dev.c:each', 'net/core/dev.c:visit']);
});

test('the same tree gives the same numbers, in order of path and place', async () => {
  const files = {
    'drivers/acme/b.c': 'void b2(void) { } void b1(void) { mutex_lock(&x); }',
    'drivers/acme/a.c': 'void a1(void) { b1(); }',
  };
  const scope = ['drivers/acme/b.c', 'drivers/acme/a.c'];
  const order = ['drivers/acme/a.c:a1', 'drivers/acme/b.c:b2', 'drivers/acme/b.c:b1'];
  assert.deepEqual(await names({ files, scope }), order);
});
