// tableFiles.ts
// Finds the files of the whole tree that hold a table of some type: those that fill the member and name the type, by
// their text, so that only a handful has to be read in full.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { TreeChanges, TreeIndex } from '../index/treeIndex.ts';
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

/** Another view, of which only these files differ. */
export interface FilesBelow {
  readonly files: TableFiles;
  readonly changes: TreeChanges;
}

interface Found {
  /** Whose text was looked through. */
  readonly candidates: ReadonlySet<string>;
  /** In order. */
  readonly paths: readonly string[];
}

export class TableFiles {
  readonly #index: TreeIndex;
  readonly #filling = new Map<string, readonly string[]>();
  readonly #found = new Map<string, Found>();
  readonly #below: FilesBelow | undefined;
  readonly #asked = new Map<string, TableQuestion>();

  constructor(index: TreeIndex, below?: FilesBelow) {
    this.#index = index;
    this.#below = below;
  }

  /** `undefined`: not looked for yet; it will be at the next `find`. */
  of(question: TableQuestion): readonly string[] | undefined {
    const key = `${keyOf(question.slot)}@${question.naming}`;
    const found = this.#found.get(key);
    if (!found) this.#asked.set(key, question);
    return found?.paths;
  }

  /** Files that fill some member of that name. */
  filling(member: string): readonly string[] {
    let paths = this.#filling.get(member);
    if (!paths) {
      paths = this.#index.filesFilling(member);
      this.#filling.set(member, paths);
    }
    return paths;
  }

  get isAsked(): boolean {
    return this.#asked.size > 0;
  }

  /** Each file is read once for all that is asked: its text is not kept. */
  async find(token: Token): Promise<void> {
    const asked = [...this.#asked];
    this.#asked.clear();
    const byPath = new Map<string, Search[]>();
    const answers = new Map<string, Found & { readonly paths: string[] }>();
    for (const [key, question] of asked) {
      const found: string[] = [];
      const candidates = new Set(this.#candidates(question.slot.member, question.members));
      answers.set(key, { candidates, paths: found });
      for (const path of candidates) {
        const isThere = this.#knownBelow(key, path);
        if (isThere === true) found.push(path);
        if (isThere !== undefined) continue;
        const searches = byPath.get(path);
        if (searches) searches.push({ question, found });
        else byPath.set(path, [{ question, found }]);
      }
    }
    for (const path of [...byPath.keys()].sort()) {
      const text = await this.#index.text(path);
      if (text) search(decoder.decode(text), path, byPath.get(path) ?? []);
      throwIfCancelled(token);
    }
    for (const [key, found] of answers) {
      // Those of the view below came first.
      found.paths.sort();
      this.#found.set(key, found);
    }
  }

  /** Whether the file holds such a table in the view below, where it has the same text. `undefined`: not looked at. */
  #knownBelow(key: string, path: string): boolean | undefined {
    const found = this.#below?.changes.paths.has(path) === false && this.#below.files.#found.get(key);
    return found && found.candidates.has(path) ? found.paths.includes(path) : undefined;
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

interface Search {
  readonly question: TableQuestion;
  readonly found: string[];
}

function search(text: string, path: string, searches: readonly Search[]): void {
  // Many questions are about one table, for objects that lie in one struct or another.
  const initialised = new Map<string, boolean>();
  for (const { question, found } of searches) {
    const { struct } = question.slot;
    const known = initialised.get(struct) ?? initialises(text, struct);
    initialised.set(struct, known);
    if (known && names(text, question.naming)) found.push(path);
  }
}

/** `struct bus_type x = {`, `(struct bus_type) {`. */
function initialises(text: string, tag: string): boolean {
  for (let at = wordAfterStruct(text, tag, 0); at >= 0; at = wordAfterStruct(text, tag, at)) {
    opening.lastIndex = at;
    if (opening.test(text)) return true;
  }
  return false;
}

const names = (text: string, tag: string): boolean => wordAfterStruct(text, tag, 0) >= 0;

/** Where the next `struct tag` after that place ends; -1: there is none. */
function wordAfterStruct(text: string, tag: string, from: number): number {
  for (let at = tag === '' ? -1 : text.indexOf(tag, from); at >= 0; at = text.indexOf(tag, at + 1)) {
    const end = at + tag.length;
    if (!isWord(text.charCodeAt(end)) && followsStruct(text, at)) return end;
  }
  return -1;
}

function followsStruct(text: string, at: number): boolean {
  let end = at;
  while (isSpace(text.charCodeAt(end - 1))) end--;
  return end < at && text.endsWith('struct', end) && !isWord(text.charCodeAt(end - 7));
}

const opening = /\b[^;(){}]{0,120}=\s*\{|\s*\)\s*\{/y;

const isSpace = (code: number): boolean => code === 32 || code === 160 || (code >= 9 && code <= 13);

const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
