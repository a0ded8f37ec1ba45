// changedMembers.ts
// Which members a function assigns, itself or in what it calls: what a test has said of them before is no news after.

import type { Flow } from '../facts/flow.ts';
import type { ExprId, Terms } from '../facts/terms.ts';
import type { Program, ProgramFunction } from '../program/meaning.ts';

// What lies deeper is mostly another object of the same kind.
const deepest = 3;

export class ChangedMembers {
  readonly #program: Program;
  readonly #changed = new Map<string, ReadonlySet<string>>();
  #named: ReadonlyMap<string, readonly ProgramFunction[]> | undefined;

  constructor(program: Program) {
    this.#program = program;
  }

  /** Names of the members that the function of that name assigns, as seen from a file. */
  by(name: string, path: string, depth = 0): ReadonlySet<string> {
    const fn = name === '' || depth > deepest ? undefined : this.#functionOf(name, path);
    if (!fn) return nothing;
    const key = `${fn.id} ${depth}`;
    let changed = this.#changed.get(key);
    if (!changed) {
      this.#changed.set(key, nothing);
      changed = this.#read(fn, depth);
      this.#changed.set(key, changed);
    }
    return changed;
  }

  #functionOf(name: string, path: string): ProgramFunction | undefined {
    this.#named ??= namesOf(this.#program);
    const all = this.#named.get(name) ?? [];
    return all.find((fn) => fn.path === path) ?? (all.length === 1 ? all[0] : undefined);
  }

  #read({ body, path }: ProgramFunction, depth: number): ReadonlySet<string> {
    const { terms } = body.scope.facts;
    const { members, callees } = assignedIn(body.flow, terms);
    const inner = [...callees].flatMap((callee) => [...this.by(callee, path, depth + 1)]);
    return new Set([...members, ...inner]);
  }
}

const nothing: ReadonlySet<string> = new Set();

function namesOf(program: Program): ReadonlyMap<string, readonly ProgramFunction[]> {
  const named = new Map<string, ProgramFunction[]>();
  for (const fn of program.functions) {
    if (fn.isMacro) continue;
    const known = named.get(fn.name);
    if (known) known.push(fn);
    else named.set(fn.name, [fn]);
  }
  return named;
}

const bitChange = /^(?:__)?(?:test_and_)?(?:set|clear|change)_bit/;

function assignedIn(
  flow: Flow,
  terms: Terms,
): { readonly members: ReadonlySet<string>; readonly callees: ReadonlySet<string> } {
  const members = new Set<string>();
  const callees = new Set<string>();
  const assign = (target: ExprId | undefined): void => {
    let expr = target === undefined ? undefined : terms.expr(target);
    while (expr?.kind === 'unary' || expr?.kind === 'index')
      expr = terms.expr(expr.kind === 'unary' ? expr.operand : expr.base);
    if (expr?.kind === 'field') members.add(expr.name);
  };
  for (let index = 0; index < flow.count; index++) {
    const op = flow.op(index);
    if (op.kind === 'assign') assign(op.target);
    const call = op.kind === 'call' ? terms.expr(op.call) : undefined;
    const callee = call?.kind === 'call' ? terms.expr(call.callee) : undefined;
    if (call?.kind !== 'call' || callee?.kind !== 'name') continue;
    if (bitChange.test(callee.name)) assign(call.args[1]);
    else callees.add(callee.name);
  }
  return { members, callees };
}
