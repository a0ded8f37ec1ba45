// otherEnds.ts
// Who else may end a wait: functions of the core that signal, or lead to a signal, and that no thread of the question
// comes to. Their callers are drivers and interrupts that nobody has asked about.

import type { FileFacts } from '../facts/fileFacts.ts';
import type { Expr, ExprId, Terms } from '../facts/terms.ts';
import { primitiveOf } from '../kernel/knowledge.ts';
import type { Program } from '../program/meaning.ts';
import type { Trail, Waitable } from './results.ts';

export class OtherEnds {
  readonly #files = new Map<string, FileFacts>();
  readonly #inScope = new Set<string>();
  /** Functions that some thread may come to: `path:name`. */
  readonly #reached = new Set<string>();
  /** Functions with which threads begin. */
  readonly #entries: ReadonlySet<string>;
  readonly #calls = new Map<string, FileCalls>();
  readonly #forOthers = new Map<string, boolean>();

  constructor(program: Program) {
    this.#entries = new Set(
      program.entries.flatMap(({ fn }) => {
        const entry = program.functions[fn];
        return entry ? [`${entry.path}:${entry.name}`] : [];
      }),
    );
    for (const { path, name, body, inScope, isMacro, isStub } of program.functions) {
      if (inScope) this.#inScope.add(path);
      if (isMacro || isStub) continue;
      this.#reached.add(`${path}:${name}`);
      this.#files.set(path, body.scope.facts);
    }
  }

  /** The way to a signal leads through functions of the core that others call as well, or others signal the same. */
  areBeside(signal: Trail, waitable: Waitable): boolean {
    let last = signal.hop;
    for (let step: Trail | undefined = signal; step; step = step.inner) {
      last = step.hop;
      if (this.#isForOthers(last.path, last.fn)) return true;
    }
    const member = waitable.key.slice(waitable.key.lastIndexOf('.') + 1);
    const signallers = this.#callsOf(last.path)?.signals.get(member) ?? [];
    return signallers.some((name) => this.#isForOthers(last.path, name));
  }

  /** No thread comes to it, or to one of those in its file that lead there. */
  #isForOthers(path: string, name: string): boolean {
    const key = `${path}:${name}`;
    let isForOthers = this.#forOthers.get(key);
    if (isForOthers === undefined)
      this.#forOthers.set(key, (isForOthers = this.#hasOtherCallers(path, name)));
    return isForOthers;
  }

  #hasOtherCallers(path: string, name: string): boolean {
    const callers = this.#callsOf(path)?.callers;
    if (!callers) return false;
    const open = [name];
    const seen = new Set(open);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (this.#isNotReached(path, next) || this.#runsByItself(path, next)) return true;
      for (const caller of callers.get(next) ?? []) {
        if (seen.has(caller)) continue;
        seen.add(caller);
        open.push(caller);
      }
    }
    return false;
  }

  /** A work or a timer of the core, which is no thread of the question. */
  #runsByItself(path: string, name: string): boolean {
    return this.#callsOf(path)?.handlers.has(name) === true && !this.#entries.has(`${path}:${name}`);
  }

  #isNotReached(path: string, name: string): boolean {
    return !this.#reached.has(`${path}:${name}`);
  }

  /** Of files of the core only: in scope every function is looked at. */
  #callsOf(path: string): FileCalls | undefined {
    const facts = this.#inScope.has(path) || path.endsWith('.h') ? undefined : this.#files.get(path);
    if (!facts) return undefined;
    let calls = this.#calls.get(path);
    if (!calls) this.#calls.set(path, (calls = callsIn(facts)));
    return calls;
  }
}

interface FileCalls {
  /** By function the functions of the same file that call it, or hand it on. */
  readonly callers: ReadonlyMap<string, readonly string[]>;
  /** By member or global the functions that signal it. */
  readonly signals: ReadonlyMap<string, readonly string[]>;
  /** Functions that are made the handler of something. */
  readonly handlers: ReadonlySet<string>;
}

function callsIn({ functions, terms }: FileFacts): FileCalls {
  const callers = new Map<string, string[]>();
  const signals = new Map<string, string[]>();
  const handlers = new Set<string>();
  for (const { name, flow } of functions) {
    for (let index = 0; index < flow.count; index++) {
      const op = flow.op(index);
      const call = op.kind === 'call' ? terms.expr(op.call) : undefined;
      if (call?.kind !== 'call') continue;
      const callee = nameOf(terms.expr(call.callee));
      if (callee !== '') add(callers, callee, name);
      const primitive = callee === '' ? undefined : primitiveOf(callee);
      if (primitive?.effect === 'signal')
        add(signals, memberOf(terms, call.args[primitive.objectArgument]), name);
      call.args.forEach((arg, i) => {
        const given = nameOf(terms.expr(arg));
        if (given === '') return;
        add(callers, given, name);
        if (primitive?.handlerArgument === i) handlers.add(given);
      });
    }
  }
  return { callers, signals, handlers };
}

function add(to: Map<string, string[]>, key: string, name: string): void {
  const known = to.get(key);
  if (known) known.push(name);
  else to.set(key, [name]);
}

const nameOf = (expr: Expr): string => (expr.kind === 'name' ? expr.name : '');

/** `&chan->tx_complete`: the last member that is named. */
function memberOf(terms: Terms, id: ExprId | undefined): string {
  const expr = id === undefined ? undefined : terms.expr(id);
  if (expr?.kind === 'unary' || expr?.kind === 'cast') return memberOf(terms, expr.operand);
  if (expr?.kind === 'index') return memberOf(terms, expr.base);
  return expr?.kind === 'field' || expr?.kind === 'name' ? expr.name : '';
}
