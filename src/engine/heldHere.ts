// heldHere.ts
// Answers what is held at a place of one file, and on which lines its functions hold something. Asked with every move
// of a cursor, so what was worked out for a file is kept while its text and the tree stay the same.

import type { Token } from '../base/cancel.ts';
import { lineOf } from '../base/position.ts';
import type { Position } from '../base/position.ts';
import { Turns } from '../base/turns.ts';
import type { FileFacts, FunctionFacts } from '../facts/fileFacts.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { CallbackTable } from '../program/ownTables.ts';
import type { AskedFile } from './meaningAt.ts';
import { BodyText } from './bodyText.ts';
import { heldRow } from './callers.ts';
import { FileReaders } from './fileReaders.ts';
import type { Readers } from './fileReaders.ts';
import { heldOnAll, isSame } from './heldInside.ts';
import type { HeldStep, HeldWay } from './heldInside.ts';
import { EntryReader } from './heldOnEntry.ts';
import type { HeldOnEntry } from './heldOnEntry.ts';
import { HeldPlaces } from './heldPlaces.ts';
import { sectionsOf } from './heldSections.ts';
import type { HeldHere, HeldItem, HeldRow, HeldSection } from './results.ts';

// What locks are behind the names of its calls, and the types of the locks.
const roundsForPlaces = 3;

/** One state of one file. */
export class HeldFile {
  readonly index: TreeIndex;
  readonly facts: FileFacts;
  readonly readers: FileReaders;
  readonly #path: string;
  readonly #text: Uint8Array;
  readonly #lineStarts: readonly number[];
  readonly #places = new Map<FunctionFacts, HeldPlaces>();
  readonly #entries = new EntryReader();

  /** `before`: the state that the file had before this one. */
  constructor(file: AskedFile, callbackOf: CallbackTable, before?: HeldFile) {
    const { index, path, facts, text } = file;
    this.index = index;
    this.facts = facts;
    this.readers = new FileReaders(file, callbackOf, before?.readers.needed);
    this.#path = path;
    this.#text = text;
    this.#lineStarts = lineStartsOf(text);
  }

  /** `undefined`: outside of all functions. */
  async at(place: Position, token: Token): Promise<HeldHere | undefined> {
    const line = lineOf(place);
    const fn = this.facts.functions.find((one) => lineOf(one.start) <= line && line <= lineOf(one.end));
    if (!fn) return undefined;
    const ways = (await this.#placesOf(fn, token)).waysAt(place);
    const entry = ways.length === 0 ? undefined : await this.#entryOf(fn, token);
    return {
      functionName: fn.name,
      holds: [...fromCallers(ways, entry), ...ownItems(ways, this.#path)],
    };
  }

  /** Of functions with a line in this range, 1-based. */
  async sections(first: number, last: number, token: Token): Promise<readonly HeldSection[]> {
    const found: HeldSection[] = [];
    const turns = new Turns();
    for (const fn of this.facts.functions) {
      if (lineOf(fn.end) < first || lineOf(fn.start) > last) continue;
      await turns.rest(token);
      found.push(...sectionsOf(await this.#placesOf(fn, token), lineOf(fn.start), lineOf(fn.end)));
    }
    return found;
  }

  async #placesOf(fn: FunctionFacts, token: Token): Promise<HeldPlaces> {
    const known = this.#places.get(fn);
    if (known) return known;
    const read = (readers: Readers): HeldPlaces => this.#readPlaces(fn, readers);
    const places = await this.readers.ask(read, roundsForPlaces, token);
    this.#places.set(fn, places);
    return places;
  }

  #readPlaces(fn: FunctionFacts, { bodies, held }: Readers): HeldPlaces {
    const inside = held.ofFunction(this.#path, fn.name, bodies.ofFunction(this.#path, this.facts, fn));
    const start = this.#lineStarts[lineOf(fn.start) - 1] ?? 0;
    const end = this.#lineStarts[lineOf(fn.end)] ?? this.#text.length;
    return new HeldPlaces(fn.flow, inside, new BodyText(this.#text.subarray(start, end), lineOf(fn.start)));
  }

  #entryOf({ name, isStatic }: FunctionFacts, token: Token): Promise<HeldOnEntry> {
    const asked = { name, path: this.#path, isStatic };
    return this.#entries.of(asked, this.readers.askCallers(token), new Turns(), token);
  }
}

function ownItems(ways: readonly HeldWay[], path: string): readonly HeldItem[] {
  const sure = heldOnAll(ways);
  const some = ways.flatMap(({ holds }) => holds).filter((held) => !sure.some(isSame(held)));
  const others = some.filter((held, i) => some.findIndex(isSame(held)) === i);
  const item = (step: HeldStep, isSure: boolean): HeldItem => ({
    ...heldRow(step),
    origin: step.effect === 'assert' ? 'asserted' : 'taken',
    isSure,
    taken: { path, at: step.at },
  });
  return [...sure.map((step) => item(step, true)), ...others.map((step) => item(step, false))];
}

/** Without what the function has let go, and what it says itself. */
function fromCallers(ways: readonly HeldWay[], entry: HeldOnEntry | undefined): readonly HeldItem[] {
  if (!entry) return [];
  const own = ways.flatMap(({ holds }) => holds);
  const item = (held: HeldRow, isSure: boolean): readonly HeldItem[] => {
    const isGone = ({ released }: HeldWay): boolean => released.some(isSame(held));
    if (own.some(isSame(held)) || ways.every(isGone)) return [];
    return [{ ...held, origin: 'caller', isSure: isSure && !ways.some(isGone) }];
  };
  return [
    ...entry.always.flatMap((held) => item(held, true)),
    ...entry.sometimes.flatMap((held) => item(held, false)),
  ];
}

function lineStartsOf(text: Uint8Array): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) starts.push(at + 1);
  return starts;
}
