// foreignTables.ts
// Functions outside the scope that can stand behind a slot: those that go from their parameter to the struct in which
// the object is known to lie, or, where nothing is known, those of files that the scope reaches anyway.

import type { FileFacts } from '../facts/fileFacts.ts';
import type { CallGraph } from './callGraph.ts';
import { namesOf } from './fileNames.ts';
import type { Linking } from './linking.ts';
import type { FnId, Slot } from './meaning.ts';
import { downcasts } from './provenance.ts';
import { nearest } from './resolve.ts';
import type { ScopeTables } from './scopeTables.ts';
import type { TableFiles } from './tableFiles.ts';

interface Definition {
  readonly name: string;
  readonly home: string;
}

const nobody: readonly FnId[] = [];

// A table type of which the program's files hold more functions than this is everybody's: a guess among them is
// worthless.
const mostGuesses = 12;
// Bus methods that are meant for one type of device stand in one or two files. Where more fill the same member for it,
// they are its drivers, of which nobody knows which is meant.
const mostFiles = 24;
const mostCasting = 4;

export class ForeignTables {
  readonly #linking: Linking;
  readonly #files: TableFiles;
  readonly #inside: ReadonlySet<string>;
  readonly #scope: ScopeTables;

  constructor(linking: Linking, graph: CallGraph, scope: ScopeTables, files: TableFiles) {
    this.#linking = linking;
    this.#files = files;
    this.#scope = scope;
    this.#inside = filesBelow(linking, graph);
  }

  /** Those in the whole tree that go from their parameter to that struct. */
  casting(slot: Slot, struct: string): readonly FnId[] {
    const paths = this.#files.of({ slot, members: this.#membersOf(slot.struct), naming: struct }) ?? [];
    if (paths.length > mostFiles) return nobody;
    const direct: Definition[] = [];
    const inner: Definition[] = [];
    for (const definition of this.#definitions(paths, slot)) {
      const { name, home } = definition;
      const facts = this.#linking.factsOf(home);
      const fn = facts && namesOf(facts).functions.get(name);
      if (!facts || !fn || (slot.struct !== 'bus_type' && this.#isDriver(home, facts, struct))) continue;
      const casts = downcasts(fn, home, facts, this.#linking);
      if (casts.outer.has(struct)) direct.push(definition);
      else if (casts.all.has(struct)) inner.push(definition);
    }
    const found = direct.length > 0 ? direct : inner;
    return found.length > mostCasting ? nobody : this.#wanted(found);
  }

  /** One driver of such devices among many, and not the code that all of them share. */
  #isDriver(path: string, facts: FileFacts, struct: string): boolean {
    const isDriver = facts.globals.some(({ type }) => {
      const tagged = facts.terms.type(type);
      return tagged.kind === 'tagged' && tagged.name.endsWith('_driver');
    });
    if (!isDriver) return false;
    const ref = this.#linking.structOf(struct, path);
    const declared = ref === undefined ? '' : this.#linking.structs.name(ref).path;
    const header = declared === '' ? undefined : this.#linking.factsOf(declared);
    if (!header) return false;
    const { prototypes } = namesOf(header);
    return !facts.functions.some(({ name, isStatic }) => !isStatic && prototypes.has(name));
  }

  /** Those in files that the scope reaches by direct calls. */
  guessed(slot: Slot): readonly FnId[] {
    const paths = this.#files.filling(slot.member).filter((path) => this.#inside.has(path));
    const found = this.#definitions(paths, slot);
    return found.length > mostGuesses ? nobody : this.#wanted(found);
  }

  #definitions(paths: readonly string[], slot: Slot): readonly Definition[] {
    const found = new Map<string, Definition>();
    for (const path of paths) {
      for (const { fn, struct, member } of this.#scope.elsewhere(path, slot.struct)) {
        if (struct !== slot.struct || member !== slot.member) continue;
        const home = this.#homeOf(fn, path);
        if (home !== undefined) found.set(`${home}:${fn}`, { name: fn, home });
      }
    }
    return [...found.values()];
  }

  #wanted(definitions: readonly Definition[]): readonly FnId[] {
    return definitions.flatMap(({ name, home }) => this.#linking.want(name, home) ?? []);
  }

  #homeOf(fn: string, path: string): string | undefined {
    const facts = this.#linking.factsOf(path);
    const from = { path, includes: facts?.includes ?? [] };
    return facts && nearest(this.#linking.index.definitionsOf(fn), ['function'], from)?.path;
  }

  #membersOf(struct: string): readonly string[] {
    const header = this.#linking.index.definitionsOf(struct).find(({ kind }) => kind === 'struct');
    const ref = header && this.#linking.structs.of(header.path, struct);
    return ref === undefined ? [] : this.#linking.fieldsOf(ref).map(({ name }) => name);
  }
}

function filesBelow(linking: Linking, graph: CallGraph): ReadonlySet<string> {
  const seen = new Set<FnId>();
  const open: FnId[] = linking.functions.filter(({ inScope }) => inScope).map(({ id }) => id);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const { callee } of graph.callsOf(next)) open.push(callee);
  }
  return new Set(linking.functions.filter(({ id }) => seen.has(id)).map(({ path }) => path));
}
