// calls.ts
// Puts what a callee does into the state of its caller: the caller's places for the callee's, the caller's held set
// under the callee's.

import type { Argument, FnId } from '../program/meaning.ts';
import type { PlaceId } from '../program/places.ts';
import type { Mask } from './conditions.ts';
import { anyValue, negative, positive, zero } from './conditions.ts';
import { emptySet } from './held.ts';
import type { ArgsId, Composed, ItemId, SetId } from './held.ts';
import { assumptionName } from './results.ts';
import type { Assumption, Hop } from './results.ts';
import { keyOf, withPassed } from './state.ts';
import type { Passed, State } from './state.ts';
import { bothWhen, noPlace, whenKey } from './summary.ts';
import type { Event, EventSet, Exit, ParameterValue, Summary, Target, TargetId } from './summary.ts';
import type { EffectTables } from './tables.ts';
import { lastHop } from './way.ts';
import type { Way } from './way.ts';
import { partOf } from './tables.ts';
import { PairMap } from './pairMap.ts';
import { byParameter, groupsOf, irrelevant, readyFor, unasked } from './readyEvents.ts';
import type { EventCondition, EventGroups, Inside, ReadyEvents } from './readyEvents.ts';

export interface CallSite {
  /** A way inside the callee as a way of the caller. */
  readonly wrap: (inner: Way) => Way;
  /** The same for ways to what the callee has taken: many of its events have those in common. */
  readonly taken: Map<Way, Way>;
  /** How many steps that adds. */
  readonly steps: number;
  readonly args: readonly Argument[];
  /** The same as places. `undefined` for a use of a macro, whose places are the caller's already. */
  readonly argsId: ArgsId | undefined;
  /** What is known of the argument's value in this state. */
  readonly maskOf: (index: number, bits: number) => Mask;
  /** The caller's own parameter that decides about these bits of the argument; not given: one that is passed on. */
  readonly ownBits?: (index: number, bits: number) => number | undefined;
  /** What is taken for granted when it is this callee that runs. */
  readonly assumptions: readonly Assumption[];
  /** When the caller itself is only at this point with certain arguments. */
  readonly when: readonly ParameterValue[];
  /** The events of the callee for these arguments, where it is called in many states. */
  readonly ready?: ReadyEvents;
}

/** A condition of events as a state of the caller meets it. */
interface AtState {
  readonly when: readonly ParameterValue[];
  readonly requires: SetId;
}

/** The same with what the caller holds. */
interface Meeting {
  readonly inside: Inside;
  readonly met: Composed;
}

type AtCall = Pick<Event, 'target' | 'requires' | 'when' | 'length'>;

/** Where a function that was given as an argument is called, in how many such calls, and which events are for others. */
interface Within {
  readonly isForOthers: ((released: SetId) => boolean) | undefined;
  readonly depth: number;
}

const outermost: Within = { isForOthers: undefined, depth: 0 };

export interface CallOutcome {
  readonly state: State;
  readonly result: Mask;
  /** What the arguments must have been for it, by parameter of the callee. */
  readonly when: readonly ParameterValue[];
}

/** Caller's own parameters that `when` of a callee turns into. */
type Translated = readonly ParameterValue[] | undefined;

export class Calls {
  readonly #tables: EffectTables;
  readonly #summaryOf: (fn: FnId) => Summary;
  readonly #released = new WeakMap<Summary, readonly SetId[]>();
  readonly #isRelevant: (target: TargetId) => boolean;
  readonly #targets = new PairMap<TargetId>();
  readonly #groups = new WeakMap<readonly Event[], EventGroups>();

  constructor(
    tables: EffectTables,
    summaryOf: (fn: FnId) => Summary,
    isRelevant: (target: TargetId) => boolean,
  ) {
    this.#tables = tables;
    this.#summaryOf = summaryOf;
    this.#isRelevant = isRelevant;
  }

