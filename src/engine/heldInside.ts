// heldInside.ts
// What a function holds by itself at each of its operations, and with what it returns: a quick look at one body for
// people who read it, where the whole program would take too long. Ways that hold different things are kept apart,
// with what is known of values on them, so that `if (locked) unlock` and the result of a trylock come out right.

import { failureMasks, successMasks } from '../effects/acts.ts';
import { aliasesOf } from '../effects/aliases.ts';
import { anyValue, Conditions } from '../effects/conditions.ts';
import type { Mask } from '../effects/conditions.ts';
import { lockChoicesOf } from '../effects/lockChoices.ts';
import type { LockEffect } from '../effects/lockChoices.ts';
import { lockKinds } from '../effects/tables.ts';
import { ValueFlow } from '../effects/valueFlow.ts';
import { joinValues, withValue } from '../effects/values.ts';
import type { Valued } from '../effects/values.ts';
import type { Op, OpIndex } from '../facts/flow.ts';
import type { ExprId } from '../facts/terms.ts';
import type { Step } from '../program/operations.ts';
import type { Body } from '../program/types.ts';
import type { ReadBody } from './bodies.ts';

export type HeldStep = Extract<Step, { kind: 'operation' }>;

/** What a function leaves behind on one way through it. */
export interface NetWay {
  readonly takes: readonly HeldStep[];
  /** Of its caller. */
  readonly releases: readonly LetGo[];
  /** What it returns on this way. */
  readonly result: Mask;
}

/** What is let go: its kind and its name are all that counts. */
export type LetGo = Pick<HeldStep, 'objectKind' | 'object'>;

/** The state of one way. */
export interface HeldWay {
  /** In the order in which it was taken. */
  readonly holds: readonly HeldStep[];
  /** What its caller held and it let go. */
  readonly released: readonly LetGo[];
}

export interface HeldInside {
  /** What is held before the operation on every way that comes there. */
  at(op: OpIndex): readonly HeldStep[];
  /** Before the operation; none: it is never reached. */
  ways(op: OpIndex): readonly HeldWay[];
  /** After it, where it leads on to the next one. */
  waysAfter(op: OpIndex): readonly HeldWay[];
  /** None: it never returns. */
  readonly net: readonly NetWay[];
}

/** What a call of the body does; `undefined`: nothing that matters here. */
export type NetOf = (call: Extract<Step, { kind: 'call' }>) => readonly NetWay[] | undefined;

// Different held sets at one place. Real functions stay far below; more come from conditions that are not understood.
const mostStates = 12;
const mostVisits = 40;

export function heldInside(read: ReadBody, netOf: NetOf): HeldInside {
  const walk = new Walk(read, netOf);
  walk.run();
  return {
    at: (op) => heldOnAll(walk.before(op)),
    ways: (op) => walk.before(op),
    waysAfter: (op) => walk.after(op),
    net: walk.net(),
  };
}

/** In the order of the first way. */
export function heldOnAll(ways: readonly HeldWay[]): readonly HeldStep[] {
  const [first, ...others] = ways;
  return (first?.holds ?? []).filter((held) => others.every((way) => way.holds.some(isSame(held))));
}

/** `lock` is what a function for every kind of lock says: `lockdep_assert_held`, `lock_sock`. */
export const isSame =
  (one: LetGo) =>
  (other: LetGo): boolean =>
    one.object === other.object &&
    (one.objectKind === other.objectKind || one.objectKind === 'lock' || other.objectKind === 'lock');

interface State extends Valued, HeldWay {
  /** The same for states that hold the same and have let go of the same. */
  readonly key: string;
}

function stateOf({ values }: Valued, holds: State['holds'], released: State['released']): State {
  return { values, holds, released, key: `${namesOf(holds)}|${namesOf(released)}` };
}

const namesOf = (items: readonly LetGo[]): string =>
  items
    .map(({ objectKind, object }) => `${objectKind} ${object}`)
    .sort()
    .join();

class Walk {
  readonly #body: Body;
  readonly #netOf: NetOf;
  readonly #values: ValueFlow;
  readonly #steps = new Map<OpIndex, Step[]>();
  readonly #states = new Map<OpIndex, Map<string, State>>();
  readonly #open = new Set<OpIndex>();
  readonly #exits = new Map<string, { readonly way: HeldWay; result: Mask }>();

  constructor({ body, steps, parameters }: ReadBody, netOf: NetOf) {
    const { terms } = body.scope.facts;
    this.#body = body;
    this.#netOf = netOf;
    for (const step of steps) {
      const list = this.#steps.get(step.op);
      if (list) list.push(step);
      else this.#steps.set(step.op, [step]);
    }
    const conditions = new Conditions(terms, aliasesOf(body.flow, terms, parameters));
    const lockChoices = lockChoicesOf(body.flow, terms, conditions, (op) => this.#lockEffect(op));
    this.#values = new ValueFlow(terms, conditions, lockChoices);
  }

  #lockEffect(op: OpIndex): LockEffect | undefined {
    for (const step of this.#steps.get(op) ?? []) {
      if (step.kind !== 'operation' || !lockKinds.has(step.objectKind)) continue;
      if (step.effect === 'acquire' || step.effect === 'release') return step.effect;
    }
    return undefined;
  }

