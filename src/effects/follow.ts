// follow.ts
// Follows the flow of one function, way by way, and says what it does. Ways that hold the same things are followed
// once; see state.ts.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { Position } from '../base/position.ts';
import { exprText } from '../facts/exprText.ts';
import type { Flow, Op, OpIndex } from '../facts/flow.ts';
import type { ExprId, Terms } from '../facts/terms.ts';
import type { ObjectKind } from '../kernel/primitive.ts';
import { isScheduling } from '../kernel/sleepers.ts';
import type { Meaning, ProgramFunction } from '../program/meaning.ts';
import type { PlaceId } from '../program/places.ts';
import { aliasesOf } from './aliases.ts';
import type { Acts, ActSite } from './acts.ts';
import { BitTests } from './bitTests.ts';
import type { CallSite, Calls } from './calls.ts';
import { maskOfConstant } from './calls.ts';
import { Conditions, anyValue } from './conditions.ts';
import type { Mask } from './conditions.ts';

import type { ItemId } from './held.ts';
import { HeldFlags } from './heldFlags.ts';
import { leaksOf } from './leaks.ts';
import { isLockIfThere } from './lockIfThere.ts';
import type { LeakCandidate } from './leaks.ts';
import { lockChoicesOf } from './lockChoices.ts';
import { LockConditions } from './lockConditions.ts';
import type { LockEffect } from './lockChoices.ts';
import type { LockNotes } from './lockNotes.ts';
import { OpenOperations } from './openOperations.ts';
import { ParameterTests } from './parameterTests.ts';
import type { ReadyEvents } from './readyEvents.ts';
import type { GivenUp, Hop, HopAction } from './results.ts';
import { join, keyOf, startState } from './state.ts';
import type { State } from './state.ts';
import { EventSet, isPlain, whenKey } from './summary.ts';
import type { Event, ParameterValue, Summary, Target, TargetId } from './summary.ts';
import type { Moment } from './surroundings.ts';
import type { EffectTables } from './tables.ts';
import { isFollowed, lockKinds, partOf } from './tables.ts';
import { ValueFlow } from './valueFlow.ts';
import { withValue } from './values.ts';
import { firstHop } from './way.ts';
import type { Way } from './way.ts';
import { exitsOf } from './exits.ts';

// Different held sets at one place. Real functions stay below 8; more come from a condition that is not understood.
const mostStates = 16;
// Visits of operations for each operation of the body, before the rest is given up.
const mostVisits = 40;

export interface Followed {
  readonly summary: Summary;
  readonly leaks: readonly LeakCandidate[];
  readonly givenUp: readonly GivenUp[];
  readonly moments: readonly Moment[];
}

/** A return, and the state in which it is reached. */
export interface Return {
  readonly state: State;
  readonly result: Mask;
  readonly at: Position;
  readonly when: readonly ParameterValue[];
  /** The number that is returned there, where it is always the same. */
  readonly number: number | undefined;
}

export interface Following {
  /** Only what surroundings.ts needs is looked at: no events, but the moments at which something may be wanted. */
  readonly isSurvey: boolean;
  /** Of a survey alone. */
  readonly notes?: LockNotes;
  /** Which targets are worth carrying to the callers. */
  readonly isRelevant: (target: TargetId) => boolean;
  /** Which objects are kept track of outside the scope. */
  readonly isTracked: (kind: ObjectKind, place: PlaceId) => boolean;
  readonly tables: EffectTables;
  readonly acts: Acts;
  readonly calls: Calls;
  readonly summaryOf: (fn: ProgramFunction['id']) => Summary;
}

export function follow(fn: ProgramFunction, following: Following, token: Token): Followed {
  return new Walk(fn, following, token).run();
}

class Walk {
  readonly #fn: ProgramFunction;
  readonly #flow: Flow;
  readonly #terms: Terms;
  readonly #following: Following;
  readonly #token: Token;
  readonly #conditions: Conditions;
  readonly #values: ValueFlow;
  readonly #events = new EventSet();
  readonly #states: (Map<string, State> | undefined)[];
  readonly #open: OpenOperations;
  readonly #pending: (Map<string, State> | undefined)[];
  readonly #returns = new Map<string, Return>();
  readonly #reasons = new Set<string>();
  readonly #moments = new Map<string, Moment>();
  readonly #letGo = new Map<ItemId, Position>();
  readonly #parameters: ParameterTests;
  readonly #heldFlags: HeldFlags;
  readonly #bits: BitTests;
  readonly #lockConditions: LockConditions;
  readonly #calls: (CallPlace | undefined)[] = [];
  readonly #hops: (Hop[] | undefined)[] = [];
  #schedules: boolean | undefined;

