// fileUnits.ts
// Which files of the scope are one driver: those that call each other in both directions. A file that many drivers
// call, and that calls none of them by name, is a library to each of them.

import type { FileFacts } from '../facts/fileFacts.ts';
import type { FnId, Program } from '../program/meaning.ts';
import { mostNeighbours } from '../program/ownTables.ts';
import { circlesFirst } from './circles.ts';

export class FileUnits {
  readonly #program: Program;
  readonly #units = new Map<string, number>();
  /** The units that each one calls. */
  readonly #callees = new Map<number, Set<number>>();
  readonly #below = new Map<number, ReadonlySet<number>>();

  constructor(program: Program, outgoing: readonly (readonly FnId[])[]) {
    this.#program = program;
    const paths = [...new Set(program.functions.flatMap((fn) => (fn.inScope ? [fn.path] : [])))].sort();
    const indexes = new Map(paths.map((path, index) => [path, index]));
    const calls: Set<number>[] = paths.map(() => new Set());
    for (const fn of program.functions) {
      const from = fn.inScope ? indexes.get(fn.path) : undefined;
      if (from === undefined) continue;
      for (const id of outgoing[fn.id] ?? []) {
        const callee = program.functions[id];
        const to = callee?.inScope === true ? indexes.get(callee.path) : undefined;
        if (to !== undefined) calls[from]!.add(to);
      }
    }
    circlesFirst(calls.map((targets) => [...targets])).forEach((circle, unit) => {
      for (const index of circle) this.#units.set(paths[index] ?? '', unit);
      const targets = circle.flatMap((index) => [...calls[index]!]);
      this.#callees.set(unit, new Set(targets.map((index) => this.unitOf(paths[index] ?? ''))));
    });
    this.#addNamed();
  }

  /** What is named without doing anything that matters tells of a relation too: `bus_register_handler(bus, fn)`. */
  #addNamed(): void {
    const files = new Map<string, FileFacts>();
    for (const { inScope, path, body } of this.#program.functions)
      if (inScope && body.scope.facts.functions.length > 0) files.set(path, body.scope.facts);
    const definedIn = new Map<string, number>();
    for (const [path, { functions }] of files)
      for (const { name, isStatic } of functions) if (!isStatic) definedIn.set(name, this.unitOf(path));
    for (const [path, { terms, functions }] of files) {
      // A driver's own `static int init_device()` is not that of another.
      const own = new Set(functions.map(({ name }) => name));
      const named = terms.usedNames().flatMap((name) => (own.has(name) ? [] : (definedIn.get(name) ?? [])));
      for (const unit of named) this.#callees.get(this.unitOf(path))?.add(unit);
    }
  }

  /** Two files of which neither leads to the other belong to drivers that may have nothing in common. */
  areRelated(path: string, other: string): boolean {
    const [a, b] = [this.unitOf(path), this.unitOf(other)];
    return a === b || a === -1 || b === -1 || this.#reached(a).has(b) || this.#reached(b).has(a);
  }

  #reached(unit: number): ReadonlySet<number> {
    const known = this.#below.get(unit);
    if (known) return known;
    const reached = new Set<number>();
    const open = [unit];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const callee of this.#callees.get(next) ?? []) {
        if (reached.has(callee)) continue;
        reached.add(callee);
        open.push(callee);
      }
    }
    this.#below.set(unit, reached);
    return reached;
  }

  unitOf(path: string): number {
    return this.#units.get(path) ?? -1;
  }

  /** Whether it cannot be told without knowing where the path began who is meant. */
  isWide(candidates: readonly FnId[]): boolean {
    return candidates.length > mostNeighbours && this.#countUnits(candidates) > mostNeighbours;
  }

  /** Of all that can stand in a table, those that can on a path which began in `unit`. */
  nearest(candidates: readonly FnId[], unit: number): readonly FnId[] {
    if (candidates.length < 2) return candidates;
    const own = candidates.filter((fn) => this.#unitOfFn(fn) === unit);
    if (own.length > 0) return own;
    return this.isWide(candidates) ? [] : candidates;
  }

  #countUnits(candidates: readonly FnId[]): number {
    return new Set(candidates.map((fn) => this.#unitOfFn(fn))).size;
  }

  #unitOfFn(fn: FnId): number {
    return this.unitOf(this.#program.functions[fn]?.path ?? '');
  }
}
