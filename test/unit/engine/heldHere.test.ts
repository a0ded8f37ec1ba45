// heldHere.test.ts
// What is held at places of a text. The texts say it themselves: `/* = acme.lock, maybe gate */` at the end of a line is
// what is held where its first word stands, `/* > ... */` what is held behind its semicolon.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neverCancelled } from '../../../src/base/cancel.ts';
import { positionAt } from '../../../src/base/position.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { HeldItem } from '../../../src/engine/results.ts';
import { createEngine } from '../../../src/engine/treeEngine.ts';
import { memoryIndex } from '../../support/memoryIndex.ts';

const path = 'drivers/net/acme/main.c';
const types = `struct acme { struct mutex lock; struct mutex port_lock; spinlock_t tx; int up; };
static DEFINE_MUTEX(gate);
`;

/** Checks each line of the text that says what is held there. */
async function check(text: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
  const source = `${types}${text}`;
  const engine = createEngine(await memoryIndex({ [path]: source, ...more }));
  let checked = 0;
  for (const [i, line] of source.split('\n').entries()) {
    const said = /\/\* ([=>]) ?(.*?) ?\*\//.exec(line);
    if (!said) continue;
    const column = said[1] === '=' ? /\S/.exec(line)!.index : line.lastIndexOf(';', said.index) + 1;
    const found = await engine.heldAt(path, positionAt(i + 1, column), neverCancelled);
    assert.equal(found?.holds.map(word).join(', '), said[2], line.trim());
    checked++;
  }
  assert.ok(checked > 0);
}

function word({ object, origin, isSure }: HeldItem): string {
  const from = origin === 'caller' ? ' from caller' : origin === 'asserted' ? ' asserted' : '';
  return `${isSure ? '' : 'maybe '}${object}${from}`;
}

test('from the lock to the unlock, and not on their own lines before and behind them', () =>
  check(`
void acme_up(struct acme *a)
{                              /* = */
	mutex_lock(&a->lock);  /* = */
	mutex_lock(&a->port_lock);  /* > acme.lock, acme.port_lock */
	a->up = 1;             /* = acme.lock, acme.port_lock */

	mutex_unlock(&a->port_lock);  /* > acme.lock */
	mutex_unlock(&a->lock);  /* = acme.lock */
	a->up = 2;             /* = */
}`));

test('a trylock counts where it has succeeded, by branch, by variable and by goto', () =>
  check(`
int acme_try(struct acme *a)
{
	int got, err = 0;

	if (!mutex_trylock(&a->lock))  /* = */
		goto out;      /* = */
	a->up = 1;             /* = acme.lock */
	got = mutex_trylock(&gate);  /* = acme.lock */
	a->up = 2;             /* = acme.lock, maybe gate */
	if (got) {
		a->up = 3;     /* = acme.lock, gate */
		mutex_unlock(&gate);
	}
	a->up = 4;             /* = acme.lock */
	if (mutex_lock_interruptible(&gate)) {
		err = 1;       /* = acme.lock */
		goto unlock;   /* = acme.lock */
	}
	a->up = 5;             /* = acme.lock, gate */
	mutex_unlock(&gate);
unlock:                        /* = acme.lock */
	mutex_unlock(&a->lock);
out:                           /* = */
	return err;            /* = */
}`));

test('a lock that is taken on a condition is held where the same condition holds', () =>
  check(`
void acme_maybe(struct acme *a, int locked)
{
	if (!locked)
		mutex_lock(&a->lock);
	a->up = 1;             /* = maybe acme.lock */
	if (!locked) {
		a->up = 2;     /* = acme.lock */
		mutex_unlock(&a->lock);
	}
	a->up = 3;             /* = */
}`));

test('loops, blocks and what stands between statements', () =>
  check(`
int acme_loop(struct acme *a)
{
	int i;

	for (i = 0; i < 3; i++) {
		spin_lock(&a->tx);
		if (a->up == i) {
			/* in the block */  /* = acme.tx */
			spin_unlock(&a->tx);
			break;  /* = */
		}
		spin_unlock(&a->tx);
	}                      /* = */
	if (a->up) {
		mutex_lock(&a->lock);
	}                      /* = acme.lock */
	if (a->up) {
		return 1;      /* = acme.lock */
	}
	return 0;
}`));

test('guards hold to the end of their block, on every way out', () =>
  check(`
int acme_guard(struct acme *a)
{
	scoped_guard(mutex, &a->lock) {
		if (a->up)
			return 1;  /* = acme.lock */
		a->up = 1;     /* = acme.lock */
	}
	a->up = 2;             /* = */
	guard(mutex)(&gate);
	return 0;              /* = gate */
}`));

test('functions and macros that lock for their callers, and those that let go', () =>
  check(`
#define acme_take(a) mutex_lock(&(a)->lock)
static void acme_put(struct acme *a) { mutex_unlock(&a->lock); }
static int acme_begin(struct acme *a)
{
	if (a->up)
		return -16;
	spin_lock(&a->tx);
	return 0;
}
void acme_user(struct acme *a)
{
	acme_take(a);
	if (acme_begin(a) == 0) {  /* = acme.lock */
		a->up = 1;     /* = acme.lock, acme.tx */
		spin_unlock(&a->tx);
	}
	a->up = 2;             /* = acme.lock */
	acme_put(a);
	a->up = 3;             /* = */
}`));

