// heldText.test.ts
// The words for what is held at the cursor.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heldText } from '../../../extension/heldText.ts';
import type { HeldHereAnswer, HeldLock } from '../../../src/server/protocol.ts';

const lock = (name: string, more: Partial<HeldLock> = {}): HeldLock => ({
  ...{ objectKind: 'mutex', name, isReader: false, origin: 'taken', isSure: true },
  taken: { path: 'drivers/acme/acme.c', line: 11, character: 1 },
  ...more,
});

const answer = (holds: readonly HeldLock[], isPartial = false): HeldHereAnswer => ({
  ...{ kind: 'held', root: 'file:///tree', functionName: 'acme_open', holds, isPartial },
});

test('nothing is said where nothing is held', () => {
  assert.equal(heldText(answer([])), undefined);
  assert.equal(heldText({ kind: 'no-function' }), undefined);
  assert.equal(heldText({ kind: 'no-kernel-tree' }), undefined);
});

test('each lock by its name, with where it comes from if not from here, and if it is not sure', () => {
  const { taken: _, ...fromCaller } = lock('rtnl_mutex', { origin: 'caller' });
  assert.equal(
    heldText(answer([lock('intf_mutex'), fromCaller]))?.text,
    'holds intf_mutex, rtnl_mutex (from caller)',
  );
  assert.equal(
    heldText(answer([lock('acme.lock', { isSure: false }), { ...fromCaller, isSure: false }]))?.text,
    'holds maybe acme.lock, rtnl_mutex (from some callers)',
  );
  assert.equal(heldText(answer([lock('rcu', { objectKind: 'rcu' })]))?.text, 'holds RCU');
});

test('many are counted, and all stand in the details', () => {
  const said = heldText(
    answer(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => lock(name)),
      true,
    ),
  );
  assert.equal(said?.text, 'holds a, b, c, d +2 more');
  assert.equal(said.details.length, 7);
  assert.equal(said.details[0], '(mutex) a: taken in line 12');
  assert.match(said.details[6] ?? '', /still being read/);
});
