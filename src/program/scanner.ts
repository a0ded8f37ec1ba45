// scanner.ts
// Finds by names alone what a body calls, and with that which bodies can matter at all: those that lock, wait, or
// call through a pointer, themselves or in something that they call.

import type { Op } from '../facts/flow.ts';
import type { ExprId } from '../facts/terms.ts';
import { isScheduling } from '../kernel/sleepers.ts';
import type { Callee, Callees } from './callees.ts';
import type { Code } from './code.ts';
import type { GuardClasses } from './guardClasses.ts';
import type { KnownNames } from './knownNames.ts';
import { lacking } from './sources.ts';

export class Scanner {
  readonly #callees: Callees;
  readonly #guards: GuardClasses;
  readonly #known: KnownNames;
  #waiting: Code[] = [];
  readonly #queued = new Set<Code>();
  /** Being scanned at this moment. */
  readonly #open = new Set<Code>();
  readonly #callers = new Map<Code, Code[]>();

  constructor(callees: Callees, guards: GuardClasses, known: KnownNames) {
    this.#known = known;
    this.#callees = callees;
    this.#guards = guards;
  }

  get count(): number {
    return this.#queued.size;
  }

  get isDone(): boolean {
    return this.#waiting.length === 0;
  }

  add(code: Code): void {
    if (this.#queued.has(code)) return;
    this.#queued.add(code);
    this.#waiting.push(code);
  }

  /** As far as the files that are there allow. */
  run(): void {
    const stuck: Code[] = [];
    // The list grows while it is walked.
    for (const code of this.#waiting) if (!this.#scan(code)) stuck.push(code);
    this.#waiting = stuck;
  }

  /** False while a file is lacking. */
  #scan(code: Code): boolean {
    if (code.calls !== undefined) return true;
    const scan: Scan = { code, found: new Set(), given: new Set(), acts: false };
    this.#open.add(code);
    const isWhole = this.#readOperations(scan);
    this.#open.delete(code);
    for (const callee of scan.found) this.add(callee);
    if (!isWhole) return false;
    code.calls = [...scan.found];
    if (scan.given.size > 0) code.calledParameters = [...scan.given];
    for (const callee of scan.found) {
      const callers = this.#callers.get(callee);
      if (callers) callers.push(code);
      else this.#callers.set(callee, [code]);
      if (callee.matters) this.#matters(code);
    }
    if (scan.acts) this.#matters(code);
    return true;
  }

  #readOperations(scan: Scan): boolean {
    const { flow } = scan.code;
    let isWhole = true;
    for (let i = 0; i < flow.count; i++) {
      try {
        this.#readOperation(flow.op(i), scan);
      } catch (error) {
        if (error !== lacking) throw error;
        isWhole = false;
      }
    }
    return isWhole;
  }

  #readOperation(op: Op, scan: Scan): void {
    if (op.kind === 'call') this.#call(op.call, scan);
    else if (op.kind === 'guard') this.#guard(op.name, scan);
    else if (op.kind === 'assign') {
      const { terms } = scan.code.view.facts;
      const isName = terms.expr(op.value).kind === 'name';
      if (isName && terms.expr(op.target).kind === 'local') this.#handedOn(op.value, scan);
    }
  }

  #guard(name: string, scan: Scan): void {
    if (this.#known.guardOf(name) !== undefined || this.#known.cleanupOf(name) !== undefined) {
      scan.acts = true;
      return;
    }
    const guard = this.#guards.of(name, scan.code.view);
    for (const call of [guard?.enter, guard?.leave]) {
      if (guard && call) this.#target(this.#callees.of(call.callee, guard.view), scan);
    }
  }

  #target(target: Callee, scan: Scan): void {
    if (target.kind === 'code') scan.found.add(target.code);
    else if (target.kind === 'primitive') scan.acts = true;
  }

  #call(id: ExprId, scan: Scan): void {
    const { terms } = scan.code.view.facts;
    const call = terms.expr(id);
    if (call.kind !== 'call') return;
    const callee = terms.expr(call.callee);
    if (callee.kind !== 'name') {
      this.#through(call.callee, scan);
      return;
    }
    const target = this.#callees.of(callee.name, scan.code.view);
    switch (target.kind) {
      case 'primitive':
        // Where nothing is announced, giving the processor away is no news.
        scan.acts ||= target.primitive.sleeps === 'yes' || !isScheduling(callee.name);
        if (target.primitive.handlerArgument !== undefined)
          for (const arg of call.args) this.#handedOn(arg, scan);
        return;
      case 'code':
        scan.found.add(target.code);
        for (const arg of call.args) this.#handedOn(arg, scan);
        if (target.code.isMacro) this.#calledByMacro(target.code, call.args, scan);
        return;
      case 'unknown':
        // A driver's macro may name what only the file that uses it knows. What the kernel's own macros name and
        // nobody defines are functions that must never be linked: `__bad_size_call_parameter()`.
        if (scan.code.isMacro && !scan.code.view.path.startsWith('include/')) scan.acts = true;
        return;
      case 'cut':
      case 'nothing':
        return;
    }
  }

  /** What a macro is given and calls is called here: `INDIRECT_CALL_1(ops->f, f1, x)`. */
  #calledByMacro(macro: Code, args: readonly ExprId[], scan: Scan): void {
    if (macro.calls === undefined && !this.#open.has(macro) && !this.#scan(macro)) throw lacking;
    for (const index of macro.calledParameters) {
      const arg = args[index];
      if (arg !== undefined) this.#through(arg, scan);
    }
  }

  /** A call of what that expression gives. */
  #through(id: ExprId, scan: Scan): void {
    const { code } = scan;
    const expr = code.view.facts.terms.expr(id);
    if (expr.kind === 'name') {
      this.#target(this.#callees.of(expr.name, code.view), scan);
    } else if (expr.kind === 'local' && code.isMacro && expr.index < code.parameters) {
      scan.given.add(expr.index);
    } else if (expr.kind !== 'opaque') scan.acts = true; // `(typeof(x))(y)` is a cast.
  }

  /** A function given by name will be called by whoever gets it. */
  #handedOn(id: ExprId, scan: Scan): void {
    const { view } = scan.code;
    const expr = view.facts.terms.expr(id);
    if (expr.kind === 'unary' && expr.operator === '&') this.#handedOn(expr.operand, scan);
    if (expr.kind === 'cast') this.#handedOn(expr.operand, scan);
    if (expr.kind !== 'name') return;
    const given = this.#callees.functionNamed(expr.name, view);
    if (given) this.add(given);
  }

  #matters(code: Code): void {
    const open = [code];
    for (let next = open.pop(); next; next = open.pop()) {
      if (next.matters) continue;
      next.matters = true;
      const callers = this.#callers.get(next);
      if (callers) open.push(...callers);
    }
  }
}

interface Scan {
  readonly code: Code;
  readonly found: Set<Code>;
  /** Parameters of a macro that it calls. */
  readonly given: Set<number>;
  acts: boolean;
}
