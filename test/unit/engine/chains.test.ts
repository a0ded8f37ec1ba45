// chains.test.ts
// The chains of one function: down through several levels and through tables, up to those who call it holding something.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { neverCancelled } from '../../../src/base/cancel.ts';
import type { FunctionReport, Reach } from '../../../src/engine/results.ts';
import { createEngine } from '../../../src/engine/treeEngine.ts';
import { chainsJson } from '../../../src/report/chainsJson.ts';
import { chainsText } from '../../../src/report/chainsText.ts';
import { memoryIndex } from '../../support/memoryIndex.ts';

const types = `
struct acme_ops { void (*stop)(struct acme *acme); };
struct acme { const struct acme_ops *ops; struct mutex lock; struct mutex port_lock; struct work_struct reset; };
`;

async function report(
  fn: string,
  text: string,
  reach: Partial<Reach> = {},
  more = {},
): Promise<FunctionReport> {
  const index = await memoryIndex({ 'drivers/net/acme/main.c': `${types}\n${text}`, ...more });
  const reports = await createEngine(index).report(fn, neverCancelled, { depth: 3, callers: true, ...reach });
  return reports[0]!;
}

/** The text without the places and the spaces before them. */
const lines = (found: FunctionReport): readonly string[] =>
  chainsText([found])
    .split('\n')
    .slice(1)
    .flatMap((line) => line.replace(/ {2,}\S+:\d+$/, '').replaceAll(/(?<=\S) {2,}/g, ' ') || []);

test('callees of callees stand below them as deep as was asked', async () => {
  const text = `
    void three(struct acme *a) { mutex_lock(&a->lock); mutex_unlock(&a->lock); }
    void two(struct acme *a) { three(a); }
    void one(struct acme *a) { two(a); }
    void nothing(void) { }
    void zero(struct acme *a) { one(a); nothing(); }`;
  assert.deepEqual(lines(await report('zero', text)), [
    '  calls one()',
    '    calls two()',
    '      calls three()',
    '        takes (mutex) acme.lock',
    '        releases (mutex) acme.lock',
  ]);
  const shallow = await report('zero', text, { depth: 2 });
  assert.deepEqual(shallow.rows, []);
  assert.equal(shallow.notEntered, 1);
  assert.match(chainsText([shallow]), /\n {2}deeper than was asked for: 1 function\n$/);
});

test('a call through a table is followed into the functions of the same driver', async () => {
  const text = `
    static void acme_stop(struct acme *a) { cancel_work_sync(&a->reset); }
    static const struct acme_ops ops = { .stop = acme_stop };
    static const struct other_ops others = { .stop = acme_other };
    static void acme_other(struct acme *a) { mutex_lock(&a->lock); }
    void acme_close(struct acme *a) { a->ops->stop(a); }`;
  assert.deepEqual(lines(await report('acme_close', text)), [
    '  calls acme_stop() via acme_ops.stop',
    '    waits for (work) acme.reset',
  ]);
  const far = {
    'drivers/net/far/main.c':
      'static const struct acme_ops far = { .stop = far_stop }; void far_stop(struct acme *a) { }',
  };
  assert.equal((await report('acme_close', text, {}, far)).rows.length, 1);
});

test('a table in the value of a field has the type of the field', async () => {
  const text = `
    struct acme_driver { int id; struct acme_ops ops; };
    static void acme_stop(struct acme *a) { mutex_lock(&a->lock); }
    static struct acme_driver driver = { .ops = { .stop = acme_stop } };
    void acme_close(struct acme *a) { a->ops->stop(a); }`;
  assert.deepEqual(
    (await report('acme_stop', text)).callers?.map((row) => row.kind === 'table' && row.via),
    ['acme_ops.stop'],
  );
  assert.equal((await report('acme_close', text)).rows.length, 1);
});

test('a circle of calls is marked and ends', async () => {
  const text = `
    void one(struct acme *a) { mutex_lock(&a->lock); two(a); }
    void two(struct acme *a) { one(a); }`;
  const found = await report('one', text);
  assert.deepEqual(lines(found), [
    '  called by two()',
    '    called by one(), holding (mutex) acme.lock, again: a cycle of calls',
    '  takes (mutex) acme.lock',
    '  calls two()',
    '    calls one(), again: a cycle of calls',
  ]);
});

test('what was shown above is not shown again, unless there is more to show', async () => {
  const text = `
    void deep(struct acme *a) { mutex_lock(&a->lock); }
    void one(struct acme *a) { deep(a); }
    void two(struct acme *a) { one(a); }
    void zero(struct acme *a) { two(a); one(a); one(a); }`;
  assert.deepEqual(lines(await report('zero', text, { depth: 2, callers: false })), [
    '  calls one()',
    '    calls deep()',
    '      takes (mutex) acme.lock',
    '  calls one(), as above',
  ]);
});

test('calls that lead nowhere are counted on every level', async () => {
  const text = `
    void one(struct acme *a) { a->hook(a); gone(); }
    void zero(struct acme *a) { one(a); one(a); lost(); }`;
  const found = await report('zero', text);
  assert.deepEqual(found.unresolved, ['lost']);
  assert.deepEqual(found.unresolvedBelow, [
    { name: 'a->hook', count: 1 },
    { name: 'gone', count: 1 },
  ]);
});

const holder = `
  void acme_do(struct acme *a) { cancel_work_sync(&a->reset); }
  static void acme_lock(struct acme *a) { mutex_lock(&a->port_lock); }`;

