// directRows.ts
// The rows of a function for an editor that asks with every keystroke: its own operations, and those of the functions
// and macros that it calls directly.

import type { FileFacts, FunctionFacts } from '../facts/fileFacts.ts';
import type { LoadedFacts } from '../program/loadedFacts.ts';
import type { Body } from '../program/types.ts';
import { Bodies } from './bodies.ts';
import type { CallStep } from './bodies.ts';
import { isWorthARow, operationRow, operationRows } from './operationRows.ts';
import type { Row } from './results.ts';

export interface DirectRows {
  readonly rows: readonly Row[];
  readonly unresolved: readonly string[];
}

/** Reads rows over the facts that are loaded at this moment: one reader for one asking of the question. */
export class DirectReader {
  readonly #bodies: Bodies;
  readonly #calleeRows = new Map<string, readonly Row[]>();

  constructor(loaded: LoadedFacts) {
    this.#bodies = new Bodies(loaded);
  }

  read(path: string, facts: FileFacts, fn: FunctionFacts): DirectRows {
    const { body, steps } = this.#bodies.ofFunction(path, facts, fn);
    const rows: Row[] = [];
    const unresolved = new Set<string>();
    for (const step of steps) {
      if (step.kind === 'unresolved') unresolved.add(step.text);
      else if (step.kind === 'call') this.#addCall(rows, step, body);
      else if (isWorthARow(step)) rows.push(operationRow(step, path));
    }
    return { rows, unresolved: [...unresolved] };
  }

  #addCall(rows: Row[], step: CallStep, caller: Body): void {
    const inner = this.#rowsOfCallee(step, caller);
    if (inner.length === 0) return;
    const definition = { path: step.target.path, at: step.target.at };
    const { path } = caller.scope;
    rows.push({ kind: 'call', path, at: step.at, callee: step.name, definition, rows: inner });
  }

  /** A macro speaks of its arguments, so each use is another one. */
  #rowsOfCallee(step: CallStep, caller: Body): readonly Row[] {
    if (step.target.kind !== 'function') return this.#read(step, caller);
    const key = `${step.target.path}:${step.name}`;
    let rows = this.#calleeRows.get(key);
    if (!rows) {
      rows = this.#read(step, caller);
      this.#calleeRows.set(key, rows);
    }
    return rows;
  }

  #read(step: CallStep, caller: Body): readonly Row[] {
    const called = this.#bodies.ofCall(step, caller);
    return called ? operationRows(called.steps, called.body.scope.path) : [];
  }
}
