// rows.ts
// The rows of a function: its own operations, and those of the functions and macros that it calls directly.

import type { FileFacts, FunctionFacts } from '../facts/fileFacts.ts';
import { namesOf } from '../program/fileNames.ts';
import type { LoadedFacts } from '../program/loadedFacts.ts';
import { stepsOf } from '../program/operations.ts';
import type { Step } from '../program/operations.ts';
import { resolveCall } from '../program/resolve.ts';
import { scopeOf, scopeOfFunction, TypeReader } from '../program/types.ts';
import type { Body } from '../program/types.ts';
import type { Row } from './results.ts';

export interface FunctionRows {
  readonly rows: readonly Row[];
  readonly unresolved: readonly string[];
}

/** Reads rows over the facts that are loaded at this moment: one reader for one asking of the question. */
export class RowReader {
  readonly #loaded: LoadedFacts;
  readonly #types: TypeReader;
  readonly #calleeRows = new Map<string, readonly Row[]>();
  /** A function of the file is asked for itself and as the callee of others. */
  readonly #steps = new Map<FunctionFacts, readonly Step[]>();

  constructor(loaded: LoadedFacts) {
    this.#loaded = loaded;
    this.#types = new TypeReader(loaded);
  }

  read(path: string, facts: FileFacts, fn: FunctionFacts): FunctionRows {
    const body = { scope: scopeOfFunction(path, facts, fn), flow: fn.flow };
    const rows: Row[] = [];
    const unresolved = new Set<string>();
    for (const step of this.#stepsOfFunction(fn, body)) {
      if (step.kind === 'unresolved') unresolved.add(step.text);
      else if (step.kind === 'operation') addOperation(rows, step, path);
      else this.#addCall(rows, step, body);
    }
    return { rows, unresolved: [...unresolved] };
  }

  #addCall(rows: Row[], step: CallStep, caller: Body): void {
    const inner = this.#rowsOfCallee(step, caller);
    if (inner.length === 0) return;
    const definition = { path: step.target.path, at: step.target.at };
    rows.push({
      kind: 'call',
      path: caller.scope.path,
      at: step.at,
      callee: step.name,
      definition,
      rows: inner,
    });
  }

  #rowsOfCallee(step: CallStep, caller: Body): readonly Row[] {
    // What a macro does is said in terms of its arguments, so each call is read for itself.
    if (step.target.kind === 'macro') return this.#rowsOfMacro(step, caller);
    if (step.target.kind === 'object-macro') return this.#rowsOfAlias(step, caller);
    const key = `${step.target.path}:${step.name}`;
    let rows = this.#calleeRows.get(key);
    if (!rows) {
      rows = this.#rowsOfFunction(step);
      this.#calleeRows.set(key, rows);
    }
    return rows;
  }

  /** `#define foo __foo`. */
  #rowsOfAlias(step: CallStep, caller: Body): readonly Row[] {
    const facts = this.#loaded.get(step.target.path);
    const macro = facts && namesOf(facts).macros.get(step.name)?.body;
    const value = macro?.kind === 'expression' ? facts?.terms.expr(macro.value) : undefined;
    if (!facts || value?.kind !== 'name' || value.name === step.name) return [];
    const target = resolveCall(this.#loaded.index, value.name, scopeOf(step.target.path, facts, []));
    if (!target || target.kind === 'object-macro') return [];
    return this.#rowsOfCallee({ ...step, name: value.name, target }, caller);
  }

  #rowsOfMacro(step: CallStep, caller: Body): readonly Row[] {
    const body = this.#macroBody(step, caller);
    return body ? operationRows(stepsOf(body, this.#loaded.index, this.#types), body.scope.path) : [];
  }

  #rowsOfFunction({ name, target }: CallStep): readonly Row[] {
    const facts = this.#loaded.get(target.path);
    const fn = facts && namesOf(facts).functions.get(name);
    if (!fn) return [];
    const body = { scope: scopeOfFunction(target.path, facts, fn), flow: fn.flow };
    return operationRows(this.#stepsOfFunction(fn, body), target.path);
  }

  #stepsOfFunction(fn: FunctionFacts, body: Body): readonly Step[] {
    let steps = this.#steps.get(fn);
    if (!steps) {
      steps = stepsOf(body, this.#loaded.index, this.#types);
      this.#steps.set(fn, steps);
    }
    return steps;
  }

  #macroBody({ name, args, target }: CallStep, caller: Body): Body | undefined {
    const facts = this.#loaded.get(target.path);
    const macro = facts && namesOf(facts).macros.get(name)?.body;
    if (!macro || macro.kind === 'text' || macro.kind === 'declarations') return undefined;
    return {
      scope: { ...scopeOf(target.path, facts, macro.locals), expanded: { caller, args } },
      flow: macro.flow,
    };
  }
}

type CallStep = Extract<Step, { kind: 'call' }>;

function operationRows(steps: readonly Step[], path: string): readonly Row[] {
  const rows: Row[] = [];
  for (const step of steps) if (step.kind === 'operation') addOperation(rows, step, path);
  return rows;
}

function addOperation(rows: Row[], step: Extract<Step, { kind: 'operation' }>, path: string): void {
  if (!isWorthARow(step)) return;
  const { effect, objectKind, object, text, at, primitive } = step;
  rows.push({
    kind: 'operation',
    path,
    at,
    effect,
    objectKind,
    primitive: primitive.name,
    object,
    text,
    ...(primitive.mode && { mode: primitive.mode }),
    ...(primitive.disables && { disables: primitive.disables }),
  });
}

// Setting up a lock says nothing about who waits; setting up something with a handler does. Of what concerns only
// this processor, only what keeps interrupts or the scheduler away matters.
function isWorthARow(step: Extract<Step, { kind: 'operation' }>): boolean {
  if (step.effect === 'init') return step.primitive.handlerArgument !== undefined;
  return step.objectKind !== 'cpu' || step.primitive.disables !== undefined;
}
