// testFlow.ts
// What the tests and assignments on every way to a place in a function say of flags and roles: one pass over the flow,
// whatever is held.

import type { Position } from '../base/position.ts';
import type { Flow, Op, OpIndex } from '../facts/flow.ts';
import type { Expr, ExprId, Terms } from '../facts/terms.ts';
import type { Meaning, Program, ProgramFunction } from '../program/meaning.ts';
import type { Classes } from './classes.ts';
import { nonzero, zero } from './conditions.ts';
import type { Mask } from './conditions.ts';
import { assigned, joined, nothingKnown, tested, unlocked, waited } from './knownValues.ts';
import type { Known, Value } from './knownValues.ts';
import { OpenOperations } from './openOperations.ts';
import type { Predicates } from './predicates.ts';
import { lockKinds } from './tables.ts';
import { parameterSubject, TestReader } from './tests.ts';

/** A step of a way as it stands in the source. */
export interface Place {
  readonly known: Known;
  /** What the call is given. */
  readonly args: readonly ExprId[];
  /** The same as numbers, where they are some. */
  readonly constants: readonly (number | undefined)[];
  /** No way leads there, with what is known when the function is entered. */
  readonly isCutOff: boolean;
}

// Visits of an operation before its function is given up.
const mostVisits = 20;

export class TestFlow {
  readonly tests: TestReader;
  readonly #flow: Flow;
  readonly #terms: Terms;
  readonly #changedBy: (callee: string) => ReadonlySet<string>;
  readonly #lockedBy: (index: OpIndex) => LockChange | undefined;
  readonly #meaningOf: (index: OpIndex) => Meaning | undefined;
  readonly #states: (Known | undefined)[] = [];
  readonly #byPosition = new Map<Position, OpIndex[]>();
  #testedParameters: readonly number[] | undefined;

