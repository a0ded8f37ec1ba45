// tableFiles.ts
// Finds the files of the whole tree that hold a table of some type: those that fill the member and name the type, by
// their text, so that only a handful has to be read in full.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { Slot } from './meaning.ts';

// Members such as `remove` stand in thousands of files; the struct's other members say which of them are meant.
const fewEnough = 400;

/** A table that somebody asks for. */
export interface TableQuestion {
  readonly slot: Slot;
  /** All members of the struct. */
  readonly members: readonly string[];
  /** Another struct that the file must name. */
  readonly naming: string;
}

export class TableFiles {
  readonly #index: TreeIndex;
  /** By path: tags of the structs that the file names, and of those that it initialises. */
  readonly #files = new Map<string, NamedStructs>();
  readonly #filling = new Map<string, readonly string[]>();
  readonly #found = new Map<string, readonly string[]>();
  readonly #asked = new Map<string, TableQuestion>();

  constructor(index: TreeIndex) {
    this.#index = index;
  }

  /** `undefined`: not looked for yet; it will be at the next `find`. */
  of(question: TableQuestion): readonly string[] | undefined {
    const key = `${keyOf(question.slot)}@${question.naming}`;
    const found = this.#found.get(key);
    if (!found) this.#asked.set(key, question);
    return found;
  }

  /** Files that fill some member of that name. */
  filling(member: string): readonly string[] {
    let paths = this.#filling.get(member);
    if (!paths) {
      paths = [...new Set(this.#index.functionsInField(member).map(({ path }) => path))].sort();
      this.#filling.set(member, paths);
    }
    return paths;
  }

  get isAsked(): boolean {
    return this.#asked.size > 0;
  }

  async find(token: Token): Promise<void> {
    const asked = [...this.#asked].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#asked.clear();
    for (const [key, { slot, members, naming }] of asked) {
      const paths = this.#candidates(slot.member, members);
      await this.#read(paths);
      this.#found.set(
        key,
        paths.filter((path) => {
          const structs = this.#files.get(path);
          return structs?.initialised.has(slot.struct) && structs.named.has(naming);
        }),
      );
      throwIfCancelled(token);
    }
  }

  async #read(paths: readonly string[]): Promise<void> {
    const unread = paths.filter((path) => !this.#files.has(path));
    const texts = await Promise.all(unread.map((path) => this.#index.text(path)));
    for (const [i, path] of unread.entries()) this.#files.set(path, structsIn(texts[i]));
  }

  #candidates(member: string, members: readonly string[]): readonly string[] {
    const paths = this.filling(member);
    if (paths.length <= fewEnough) return paths;
    const others = new Set<string>();
    for (const other of members) {
      const uses = other === member ? [] : this.filling(other);
      if (uses.length <= fewEnough) for (const path of uses) others.add(path);
    }
    return paths.filter((path) => others.has(path));
  }
}

/** While callers are changed one by one, `remove_new` stands beside `remove`, and is called in its place. */
export const keyOf = ({ struct, member }: Slot): string => `${struct}.${member.replace(/_new$/, '')}`;

const decoder = new TextDecoder('latin1');

interface NamedStructs {
  readonly named: ReadonlySet<string>;
  readonly initialised: ReadonlySet<string>;
}

/** `struct bus_type x = {`, `(struct bus_type) {`. */
const structWord = /\bstruct\s+(\w+)(?=(\b[^;(){}]{0,120}=\s*\{|\s*\)\s*\{)?)/g;

function structsIn(text: Uint8Array | undefined): NamedStructs {
  const named = new Set<string>();
  const initialised = new Set<string>();
  if (!text) return { named, initialised };
  for (const [, tag = '', opening] of decoder.decode(text).matchAll(structWord)) {
    named.add(tag);
    if (opening !== undefined) initialised.add(tag);
  }
  return { named, initialised };
}
