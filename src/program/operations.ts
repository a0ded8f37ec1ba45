// operations.ts
// What one function body does by itself, in order of evaluation: its operations, its direct calls, and the calls
// that lead nobody knows where.

import type { Position } from '../base/position.ts';
import { exprText } from '../facts/exprText.ts';
import type { Op, OpIndex } from '../facts/flow.ts';
import type { ExprId } from '../facts/terms.ts';
import { isHarmless } from '../kernel/harmless.ts';
import { cleanupOf, guardOf, primitiveOf } from '../kernel/knowledge.ts';
import type { ObjectKind, OperationEffect, Primitive } from '../kernel/primitive.ts';
import type { Definition, TreeIndex } from '../index/treeIndex.ts';
import { describe } from './describe.ts';
import { reachable } from './reachable.ts';
import { resolveCall } from './resolve.ts';
import type { Body, TypeReader } from './types.ts';

export type Step =
  | {
      readonly kind: 'operation';
      readonly primitive: Primitive;
      /** `wait` for everything that waits, whatever else it does. */
      readonly effect: OperationEffect;
      readonly objectKind: ObjectKind;
      readonly object: string;
      readonly text: string;
      readonly at: Position;
      readonly op: OpIndex;
    }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly ExprId[];
      readonly target: Definition;
      readonly at: Position;
      readonly op: OpIndex;
    }
  /** Through a pointer (as written, `ops->open`), or of a name that no file defines. */
  | {
      readonly kind: 'unresolved';
      readonly text: string;
      readonly at: Position;
      readonly op: OpIndex;
      /** The pointer, where it is one. */
      readonly pointer?: ExprId;
    };

export function stepsOf(body: Body, index: TreeIndex, types: TypeReader): readonly Step[] {
  const reader = new StepReader(body, index, types);
  for (const op of reachable(body.flow)) reader.read(body.flow.op(op), op);
  return reader.steps;
}

class StepReader {
  readonly steps: Step[] = [];
  readonly #body: Body;
  readonly #index: TreeIndex;
  readonly #types: TypeReader;
  #op: OpIndex = 0;

  constructor(body: Body, index: TreeIndex, types: TypeReader) {
    this.#body = body;
    this.#index = index;
    this.#types = types;
  }

  read(op: Op, index: OpIndex): void {
    this.#op = index;
    switch (op.kind) {
      case 'call':
        this.#readCall(op.call, op.at);
        return;
      case 'guard':
        this.#readGuard(op);
        return;
      case 'leave':
        this.#readLeave(op.guard, op.at);
        return;
      case 'assign':
      case 'branch':
      case 'each':
      case 'switch':
      case 'jump':
      case 'return':
        return;
    }
  }

  #readCall(id: ExprId, at: Position): void {
    const terms = this.#body.scope.facts.terms;
    const call = terms.expr(id);
    if (call.kind !== 'call') return;
    const callee = terms.expr(call.callee);
    if (callee.kind !== 'name') {
      this.steps.push({
        kind: 'unresolved',
        text: this.#text(call.callee),
        at,
        op: this.#op,
        pointer: call.callee,
      });
      return;
    }
    const primitive = primitiveOf(callee.name);
    if (primitive) {
      this.#push(primitive, primitive.effect, call.args, this.#text(id), at);
      return;
    }
    const target = resolveCall(this.#index, callee.name, this.#body.scope);
    if (target)
      this.steps.push({ kind: 'call', name: callee.name, args: call.args, target, at, op: this.#op });
    else if (!isHarmless(callee.name))
      this.steps.push({ kind: 'unresolved', text: callee.name, at, op: this.#op });
  }

  #readGuard(op: Extract<Op, { kind: 'guard' }>): void {
    // `__free(put_device)` does nothing where it stands, only where its scope ends.
    const primitive = op.form === 'free' ? undefined : guardOf(op.name);
    if (primitive) this.#push(primitive, primitive.effect, op.args, this.#guardText(op), op.at);
  }

  #readLeave(guard: number, at: Position): void {
    const op = this.#body.flow.op(guard);
    if (op.kind !== 'guard') return;
    if (op.form === 'free') {
      const cleanup = cleanupOf(op.name);
      if (cleanup) this.#push(cleanup, cleanup.effect, op.args, `end of __free(${op.name})`, at);
      return;
    }
    const primitive = guardOf(op.name);
    if (primitive)
      this.#push(primitive, undone(primitive.effect), op.args, `end of ${this.#guardText(op)}`, at);
  }

  #push(
    primitive: Primitive,
    effect: OperationEffect,
    args: readonly ExprId[],
    text: string,
    at: Position,
  ): void {
    const waits = primitive.waitsFor !== undefined && effect === primitive.effect;
    this.steps.push({
      kind: 'operation',
      primitive,
      effect: waits ? 'wait' : effect,
      objectKind: waits ? (primitive.waitsFor ?? primitive.kind) : primitive.kind,
      object: this.#object(primitive, waits, args),
      text,
      at,
      op: this.#op,
    });
  }

  #object(primitive: Primitive, waits: boolean, args: readonly ExprId[]): string {
    const kind = waits ? (primitive.waitsFor ?? primitive.kind) : primitive.kind;
    if (waits && kind === 'rcu') return 'rcu';
    if (kind === 'cpu' && primitive.disables !== undefined) return offWords[primitive.disables];
    if (kind === 'references' && primitive.type !== undefined) return `${primitive.type} references`;
    if (primitive.type !== undefined && primitive.member !== undefined)
      return `${primitive.type}.${primitive.member}`;
    const arg = args[primitive.objectArgument];
    if (arg === undefined) return primitive.object ?? primitive.kind;
    if (this.#isNull(arg)) return `every ${kind}`;
    // Whose callbacks is better said by type: `net_device`, not `dev`.
    const isByType = kind === 'callbacks' || kind === 'device';
    const tag = isByType ? this.#types.tagOf(this.#types.typeOf(arg, this.#body.scope), 1) : undefined;
    return tag ?? describe(arg, this.#body, this.#types);
  }

  #isNull(id: ExprId): boolean {
    const expr = this.#body.scope.facts.terms.expr(id);
    return expr.kind === 'name' && expr.name === 'NULL';
  }

  #text(id: ExprId): string {
    return exprText(this.#body.scope.facts.terms, id, this.#body.scope.locals);
  }

  #guardText(op: Extract<Op, { kind: 'guard' }>): string {
    const word = op.form === 'class' ? 'CLASS' : 'guard';
    return `${word}(${op.name})(${op.args.map((arg) => this.#text(arg)).join(', ')})`;
  }
}

const offWords = {
  bh: 'softirqs',
  irq: 'interrupts',
  irqsave: 'interrupts',
  preemption: 'preemption',
} as const;

/** What the end of a guard's scope does. */
export function undone(effect: OperationEffect): OperationEffect {
  switch (effect) {
    case 'disable':
      return 'enable';
    case 'get':
      return 'put';
    case 'register':
      return 'unregister';
    case 'init':
    case 'acquire':
    case 'try':
    case 'release':
    case 'downgrade':
    case 'assert':
    case 'wait':
    case 'signal':
    case 'put':
    case 'queue':
    case 'arm':
    case 'cancel':
    case 'enable':
    case 'unregister':
    case 'notify':
      return 'release';
  }
}