test('callers say what they hold at the call, and only what is held on every way', async () => {
  const text = `${holder}
    void plain(struct acme *a) { acme_do(a); mutex_lock(&a->lock); mutex_unlock(&a->lock); }
    void held(struct acme *a) { mutex_lock(&a->lock); acme_do(a); mutex_unlock(&a->lock); }
    void dropped(struct acme *a) { mutex_lock(&a->lock); mutex_unlock(&a->lock); acme_do(a); }
    void wrapped(struct acme *a) { acme_lock(a); acme_do(a); }
    void tried(struct acme *a) { if (!mutex_trylock(&a->lock)) return; acme_do(a); }
    void untried(struct acme *a) { if (!mutex_trylock(&a->lock)) acme_do(a); }
    void sometimes(struct acme *a, int x) { if (x) mutex_lock(&a->lock); acme_do(a); }
    void otherwise(struct acme *a, int x) { if (x) acme_lock(a); else mutex_lock(&a->lock); acme_do(a); }
    void elsewhere(struct acme *a, int x) { if (!x) mutex_lock(&a->lock); acme_do(a); }
    void guarded(struct acme *a) { guard(mutex)(&a->lock); acme_do(a); }
    void asserted(struct acme *a) { lockdep_assert_held(&a->lock); acme_do(a); }`;
  const found = await report('acme_do', text, { depth: 1 });
  assert.deepEqual(lines(found).slice(0, 11), [
    '  called by plain()',
    '  called by held(), holding (mutex) acme.lock',
    '  called by dropped()',
    '  called by wrapped(), holding (mutex) acme.port_lock',
    '  called by tried(), holding (mutex) acme.lock',
    '  called by untried()',
    '  called by sometimes()',
    '  called by otherwise()',
    '  called by elsewhere()',
    '  called by guarded(), holding (mutex) acme.lock',
    '  called by asserted(), holding acme.lock',
  ]);
});

test('callers of callers stand below them, through macros too', async () => {
  const text = `${holder}
    #define acme_do_it(a) acme_do(a)
    void one(struct acme *a) { mutex_lock(&a->lock); acme_do_it(a); mutex_unlock(&a->lock); }`;
  assert.deepEqual(lines(await report('acme_do', text)).slice(0, 2), [
    '  called by acme_do_it()',
    '    called by one(), holding (mutex) acme.lock',
  ]);
});

test('tables name the locks of the core that calls through them, handlers who queues them', async () => {
  const text = `
    static void acme_reset(struct work_struct *work) { acme_open(0); }
    static int acme_open(struct net_device *dev) { mutex_lock(&acme_mutex); return 0; }
    static const struct net_device_ops ops = { .ndo_open = acme_open };
    void acme_error(struct acme *a) { schedule_work(&a->reset); }
    void acme_setup(struct acme *a) { INIT_WORK(&a->reset, acme_reset); }`;
  assert.deepEqual(lines(await report('acme_open', text)).slice(0, 4), [
    '  set as net_device_ops.ndo_open, holding (mutex) rtnl_mutex',
    '  called by acme_reset()',
    '    handles (work) acme.reset',
    '      queued by acme_error()',
  ]);
});

test('of very many callers the nearest are shown and the rest is counted', async () => {
  const others = Array.from({ length: 40 }, (_, i): [string, string] => [
    `drivers/net/other${i}/main.c`,
    `void other${i}(struct acme *a) { acme_do(a); }`,
  ]);
  const text = `${holder} void near(struct acme *a) { acme_do(a); }`;
  const found = await report('acme_do', text, {}, Object.fromEntries(others));
  assert.equal(found.callers?.length, 24);
  assert.equal(found.moreCallers, 17);
  assert.match(chainsText([found]), /\n {2}called by {2}near\(\)[^]*\n {2}and 17 more ways to get here\n/);
});

test('without a reach the answer is what it always was', async () => {
  const index = await memoryIndex({
    'a.c': 'void f(void) { g(); } void g(void) { h(); } void h(void) { rtnl_lock(); }',
  });
  const [found] = await createEngine(index).report('f', neverCancelled);
  assert.deepEqual([found?.rows, found?.callers], [[], undefined]);
});

test('JSON says the same', async () => {
  const text = `${holder} void held(struct acme *a) { mutex_lock(&a->lock); acme_do(a); }`;
  const { functions } = JSON.parse(chainsJson([await report('acme_do', text)])) as { functions: Answer[] };
  const [caller] = functions[0]!.callers;
  const { column, ...rest } = caller!;
  assert.equal(typeof column, 'number');
  assert.deepEqual(rest, {
    kind: 'caller',
    function: 'held',
    file: 'drivers/net/acme/main.c',
    line: 7,
    holds: [{ kind: 'mutex', name: 'acme.lock' }],
    definition: { file: 'drivers/net/acme/main.c', line: 7 },
    callers: [],
  });
});

interface Answer {
  readonly callers: readonly Record<string, unknown>[];
}

test('what a table of the core is called with is what its own kernel holds', async () => {
  const text = `
    static int acme_reload_down(struct devlink *devlink) { return 0; }
    static const struct devlink_ops acme_devlink_ops = { .reload_down = acme_reload_down };`;
  const heldOn = async (version: number): Promise<string> => {
    const Makefile = `VERSION = 6\nPATCHLEVEL = ${version}\nSUBLEVEL = 0\nEXTRAVERSION =\n`;
    return lines(await report('acme_reload_down', text, {}, { Makefile })).join();
  };
  assert.match(await heldOn(12), /holding \(mutex\) device\.mutex, \(mutex\) devlink\.lock/);
  assert.doesNotMatch(await heldOn(1), /device\.mutex/);
  assert.match(await heldOn(1), /holding \(mutex\) devlink\.lock/);
});