  /** `changedBy`: names of the members that a function assigns; `entry`: what is known when it is entered. */
  constructor(
    fn: ProgramFunction,
    program: Program,
    classes: Classes,
    predicates: Predicates,
    changedBy: (callee: string) => ReadonlySet<string>,
    entry: Known = nothingKnown,
  ) {
    this.#meaningOf = (index) => program.meaningOf(fn.id, index);
    this.#flow = fn.body.flow;
    this.#terms = fn.body.scope.facts.terms;
    this.#changedBy = changedBy;
    this.#lockedBy = (index) => lockChange(program.meaningOf(fn.id, index), classes);
    const values = onlyValues(this.#flow, this.#terms);
    this.tests = new TestReader(fn, program, classes, predicates, (index) => values.get(index));
    for (let index = 0; index < this.#flow.count; index++) {
      const op = this.#flow.op(index);
      if (op.kind !== 'call' && op.kind !== 'guard' && op.kind !== 'leave') continue;
      const known = this.#byPosition.get(op.at);
      if (known) known.push(index);
      else this.#byPosition.set(op.at, [index]);
    }
    this.#run(entry);
  }

  /** What is known where that call stands. */
  at(position: Position, target: string): Place {
    const all = this.#byPosition.get(position) ?? [];
    const named = all.filter((index) => this.#calleeAt(index) === target);
    const indexes = named.length > 0 ? named : all;
    const states = indexes.flatMap((index) => this.#states[index] ?? []);
    const [first, ...rest] = states;
    const op = indexes[0] === undefined ? undefined : this.#flow.op(indexes[0]);
    const call = op?.kind === 'call' ? this.#terms.expr(op.call) : undefined;
    return {
      known: first ? rest.reduce(joined, first) : nothingKnown,
      args: call?.kind === 'call' ? call.args : [],
      isCutOff: !first && indexes.length > 0 && this.#states.length > 0,
      constants: indexes[0] === undefined ? [] : this.#constantsAt(indexes[0]),
    };
  }

  /** Parameters that a condition is about. */
  get testedParameters(): readonly number[] {
    this.#testedParameters ??= this.#readTestedParameters();
    return this.#testedParameters;
  }

  #readTestedParameters(): readonly number[] {
    const found = new Set<number>();
    for (let index = 0; index < this.#flow.count; index++) {
      const op = this.#flow.op(index);
      const key = op.kind === 'branch' ? this.tests.of(op.condition)?.subject.key : undefined;
      if (key !== undefined && /^#\d+$/.test(key)) found.add(Number(key.slice(1)));
    }
    return [...found].sort((a, b) => a - b);
  }

  #constantsAt(index: OpIndex): readonly (number | undefined)[] {
    const meaning = this.#meaningOf(index);
    return meaning?.kind === 'call' || meaning?.kind === 'slot'
      ? meaning.args.map((arg) => arg.constant)
      : [];
  }

  #calleeAt(index: OpIndex): string {
    const op = this.#flow.op(index);
    const call = op.kind === 'call' ? this.#terms.expr(op.call) : undefined;
    return call?.kind === 'call' ? this.tests.nameOf(call.callee) : '';
  }

  #run(entry: Known): void {
    const open = new OpenOperations(this.#flow.count);
    let visits = this.#flow.count * mostVisits;
    const reach = (index: OpIndex, state: Known | undefined): void => {
      if (state === undefined || index >= this.#flow.count) return;
      const before = this.#states[index];
      const after = before ? joined(before, state) : state;
      if (after === before) return;
      this.#states[index] = after;
      open.add(index);
    };
    reach(0, entry);
    for (let index = open.takeNext(); index !== undefined && visits-- > 0; index = open.takeNext())
      this.#step(index, this.#flow.op(index), this.#states[index] ?? nothingKnown, reach);
    // Half of it would say too much.
    if (!open.isEmpty) this.#states.length = 0;
  }

  #step(
    index: OpIndex,
    op: Op,
    state: Known,
    reach: (index: OpIndex, state: Known | undefined) => void,
  ): void {
    switch (op.kind) {
      case 'call':
        reach(index + 1, this.#afterLock(index, this.#afterCall(op.call, state)));
        return;
      case 'assign':
        reach(index + 1, this.#afterAssignment(op.target, op.value, state));
        return;
      case 'branch': {
        const read = this.tests.of(op.condition);
        const test = read?.isEarlier === true && state.changed.has(read.subject.base) ? undefined : read;
        const after = this.#valueAfter(op.condition);
        reach(op.whenTrue, test ? tested(state, test, test.whenTrue, after) : state);
        reach(op.whenFalse, test ? tested(state, test, test.whenFalse, after) : state);
        return;
      }
      case 'each':
        reach(op.body, state);
        reach(op.exit, state);
        return;
      case 'switch':
        for (const { target, value } of op.cases) reach(target, this.#chosen(state, op.value, value));
        return;
      case 'jump':
        reach(op.target, state);
        return;
      case 'guard':
      case 'leave':
        reach(index + 1, this.#afterLock(index, state));
        return;
      case 'return':
        return;
    }
  }

  #afterLock(index: OpIndex, state: Known): Known {
    const change = this.#lockedBy(index);
    switch (change?.kind) {
      case undefined:
        return state;
      case 'taken':
        return { ...state, locks: new Set([...state.locks, change.key]) };
      case 'let go':
        return unlocked(state, change.key);
      case 'waited':
        return waited(state);
    }
  }

  #chosen(state: Known, value: ExprId, chosen: ExprId | undefined): Known | undefined {
    const subject = chosen === undefined ? undefined : this.tests.equalSubject(value, chosen);
    if (!subject) return state;
    return tested(state, { subject, whenTrue: nonzero, whenFalse: zero }, nonzero, undefined);
  }

  /** `test_and_set_bit()`: afterwards it is set, whatever it was. */
  #valueAfter(condition: ExprId): Mask | undefined {
    const expr = this.#terms.expr(condition);
    if (expr.kind === 'unary' && expr.operator === '!') return this.#valueAfter(expr.operand);
    if (expr.kind !== 'call') return undefined;
    const name = this.tests.nameOf(expr.callee);
    if (name === 'likely' || name === 'unlikely')
      return expr.args[0] === undefined ? undefined : this.#valueAfter(expr.args[0]);
    if (name === 'test_and_set_bit') return nonzero;
    return name === 'test_and_clear_bit' ? zero : undefined;
  }

  #afterCall(call: ExprId, state: Known): Known {
    const expr = this.#terms.expr(call);
    const name = expr.kind === 'call' ? this.tests.nameOf(expr.callee) : '';
    if (expr.kind !== 'call') return state;
    const mask = bitChanges[name];
    const [bit, flags] = expr.args;
    if (mask !== undefined && bit !== undefined && flags !== undefined) {
      const subject = this.tests.numberedBit(bit, flags);
      return subject ? assigned(state, subject.base, [{ subject, mask }]) : state;
    }
    const changed = this.#changedBy(name);
    if (changed.size === 0) return state;
    const bases = [...state.now.values(), ...state.needs.values()].flatMap(({ subject: { base } }) =>
      changed.has(memberOf(base)) ? [base] : [],
    );
    return bases.reduce((after, base) => assigned(after, base, []), state);
  }

  #afterAssignment(target: ExprId, value: ExprId, state: Known): Known {
    const expr = this.#terms.expr(target);
    const subject = expr.kind === 'local' ? parameterSubject(expr.index) : this.tests.valueSubject(target);
    if (!subject) return state;
    const given = this.#terms.expr(value);
    const bit = given.kind === 'binary' && given.left === target ? this.#bit(target, given) : undefined;
    if (bit) return assigned(state, subject.base, [bit], bit.subject.key);
    if (this.tests.isZero(value)) return assigned(state, subject.base, [{ subject, mask: zero }]);
    if (given.kind === 'name' && given.name === 'true')
      return assigned(state, subject.base, [{ subject, mask: nonzero }]);
    const equal = this.tests.equalSubject(target, value);
    const isSet = given.kind === 'number' ? [{ subject, mask: nonzero }] : [];
    return assigned(state, subject.base, equal ? [...isSet, { subject: equal, mask: nonzero }] : isSet);
  }

