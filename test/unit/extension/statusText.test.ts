// statusText.test.ts
// The status item's words in every state.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerState } from '../../../extension/server.ts';
import { statusText } from '../../../extension/statusText.ts';
import type { TreeState, TreeStatus } from '../../../src/server/protocol.ts';

const running: ServerState = { kind: 'running', status: { trees: [] } };
const tree = (state: TreeState, trouble?: string): TreeStatus => ({
  root: 'file:///home/me/my%20linux',
  state,
  ...(trouble === undefined ? {} : { trouble }),
});
const textOf = (state: TreeState, isPaused = false): string =>
  statusText(running, tree(state), isPaused).text;

test('one quiet line in every state', () => {
  assert.equal(statusText({ kind: 'starting' }, undefined, false).text, 'Holdwait: starting');
  assert.equal(statusText(running, undefined, false).text, 'Holdwait: no kernel tree');
  assert.equal(textOf({ kind: 'starting', files: 0, total: 0 }), 'Holdwait: starting');
  assert.equal(textOf({ kind: 'indexing', files: 3, total: 35_012, paused: false }), 'Holdwait: 3 files');
  assert.equal(textOf({ kind: 'indexing', files: 1, total: 9, paused: false }), 'Holdwait: 1 file');
  assert.equal(
    textOf({ kind: 'indexing', files: 3, total: 9, paused: true }, true),
    'Holdwait: 3 files, paused',
  );
  assert.equal(textOf({ kind: 'ready', files: 35_012, skipped: [] }), 'Holdwait: 35,012 files');
});

test('what failed is a warning, with its reason', () => {
  const down = statusText({ kind: 'failed', message: 'the server ended 5 times' }, undefined, false);
  assert.deepEqual(down, {
    text: 'Holdwait: not running',
    details: ['the server ended 5 times'],
    isWarning: true,
  });
  const troubled = statusText(
    running,
    tree({ kind: 'ready', files: 3, skipped: [] }, 'lenses of a.c: broken\n    at x'),
    false,
  );
  assert.equal(troubled.isWarning, true);
  assert.deepEqual(troubled.details, ['/home/me/my linux', 'lenses of a.c: broken']);
});

test('skipped files are named and counted', () => {
  const skipped = ['a.c: gone', 'b.c: gone', 'c.c: gone', 'd.c: gone', 'e.c: gone'];
  const { details } = statusText(running, tree({ kind: 'ready', files: 9, skipped }), false);
  assert.deepEqual(details.slice(1), [
    '5 files could not be read:',
    'a.c: gone',
    'b.c: gone',
    'c.c: gone',
    'and 2 more',
  ]);
});
