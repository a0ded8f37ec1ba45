// flowTable.ts
// How a flow is stored: one kind, one place and three operands for each operation, in typed arrays.

import type { Position } from '../base/position.ts';
import type { Flow, Op, OpIndex, SwitchCase } from './flow.ts';
import { grown } from '../base/nameTable.ts';
import type { ExprId } from './terms.ts';
import type { TermTable } from './termTable.ts';

// prettier-ignore
export const OpKind = {
  /** a: call expression */
  call: 0,
  /** a: target, b: value */
  assign: 1,
  /** a: condition, b: operation when true, c: operation when false */
  branch: 2,
  /** a: call expression, b: operation of the body, c: operation after the loop */
  each: 3,
  /** a: value, b: how many `arm` operations follow */
  switch: 4,
  /** a: value, 0 for default; b: operation. Read as a part of its switch; as an operation it is a jump. */
  arm: 5,
  /** b: operation */
  jump: 6,
  /** a: value or 0 */
  return: 7,
  /** a: name, b: chain of arguments, c: index into guardForms */
  guard: 8,
  /** b: operation of the guard */
  leave: 9,
} as const;

export const guardForms = ['guard', 'class', 'free'] as const;

export class FlowTable implements Flow {
  kind = new Uint8Array(16);
  at = new Uint32Array(16);
  a = new Int32Array(16);
  b = new Int32Array(16);
  c = new Int32Array(16);
  count = 0;
  readonly #terms: TermTable;

  constructor(terms: TermTable) {
    this.#terms = terms;
  }

  add(kind: number, at: Position, a: number, b: number, c: number): OpIndex {
    const index = this.count++;
    if (index >= this.kind.length) {
      this.kind = grown(this.kind, index + 1);
      this.at = grown(this.at, index + 1);
      this.a = grown(this.a, index + 1);
      this.b = grown(this.b, index + 1);
      this.c = grown(this.c, index + 1);
    }
    this.kind[index] = kind;
    this.at[index] = at;
    this.a[index] = a;
    this.b[index] = b;
    this.c[index] = c;
    return index;
  }

  op(index: OpIndex): Op {
    const at = this.at[index]! as Position;
    const a = this.a[index]!;
    const b = this.b[index]!;
    const c = this.c[index]!;
    switch (this.kind[index]!) {
      case OpKind.call:
        return { kind: 'call', call: a as ExprId, at };
      case OpKind.assign:
        return { kind: 'assign', target: a as ExprId, value: b as ExprId, at };
      case OpKind.branch:
        return { kind: 'branch', condition: a as ExprId, whenTrue: b, whenFalse: c, at };
      case OpKind.each:
        return { kind: 'each', call: a as ExprId, body: b, exit: c, at };
      case OpKind.switch:
        return { kind: 'switch', value: a as ExprId, cases: this.#arms(index, b), at };
      case OpKind.return:
        return { kind: 'return', value: a === 0 ? undefined : (a as ExprId), at };
      case OpKind.guard: {
        const name = this.#terms.names.text(a);
        return { kind: 'guard', form: guardForms[c]!, name, args: this.#terms.unchain(b) as ExprId[], at };
      }
      case OpKind.leave:
        return { kind: 'leave', guard: b, at };
      default:
        return { kind: 'jump', target: b, at };
    }
  }

  #arms(index: OpIndex, count: number): SwitchCase[] {
    const arms: SwitchCase[] = [];
    for (let i = index + 1; i <= index + count; i++) {
      const value = this.a[i]!;
      arms.push({ value: value === 0 ? undefined : (value as ExprId), target: this.b[i]! });
    }
    return arms;
  }
}

/** A flow that is decoded when somebody first looks into it. */
export class LazyFlow implements Flow {
  readonly #decode: () => FlowTable;
  #table: FlowTable | undefined = undefined;

  constructor(decode: () => FlowTable) {
    this.#decode = decode;
  }

  get table(): FlowTable {
    return (this.#table ??= this.#decode());
  }

  get count(): number {
    return this.table.count;
  }

  op(index: OpIndex): Op {
    return this.table.op(index);
  }
}

export function flowTableOf(flow: Flow): FlowTable {
  if (flow instanceof FlowTable) return flow;
  if (flow instanceof LazyFlow) return flow.table;
  throw new TypeError('a flow of another kind');
}
