// meantTree.test.ts
// Of several trees a command is about the one in which the patch or the file in view lies.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { treeOf } from '../../../extension/meantTree.ts';

const stable = 'file:///src/linux-6.1';
const next = 'file:///src/linux';
const roots = [stable, next];

test('the tree of the patch counts before that of the file in view', () => {
  assert.equal(treeOf(roots, [`${next}/0001-fix.patch`, `${stable}/kernel/fork.c`]), next);
  assert.equal(treeOf(roots, ['file:///mail/0001-fix.patch', `${stable}/kernel/fork.c`]), stable);
  assert.equal(treeOf(roots, [undefined, `${next}/kernel/fork.c`]), next);
});

test('a tree is not another one whose name begins alike, and the inner of two counts', () => {
  assert.equal(treeOf([next], [`${stable}/kernel/fork.c`]), undefined);
  assert.equal(treeOf([next, `${next}/old`], [`${next}/old/kernel/fork.c`]), `${next}/old`);
});

test('what lies in none tells nothing', () => {
  assert.equal(treeOf(roots, ['untitled:Untitled-1', undefined]), undefined);
});
