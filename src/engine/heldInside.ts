// heldInside.ts
// What a function holds by itself at each of its operations, and with what it returns: a quick look at one body for
// people who read it, where the whole program would take too long. Only what is held on every way counts.

import { lockKinds } from '../effects/tables.ts';
import type { Op, OpIndex } from '../facts/flow.ts';
import type { ExprId } from '../facts/terms.ts';

import type { Step } from '../program/operations.ts';
import type { Body } from '../program/types.ts';

export type HeldStep = Extract<Step, { kind: 'operation' }>;

/** What a call leaves behind. */
export interface NetEffect {
  readonly takes: readonly HeldStep[];
  readonly releases: readonly string[];
}

export interface HeldInside {
  /** In the order in which they were taken. */
  at(op: OpIndex): readonly HeldStep[];
  readonly net: NetEffect;
}

type State = ReadonlyMap<string, HeldStep>;

export const nothingHeld: NetEffect = { takes: [], releases: [] };

const keyOf = (step: HeldStep): string => `${step.objectKind} ${step.object}`;

/** `netOf`: what a call of the body takes and leaves held, or lets go. */
export function heldInside(
  body: Body,
  steps: readonly Step[],
  netOf: (call: Extract<Step, { kind: 'call' }>) => NetEffect,
): HeldInside {
  const reader = new Flows(body, steps, netOf);
  reader.run();
  return { at: (op) => [...(reader.states.get(op)?.values() ?? [])], net: reader.net() };
}

class Flows {
  readonly states = new Map<OpIndex, State>();
  readonly #body: Body;
  readonly #steps = new Map<OpIndex, Step[]>();
  readonly #netOf: (call: Extract<Step, { kind: 'call' }>) => NetEffect;
  readonly #released = new Set<string>();
  #end: State | undefined;

  constructor(
    body: Body,
    steps: readonly Step[],
    netOf: (call: Extract<Step, { kind: 'call' }>) => NetEffect,
  ) {
    this.#body = body;
    this.#netOf = netOf;
    for (const step of steps) {
      const list = this.#steps.get(step.op);
      if (list) list.push(step);
      else this.#steps.set(step.op, [step]);
    }
  }

  run(): void {
    const open: OpIndex[] = [0];
    this.states.set(0, new Map());
    // Each state only ever shrinks, so this ends.
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const before = this.states.get(index) ?? new Map<string, HeldStep>();
      if (index >= this.#body.flow.count) {
        this.#end = this.#end ? common(this.#end, before) : before;
        continue;
      }
      const op = this.#body.flow.op(index);
      const after = this.#after(index, before);
      if (op.kind === 'return') this.#end = this.#end ? common(this.#end, after) : after;
      for (const [next, state] of this.#followers(op, index, after)) {
        const known = this.states.get(next);
        const joined = known ? common(known, state) : state;
        if (known?.size === joined.size) continue;
        this.states.set(next, joined);
        open.push(next);
      }
    }
  }

  net(): NetEffect {
    const takes = [...(this.#end?.values() ?? [])];
    return { takes, releases: [...this.#released] };
  }

  #after(index: OpIndex, before: State): State {
    let state = before;
    for (const step of this.#steps.get(index) ?? []) {
      if (step.kind === 'operation') state = this.#afterOperation(step, state);
      else if (step.kind === 'call') {
        const { takes, releases } = this.#netOf(step);
        for (const key of releases) state = this.#without(state, key);
        for (const taken of takes) state = new Map(state).set(keyOf(taken), taken);
      }
    }
    return state;
  }

  #afterOperation(step: HeldStep, state: State): State {
    if (!lockKinds.has(step.objectKind)) return state;
    if (step.effect === 'acquire' || step.effect === 'assert') return new Map(state).set(keyOf(step), step);
    return step.effect === 'release' ? this.#without(state, keyOf(step)) : state;
  }

  #without(state: State, key: string): State {
    if (!state.has(key)) {
      this.#released.add(key);
      return state;
    }
    const rest = new Map(state);
    rest.delete(key);
    return rest;
  }

  #followers(op: Op, index: OpIndex, after: State): readonly (readonly [OpIndex, State])[] {
    switch (op.kind) {
      case 'branch': {
        const tried = this.#tried(op.condition);
        const success = tried ? new Map(after).set(keyOf(tried), tried) : after;
        const isZero = tried?.primitive.success === 'zero';
        return [
          [op.whenTrue, isZero ? after : success],
          [op.whenFalse, isZero ? success : after],
        ];
      }
      case 'each':
        return [
          [op.body, after],
          [op.exit, after],
        ];
      case 'switch':
        return op.cases.map((item) => [item.target, after]);
      case 'jump':
        return [[op.target, after]];
      case 'return':
        return [];
      case 'call':
      case 'assign':
      case 'guard':
      case 'leave':
        return [[index + 1, after]];
    }
  }

  /** `if (mutex_trylock(&x))`: the value of the call is the same expression as the call. */
  #tried(condition: ExprId): HeldStep | undefined {
    for (const list of this.#steps.values()) {
      for (const step of list) {
        if (step.kind !== 'operation' || step.effect !== 'try') continue;
        const op = this.#body.flow.op(step.op);
        if (op.kind === 'call' && op.call === condition) return step;
      }
    }
    return undefined;
  }
}

function common(a: State, b: State): State {
  return new Map([...a].filter(([key]) => b.has(key)));
}
