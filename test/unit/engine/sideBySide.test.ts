// sideBySide.test.ts
// Which unit of a state is looked at here, which on another thread, and that each is looked at once.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { neverCancelled } from '../../../src/base/cancel.ts';
import { ThreadEndedError } from '../../../src/base/threads.ts';
import type { AnalyseUnit, UnitResult } from '../../../src/engine/analyse.ts';
import { SideBySide } from '../../../src/engine/sideBySide.ts';
import { encodeUnitResult } from '../../../src/engine/unitResultText.ts';
import type { UnitThreads } from '../../../src/engine/unitThreads.ts';
import { noLocks } from '../../../src/waits/lockOrders.ts';

const resultOf = (functions: number): UnitResult => ({
  findings: [],
  functions,
  reached: 0,
  unresolved: new Map(),
  unresolvedElsewhere: new Map(),
  givenUp: [],
  locks: noLocks,
});

const here = 1;
const there = 2;

interface Run {
  /** Where each unit was looked at. */
  readonly where: readonly number[];
  /** At once here. */
  readonly most: number;
  readonly asked: number;
}

/** Three units that reach so many functions each. */
async function lookedAt(functions: number, size = 2, fault?: 'lost' | 'no set-up'): Promise<Run> {
  let asked = 0;
  const threads: UnitThreads = {
    size,
    ready: () => (fault === 'no set-up' ? Promise.reject(new Error('disk full')) : Promise.resolve()),
    run: () => {
      asked++;
      if (fault === 'lost') return Promise.reject(new ThreadEndedError('out of memory'));
      return Promise.resolve(encodeUnitResult(resultOf(there)));
    },
    close: () => Promise.resolve(),
  };
  const units = ['a.c', 'b.c', 'c.c'];
  const beside = new SideBySide(threads, units.length);
  let running = 0;
  let most = 0;
  const analyse: AnalyseUnit = async () => {
    most = Math.max(most, ++running);
    await beside.linked(functions);
    await new Promise((resume) => setTimeout(resume, 5));
    running--;
    return resultOf(here);
  };
  const results = await Promise.all(
    units.map(async (unit) => {
      const result = await beside.analyse({ unit: [unit] }, () => Promise.resolve(analyse), neverCancelled);
      beside.noteEnd();
      return result;
    }),
  );
  return { where: results.map((result) => result.functions), most, asked };
}

test('large units are looked at beside the first', async () => {
  assert.deepEqual(await lookedAt(5000), { where: [here, there, there], most: 1, asked: 2 });
});

test('small units, huge ones and all units where there is one thread are looked at here, one at a time', async () => {
  const allHere = { where: [here, here, here], most: 1, asked: 0 };
  assert.deepEqual(await lookedAt(1000), allHere);
  assert.deepEqual(await lookedAt(20_000), allHere);
  assert.deepEqual(await lookedAt(5000, 1), allHere);
});

test('what a thread cannot do is done here', async () => {
  const where = [here, here, here];
  assert.deepEqual(await lookedAt(5000, 2, 'lost'), { where, most: 1, asked: 2 });
  assert.deepEqual(await lookedAt(5000, 2, 'no set-up'), { where, most: 1, asked: 0 });
});