test('what all callers hold is told as theirs, what some hold as perhaps', () =>
  check(`
static void acme_inner(struct acme *a)
{
	a->up = 1;             /* = acme.lock from caller, maybe gate from caller */
	mutex_unlock(&a->lock);
	a->up = 2;             /* = maybe gate from caller */
	mutex_lock(&a->lock);
}
static void acme_middle(struct acme *a)
{
	acme_inner(a);         /* = acme.lock from caller */
}
void acme_one(struct acme *a)
{
	mutex_lock(&a->lock);
	acme_middle(a);
	mutex_unlock(&a->lock);
}
void acme_two(struct acme *a)
{
	mutex_lock(&gate);
	mutex_lock(&a->lock);
	acme_inner(a);
	mutex_unlock(&a->lock);
	mutex_unlock(&gate);
}`));

test('an assertion, and what the core holds around a callback', () =>
  check(`
struct net_device;
static void acme_check(struct acme *a)
{
	lockdep_assert_held(&a->lock);
	a->up = 1;             /* = acme.lock asserted */
}
static int acme_ndo_open(struct net_device *dev)
{
	return 0;              /* = rtnl_mutex from caller */
}
static const struct net_device_ops acme_ops = { .ndo_open = acme_ndo_open };
`));

test('what is never reached holds nothing, and outside of functions there is no answer', async () => {
  await check(`
int acme_dead(struct acme *a)
{
	mutex_lock(&a->lock);
	return 1;
	a->up = 1;             /* = */
}`);
  const engine = createEngine(await memoryIndex({ [path]: types }));
  assert.equal(await engine.heldAt(path, positionAt(1, 0), neverCancelled), undefined);
});

test('sections are the lines from the lock to the unlock, apart where other locks are held', async () => {
  const text = `void acme_up(struct acme *a, int x)
{
	mutex_lock(&a->lock);
	a->up = 1;

	spin_lock(&a->tx);
	a->up = 2;
	spin_unlock(&a->tx);
	mutex_unlock(&a->lock);
	a->up = 3;
	if (x)
		mutex_lock(&gate);
	a->up = 4;
}
`;
  const engine = createEngine(await memoryIndex({ [path]: `${types}${text}` }));
  const sections = await engine.heldSections(path, 1, 100, neverCancelled);
  assert.deepEqual(
    sections.map(({ firstLine, lastLine, holds, isSure }) => [
      firstLine - 2,
      lastLine - 2,
      holds.map(({ object }) => object).join(),
      isSure,
    ]),
    [
      [3, 5, 'acme.lock', true],
      [6, 8, 'acme.lock,acme.tx', true],
      [9, 9, 'acme.lock', true],
      [12, 12, 'gate', true],
      [13, 14, 'gate', false],
    ],
  );
});

test('an edit is seen at the next question', async () => {
  const source = `${types}void acme_up(struct acme *a)\n{\n\tmutex_lock(&a->lock);\n\ta->up = 1;\n}\n`;
  const engine = createEngine(await memoryIndex({ [path]: source }));
  const held = async (): Promise<string> =>
    ((await engine.heldAt(path, positionAt(6, 1), neverCancelled))?.holds ?? []).map(word).join();
  assert.equal(await held(), 'acme.lock');
  await engine.setOpenText(path, new TextEncoder().encode(source.replace('->lock', '->port_lock')));
  assert.equal(await held(), 'acme.port_lock');
  await engine.setOpenText(path, undefined);
  assert.equal(await held(), 'acme.lock');
});

test('after an edit the answers are those of an engine that has seen no other state', async () => {
  const source = `${types}#include "acme.h"
static void acme_set(struct acme *a)
{
	acme_begin(a);
	a->up = 1;
}
void acme_up(struct acme *a)
{
	mutex_lock(&gate);
	acme_set(a);
	mutex_unlock(&gate);
}
`;
  const files = {
    'drivers/net/acme/acme.h':
      'static inline void acme_begin(struct acme *a)\n{\n\tmutex_lock(&a->lock);\n}\n',
    'drivers/net/acme/port.c': `${types}void acme_port(struct acme *a)\n{\n\tmutex_lock(&a->port_lock);\n}\n`,
  };
  const asked = async (engine: Engine): Promise<unknown> => [
    await engine.heldAt(path, positionAt(7, 1), neverCancelled),
    await engine.report(`${path}:7`, neverCancelled, { depth: 3, callers: true }),
  ];
  const engine = createEngine(await memoryIndex({ ...files, [path]: source }));
  let before = await asked(engine);
  for (const [from, to] of [
    ['acme_begin', 'acme_port'],
    ['&gate', '&a->tx'],
    ['acme_set', 'acme_other'],
  ] as const) {
    const edited = source.replaceAll(from, to);
    await engine.setOpenText(path, new TextEncoder().encode(edited));
    const answer = await asked(engine);
    assert.deepEqual(answer, await asked(createEngine(await memoryIndex({ ...files, [path]: edited }))));
    assert.notDeepEqual(answer, before, 'the edit changes them');
    before = answer;
  }
});
