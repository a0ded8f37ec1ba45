// treeEngine.ts
// The engine over one tree: finds functions, gathers their rows, and sees open editors in place of the disk.

import type { Token } from '../base/cancel.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import { lineOf } from '../base/position.ts';
import type { Position } from '../base/position.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { namesOf } from '../program/fileNames.ts';
import { LoadedFacts } from '../program/loadedFacts.ts';
import type { CallbackTable } from '../program/ownTables.ts';
import { bestFirst } from '../program/resolve.ts';
import { knowledgeOf } from '../program/treeKnowledge.ts';
import { DirectReader } from './directRows.ts';
import type { DirectRows } from './directRows.ts';
import type { CalledItem, Engine } from './engine.ts';
import { FileReaders } from './fileReaders.ts';
import { functionChains, roundsForReport } from './functionChains.ts';
import type { FoundFunction } from './functionChains.ts';
import { lensTitle } from './lensTitle.ts';
import { HierarchyReader } from './hierarchy.ts';
import { lockClasses } from './lockClasses.ts';
import { filesAround, functionAround, functionAt, objectAt } from './meaningAt.ts';
import type { AskedFile } from './meaningAt.ts';
import { HeldFile } from './heldHere.ts';
import type {
  CallItem,
  CallLevel,
  FunctionReport,
  HeldHere,
  HeldSection,
  Lens,
  LockClass,
  ObjectReport,
  Reach,
} from './results.ts';

// One wave of files for a lens: the callees and the nearest headers. Names that need more stay as written.
const roundsForLenses = 2;
// Editors beside each other.
const mostHeldFiles = 4;
const noCalls: CallLevel = { edges: [], more: 0 };
const nearReach: Reach = { depth: 1, callers: true };

export function createEngine(index: TreeIndex): Engine {
  return new TreeEngine(index);
}

class TreeEngine implements Engine {
  readonly #disk: TreeIndex;
  readonly #openTexts = new Map<string, Uint8Array>();
  // The other files that the lenses of an open file needed last. At the next keystroke they are there from the start,
  // and the 18,000 lines of tg3.c are gone through once and not three times.
  readonly #neededByLenses = new Map<string, readonly string[]>();
  readonly #held = new Map<string, HeldFile>();
  #objects: { readonly index: TreeIndex; readonly reports: Map<string, ObjectReport> } | undefined;
  #callbacks: Promise<CallbackTable> | undefined;
  #view: TreeIndex;
  #changes = Promise.resolve();

  constructor(index: TreeIndex) {
    this.#disk = index;
    this.#view = index;
  }

  get index(): TreeIndex {
    return this.#view;
  }

