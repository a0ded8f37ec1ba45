// notifiers.test.ts
// Who is called when a chain is: both the chain and the block on it are followed to where they have names.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { entryLines, linkDriver } from '../../support/entryLines.ts';
import type { LinkedTree } from '../../support/linkedProgram.ts';

const text = `
struct acme { struct mutex lock; struct notifier_block nb; struct raw_notifier_head events; };
static struct raw_notifier_head other_chain;
static int event(struct notifier_block *nb, unsigned long e, void *p) { struct acme *a = container_of(nb, struct acme, nb); mutex_lock(&a->lock); return 0; }
static int fixed(struct notifier_block *nb, unsigned long e, void *p) { mutex_lock(&m); return 0; }
static struct notifier_block fixed_nb = { .notifier_call = fixed };
static int put_on(struct acme *a, struct notifier_block *nb) { return raw_notifier_chain_register(&a->events, nb); }
int setup(struct acme *a) { a->nb.notifier_call = event; put_on(a, &a->nb); raw_notifier_chain_register(&other_chain, &fixed_nb); return 0; }
int tell(struct acme *a) { raw_notifier_call_chain(&a->events, 1, a); return 0; }
int tell_others(void) { raw_notifier_call_chain(&other_chain, 1, 0); return 0; }
`;

function told(tree: LinkedTree, teller: string): readonly (string | undefined)[] {
  const chain = tree.firstPlace(teller, 'raw_notifier_call_chain');
  assert.ok(chain !== undefined);
  return tree.program.notified(chain).map((fn) => tree.program.functions[fn]?.name);
}

test('a chain in a struct and a global chain are kept apart', async () => {
  const tree = await linkDriver(text);
  assert.deepEqual(told(tree, 'tell'), ['event']);
  assert.deepEqual(told(tree, 'tell_others'), ['fixed']);
});

test('a notifier gets its block, and taking the block away waits for it', async () => {
  const lines = entryLines(await linkDriver(text)).filter((line) => line.includes('notifier'));
  assert.deepEqual(lines, [
    'event: notifier process, notifier acme.events; holds callbacks some acme.nb; gets some acme.nb',
    'fixed: notifier process, notifier other_chain; holds callbacks main.c:fixed_nb; gets main.c:fixed_nb',
  ]);
});

test('events of network devices are told under the rtnl mutex', async () => {
  const tree = await linkDriver(`
static int event(struct notifier_block *nb, unsigned long e, void *p) { mutex_lock(&m); return 0; }
static struct notifier_block nb = { .notifier_call = event };
int setup(void) { return register_netdevice_notifier(&nb); }`);
  assert.deepEqual(
    entryLines(tree).filter((line) => line.includes('notifier')),
    [
      'event: notifier process, notifier netdev_chain; holds callbacks main.c:nb, mutex rtnl_mutex; gets main.c:nb',
    ],
  );
});

test('a block that is called by itself is that block and no other', async () => {
  const tree = await linkDriver(`${text}
int call_one(struct acme *a) { return a->nb.notifier_call(&a->nb, 1, a); }
int call_any(struct notifier_block *nb) { return nb->notifier_call(nb, 1, nb); }`);
  const slot = { struct: 'notifier_block', member: 'notifier_call' };
  const behind = (fn: string): readonly (string | undefined)[] => {
    const found = tree.program.functions.find((candidate) => candidate.name === fn)!;
    const meanings = Array.from({ length: found.body.flow.count }, (_, op) =>
      tree.program.meaningOf(found.id, op),
    );
    const call = meanings.find((meaning) => meaning?.kind === 'slot');
    const first = call?.kind === 'slot' ? call.args[0]?.place : undefined;
    return tree.program.implementers(slot, first).map((id) => tree.program.functions[id]?.name);
  };
  assert.deepEqual(behind('call_one'), ['event']);
  assert.deepEqual(behind('call_any'), []);
});
