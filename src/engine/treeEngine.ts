// treeEngine.ts
// The engine over one tree: finds functions, gathers their rows, and sees open editors in place of the disk.

import type { Token } from '../base/cancel.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import { lineOf } from '../base/position.ts';
import type { Position } from '../base/position.ts';
import type { FileFacts, FunctionFacts } from '../facts/fileFacts.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { namesOf } from '../program/fileNames.ts';
import { LoadedFacts } from '../program/loadedFacts.ts';
import { bestFirst } from '../program/resolve.ts';
import { CallerReader } from './callers.ts';
import { deepRows } from './deepRows.ts';
import { DirectReader } from './directRows.ts';
import type { DirectRows } from './directRows.ts';
import type { Engine } from './engine.ts';
import { lensTitle } from './lensTitle.ts';
import { HeldFile } from './heldHere.ts';
import type { FunctionReport, HeldHere, HeldSection, Lens, Reach } from './results.ts';

// The function's file is there already; then come callees and headers, their headers, and the types in those.
const roundsForReport = 4;
// With each level, the callees, their headers and the types in those.
const roundsForLevel = 3;
// One wave of files for a lens: the callees and the nearest headers. Names that need more stay as written.
const roundsForLenses = 2;
// Editors beside each other.
const mostHeldFiles = 4;

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
        reach ? await chainsOf(found, loaded, reach, token) : await directChains(found, loaded, token),
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
    if (this.#openTexts.has(path) && loaded.needed) this.#neededByLenses.set(path, loaded.needed);
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

  forget(): void {
    this.#held.clear();
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
    const view = this.#view;
    const facts = (await view.facts([path], token)).get(path);
    const known = this.#held.get(path);
    if (known && known.index === view && known.facts === facts) return known;
    const text = facts && (await view.text(path));
    if (!facts || !text) return undefined;
    const made = new HeldFile(view, path, facts, text);
    this.#held.delete(path);
    this.#held.set(path, made);
    const [oldest] = this.#held.keys();
    if (this.#held.size > mostHeldFiles && oldest !== undefined) this.#held.delete(oldest);
    return made;
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

interface FoundFunction {
  readonly path: string;
  readonly facts: FileFacts;
  readonly fn: FunctionFacts;
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

async function chainsOf(
  found: FoundFunction,
  loaded: LoadedFacts,
  { depth, callers }: Reach,
  token: Token,
): Promise<FunctionReport> {
  const { path, fn } = found;
  const { name, isStatic, start, end } = fn;
  const rounds = roundsForReport + (depth - 1) * roundsForLevel;
  const down = await loaded.ask(() => deepRows(loaded, found, depth), rounds, token);
  const report = { name, path, start, end, ...down };
  if (!callers) return report;
  const asked = { name, path, isStatic };
  const up = await loaded.ask(() => new CallerReader(loaded).read(asked, depth), rounds, token);
  return { ...report, callers: up.rows, moreCallers: up.more };
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
