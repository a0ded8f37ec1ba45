// summaries.ts
// The summaries of all functions of a program, callees before callers. Functions that call each other in a circle are
// gone through until nothing new comes out.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { ObjectKind } from '../kernel/primitive.ts';
import type { FnId, Meaning, ProgramFunction } from '../program/meaning.ts';
import type { PlaceId } from '../program/places.ts';
import { Acts } from './acts.ts';
import { Calls } from './calls.ts';
import { circlesFirst } from './circles.ts';
import { FileUnits } from './fileUnits.ts';
import { follow } from './follow.ts';
import type { Following } from './follow.ts';
import type { LeakCandidate } from './leaks.ts';
import type { GivenUp, LockSurvey } from './results.ts';
import { LockNotes } from './lockNotes.ts';
import { surveyLocks } from './lockSurvey.ts';
import { leftBehind } from './semaphores.ts';
import { nothing } from './summary.ts';
import type { Summary, Target, TargetId } from './summary.ts';
import { Surroundings } from './surroundings.ts';
import type { Moment, Relevance } from './surroundings.ts';
import type { EffectTables } from './tables.ts';

// A circle of calls settles after two rounds unless it passes ever new arguments around.
const mostRounds = 4;

export class Summaries {
  readonly calls: Calls;
  readonly givenUp: GivenUp[] = [];
  readonly leaks: LeakCandidate[] = [];
  /** What the survey says of locks in scope. */
  locks: LockSurvey = { takings: [], orders: [] };
  readonly units: FileUnits;
  readonly #tables: EffectTables;
  readonly #summaries: (Summary | undefined)[] = [];
  readonly #acts: Acts;
  /** By target. */
  readonly #relevant: (boolean | undefined)[] = [];
  readonly #outgoing: readonly OutgoingCalls[];
  #relevance: Relevance | undefined;
  /** Keys of locks that functions of headers take or let go for the functions in scope that call them. */
  #takenFor: ReadonlySet<string> = new Set();

  constructor(tables: EffectTables) {
    this.#tables = tables;
    this.#outgoing = tables.program.functions.map((fn) => callsOf(fn, tables));
    this.units = new FileUnits(
      tables.program,
      this.#outgoing.map((calls) => calls.targets),
    );
    this.#acts = new Acts(tables);
    this.calls = new Calls(
      tables,
      (fn) => this.of(fn),
      (target) => this.#isRelevant(target),
    );
  }

  of(fn: FnId): Summary {
    return this.#summaries[fn] ?? nothing;
  }

