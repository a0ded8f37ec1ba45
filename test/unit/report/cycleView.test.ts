// cycleView.test.ts
// A finding as the panel gets it: nodes and threads, folded calls, what is held from where to where, and the words.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { CycleFold, CycleRow, CycleStep } from '../../../src/report/cycleRows.ts';
import type { CycleThread, CycleView } from '../../../src/report/cycleView.ts';
import * as cycles from '../../support/cycles.ts';

const thread = (view: CycleView, index: number): CycleThread => {
  const found = view.threads[index];
  assert.ok(found, `thread ${index}`);
  return found;
};

const stepsOf = (rows: readonly CycleRow[]): readonly CycleStep[] =>
  rows.flatMap((row) => (row.kind === 'fold' ? row.steps : [row]));

const isFold = (row: CycleRow): row is CycleFold => row.kind === 'fold';

test('nodes are what is held, threads go from one to the next and round', () => {
  const { nodes, threads, isClosed } = cycles.threeLocks;
  assert.deepEqual(
    nodes.map(({ name }) => name),
    ['acme_ring.lock', 'acme_card.ctx_lock', 'acme_queue.lock'],
  );
  assert.deepEqual(
    threads.map(({ holds, wants }) => [holds, wants]),
    [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
  );
  assert.ok(isClosed);
});

test('a self-deadlock is one node that one thread goes back to', () => {
  const { nodes, threads, isClosed, verdict } = cycles.selfDeadlock;
  assert.equal(nodes.length, 1);
  assert.deepEqual([threads[0]?.holds, threads[0]?.wants, isClosed], [0, 0, true]);
  assert.equal(threads[0]?.namesWanted, false);
  assert.equal(verdict, 'It waits for itself.');
});

test('rules that are no cycle lead somewhere else', () => {
  const leak = cycles.leak;
  assert.deepEqual([leak.nodes[1]?.kind, leak.threads[0]?.wants, leak.isClosed], ['return', 1, false]);
  const { nodes, threads, isClosed } = cycles.sleeping;
  assert.deepEqual([nodes[1]?.name, threads[0]?.wants, isClosed], ['the processor', 1, false]);
});

test('a kind that the name says is not said again', () => {
  assert.deepEqual(
    cycles.seed.nodes.map(({ kind, kindWords }) => [kind, kindWords]),
    [
      ['mutex', 'mutex'],
      ['references', ''],
    ],
  );
});

test('the words of a thread are those of the report', () => {
  const [first, second] = cycles.seed.threads;
  assert.deepEqual([first?.holdingWords, first?.wantingWords], ['holds', 'waits for']);
  assert.deepEqual([second?.holdingWords, second?.wantingWords], ['was given', 'wants']);
  for (const { sentence } of cycles.threeLocks.threads)
    assert.ok(cycles.threeLocks.text.replaceAll(/\s+/g, ' ').includes(`${sentence}:`), sentence);
  assert.deepEqual(first?.alsoHeld, ['(mutex) acme_card.port_mutex', '(mutex) device.mutex']);
  assert.equal(thread(cycles.irq, 0).wantingWords, 'can be interrupted by');
});

test('how a thread is entered is left out where what it holds says it', () => {
  assert.equal(thread(cycles.seed, 1).via, 'work acme_en_rebond.work');
  assert.equal(thread(cycles.seed, 0).via, 'attribute acme_port.mtu_attr');
});

test('calls that pass through code outside the scope are folded, but for the one that leads back', () => {
  const { rows } = thread(cycles.seed, 0);
  const folds = rows.filter(isFold);
  assert.deepEqual(
    folds.map(({ steps, through }) => [steps.map(({ fn }) => fn), through]),
    [[['auxiliary_device_delete', 'device_del', '__device_release_driver'], 'the driver core']],
  );
  assert.equal(stepsOf(rows).length, 14);
  assert.match(cycles.seed.text, /\.\.\. 3 calls through the driver core \.\.\./);
  const after = rows[rows.indexOf(folds[0]!) + 1];
  assert.equal(after?.kind === 'step' && after.fn, 'auxiliary_bus_remove');
});

test('a step shows its line; where that does not show the call, what is called', () => {
  const step = (fn: string): CycleStep => {
    const found = stepsOf(thread(cycles.seed, 0).rows).find((row) => row.fn === fn);
    assert.ok(found, fn);
    return found;
  };
  assert.equal(step('acme_rescan_locked').code, 'acme_delete_all(card)');
  assert.equal(step('device_del').code, '__device_release_driver()');
  assert.deepEqual(
    [step('auxiliary_bus_remove').code, step('auxiliary_bus_remove').leadsTo],
    ['driver->remove(part)', 'acme_en_remove() via auxiliary_driver.remove'],
  );
  assert.deepEqual(
    [step('__device_release_driver').code, step('__device_release_driver').leadsTo],
    ['auxiliary_bus_remove()', 'via bus_type.remove'],
  );
  assert.equal(step('netdev_run_todo').code, 'net_device references');
});

test('steps are marked by what they do', () => {
  const marksOf = (view: CycleView, index: number): readonly string[] =>
    stepsOf(thread(view, index).rows).map(({ mark }) => mark);
  assert.deepEqual(marksOf(cycles.threeLocks, 0), ['take', 'call', 'wait']);
  assert.deepEqual(marksOf(cycles.leak, 0), ['take', 'return', 'release']);
  assert.deepEqual(marksOf(cycles.irq, 0), ['take']);
  assert.deepEqual(marksOf(cycles.seed, 1), [
    'call',
    'call',
    'take',
    'queue',
    'call',
    'call',
    'call',
    'wait',
  ]);
  assert.deepEqual(marksOf(cycles.sleeping, 0), ['take', 'call', 'wait']);
});

test('what is held begins where it is taken, and ends with the return of a leak', () => {
  const heldOf = (view: CycleView, index: number): readonly boolean[] =>
    stepsOf(thread(view, index).rows).map(({ isHeld }) => isHeld);
  assert.deepEqual(heldOf(cycles.threeLocks, 0), [true, true, true]);
  assert.deepEqual(heldOf(cycles.seed, 1), [false, false, true, true, true, true, true, true]);
  assert.deepEqual(heldOf(cycles.leak, 0), [true, true, false]);
  assert.ok(heldOf(cycles.irq, 1).every(Boolean));
});

test('headings say in which function one is where the step before does not', () => {
  const headingsOf = (view: CycleView, index: number): readonly string[] =>
    stepsOf(thread(view, index).rows).flatMap(({ heading }) => (heading === '' ? [] : [heading]));
  assert.deepEqual(headingsOf(cycles.threeLocks, 0), []);
  assert.deepEqual(headingsOf(cycles.seed, 1), ['in call_netdevice_notifiers()', 'in acme_en_rebond_work()']);
  assert.deepEqual(headingsOf(cycles.leak, 0), ['on another way out']);
});

test('lines of the patch are marked, and no others', () => {
  const changed = cycles.seed.threads.map(({ rows }) => stepsOf(rows).filter((row) => row.isChanged).length);
  assert.deepEqual(changed, [0, 5]);
});

test('places count as people do: lines from 1, columns from 0', () => {
  const [step] = stepsOf(thread(cycles.seed, 0).rows);
  assert.deepEqual([step?.path, step?.line, step?.column], ['drivers/net/ethernet/acme/list.c', 375, 8]);
});

test('a view is plain data: what a web page keeps is what it was given', () => {
  for (const view of [cycles.seed, cycles.leak, cycles.irq])
    assert.deepEqual(JSON.parse(JSON.stringify(view)), view);
});

test('every way to hang has its sentence', () => {
  assert.deepEqual(
    [cycles.seed, cycles.threeLocks, cycles.irq, cycles.sleeping, cycles.leak].map(({ verdict }) => verdict),
    [
      'Neither can go on before the other does.',
      'None of the 3 can go on.',
      'The handler waits for the thread that it interrupts.',
      'It may sleep where it must not.',
      'Whoever takes it next waits forever.',
    ],
  );
});