  constructor(fn: ProgramFunction, following: Following, token: Token) {
    this.#fn = fn;
    this.#flow = fn.body.flow;
    this.#terms = fn.body.scope.facts.terms;
    this.#following = following;
    this.#token = token;
    this.#conditions = new Conditions(
      this.#terms,
      aliasesOf(this.#flow, this.#terms, fn.isMacro ? 0 : fn.parameters),
    );
    const lockEffect = (op: OpIndex): LockEffect | undefined => this.#lockEffect(op);
    const lockChoices = lockChoicesOf(this.#flow, this.#terms, this.#conditions, lockEffect);
    this.#lockConditions = new LockConditions(fn, this.#conditions, following.tables, lockEffect);
    this.#values = new ValueFlow(this.#terms, this.#conditions, lockChoices);
    this.#states = Array.from({ length: this.#flow.count + 1 }, () => undefined);
    this.#pending = Array.from({ length: this.#flow.count + 1 }, () => undefined);
    this.#open = new OpenOperations(this.#flow.count + 1);
    this.#parameters = new ParameterTests(fn, this.#conditions, following.tables.program);
    this.#heldFlags = new HeldFlags(fn, following.tables);
    this.#bits = new BitTests(fn, following.tables.program);
  }

  run(): Followed {
    this.#reach(0, startState);
    let visits = this.#flow.count * mostVisits + 1000;
    for (let index = this.#open.takeNext(); index !== undefined; index = this.#open.takeNext()) {
      throwIfCancelled(this.#token);
      for (const state of this.#take(index)) this.#step(index, state);
      if (visits-- <= 0) {
        this.#reasons.add('too many ways through the function');
        break;
      }
    }
    if (this.#events.dropped > 0) this.#reasons.add('too many different states for one wait');
    const returns = [...this.#returns.values()];
    return {
      summary: {
        events: this.#events.list(this.#following.tables.held),
        exits: exitsOf(returns, this.#following.tables),
      },
      leaks:
        this.#fn.isMacro || this.#fn.isStub
          ? []
          : leaksOf(this.#fn, returns, this.#letGo, this.#following.tables),
      givenUp: [...this.#reasons].map((reason) => ({ path: this.#fn.path, fn: this.#fn.name, reason })),
      moments: [...this.#moments.values()],
    };
  }

  #take(index: OpIndex): readonly State[] {
    const pending = this.#pending[index];
    this.#pending[index] = undefined;
    return pending ? [...pending.values()] : [];
  }

  #reach(index: OpIndex, state: State): void {
    const at = Math.min(index, this.#flow.count);
    const states = this.#statesAt(at);
    const key = keyOf(state);
    const known = states.get(key);
    const joined = known ? join(known, state) : state;
    if (joined === known) return;
    if (!known && states.size >= mostStates) {
      this.#reasons.add('too many lock states at one place');
      return;
    }
    states.set(key, joined);
    (this.#pending[at] ??= new Map()).set(key, joined);
    this.#open.add(at);
  }

  #statesAt(at: OpIndex): Map<string, State> {
    const states = this.#states[at] ?? new Map<string, State>();
    this.#states[at] = states;
    return states;
  }

  #step(index: OpIndex, state: State): void {
    if (index >= this.#flow.count) {
      const { value, at } = this.#fn;
      this.#return(state, value, at);
      return;
    }
    const op = this.#flow.op(index);
    switch (op.kind) {
      case 'call':
        this.#call(index, op.call, op.at, state);
        return;
      case 'guard':
      case 'leave':
        this.#guard(index, op.at, state);
        return;
      case 'assign':
        if (this.#isRetryInVain(index, op, state)) return;
        this.#reach(index + 1, this.#values.assign(state, op.target, op.value));
        return;
      case 'branch':
        for (const [next, after] of this.#armsOf(index, op, state)) this.#reach(next, after);
        return;
      case 'each':
        this.#reach(op.body, state);
        this.#reach(op.exit, state);
        return;
      case 'switch':
        for (const target of new Set(op.cases.map((one) => one.target))) this.#reach(target, state);
        return;
      case 'jump':
        this.#reach(op.target, state);
        return;
      case 'return':
        this.#return(state, op.value, op.at);
    }
  }

  /** `flags |= LOCKED; goto retry;`: with the flag set already it would never end, so nobody comes here with it. */
  #isRetryInVain(index: OpIndex, { target, value }: Extract<Op, { kind: 'assign' }>, state: State): boolean {
    if (!this.#values.changesNothing(state, target, value)) return false;
    const next = index + 1 < this.#flow.count ? this.#flow.op(index + 1) : undefined;
    return next?.kind === 'jump' && next.target <= index;
  }

  #call(index: OpIndex, call: ExprId, at: Position, state: State): void {
    const meaning = this.#following.tables.program.meaningOf(this.#fn.id, index);
    const isOperation = meaning?.kind === 'act';
    const before = this.#values.afterArguments(state, call, isOperation);
    if (!meaning) this.#reach(index + 1, before);
    else
      for (const next of this.#outcomes(index, meaning, call, at, before)) this.#go(index, at, before, next);
  }

  #go(index: OpIndex, at: Position, before: State, after: State): void {
    this.#following.notes?.passed(this.#fn, before, after);
    if (before.held !== after.held) {
      const { held } = this.#following.tables;
      const kept = held.items(after.held);
      for (const id of held.items(before.held)) if (!kept.includes(id)) this.#letGo.set(id, at);
    }
    this.#reach(index + 1, after);
  }

  #guard(index: OpIndex, at: Position, state: State): void {
    const meaning = this.#following.tables.program.meaningOf(this.#fn.id, index);
    if (!meaning) {
      this.#reach(index + 1, state);
      return;
    }
    // A guard that is entered has its lock: what happens otherwise is a branch of its own.
    const held = this.#outcomes(index, meaning, undefined, at, state);
    for (const next of held.slice(0, meaning.kind === 'act' ? 1 : held.length))
      this.#go(index, at, state, next);
  }

  #outcomes(
    index: OpIndex,
    meaning: Meaning,
    call: ExprId | undefined,
    at: Position,
    state: State,
  ): readonly State[] {
    switch (meaning.kind) {
      case 'act': {
        const { acts } = this.#following;
        const site = this.#actSite(index, meaning.act, call, at);
        if (isScheduling(meaning.act.primitive.name)) state = acts.schedule(state, site);
        if (!this.#isFollowed(meaning.act)) return [state];
        const outcomes = acts.apply(state, site);
        return outcomes.map((outcome) => withResult(outcome.state, call, outcome.result));
      }
      case 'call':
        return this.#callOutcomes(index, meaning, call, at, state);
      case 'slot': {
        const { slot, args } = meaning;
        const hop = this.#hop(index, at, 'indirect-call', `${slot.struct}.${slot.member}`);
        this.#emit({ kind: 'slot', slot, args }, state, { hop, inner: undefined });
        return [state];
      }
      case 'parameter': {
        const { index: parameter, args } = meaning;
        const name = this.#fn.body.scope.locals[parameter]?.name ?? '';
        const hop = this.#hop(index, at, 'indirect-call', name);
        this.#emit({ kind: 'parameter', index: parameter, args }, state, { hop, inner: undefined });
        return [state];
      }
      case 'unresolved':
        return [state];
    }
  }

  #isFollowed({ primitive, place }: ActSite['act']): boolean {
    if (!isFollowed(primitive, this.#fn)) return false;
    if (this.#fn.inScope || place === undefined || !lockKinds.has(primitive.kind)) return true;
    return this.#following.isTracked(primitive.kind, place);
  }

  #actSite(index: OpIndex, act: ActSite['act'], call: ExprId | undefined, at: Position): ActSite {
    return {
      act,
      subclass: this.#subclassOf(act.primitive.name, call),
      isScheduling: () => this.#isScheduling(),
      trail: (action) => ({ hop: this.#hop(index, at, action, act.primitive.name), inner: undefined }),
      emit: (target, state, trail) => this.#emit(target, state, trail),
    };
  }

  #armsOf(
    index: OpIndex,
    op: Extract<Op, { kind: 'branch' }>,
    state: State,
  ): readonly (readonly [OpIndex, State])[] {
    const { subject, whenTrue } = this.#conditions.of(op.condition);
    const arms = this.#values.branch(op, state);
    const impossible = arms.length > 1 ? this.#bits.impossible(subject, state.values) : 0;
    if (impossible !== 0) {
      const arm = (whenTrue & ~impossible) === 0 ? op.whenFalse : op.whenTrue;
      return arms.filter(([next]) => next === arm);
    }
    const told =
      arms.length > 1
        ? (this.#lockConditions.armOf(index, state) ?? this.#heldFlags.armOf(op, subject, state))
        : undefined;
    if (told !== undefined) return arms.filter(([next]) => next === told);
    const { program } = this.#following.tables;
    const isOne = arms.length > 1 && isLockIfThere(op, this.#conditions.of(op.condition), this.#fn, program);
    return isOne ? arms.slice(0, 1) : arms;
  }

  #lockEffect(index: OpIndex): LockEffect | undefined {
    const meaning = this.#following.tables.program.meaningOf(this.#fn.id, index);
    if (meaning?.kind !== 'act' || !lockKinds.has(meaning.act.primitive.kind)) return undefined;
    const { effect } = meaning.act;
    return effect === 'acquire' || effect === 'release' ? effect : undefined;
  }

  #isScheduling(): boolean {
    this.#schedules ??= Array.from({ length: this.#flow.count }, (_, index) => {
      const meaning = this.#following.tables.program.meaningOf(this.#fn.id, index);
      return meaning?.kind === 'act' && isScheduling(meaning.act.primitive.name);
    }).includes(true);
    return this.#schedules;
  }

  #subclassOf(name: string, call: ExprId | undefined): string {
    if (!/_nest(?:ed|_lock)/.test(name) || call === undefined) return '';
    const expr = this.#terms.expr(call);
    const subclass = expr.kind === 'call' ? expr.args[1] : undefined;
    return subclass === undefined ? 'nested' : exprText(this.#terms, subclass, this.#fn.body.scope.locals);
  }

  #callOutcomes(
    index: OpIndex,
    meaning: Extract<Meaning, { kind: 'call' }>,
    call: ExprId | undefined,
    at: Position,
    state: State,
  ): readonly State[] {
    const { calls, summaryOf } = this.#following;
    const summary = summaryOf(meaning.target);
    const place = (this.#calls[index] ??= this.#callPlace(index, meaning, at));
    const site: CallSite = {
      ...place,
      steps: 1,
      args: meaning.args,
      maskOf: (parameter, bits) => this.#maskOfArgument(meaning, call, [parameter, bits], state),
      ownBits: (parameter, bits) => {
        const arg = this.#argumentOf(call, parameter);
        return arg === undefined ? undefined : this.#parameters.decidesOn(arg, bits);
      },
      assumptions: [],
      when: this.#parameters.when(state),
    };
    if (this.#following.isSurvey) this.#noteCall(state, meaning, site, this.#callHop(index, meaning, at));
    else this.#addEvents(state, summary, site, place);
    const outcomes = calls.exits(state, summary.exits, site);
    this.#heldFlags.note(call, outcomes);
    if (isPlain(summary.exits)) return outcomes.slice(0, 1).map((outcome) => outcome.state);
    return outcomes.map((outcome) => {
      const told = this.#withArguments(outcome.state, call, outcome.when);
      return withResult(told, call, outcome.result);
    });
  }

  /** A state that comes by again, since more ways were joined in it, adds nothing where that decides nothing here. */
  #addEvents(state: State, summary: Summary, site: CallSite, place: CallPlace): void {
    if (summary.events.length === 0) return;
    const { calls } = this.#following;
    place.ready ??= calls.ready(summary.events, site.argsId);
    const decisive = calls.decisive(state, place.ready, site);
    if (place.told.has(decisive)) return;
    place.told.add(decisive);
    calls.events(state, summary, { ...site, ready: place.ready }, this.#events);
  }

  /** `lock_if(a, b); ... unlock_if(a, b)`: the way on which the one came back says which way the other goes. */
  #withArguments(state: State, call: ExprId | undefined, when: readonly ParameterValue[]): State {
    let told = state;
    for (const { index, mask, bits } of when) {
      const arg = bits === 0 ? this.#argumentOf(call, index) : undefined;
      if (arg === undefined || this.#terms.expr(arg).kind !== 'local') continue;
      told = withValue(told, arg, this.#values.valueOf(arg, told) & mask);
    }
    return told;
  }

  #callPlace(index: OpIndex, meaning: Extract<Meaning, { kind: 'call' }>, at: Position): CallPlace {
    const { program, held } = this.#following.tables;
    const callee = program.functions[meaning.target];
    const hop = this.#callHop(index, meaning, at);
    return {
      wrap: (inner) => ({ hop, inner }),
      taken: new Map(),
      told: new Set(),
      argsId: callee?.isMacro === true ? undefined : held.argsOf(meaning.args.map((arg) => arg.place)),
    };
  }

  #callHop(index: OpIndex, { target }: Extract<Meaning, { kind: 'call' }>, at: Position): Hop {
    return this.#hop(index, at, 'call', this.#following.tables.program.functions[target]?.name ?? '');
  }

  #noteCall(state: State, meaning: Extract<Meaning, { kind: 'call' }>, { argsId }: CallSite, hop: Hop): void {
    const { tables } = this.#following;
    const held = tables.part(state.held, 'locks').set;
    const given = meaning.args.flatMap((arg) => arg.fn ?? []);
    for (const callee of [meaning.target, ...given]) {
      const args = callee === meaning.target ? argsId : tables.held.argsOf([]);
      const isCallee = callee === meaning.target;
      const moment: Moment = { kind: 'call', held, callee, args, given: isCallee ? meaning.args : [] };
      this.#moments.set(`${held},${callee},${args ?? ''}`, moment);
      this.#following.notes?.note(this.#fn, state, hop, moment);
    }
  }

  #maskOfArgument(
    meaning: Extract<Meaning, { kind: 'call' }>,
    call: ExprId | undefined,
    [index, bits]: readonly [number, number],
    state: State,
  ): Mask {
    const constant = maskOfConstant(meaning.args[index]?.constant, bits);
    const arg = constant === anyValue ? this.#argumentOf(call, index) : undefined;
    if (arg === undefined) return constant;
    return bits === 0 ? this.#values.valueOf(arg, state) : this.#parameters.bitsOf(arg, bits, state);
  }

  #argumentOf(call: ExprId | undefined, index: number): ExprId | undefined {
    const expr = call === undefined ? undefined : this.#terms.expr(call);
    return expr?.kind === 'call' ? expr.args[index] : undefined;
  }

  #emit(target: Target, state: State, trail: Way): void {
    const { tables } = this.#following;
    const id = tables.targets.of(target);
    if (this.#following.isSurvey) {
      const held = tables.part(state.held, 'locks').set;
      const moment: Moment = { kind: 'target', held, target: id };
      this.#moments.set(`${held} ${id}`, moment);
      this.#following.notes?.note(this.#fn, state, firstHop(trail), moment);
      return;
    }
    if (!this.#following.isRelevant(id)) return;
    const part = partOf(target);
    const own = tables.part(state.held, part);
    const event: Event = {
      target: id,
      held: own.set,
      trails: own.from.map((index) => state.trails[index]!),
      released: tables.released(state.released, part),
      requires: state.requires,
      when: this.#parameters.when(state),
      trail,
      length: 1,
      needs: target.kind === 'signal' ? state.passed : [],
      assumptions: [],
    };
    this.#events.add(event);
  }

  #return(state: State, value: ExprId | undefined, at: Position): void {
    const result = value === undefined ? anyValue : this.#values.valueOf(value, state);
    const number =
      value === undefined ? undefined : this.#following.tables.program.numberOf(this.#fn.id, value);
    const when = this.#parameters.when(state);
    const key = `${keyOf(state)},${result},${at},${whenKey(when)}`;
    this.#returns.set(key, { state, result, at, when, number });
  }

  /** One and the same for one step. */
  #hop(index: OpIndex, at: Position, action: HopAction, target: string): Hop {
    const hops = (this.#hops[index] ??= []);
    let hop = hops.find((one) => one.action === action && one.target === target);
    if (!hop) {
      hop = { path: this.#fn.path, at, fn: this.#fn.name, action, target };
      hops.push(hop);
    }
    return hop;
  }
}

/** What a call is like in every state. */
interface CallPlace extends Pick<CallSite, 'wrap' | 'taken' | 'argsId'> {
  ready?: ReadyEvents;
  /** What was decisive in the states that have added their events. */
  readonly told: Set<string>;
}

function withResult(state: State, call: ExprId | undefined, result: Mask): State {
  return call === undefined || result === anyValue ? state : withValue(state, call, result);
}