  /** `x->flags |= BUSY`, `x->flags &= ~BUSY`. */
  #bit(target: ExprId, value: Extract<Expr, { kind: 'binary' }>): Value | undefined {
    const right = this.#terms.expr(value.right);
    const isCleared = value.operator === '&' && right.kind === 'unary' && right.operator === '~';
    if (value.operator !== '|' && !isCleared) return undefined;
    const subject = this.tests.bitSubject(target, isCleared ? right.operand : value.right);
    return subject && { subject, mask: isCleared ? zero : nonzero };
  }
}

const bitChanges: Readonly<Record<string, Mask | undefined>> = {
  set_bit: nonzero,
  __set_bit: nonzero,
  clear_bit: zero,
  __clear_bit: zero,
  clear_bit_unlock: zero,
};

/** `hci_dev.state` and `hci_dev.flags bit HCI_UP` are of the members state and flags. */
const memberOf = (base: string): string => /\.(\w+)(?: bit .*)?$/.exec(base)?.[1] ?? base;

/** Locals that are assigned once: they are what they were given. */
function onlyValues(flow: Flow, terms: Terms): ReadonlyMap<number, ExprId> {
  const values = new Map<number, ExprId>();
  const again = new Set<number>();
  for (let index = 0; index < flow.count; index++) {
    const op = flow.op(index);
    const target = op.kind === 'assign' ? terms.expr(op.target) : undefined;
    if (op.kind !== 'assign' || target?.kind !== 'local') continue;
    if (values.has(target.index)) again.add(target.index);
    values.set(target.index, op.value);
  }
  for (const local of again) values.delete(local);
  return values;
}

type LockChange = { readonly kind: 'taken' | 'let go'; readonly key: string } | { readonly kind: 'waited' };

function lockChange(meaning: Meaning | undefined, classes: Classes): LockChange | undefined {
  if (meaning?.kind !== 'act') return undefined;
  const { primitive, effect, place } = meaning.act;
  if (effect === 'wait') return { kind: 'waited' };
  if (!lockKinds.has(primitive.kind) || (effect !== 'acquire' && effect !== 'release')) return undefined;
  const key = place === undefined ? undefined : classes.keyOf(place);
  return key === undefined ? undefined : { kind: effect === 'acquire' ? 'taken' : 'let go', key };
}
