// unitThreads.test.ts
// Units looked at on other threads: the same answer in whatever order they come to an end, and none is lost.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CancelledError, neverCancelled } from '../../../src/base/cancel.ts';
import { ThreadEndedError } from '../../../src/base/threads.ts';
import type { UnitResult } from '../../../src/engine/analyse.ts';
import { checkTree } from '../../../src/engine/check.ts';
import type { CheckReport } from '../../../src/engine/checkReport.ts';
import { encodeUnitResult } from '../../../src/engine/unitResultText.ts';
import { analyserOn, unitsAtOnce } from '../../../src/engine/unitThreads.ts';
import type { UnitThreads } from '../../../src/engine/unitThreads.ts';
import type { Unit } from '../../../src/program/units.ts';
import { noLocks } from '../../../src/waits/lockOrders.ts';
import { factsIndex } from '../../support/factsIndex.ts';
import { bytesOf, createTestParser } from '../../support/factsReader.ts';
import { finding } from '../../support/finding.ts';

const parser = await createTestParser();
const paths = Array.from({ length: 320 }, (_, i) => `drivers/d${String(i).padStart(3, '0')}/main.c`);
const index = factsIndex(
  new Map(paths.map((path) => [path, bytesOf('int open_it(void) { return 0; }\n')])),
  parser,
);

function resultOf(unit: Unit): UnitResult {
  return {
    findings: [{ ...finding, id: unit.join(' '), title: unit[0] ?? '' }],
    functions: 1,
    reached: 1,
    unresolved: new Map([[unit[0] ?? '', 1]]),
    unresolvedElsewhere: new Map([['elsewhere', 2]]),
    givenUp: [],
    locks: noLocks,
  };
}

/** `endsAfter` says how long it takes; `undefined`: the thread comes to its end on it. */
function threadsThat(endsAfter: (unit: Unit) => number | undefined, size = 4): UnitThreads {
  return {
    size,
    ready: () => Promise.resolve(),
    run: ({ unit }) =>
      new Promise((resolve, reject) => {
        const ms = endsAfter(unit);
        if (ms === undefined) reject(new ThreadEndedError('out of memory'));
        else setTimeout(() => resolve(encodeUnitResult(resultOf(unit))), ms);
      }),
    close: () => Promise.resolve(),
  };
}

const check = (threads: UnitThreads): Promise<CheckReport> =>
  checkTree(index, { scope: ['drivers'], kernel: '', threads }, neverCancelled);

test('the same answer in whatever order units come to an end', async () => {
  const even = await check(threadsThat(() => 0));
  assert.equal(even.findings.length, paths.length);
  const uneven = await check(threadsThat((unit) => paths.indexOf(unit[0] ?? '') % 3));
  assert.deepEqual({ ...uneven, lines: undefined }, { ...even, lines: undefined });
});

test('few files are not worth a thread', () => {
  const units = paths.map((path) => [path]);
  const threads = threadsThat(() => 0);
  assert.equal(unitsAtOnce(units, threads), 4);
  assert.equal(unitsAtOnce(units, undefined), 1);
  assert.equal(unitsAtOnce(units.slice(0, 100), threads), 1);
  assert.equal(unitsAtOnce([paths], threads), 1);
});

test('a unit on which a thread came to its end is looked at here, one at a time', async () => {
  let running = 0;
  let most = 0;
  const analyse = analyserOn(
    threadsThat((unit) => (unit.length === 1 ? undefined : 0)),
    () =>
      Promise.resolve(async (unit: Unit) => {
        most = Math.max(most, ++running);
        await new Promise((resume) => setTimeout(resume, 5));
        running--;
        return { ...resultOf(unit), functions: 7 };
      }),
  );
  const units = [['a.c'], ['b.c', 'c.c'], ['d.c']];
  const results = await Promise.all(units.map((unit) => analyse(unit, neverCancelled)));
  assert.deepEqual(
    results.map(({ functions }) => functions),
    [7, 1, 7],
  );
  assert.equal(most, 1);
});

test('what fails on a thread fails here', async () => {
  const threads: UnitThreads = {
    size: 1,
    ready: () => Promise.resolve(),
    run: () => Promise.reject(new CancelledError('cancelled')),
    close: () => Promise.resolve(),
  };
  const analyse = analyserOn(threads, () => assert.fail('not asked'));
  await assert.rejects(analyse(['a.c'], neverCancelled), (error) => CancelledError.is(error));
});