  async report(functionOrPlace: string, token: Token, reach?: Reach): Promise<readonly FunctionReport[]> {
    const loaded = new LoadedFacts(this.#view);
    const reports: FunctionReport[] = [];
    for (const found of await this.#find(functionOrPlace, token)) {
      loaded.add(found.path, found.facts);
      reports.push(
        reach ? await this.#chains(found, reach, token) : await directChains(found, loaded, token),
      );
    }
    return reports;
  }

  async lenses(path: string, token: Token): Promise<readonly Lens[]> {
    const facts = (await this.#view.facts([path], token)).get(path);
    if (!facts) return [];
    const loaded = new LoadedFacts(this.#view);
    loaded.add(path, facts);
    await loaded.load(this.#neededByLenses.get(path) ?? [], token);
    const lenses = await loaded.ask(() => lensesOf(path, facts, loaded, token), roundsForLenses, token);
    if (this.#openTexts.has(path) && loaded.isComplete) this.#neededByLenses.set(path, loaded.asked);
    return lenses;
  }

  async heldAt(path: string, place: Position, token: Token): Promise<HeldHere | undefined> {
    return (await this.#heldFile(path, token))?.at(place, token);
  }

  async heldSections(
    path: string,
    first: number,
    last: number,
    token: Token,
  ): Promise<readonly HeldSection[]> {
    return (await (await this.#heldFile(path, token))?.sections(first, last, token)) ?? [];
  }

  async functionAt(path: string, place: Position, token: Token): Promise<FunctionReport | undefined> {
    const file = await this.#askedFile(path, token);
    const named = file && functionAt(file, place);
    if (!named) return undefined;
    const facts = (await file.index.facts([named.path], token)).get(named.path);
    const fn = facts && namesOf(facts).functions.get(named.name);
    if (!fn) return undefined;
    return this.#chains({ path: named.path, facts, fn }, nearReach, token);
  }

  async objectAt(path: string, place: Position, token: Token): Promise<ObjectReport | undefined> {
    const file = await this.#askedFile(path, token);
    if (!file) return undefined;
    if (this.#objects?.index !== file.index) this.#objects = { index: file.index, reports: new Map() };
    return objectAt(file, place, this.#objects.reports, await this.#callbackTable(), token);
  }

  async callItemAt(path: string, place: Position, token: Token): Promise<CallItem | undefined> {
    const file = await this.#askedFile(path, token);
    const named = file && (functionAt(file, place) ?? functionAround(file, place));
    return named && this.#hierarchy((reader) => reader.functionItem(named.path, named.name), token);
  }

  callsTo({ kind, path, name, slot }: CalledItem, token: Token): Promise<CallLevel> {
    const files = filesAround(this.#view, path);
    return this.#hierarchy((reader) => {
      if (kind === 'function') return reader.incoming(path, name);
      return slot ? reader.throughTable(slot, files) : noCalls;
    }, token);
  }

  callsFrom({ kind, path, name }: CalledItem, token: Token): Promise<CallLevel> {
    return this.#hierarchy((reader) => (kind === 'function' ? reader.outgoing(path, name) : noCalls), token);
  }

  async #hierarchy<T>(question: (reader: HierarchyReader) => T, token: Token): Promise<T> {
    const callbackOf = await this.#callbackTable();
    const loaded = new LoadedFacts(this.#view);
    return loaded.ask(() => question(new HierarchyReader(loaded, callbackOf)), roundsForReport, token);
  }

  /** Of an open file, over what is worked out there for what is held. */
  async #chains(found: FoundFunction, reach: Reach, token: Token): Promise<FunctionReport> {
    const { path, facts } = found;
    const held = this.#openTexts.has(path) ? await this.#heldFile(path, token) : undefined;
    const readers =
      held?.facts === facts
        ? held.readers
        : new FileReaders({ index: this.#view, path, facts }, await this.#callbackTable());
    return functionChains(found, readers, reach, token);
  }

  lockClasses(query: string, open: readonly string[], token: Token): Promise<readonly LockClass[]> {
    return lockClasses(this.#view, query, open, token);
  }

  forget(): void {
    this.#held.clear();
    this.#objects = undefined;
    this.#callbacks = undefined;
  }

  /** Changes take effect one after the other; a question asked in between sees the state before. */
  setOpenText(path: string, text: Uint8Array | undefined): Promise<void> {
    const change = this.#changes.then(async () => {
      if (text) this.#openTexts.set(path, text);
      else {
        this.#openTexts.delete(path);
        this.#neededByLenses.delete(path);
      }
      this.#view =
        this.#openTexts.size === 0 ? this.#disk : await this.#disk.overlay(new Map(this.#openTexts));
    });
    this.#changes = change.catch(() => undefined);
    return change;
  }

  /** Kept for the files that were asked about last, while neither they nor other open texts change. */
  async #heldFile(path: string, token: Token): Promise<HeldFile | undefined> {
    const file = await this.#askedFile(path, token);
    const known = this.#held.get(path);
    if (known && known.index === file?.index && known.facts === file.facts) return known;
    if (!file) return undefined;
    const made = new HeldFile(file, await this.#callbackTable(), known);
    this.#held.delete(path);
    this.#held.set(path, made);
    const [oldest] = this.#held.keys();
    if (this.#held.size > mostHeldFiles && oldest !== undefined) this.#held.delete(oldest);
    return made;
  }

  /** What is known of callbacks for the kernel that the tree is, which open texts do not change. */
  #callbackTable(): Promise<CallbackTable> {
    this.#callbacks ??= knowledgeOf(this.#disk).then(
      (knowledge) => (struct, member) => knowledge.callbackOf(struct, member),
    );
    return this.#callbacks;
  }

  async #askedFile(path: string, token: Token): Promise<AskedFile | undefined> {
    const index = this.#view;
    const facts = (await index.facts([path], token)).get(path);
    const text = facts && (await index.text(path));
    return facts && text && { index, path, facts, text };
  }

  async #find(functionOrPlace: string, token: Token): Promise<readonly FoundFunction[]> {
    const place = /^(.+):(\d+)$/.exec(functionOrPlace);
    if (place) return this.#findAround(place[1] ?? '', Number(place[2]), token);
    const definitions = bestFirst(this.#view.definitionsOf(functionOrPlace), ['function']);
    const paths = [...new Set(definitions.map((definition) => definition.path))];
    const files = await this.#view.facts(paths, token);
    return paths.flatMap((path) => {
      const facts = files.get(path);
      const fn = facts && namesOf(facts).functions.get(functionOrPlace);
      return fn ? [{ path, facts, fn }] : [];
    });
  }

  async #findAround(path: string, line: number, token: Token): Promise<readonly FoundFunction[]> {
    const facts = (await this.#view.facts([path], token)).get(path);
    const around = facts?.functions.filter((fn) => lineOf(fn.start) <= line && line <= lineOf(fn.end)) ?? [];
    return facts ? around.map((fn) => ({ path, facts, fn })) : [];
  }
}

/** What it does and what it calls directly: what an editor shows at once. */
async function directChains(
  { path, facts, fn }: FoundFunction,
  loaded: LoadedFacts,
  token: Token,
): Promise<FunctionReport> {
  const read = (): DirectRows => new DirectReader(loaded).read(path, facts, fn);
  const { rows, unresolved } = await loaded.ask(read, roundsForReport, token);
  return { name: fn.name, path, start: fn.start, end: fn.end, rows, unresolved };
}

function lensesOf(path: string, facts: FileFacts, loaded: LoadedFacts, token: Token): readonly Lens[] {
  const lenses: Lens[] = [];
  const reader = new DirectReader(loaded);
  for (const fn of facts.functions) {
    throwIfCancelled(token);
    const title = lensTitle(reader.read(path, facts, fn).rows);
    if (title !== '') lenses.push({ functionName: fn.name, path, at: fn.at, title });
  }
  return lenses;
}