  compute(token: Token): void {
    const outgoing = this.#outgoing;
    const circles = circlesFirst(outgoing.map((calls) => calls.targets));
    const notes = new LockNotes(this.#tables);
    const moments = this.#survey(circles, outgoing, notes, token);
    const surroundings = new Surroundings(this.#tables, moments, this.units);
    const relevance = (this.#relevance = surroundings.relevant(token));
    this.locks = surveyLocks({
      tables: this.#tables,
      ...{ notes, relevance, circles },
      wantedOf: (moment, keys) => surroundings.wantedOf(moment, keys),
    });
    this.#takenFor = this.#wrappedLocks();
    for (const key of leftBehind(this.#tables, (fn) => this.of(fn).exits)) this.#tables.counted.add(key);
    this.#summaries.length = 0;
    for (const circle of circles) {
      throwIfCancelled(token);
      if (
        circle.every((id) => !outgoing[id]!.acts && outgoing[id]!.targets.every((to) => this.#isNothing(to)))
      )
        continue;
      this.#settle(circle, outgoing, token);
    }
  }

  #isNothing(id: FnId): boolean {
    return (this.#summaries[id] ?? nothing) === nothing;
  }

  /** What each function holds by itself where it calls, and in which states it returns. */
  #survey(
    circles: readonly (readonly FnId[])[],
    outgoing: readonly OutgoingCalls[],
    notes: LockNotes,
    token: Token,
  ): readonly (readonly Moment[])[] {
    const following = { ...this.#following(), isSurvey: true, notes };
    const moments: (readonly Moment[])[] = outgoing.map(() => []);
    for (const circle of circles) {
      throwIfCancelled(token);
      for (const id of circle) {
        const fn = this.#tables.program.functions[id];
        if (!fn) continue;
        const followed = follow(fn, following, token);
        this.#summaries[id] = followed.summary;
        moments[id] = followed.moments;
      }
    }
    return moments;
  }

  #following(): Following {
    return {
      isSurvey: false,
      isRelevant: (target) => this.#isRelevant(target),
      isTracked: (kind, place) => this.#isTracked(kind, place),
      tables: this.#tables,
      acts: this.#acts,
      calls: this.calls,
      summaryOf: (fn) => this.of(fn),
    };
  }

  #isRelevant(id: TargetId): boolean {
    return (this.#relevant[id] ??= this.#mayMatter(this.#tables.targets.get(id)));
  }

  /** Outside the scope only what may be part of a cycle, or is held in it on return, is kept track of. */
  #isTracked(kind: ObjectKind, place: PlaceId): boolean {
    const waitable = this.#tables.classes.waitable(kind, place);
    if (!waitable || !this.#relevance) return true;
    return this.#relevance.tracked.has(waitable.key) || this.#takenFor.has(waitable.key);
  }

  #wrappedLocks(): ReadonlySet<string> {
    const { program, held, classes } = this.#tables;
    const keys = new Set<string>();
    for (const { id, inScope } of program.functions) {
      if (!inScope) continue;
      for (const target of this.#outgoing[id]?.targets ?? []) {
        const callee = program.functions[target];
        if (callee?.inScope !== false || !callee.path.endsWith('.h')) continue;
        for (const exit of this.of(target).exits)
          for (const item of [...held.items(exit.held), ...held.items(exit.released)]) {
            const key = classes.keyOf(held.item(item).place);
            if (key !== undefined) keys.add(key);
          }
      }
    }
    return keys;
  }

  #mayMatter(target: Target): boolean {
    switch (target.kind) {
      case 'acquire':
      case 'wait': {
        const waitable = this.#tables.classes.waitable(target.object, target.place);
        if (waitable) return this.#relevance?.cyclic.has(waitable.key) ?? true;
        return this.#tables.program.places.root(target.place).kind === 'parameter';
      }
      case 'slot':
        return !this.#isOfAnyDevice(target) && (this.#relevance?.leadsOn(target) ?? true);
      case 'notify':
        return this.#relevance?.leadsOn(target) ?? true;
      case 'sleep':
      case 'signal':
      case 'put':
      case 'queue':
      case 'parameter':
        return true;
    }
  }

  /** A device that comes out of nowhere, such as the next one of a list: nothing speaks for one of the driver's own. */
  #isOfAnyDevice({ args }: Extract<Target, { kind: 'slot' }>): boolean {
    const { places, structs } = this.#tables.program;
    const first = args[0]?.place;
    if (first === undefined) return false;
    const { struct } = places.get(first);
    return (
      struct !== undefined && structs.name(struct).tag === 'device' && places.root(first).kind === 'some'
    );
  }

  #settle(circle: readonly FnId[], outgoing: readonly OutgoingCalls[], token: Token): void {
    const members = circle.flatMap((id) => this.#tables.program.functions[id] ?? []);
    const isCircle = members.some((fn) => outgoing[fn.id]!.targets.some((target) => circle.includes(target)));
    const following = this.#following();
    for (let round = 1; ; round++) {
      let isNews = false;
      const followed = members.map((fn) => {
        const before = this.of(fn.id);
        const result = follow(fn, following, token);
        this.#summaries[fn.id] = result.summary;
        isNews ||= !isAsLarge(before, result.summary);
        return result;
      });
      if (isCircle && isNews && round < mostRounds) continue;
      for (const { leaks, givenUp } of followed) {
        this.leaks.push(...leaks);
        this.givenUp.push(...givenUp);
      }
      return;
    }
  }
}

const isAsLarge = (a: Summary, b: Summary): boolean =>
  a.events.length === b.events.length && a.exits.length === b.exits.length;

interface OutgoingCalls {
  readonly targets: readonly FnId[];
  /** Does something by itself. */
  readonly acts: boolean;
}

function callsOf(fn: ProgramFunction, { program }: EffectTables): OutgoingCalls {
  const targets = new Set<FnId>();
  let acts = false;
  const { flow } = fn.body;
  for (let index = 0; index < flow.count; index++) {
    const { kind } = flow.op(index);
    if (kind !== 'call' && kind !== 'guard' && kind !== 'leave') continue;
    const meaning = program.meaningOf(fn.id, index);
    if (!meaning) continue;
    acts ||= isActing(meaning);
    if (meaning.kind !== 'call') continue;
    targets.add(meaning.target);
    for (const arg of meaning.args) if (arg.fn !== undefined) targets.add(arg.fn);
  }
  return { targets: [...targets], acts };
}

function isActing(meaning: Meaning): boolean {
  switch (meaning.kind) {
    case 'act':
      return meaning.act.effect !== 'init';
    case 'slot':
    case 'parameter':
      return true;
    case 'call':
    case 'unresolved':
      return false;
  }
}
