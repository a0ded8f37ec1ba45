// scopeTables.ts
// The tables of the files in scope, and the functions that they hand on. A program is asked for them again and again
// while it is put together; what was read while nothing was lacking is the same the next time, and is kept.

import type { CallGraph } from './callGraph.ts';
import { handedOnBy } from './handedOn.ts';
import type { HandedOn } from './handedOn.ts';
import type { Linking } from './linking.ts';
import type { FnId } from './meaning.ts';
import { TableReader } from './tableReader.ts';
import type { TableRow } from './tableRows.ts';

export class ScopeTables {
  readonly #linking: Linking;
  readonly #readers = new Map<string, TableReader>();
  readonly #handed = new Map<FnId, readonly HandedOn[]>();
  readonly #elsewhere = new Map<string, readonly TableRow[]>();

  constructor(linking: Linking) {
    this.#linking = linking;
  }

  /** One for each file in scope, in order of path. */
  read(): readonly TableReader[] {
    const fresh = new Map<string, TableReader>();
    const lacking = new Set<string>();
    for (const [path, facts] of this.#linking.files) {
      if (this.#readers.has(path)) continue;
      const reader = new TableReader(this.#linking, path, facts);
      this.#watch(path, lacking, () => reader.readFile());
      fresh.set(path, reader);
    }
    for (const { id, path, inScope, isMacro } of this.#linking.functions) {
      const reader = inScope && !isMacro ? fresh.get(path) : undefined;
      if (reader) this.#watch(path, lacking, () => reader.readBody(this.#linking.body(id)));
    }
    const whole = [...this.#linking.files.keys()].map((path) => this.#readers.get(path) ?? fresh.get(path));
    for (const [path, reader] of fresh) if (!lacking.has(path)) this.#readers.set(path, reader);
    return whole.filter((reader) => reader !== undefined);
  }

  /** Functions of the scope that are given to others by name. */
  handed(graph: CallGraph): readonly HandedOn[] {
    return this.#linking.functions.flatMap((fn) => {
      if (!fn.inScope) return [];
      const known = this.#handed.get(fn.id);
      if (known) return known;
      const before = this.#linking.lacks;
      const handed = handedOnBy(fn, this.#linking, graph);
      if (this.#linking.lacks === before) this.#handed.set(fn.id, handed);
      return handed;
    });
  }

  /** Tables of that struct in a file outside the scope. */
  elsewhere(path: string, struct: string): readonly TableRow[] {
    const key = `${struct} ${path}`;
    const known = this.#elsewhere.get(key);
    if (known) return known;
    const before = this.#linking.lacks;
    const facts = this.#linking.factsOf(path);
    const reader = facts && new TableReader(this.#linking, path, facts);
    reader?.readVariablesOf(struct);
    const rows = reader?.rows ?? [];
    if (this.#linking.lacks === before) this.#elsewhere.set(key, rows);
    return rows;
  }

  #watch(path: string, lacking: Set<string>, read: () => void): void {
    const before = this.#linking.lacks;
    read();
    if (this.#linking.lacks !== before) lacking.add(path);
  }
}