  /** Adds the callee's events, as they are in this state of the caller. */
  events(state: State, summary: Summary, site: CallSite, into: EventSet, depth = 0): void {
    const isForOthers = this.#releasesForOthers(state, summary, site);
    const ready = site.ready ?? this.ready(summary.events, site.argsId);
    this.readyEvents(state, ready, site, into, { isForOthers, depth });
  }

  /**
   * `cond ? spin_unlock(a) : mutex_unlock(b)`, waited for, and both taken again: where the one is held, what happens
   * without the other happens to other callers. `undefined`: the callee lets go nothing that is held here.
   */
  #releasesForOthers(
    state: State,
    summary: Summary,
    site: CallSite,
  ): ((released: SetId) => boolean) | undefined {
    if (state.held === emptySet) return undefined;
    const all = this.#releasedBy(summary);
    if (all.length < 2) return undefined;
    const { held: table } = this.#tables;
    const marksOf = (released: SetId): readonly ItemId[] =>
      table.items(this.#seen(released, site.argsId).set);
    const isHeld = (mark: ItemId): boolean => table.matching(state.held, mark) >= 0;
    const own = all.map(marksOf).filter((marks) => marks.every(isHeld));
    if (own.length === 0) return undefined;
    return (released) => {
      if (released === emptySet) return false;
      const marks = marksOf(released);
      return !marks.some(isHeld) && !own.some((held) => held.some((mark) => marks.includes(mark)));
    };
  }

  /** The different sets that a function lets go of its callers' locks. */
  #releasedBy(summary: Summary): readonly SetId[] {
    let all = this.#released.get(summary);
    if (!all) {
      const sets = new Set([...summary.events, ...summary.exits].map(({ released }) => released));
      sets.delete(emptySet);
      this.#released.set(summary, (all = [...sets]));
    }
    return all;
  }

  /** For all calls that give the same arguments. */
  ready(events: readonly Event[], args: ArgsId | undefined): ReadyEvents {
    let groups = this.#groups.get(events);
    if (!groups) this.#groups.set(events, (groups = groupsOf(events, this.#tables.targets)));
    return readyFor(groups, args);
  }

  /** What decides in a state which events a call adds: where it is the same, the same ones are. */
  decisive(state: State, { groups }: ReadyEvents, { when, maskOf }: CallSite): string {
    const masks = groups.asked.map(({ index, bits }) => maskOf(index, bits));
    return `${keyOf(state)} ${whenKey(when)} ${masks.join()}`;
  }

  /** Adds those that happen in this state of the caller. */
  readyEvents(
    state: State,
    ready: ReadyEvents,
    site: CallSite,
    into: EventSet,
    { isForOthers, depth }: Within = outermost,
  ): void {
    const { events, conditions, conditionOf, alikeOf } = ready.groups;
    const { targets, met: meetings } = ready;
    const atState: (AtState | null)[] = [];
    let met = meetings.get(state.held, state.released);
    if (!met) meetings.set(state.held, state.released, (met = []));
    for (let i = 0; i < events.length; i++) {
      const own = conditionOf[i]!;
      let condition = atState[own];
      if (condition === undefined)
        atState[own] = condition = this.#conditionAt(conditions[own]!, state, site, isForOthers) ?? null;
      if (condition === null) continue;
      const event = events[i]!;
      const target = targets[i] === unasked ? (targets[i] = this.#targetOf(event, ready)) : targets[i]!;
      if (target === byParameter) this.#throughParameter(state, event, site, into, depth);
      if (target < 0) continue;
      const { when, requires } = condition;
      const all = { target: target as TargetId, requires, when, length: event.length + site.steps };
      if (into.isClosedTo(all.target, all.length)) continue;
      const inside = (ready.insides[alikeOf[i]!] ??= this.#insideOf(event, ready.args));
      const composed = (met[alikeOf[i]!] ??= this.#meet(state, inside));
      this.#add(state, event, all, { inside, met: composed }, site, into);
    }
  }

  #add(state: State, event: Event, at: AtCall, meeting: Meeting, site: CallSite, into: EventSet): void {
    const { set, released } = meeting.met;
    const place = into.placeFor(at.target, set, released, at.requires, at.when, at.length);
    if (place !== noPlace) into.put(this.#made(state, event, at, meeting, site), place);
  }

  /** `undefined`: what hangs on it does not happen. */
  #conditionAt(
    { when, requires, released }: EventCondition,
    state: State,
    site: CallSite,
    isForOthers: Within['isForOthers'],
  ): AtState | undefined {
    if (isForOthers?.(released) === true) return undefined;
    const translated = this.#when(when, site);
    const open = translated && this.#requires(requires, state);
    if (translated === undefined || open === undefined) return undefined;
    return { when: translated, requires: this.#tables.held.union(state.requires, open) };
  }

  #targetOf(event: Event, { args }: ReadyEvents): number {
    if (this.#tables.targets.get(event.target).kind === 'parameter') return byParameter;
    const target = this.#target(event.target, args);
    return this.#isRelevant(target) ? target : irrelevant;
  }

  #insideOf(event: Event, args: ArgsId | undefined): Inside {
    const gone = this.#seen(event.released, args).set;
    return {
      part: partOf(this.#tables.targets.get(event.target)),
      inner: this.#seen(event.held, args),
      gone,
    };
  }

  #meet(state: State, { part, inner, gone }: Inside): Composed {
    const own = this.#tables.part(state.held, part);
    const released = this.#tables.released(state.released, part);
    return this.#tables.held.compose(own.set, released, inner.set, gone);
  }

  #made(state: State, event: Event, at: AtCall, { inside, met }: Meeting, site: CallSite): Event {
    const { inner } = inside;
    const own = this.#tables.part(state.held, inside.part);
    const trails: Way[] = [];
    for (const index of met.from)
      trails.push(
        index >= 0 ? state.trails[own.from[index]!]! : wayToTaken(event.trails[inner.from[~index]!]!, site),
      );
    return {
      target: at.target,
      held: met.set,
      trails: trails.length === 0 ? noTrails : trails,
      released: met.released,
      requires: at.requires,
      when: at.when,
      trail: site.wrap(event.trail),
      length: at.length,
      needs: this.#needs(state, event, this.#tables.targets.get(at.target), site),
      assumptions: union(event.assumptions, site.assumptions),
    };
  }

  #needs(state: State, event: Event, target: Target, site: CallSite): readonly Passed[] {
    if (target.kind !== 'signal') return nothingPassed;
    return withPassed(state, this.#passed(event.needs, site)).passed;
  }

  /** The callee calls a function that it was given: here it may be known which. */
  #throughParameter(state: State, event: Event, site: CallSite, into: EventSet, depth: number): void {
    const target = this.#tables.targets.get(event.target);
    if (target.kind !== 'parameter') return;
    const given = site.args[target.index];
    const args = target.args.map((arg) => this.#argument(arg, site));
    if (given?.parameter !== undefined) {
      const passedOn = this.#tables.targets.of({ kind: 'parameter', index: given.parameter, args });
      this.#passOn(state, event, passedOn, site, into);
      return;
    }
    // A function that is given itself as its callback would go on for ever.
    if (given?.fn === undefined || depth > 3) return;
    const inside = this.#inside(state, event, site);
    const argsId = this.#tables.held.argsOf(args.map((arg) => arg.place));
    const hop: Hop = { ...lastHop(event.trail), action: 'indirect-call', target: this.#nameOf(given.fn) };
    const nested: CallSite = {
      wrap: (inner) => site.wrap({ before: event.trail, last: hop, rest: inner }),
      taken: new Map(),
      steps: event.length + site.steps,
      args,
      argsId,
      maskOf: (index, bits) => maskOfConstant(args[index]?.constant, bits),
      assumptions: union(event.assumptions, site.assumptions),
      when: site.when,
    };
    this.events(inside, this.#summaryOf(given.fn), nested, into, depth + 1);
  }

  #passOn(state: State, event: Event, target: TargetId, site: CallSite, into: EventSet): void {
    const length = event.length + site.steps;
    if (into.isClosedTo(target, length) || !this.#isRelevant(target)) return;
    const inside = this.#insideOf(event, site.argsId);
    const at: AtCall = { target, requires: state.requires, when: [], length };
    this.#add(state, event, at, { inside, met: this.#meet(state, inside) }, site, into);
  }

  /** The state of the thread at a point inside the callee. */
  #inside(state: State, event: Event, site: CallSite): State {
    const { held: table } = this.#tables;
    const inner = this.#seen(event.held, site.argsId);
    const gone = this.#seen(event.released, site.argsId);
    const composed = table.compose(state.held, state.released, inner.set, gone.set);
    const trails = composed.from.map((index) =>
      index >= 0 ? state.trails[index]! : wayToTaken(event.trails[inner.from[~index]!]!, site),
    );
    return { ...state, held: composed.set, trails, released: composed.released };
  }

  /** The states in which the call returns. */
  exits(state: State, exits: readonly Exit[], site: CallSite): readonly CallOutcome[] {
    const outcomes: CallOutcome[] = [];
    const possible = exits.filter((exit) => this.#when(exit.when, site) !== undefined);
    for (const exit of this.#fitting(state, possible, site)) {
      const inner = this.#seen(exit.held, site.argsId);
      const gone = this.#seen(exit.released, site.argsId);
      const composed = this.#tables.held.compose(state.held, state.released, inner.set, gone.set);
      const trails = composed.from.map((index) =>
        index >= 0 ? state.trails[index]! : wayToTaken(exit.trails[inner.from[~index]!]!, site),
      );
      const after = { ...state, held: composed.set, trails, released: composed.released };
      const { result, when } = exit;
      outcomes.push({ state: withPassed(after, this.#passed(exit.passed, site)), result, when });
    }
    return outcomes;
  }

  /** `cond ? up_read(a) : read_unlock(b)`: where one way lets go of what is held, the others are for other callers. */
  #fitting(state: State, exits: readonly Exit[], site: CallSite): readonly Exit[] {
    if (exits.length < 2 || state.held === emptySet) return exits;
    const { held: table } = this.#tables;
    const fits = (exit: Exit): boolean =>
      table
        .items(this.#seen(exit.released, site.argsId).set)
        .every((mark) => table.matching(state.held, mark) >= 0);
    if (!exits.some((exit) => exit.released !== emptySet && fits(exit))) return exits;
    const fitting = exits.filter(fits);
    return fitting.filter((exit) => !fitting.some((other) => this.#letsGoMore(other, exit)));
  }

  /** Nothing that the caller could see tells the two apart, and `a` lets go of all that `b` does and more. */
  #letsGoMore(a: Exit, b: Exit): boolean {
    if (a.result !== b.result || a.held !== b.held || whenKey(a.when) !== whenKey(b.when)) return false;
    const more = this.#tables.held.items(a.released);
    const less = this.#tables.held.items(b.released);
    return more.length > less.length && less.every((mark) => more.includes(mark));
  }

  #passed(passed: readonly Passed[], site: CallSite): readonly Passed[] {
    return passed.map(({ item, trail }) => ({
      item: this.#item(item, site.argsId),
      trail: wayToTaken(trail, site),
    }));
  }

  #item(id: ItemId, args: ArgsId | undefined): ItemId {
    if (args === undefined) return id;
    const { held: table } = this.#tables;
    return table.items(table.substitute(table.setOf([id]), args).set)[0] ?? id;
  }

  #seen(set: SetId, args: ArgsId | undefined): { readonly set: SetId; readonly from: readonly number[] } {
    const { held: table } = this.#tables;
    return args === undefined ? table.same(set) : table.substitute(set, args);
  }

  #when(when: readonly ParameterValue[], site: CallSite): Translated {
    let translated: Translated = site.when;
    for (const { index, mask, bits } of when) {
      const known = site.maskOf(index, bits);
      if ((known & mask) === 0) return undefined;
      const own = site.args[index]?.parameter ?? (bits === 0 ? undefined : site.ownBits?.(index, bits));
      if (own === undefined || (known & ~mask & anyValue) === 0) continue;
      translated = translated && bothWhen(translated, [{ index: own, mask, bits }]);
    }
    return translated;
  }

  /** The tokens that are still to be set by the caller's callers; `undefined`: one is known not to be set. */
  #requires(requires: SetId, state: State): SetId | undefined {
    if (requires === emptySet) return requires;
    const { held: table } = this.#tables;
    const open: ItemId[] = [];
    for (const mark of table.items(requires)) {
      if (table.matching(state.held, mark) >= 0) continue;
      if (table.items(state.released).includes(mark)) return undefined;
      open.push(mark);
    }
    return table.setOf(open);
  }

  #target(id: TargetId, args: ArgsId | undefined): TargetId {
    if (args === undefined) return id;
    let target = this.#targets.get(id, args);
    if (target === undefined) {
      target = this.#tables.targets.of(this.#substituted(this.#tables.targets.get(id), args));
      this.#targets.set(id, args, target);
    }
    return target;
  }

  #substituted(target: Target, args: ArgsId): Target {
    const { places } = this.#tables.program;
    const values = this.#tables.held.args(args);
    const place = (id: PlaceId): PlaceId => {
      const substituted = places.substitute(id, values);
      return this.#tables.classes.canonical(substituted) ?? substituted;
    };
    switch (target.kind) {
      case 'acquire':
      case 'wait':
      case 'signal':
      case 'put':
        return { ...target, place: place(target.place) };
      case 'queue':
        return {
          ...target,
          place: place(target.place),
          queue: target.queue === undefined ? undefined : place(target.queue),
        };
      case 'notify':
        return { ...target, chain: place(target.chain) };
      case 'slot':
        return { ...target, args: target.args.map((arg) => placed(arg, place)) };
      case 'sleep':
      case 'parameter':
        return target;
    }
  }

  #argument(arg: Argument, site: CallSite): Argument {
    const { places } = this.#tables.program;
    const given = arg.parameter === undefined ? undefined : site.args[arg.parameter];
    if (given) return given;
    const { argsId } = site;
    if (argsId === undefined) return arg;
    return placed(arg, (id) => places.substitute(id, this.#tables.held.args(argsId)));
  }

  #nameOf(fn: FnId): string {
    return this.#tables.program.functions[fn]?.name ?? '';
  }
}

const noTrails: readonly Way[] = [];
const nothingPassed: readonly Passed[] = [];

function wayToTaken(inner: Way, { wrap, taken }: CallSite): Way {
  let way = taken.get(inner);
  if (!way) {
    way = wrap(inner);
    taken.set(inner, way);
  }
  return way;
}

/** An argument in the caller's places: it is no parameter of the caller any more. */
function placed(arg: Argument, place: (id: PlaceId) => PlaceId): Argument {
  return { ...arg, place: arg.place === undefined ? undefined : place(arg.place), parameter: undefined };
}

export function maskOfConstant(constant: number | undefined, bits = 0): Mask {
  if (constant === undefined) return anyValue;
  if (bits !== 0) return (BigInt(constant) & BigInt(bits)) === 0n ? zero : positive;
  if (constant === 0) return zero;
  return constant > 0 ? positive : negative;
}

function union(a: readonly Assumption[], b: readonly Assumption[]): readonly Assumption[] {
  if (b.length === 0) return a;
  return a.length === 0 ? b : [...new Set([...a, ...b])].sort(byName);
}

const byName = (a: Assumption, b: Assumption): number => (assumptionName(a) < assumptionName(b) ? -1 : 1);
