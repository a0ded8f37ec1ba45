// tables.ts
// Who can stand behind a call through a table of functions: the scope's own tables first, then, for an object of
// which it is known what it lies in, whoever in the tree goes from the one to the other.

import { ascend, needsCaller } from './ascent.ts';
import type { CallGraph } from './callGraph.ts';
import { namesOf } from './fileNames.ts';
import { ForeignTables } from './foreignTables.ts';
import { rowsOfHandedOn } from './handedOn.ts';
import type { HandedOn } from './handedOn.ts';
import type { Linking } from './linking.ts';
import type { FnId, Slot } from './meaning.ts';
import { chainsOf } from './notifiers.ts';
import type { Chains } from './notifiers.ts';
import type { PlaceId } from './places.ts';
import { downcasts, provenanceOf } from './provenance.ts';
import type { ScopeTables } from './scopeTables.ts';
import { keyOf } from './tableFiles.ts';
import type { TableFiles } from './tableFiles.ts';
import type { MacroRow, ObjectRow, TableRow } from './tableRows.ts';

const nobody: readonly FnId[] = [];
const notKnown = '';
const nothingKnown: ReadonlySet<string> = new Set([notKnown]);

/** Made anew at each asking: what it knows depends on what is loaded. */
export class SlotTable {
  /** Of the files in scope. */
  readonly rows: readonly TableRow[];
  readonly macroRows: readonly MacroRow[];
  readonly objects: readonly ObjectRow[];
  /** Functions of the scope that are given to others by name. */
  readonly handed: readonly HandedOn[];
  readonly chains: Chains;
  readonly #linking: Linking;
  readonly #graph: CallGraph;
  readonly #files: TableFiles;
  readonly #scope: ScopeTables;
  readonly #own = new Map<string, FnId[]>();
  /** By slot, then by struct in which the first argument lies. */
  readonly #others = new Map<string, Map<string, readonly FnId[]>>();
  readonly #arrivals = new Map<string, ReadonlySet<string>>();
  readonly #casts = new Map<FnId, ReadonlySet<string>>();

  constructor(linking: Linking, graph: CallGraph, scope: ScopeTables, files: TableFiles) {
    this.#linking = linking;
    this.#graph = graph;
    this.#files = files;
    this.#scope = scope;
    const readers = scope.read();
    this.handed = scope.handed(graph);
    this.rows = [...readers.flatMap(({ rows }) => rows), ...rowsOfHandedOn(this.handed, linking)];
    this.macroRows = readers.flatMap(({ macroRows }) => macroRows);
    this.objects = readers.flatMap(({ objects }) => objects);
    for (const row of this.rows) this.#addOwn(row);
    this.chains = chainsOf(linking, graph, this.rows);
  }

  /** Brings in everybody who can be asked for later. */
  prepare(): void {
    const foreign = new ForeignTables(this.#linking, this.#graph, this.#scope, this.#files);
    for (const { fn, slot, args } of this.#graph.slots) {
      if (slot.struct === 'notifier_block') continue;
      const key = keyOf(slot);
      const known = this.#others.get(key) ?? new Map<string, readonly FnId[]>();
      this.#others.set(key, known);
      for (const struct of this.#arrivalsAt(fn, args[0]?.place)) {
        if (known.has(struct) || this.#ownFor(key, struct).length > 0) continue;
        known.set(struct, struct === notKnown ? foreign.guessed(slot) : foreign.casting(slot, struct));
      }
    }
  }

  implementers(slot: Slot, first: PlaceId | undefined): readonly FnId[] {
    // Which chain is called is known, so that blocks of other chains are never meant.
    if (slot.struct === 'notifier_block') return first === undefined ? nobody : this.chains.behind(first);
    const key = keyOf(slot);
    const struct = this.#embedding(first);
    const own = this.#ownFor(key, struct);
    if (own.length > 0 || struct === undefined) return own;
    return this.#others.get(key)?.get(struct) ?? nobody;
  }

  notified(chain: PlaceId): readonly FnId[] {
    return this.chains.notified(chain);
  }

  everyImplementer(slot: Slot): readonly FnId[] {
    const key = keyOf(slot);
    const own = this.#own.get(key);
    if (own) return own;
    const found = [...(this.#others.get(key)?.values() ?? [])].flat();
    return [...new Set(found)].sort((a, b) => a - b);
  }

  /** What was found outside the scope: by slot, then by the struct in which the first argument lies. */
  get others(): ReadonlyMap<string, ReadonlyMap<string, readonly FnId[]>> {
    return this.#others;
  }

  #addOwn({ struct, member, fn, path }: TableRow): void {
    const id = struct === '' ? undefined : this.#linking.fnOf(fn, path);
    if (id === undefined) return;
    const key = keyOf({ struct, member });
    const known = this.#own.get(key);
    if (!known) this.#own.set(key, [id]);
    else if (!known.includes(id)) known.push(id);
  }

  /** The scope's own, without those that are meant for objects in other structs. */
  #ownFor(key: string, struct: string | undefined): readonly FnId[] {
    const own = this.#own.get(key) ?? nobody;
    if (struct === notKnown) return own;
    return own.filter((fn) => {
      const casts = this.#castsOf(fn);
      return casts.size === 0 || (struct !== undefined && casts.has(struct));
    });
  }

  #castsOf(id: FnId): ReadonlySet<string> {
    let casts = this.#casts.get(id);
    if (!casts) {
      const { name, path } = this.#linking.functions[id] ?? { name: '', path: '' };
      const facts = this.#linking.factsOf(path);
      const fn = facts && namesOf(facts).functions.get(name);
      casts = facts && fn ? downcasts(fn, path, facts, this.#linking).all : new Set<string>();
      this.#casts.set(id, casts);
    }
    return casts;
  }

  /** Structs in which the first argument can lie when the path began in scope. */
  #arrivalsAt(fn: FnId, first: PlaceId | undefined): ReadonlySet<string> {
    if (first === undefined) return nothingKnown;
    const key = `${fn}:${first}`;
    let arrivals = this.#arrivals.get(key);
    if (!arrivals) {
      arrivals = this.#ascended(fn, first);
      this.#arrivals.set(key, arrivals);
    }
    return arrivals;
  }

  #ascended(fn: FnId, first: PlaceId): ReadonlySet<string> {
    const { places } = this.#linking;
    const isKnown = ([place]: readonly (PlaceId | undefined)[]): boolean =>
      place === undefined ||
      !needsCaller(place, places) ||
      provenanceOf(place, this.#linking).kind !== 'unknown';
    const found = new Set<string>();
    for (const arrival of ascend({ fn, places: [first] }, this.#graph, places, isKnown)) {
      const struct = this.#embedding(arrival.places[0]);
      if (struct !== undefined) found.add(struct);
    }
    return found;
  }

  /** Empty where it is not known; `undefined`: in nothing. */
  #embedding(place: PlaceId | undefined): string | undefined {
    if (place === undefined) return notKnown;
    const provenance = provenanceOf(place, this.#linking);
    switch (provenance.kind) {
      case 'embedded':
        return provenance.struct;
      case 'alone':
        return undefined;
      case 'unknown':
        return notKnown;
    }
  }
}
