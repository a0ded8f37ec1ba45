// flowBuilder.ts
// Writes a flow: operations, jumps to places that are not known yet, and scopes whose guards leave on every way out.

import type { Position } from '../base/position.ts';
import type { OpIndex } from './flow.ts';
import { FlowTable, OpKind, guardForms } from './flowTable.ts';
import type { ExprId } from './terms.ts';
import type { TermTable } from './termTable.ts';

/** A place in the flow that jumps may name before it is there. */
export interface Label {
  target: OpIndex;
  /** Operations waiting for the target; `c` of a branch or each if true, else `b`. */
  readonly waiting: { readonly op: OpIndex; readonly inC: boolean }[];
}

/** The guards alive at one place: a linked list from the innermost outward. */
interface LiveGuard {
  readonly op: OpIndex;
  readonly outer: LiveGuard | undefined;
  readonly depth: number;
}

export type Scope = LiveGuard | undefined;

interface PendingGoto {
  readonly op: OpIndex;
  readonly at: Position;
  readonly scope: Scope;
  readonly name: string;
}

export class FlowBuilder {
  readonly table: FlowTable;
  readonly #terms: TermTable;
  readonly #named = new Map<string, { readonly label: Label; readonly scope: Scope }>();
  readonly #gotos: PendingGoto[] = [];
  #scope: Scope = undefined;

  constructor(terms: TermTable) {
    this.#terms = terms;
    this.table = new FlowTable(terms);
  }

  /** The guards alive here. Hand it to `leaveTo` to come back to it. */
  get scope(): Scope {
    return this.#scope;
  }

  call(call: ExprId, at: Position): void {
    this.table.add(OpKind.call, at, call, 0, 0);
  }

  assign(target: ExprId, value: ExprId, at: Position): void {
    this.table.add(OpKind.assign, at, target, value, 0);
  }

  branch(condition: ExprId, whenTrue: Label, whenFalse: Label, at: Position): void {
    const op = this.table.add(OpKind.branch, at, condition, 0, 0);
    this.#aim(op, whenTrue, false);
    this.#aim(op, whenFalse, true);
  }

  each(call: ExprId, body: Label, exit: Label, at: Position): void {
    const op = this.table.add(OpKind.each, at, call, 0, 0);
    this.#aim(op, body, false);
    this.#aim(op, exit, true);
  }

  switch(
    value: ExprId,
    arms: readonly { readonly value: ExprId | undefined; readonly label: Label }[],
    at: Position,
  ): void {
    this.table.add(OpKind.switch, at, value, arms.length, 0);
    for (const arm of arms) this.#aim(this.table.add(OpKind.arm, at, arm.value ?? 0, 0, 0), arm.label, false);
  }

  jump(label: Label, at: Position): void {
    this.#aim(this.table.add(OpKind.jump, at, 0, 0, 0), label, false);
  }

  goto(name: string, at: Position): void {
    const op = this.table.add(OpKind.jump, at, 0, 0, 0);
    this.#gotos.push({ op, at, scope: this.#scope, name });
  }

  return(value: ExprId | undefined, at: Position): void {
    this.#leaveOps(undefined, at);
    this.table.add(OpKind.return, at, value ?? 0, 0, 0);
  }

  guard(form: (typeof guardForms)[number], name: string, args: readonly ExprId[], at: Position): void {
    const nameId = this.#terms.names.idOfText(name);
    const op = this.table.add(OpKind.guard, at, nameId, this.#terms.chain(args), guardForms.indexOf(form));
    this.#scope = { op, outer: this.#scope, depth: (this.#scope?.depth ?? 0) + 1 };
  }

  /** Leaves every guard inside `scope` on this way, without ending their scopes: before a `break`. */
  leaveTo(scope: Scope, at: Position): void {
    this.#leaveOps(scope, at);
  }

  /** Ends the scopes inside `scope`: at the closing brace. */
  endScope(scope: Scope, at: Position): void {
    this.#leaveOps(scope, at);
    this.#scope = scope;
  }

  label(): Label {
    return { target: -1, waiting: [] };
  }

  place(label: Label): void {
    label.target = this.table.count;
    for (const { op, inC } of label.waiting) this.#setTarget(op, label.target, inC);
    label.waiting.length = 0;
  }

  placeNamed(name: string): void {
    const label = this.label();
    this.place(label);
    this.#named.set(name, { label, scope: this.#scope });
  }

  /**
   * Joins each goto with its label, leaving the guards between them. To be called once, after the last statement.
   * `elsewhere`: of a macro, whose labels may stand where it is used.
   */
  finish(elsewhere = false): FlowTable {
    for (const { op, at, scope, name } of this.#gotos) {
      const target = this.#named.get(name);
      if (!target && elsewhere) {
        // Whatever comes after the use of the macro, this way does not go on there: it goes nowhere.
        this.#setTarget(op, op, false);
        continue;
      }
      if (!target) {
        // A label that the grammar could not read: the way ends here.
        this.#setTarget(op, this.table.count, false);
        this.table.add(OpKind.return, at, 0, 0, 0);
        continue;
      }
      const common = commonScope(scope, target.scope);
      if (scope === common) {
        this.#setTarget(op, target.label.target, false);
        continue;
      }
      this.#setTarget(op, this.table.count, false);
      this.#scope = scope;
      this.#leaveOps(common, at);
      this.jump(target.label, at);
    }
    return this.table;
  }

  #leaveOps(scope: Scope, at: Position): void {
    for (let guard = this.#scope; guard !== scope && guard !== undefined; guard = guard.outer) {
      this.table.add(OpKind.leave, at, 0, guard.op, 0);
    }
  }

  #aim(op: OpIndex, label: Label, inC: boolean): void {
    if (label.target >= 0) this.#setTarget(op, label.target, inC);
    else label.waiting.push({ op, inC });
  }

  #setTarget(op: OpIndex, target: OpIndex, inC: boolean): void {
    if (inC) this.table.c[op] = target;
    else this.table.b[op] = target;
  }
}

function commonScope(first: Scope, second: Scope): Scope {
  let a = first;
  let b = second;
  while (a !== b) {
    if ((a?.depth ?? 0) >= (b?.depth ?? 0)) a = a?.outer;
    else b = b?.outer;
  }
  return a;
}
