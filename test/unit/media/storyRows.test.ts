// storyRows.test.ts
// Rows of a column: what is folded, what the depth shows, and where the line of what is held runs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readState } from '../../../media/cycle/messages.ts';
import type { PageState } from '../../../media/cycle/messages.ts';
import { codeParts, keeperOf } from '../../../media/cycle/sentences.ts';
import { foldOf, visibleRows } from '../../../media/cycle/storyRows.ts';
import type { Folding } from '../../../media/cycle/storyRows.ts';
import type { CycleView } from '../../../src/report/cycleView.ts';
import * as cycles from '../../support/cycles.ts';

const own: Folding = { depth: 'own', toggled: new Set() };
const all: Folding = { depth: 'all', toggled: new Set() };

const rowsOf = (view: CycleView, thread: number, folding: Folding): ReturnType<typeof visibleRows> =>
  visibleRows(thread, view.threads[thread]?.rows ?? [], folding);

test('the depth decides about folds, and one fold may stand otherwise', () => {
  const folds = (folding: Folding): readonly (boolean | undefined)[] =>
    rowsOf(cycles.seed, 0, folding).flatMap(({ row, isExpanded }) =>
      row.kind === 'fold' ? [isExpanded] : [],
    );
  assert.deepEqual([folds(own), folds(all)], [[false], [true]]);
  assert.deepEqual(folds({ depth: 'own', toggled: new Set(['0.5']) }), [true]);
  assert.deepEqual(folds({ depth: 'all', toggled: new Set(['0.5']) }), [false]);
});

test('steps of an open fold stand below it, one level deeper', () => {
  const inner = rowsOf(cycles.seed, 0, all).filter(({ level }) => level === 2);
  assert.deepEqual(
    inner.map(({ id, position, setSize }) => [id, position, setSize]),
    [
      ['0.5.0', 1, 3],
      ['0.5.1', 2, 3],
      ['0.5.2', 3, 3],
    ],
  );
  assert.deepEqual(['0.5.2', '0.5', '0.12'].map(foldOf), ['0.5', '0.5', '0.12']);
});

test('the line runs from the step that takes to the one that waits', () => {
  const railsOf = (view: CycleView, thread: number): readonly string[] =>
    rowsOf(view, thread, own).map(({ rail }) => rail);
  assert.deepEqual(railsOf(cycles.threeLocks, 0), ['begin', 'through', 'end']);
  assert.deepEqual(railsOf(cycles.leak, 0), ['begin', 'end', 'none']);
  assert.deepEqual(railsOf(cycles.seed, 1).slice(0, 4), ['none', 'none', 'begin', 'through']);
  // A handler that runs as something holds it before its first step; one that is interrupted, after its last.
  assert.equal(railsOf(cycles.irq, 1)[0], 'through');
  assert.deepEqual(railsOf(cycles.irq, 0), ['begin']);
});

test('the story goes round: each thread names the one that keeps what it waits for', () => {
  const { threads } = cycles.threeLocks;
  assert.deepEqual(
    threads.map((thread) => keeperOf(cycles.threeLocks, thread)),
    [1, 2, 0],
  );
  assert.equal(keeperOf(cycles.leak, cycles.leak.threads[0]!), undefined);
});

test('names stand in the font of code, and parts of other words do not', () => {
  assert.deepEqual(
    codeParts('acme_write() returns with acme.lock held, not xacme.locks', ['acme.lock', 'return']).flatMap(
      ({ text, isCode }) => (isCode ? [text] : []),
    ),
    ['acme_write()', 'acme.lock'],
  );
});

test('what an older version has kept is not taken for a state', () => {
  const state: PageState = {
    shown: { root: 'file:///linux', view: cycles.leak },
    isPinned: false,
    depth: 'own',
    toggled: [],
    selected: undefined,
    chosenThread: undefined,
    showsReasons: false,
  };
  assert.equal(readState(state), state);
  for (const old of [undefined, null, 1, {}, { shown: {} }, { ...state, shown: { root: 'x', view: {} } }])
    assert.equal(readState(old), undefined);
});
