// callsWithin.ts
// Which functions of a file lead to which others of the same file, by calls that stay there.

import type { FnId, Program, ProgramFunction } from '../program/meaning.ts';

export class CallsWithin {
  readonly #program: Program;
  readonly #functions = new Map<string, ProgramFunction>();
  readonly #reached = new Map<FnId, ReadonlySet<string>>();

  constructor(program: Program) {
    this.#program = program;
    for (const fn of program.functions) if (!fn.isMacro) this.#functions.set(`${fn.path}:${fn.name}`, fn);
  }

  /** Also where both are the same function. */
  lead(path: string, from: string, to: string): boolean {
    const fn = this.#functions.get(`${path}:${from}`);
    if (!fn) return false;
    let reached = this.#reached.get(fn.id);
    if (!reached) {
      reached = this.#from(fn);
      this.#reached.set(fn.id, reached);
    }
    return reached.has(to);
  }

  #from(fn: ProgramFunction): ReadonlySet<string> {
    const reached = new Set([fn]);
    // A set that grows is gone through to its new end. Calls in macros are calls of those who use them.
    for (const one of reached) {
      for (let op = 0; op < one.body.flow.count; op++) {
        const meaning = this.#program.meaningOf(one.id, op);
        const callee = meaning?.kind === 'call' ? this.#program.functions[meaning.target] : undefined;
        if (callee && (callee.isMacro || callee.path === fn.path)) reached.add(callee);
      }
    }
    return new Set([...reached].flatMap(({ name, isMacro }) => (isMacro ? [] : [name])));
  }
}