  run(): void {
    this.#reach(0, stateOf({ values: new Map() }, [], []));
    let visits = this.#body.flow.count * mostVisits;
    for (let index = this.#lowest(); index !== undefined && visits > 0; index = this.#lowest(), visits--) {
      this.#open.delete(index);
      for (const state of this.#states.get(index)?.values() ?? []) this.#step(index, state);
    }
  }

  before(op: OpIndex): readonly HeldWay[] {
    return [...(this.#states.get(op)?.values() ?? [])];
  }

  after(op: OpIndex): readonly HeldWay[] {
    const states = [...(this.#states.get(op)?.values() ?? [])];
    if (states.length === 0 || op >= this.#body.flow.count) return [];
    const { kind } = this.#body.flow.op(op);
    if (kind === 'return' || kind === 'jump') return [];
    const after = states.flatMap((state) => this.#afterSteps(op, state));
    return [...new Map(after.map((state) => [state.key, state])).values()];
  }

  net(): readonly NetWay[] {
    return [...this.#exits.values()].map(({ way, result }) => ({
      takes: way.holds.filter((step) => step.effect !== 'assert'),
      releases: way.released,
      result,
    }));
  }

  // The lowest operation first: what stands before a place is mostly done before it is visited.
  #lowest(): OpIndex | undefined {
    let lowest: OpIndex | undefined;
    for (const index of this.#open) if (lowest === undefined || index < lowest) lowest = index;
    return lowest;
  }

  #reach(index: OpIndex, state: State): void {
    let states = this.#states.get(index);
    if (!states) {
      states = new Map();
      this.#states.set(index, states);
    }
    const { key } = state;
    const known = states.get(key);
    const values = known ? joinValues(known.values, state.values) : state.values;
    if (known ? values === known.values : states.size >= mostStates) return;
    states.set(key, { ...(known ?? state), values });
    this.#open.add(index);
  }

  #step(index: OpIndex, state: State): void {
    if (index >= this.#body.flow.count) {
      this.#exit(state, anyValue);
      return;
    }
    const op = this.#body.flow.op(index);
    switch (op.kind) {
      case 'call':
      case 'guard':
      case 'leave':
        for (const after of this.#afterSteps(index, state)) this.#reach(index + 1, after);
        return;
      case 'assign':
        this.#reach(index + 1, this.#values.assign(state, op.target, op.value));
        return;
      case 'branch':
        for (const [next, after] of this.#values.branch(op, state)) this.#reach(next, after);
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
        this.#exit(state, op.value === undefined ? anyValue : this.#values.valueOf(op.value, state));
    }
  }

  #exit(way: State, result: Mask): void {
    const known = this.#exits.get(way.key);
    if (known) known.result |= result;
    else this.#exits.set(way.key, { way, result });
  }

  #afterSteps(index: OpIndex, state: State): readonly State[] {
    const op = this.#body.flow.op(index);
    const steps = this.#steps.get(index) ?? [];
    const isOperation = steps.some(({ kind }) => kind === 'operation');
    const before = op.kind === 'call' ? this.#values.afterArguments(state, op.call, isOperation) : state;
    return steps.reduce<readonly State[]>(
      (states, step) => states.flatMap((one) => this.#afterStep(op, step, one)),
      [before],
    );
  }

  #afterStep(op: Op, step: Step, state: State): readonly State[] {
    const call = op.kind === 'call' ? op.call : undefined;
    switch (step.kind) {
      case 'unresolved':
        return [state];
      case 'call':
        return this.#netOf(step)?.map((way) => afterWay(state, way, call)) ?? [state];
      case 'operation': {
        if (!lockKinds.has(step.objectKind)) return [state];
        const outcomes = afterOperation(state, step, call);
        // A guard that is entered has its lock: what happens otherwise is a branch of its own.
        return op.kind === 'guard' ? outcomes.slice(0, 1) : outcomes;
      }
    }
  }
}

function afterWay(state: State, { takes, releases, result }: NetWay, call: ExprId | undefined): State {
  let after = state;
  for (const item of releases) after = released(after, item);
  for (const step of takes) after = taken(after, step);
  return call === undefined || result === anyValue ? after : withValue(after, call, result);
}

function afterOperation(state: State, step: HeldStep, call: ExprId | undefined): readonly State[] {
  switch (step.effect) {
    case 'assert':
      return [taken(state, step)];
    case 'release':
      return [released(state, step)];
    case 'acquire':
    case 'try': {
      const { success } = step.primitive;
      const after = taken(state, step);
      if (success === undefined || call === undefined) return [after];
      return [withValue(after, call, successMasks[success]), withValue(state, call, failureMasks[success])];
    }
    case 'init':
    case 'downgrade':
    case 'wait':
    case 'signal':
    case 'get':
    case 'put':
    case 'queue':
    case 'arm':
    case 'cancel':
    case 'disable':
    case 'enable':
    case 'register':
    case 'unregister':
    case 'notify':
      return [state];
  }
}

function taken(state: State, step: HeldStep): State {
  if (state.holds.some(isSame(step))) return state;
  return stateOf(state, [...state.holds, step], state.released);
}

function released(state: State, item: LetGo): State {
  const at = state.holds.findLastIndex(isSame(item));
  if (at >= 0) {
    const isAsserted = state.holds[at]?.effect === 'assert';
    const holds = state.holds.filter((_, i) => i !== at);
    return stateOf(state, holds, isAsserted ? withItem(state.released, item) : state.released);
  }
  return stateOf(state, state.holds, withItem(state.released, item));
}

function withItem(items: readonly LetGo[], { objectKind, object }: LetGo): readonly LetGo[] {
  return items.some(isSame({ objectKind, object })) ? items : [...items, { objectKind, object }];
}

/** Whether something is held after it that was not before, or the other way round. */
export const changesHeld = (step: Step): boolean =>
  step.kind === 'operation' &&
  lockKinds.has(step.objectKind) &&
  (step.effect === 'acquire' || step.effect === 'release' || step.effect === 'try');
