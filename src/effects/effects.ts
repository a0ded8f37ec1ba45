// effects.ts
// What a program does with everything that can be held or waited for: the way from linked code to threads and waits.

import type { Token } from '../base/cancel.ts';
import type { Program } from '../program/meaning.ts';
import { CallsWithin } from './callsWithin.ts';
import { FreshObjects } from './freshObjects.ts';
import { LastPuts } from './lastPuts.ts';
import { OtherEnds } from './otherEnds.ts';
import { keyOfLeak, sureLeaks } from './leaks.ts';
import type { Effects } from './results.ts';
import { Roots } from './roots.ts';
import { SleepChoices } from './sleepChoices.ts';
import { StepFunctions } from './stepFunctions.ts';
import { Summaries } from './summaries.ts';
import { EffectTables } from './tables.ts';
import { WaysAround } from './waysAround.ts';
import { WayTests } from './wayTests.ts';

export function effectsOf(program: Program, token: Token): Effects {
  const tables = new EffectTables(program);
  const summaries = new Summaries(tables);
  summaries.compute(token);
  const roots = new Roots(tables, summaries);
  const { wants, signals, sleeps, queued } = roots.run(token);
  const overflown = [...roots.slots.overflown].sort().map((slot) => ({
    path: '',
    fn: slot,
    reason: 'too much lies behind this call through a table',
  }));
  const cutShort = roots.slots.cutShort.map(({ path, fn }) => ({
    path,
    fn,
    reason: 'too much lies behind the calls through tables on its ways',
  }));
  const { leaks, unsure } = sureLeaks(summaries, tables);
  const tests = new WayTests(program, tables.classes);
  // Only this of it: with all that functions do, what is kept for the questions below would be several times as large.
  const { units, locks } = summaries;
  const ends = new OtherEnds(program);
  const functions = new StepFunctions(program);
  const choices = new SleepChoices(program, functions);
  const puts = new LastPuts(functions);
  const within = new CallsWithin(program);
  const around = new WaysAround(functions);
  const fresh = new FreshObjects(program, functions, tables.classes);
  return {
    wants,
    signals,
    sleeps,
    leaks,
    isKeptUnsurely: (fn, lock) => unsure.has(keyOfLeak(fn, lock)),
    locks,
    givenUp: [...summaries.givenUp, ...overflown, ...cutShort],
    testedOn: (trail) => tests.of(trail),
    isForLast: (trail) => puts.isOn(trail),
    isFresh: (trail) => fresh.isFresh(trail),
    isWayAround: (earlier, later) => around.isWayAround(earlier, later),
    isChosen: (trail) => choices.isChosen(trail),
    isOfTwoKinds: (taken) => choices.isOfTwoKinds(taken),
    isEndedElsewhere: ({ trail, waitable }) => ends.areBeside(trail, waitable),
    queuedOn: (work) => queued.get(work),
    leadsWithin: (path, from, to) => within.lead(path, from, to),
    areRelated: (path, other) => units.areRelated(path, other),
  };
}
