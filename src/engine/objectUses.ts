// objectUses.ts
// Who does what to one lock, work or completion in the files around it, what is held then, and what is taken under it:
// from what each function says, with direct calls followed. The whole analysis knows more, and takes seconds.

import type { Token } from '../base/cancel.ts';
import { Turns } from '../base/turns.ts';
import type { LoadedFacts } from '../program/loadedFacts.ts';
import type { CallbackTable } from '../program/ownTables.ts';
import { Bodies } from './bodies.ts';
import { CallerReader } from './callers.ts';
import type { Asked } from './callers.ts';
import { isSame } from './heldInside.ts';
import { EntryReader, stepUp } from './heldOnEntry.ts';
import type { AskCallers } from './heldOnEntry.ts';
import { KeptReaders } from './keptReaders.ts';
import { HeldReader } from './heldReader.ts';
import { InsideReader, Rows } from './objectInside.ts';
import type { AskedObject, FoundInside } from './objectInside.ts';
import type { HandlerContext, ObjectReport, ObjectUse } from './results.ts';

// What locks are behind the names of calls, the types of the locks, and who calls whom.
const rounds = 4;
// Handlers are rarely further away from what they lock.
const deepestHandler = 3;

export interface AskedFiles {
  readonly loaded: LoadedFacts;
  /** All of them are loaded. */
  readonly files: readonly string[];
  readonly callbackOf: CallbackTable;
}

/** Many functions are looked through, and somebody else waits for the same thread: one after the other, in short turns. */
export function usesOf(files: AskedFiles, asked: AskedObject, token: Token): Promise<ObjectReport> {
  return new UseReader(files, asked, token).read();
}

class UseReader {
  readonly #readers: KeptReaders<Readers>;
  readonly #entries = new EntryReader();
  readonly #files: AskedFiles;
  readonly #asked: AskedObject;
  readonly #turns = new Turns();
  readonly #askCallers: AskCallers = (question) => this.#ask(({ callers }) => question(callers));
  readonly #token: Token;

  constructor(files: AskedFiles, asked: AskedObject, token: Token) {
    this.#files = files;
    this.#asked = asked;
    this.#token = token;
    this.#readers = new KeptReaders(files.loaded, () => readersOver(files, asked));
  }

  async read(): Promise<ObjectReport> {
    const uses: ObjectUse[] = [];
    const under = new Rows();
    const over = new Rows();
    for (const path of this.#files.files) {
      const facts = this.#files.loaded.get(path);
      for (const fn of facts?.functions ?? []) {
        const found = await this.#ask(({ inside }) => inside.look(path, facts!, fn));
        if (!found) continue;
        uses.push(...found.uses);
        await this.#whatIsHeld(found, under);
        for (const row of found.over) over.add(row);
      }
    }
    const contexts = new Map<string, HandlerContext>();
    for (const taker of await this.#takers(uses))
      await this.#handlers(taker, contexts, deepestHandler, new Set());
    const { objectKind, object } = this.#asked;
    return {
      ...{ objectKind, object, uses, files: this.#files.files.length },
      ...{ over: over.rows, under: under.rows, contexts: [...contexts.values()] },
    };
  }

  async #ask<T>(question: (readers: Readers) => T): Promise<T> {
    await this.#turns.rest(this.#token);
    return this.#readers.ask(question, rounds, this.#token);
  }

  async #whatIsHeld({ asked, takings }: FoundInside, under: Rows): Promise<void> {
    for (const { own, path, at } of takings) {
      const { always, sometimes } = await this.#entries.of(asked, this.#askCallers, this.#turns, this.#token);
      for (const row of [...own, ...always, ...sometimes])
        if (!isSame(this.#asked)(row)) under.add({ ...row, path, at, functionName: asked.name });
    }
  }

  #takers(uses: readonly ObjectUse[]): Promise<readonly Asked[]> {
    const names = new Map(uses.map((use) => [`${use.path}:${use.functionName}`, use]));
    return this.#ask(({ bodies }) =>
      [...names.values()].map(({ functionName, path }) => {
        const definitions = bodies.index.definitionsOf(functionName);
        const isStatic = definitions.find((definition) => definition.path === path)?.isStatic ?? false;
        return { name: functionName, path, isStatic };
      }),
    );
  }

  /** Works, timers and interrupts that run it, up the callers. */
  async #handlers(
    asked: Asked,
    found: Map<string, HandlerContext>,
    depth: number,
    seen: Set<string>,
  ): Promise<void> {
    const key = `${asked.path}:${asked.name}`;
    if (depth === 0 || seen.has(key)) return;
    seen.add(key);
    const { rows } = await stepUp(asked, this.#askCallers, this.#turns, this.#token);
    for (const { row, by } of rows) {
      if (by) await this.#handlers(by, found, depth - 1, seen);
      if (row.kind !== 'handler') continue;
      const { objectKind, object, path, at } = row;
      found.set(`${objectKind} ${object}`, { objectKind, object, functionName: asked.name, path, at });
    }
  }
}

interface Readers {
  readonly bodies: Bodies;
  readonly callers: CallerReader;
  readonly inside: InsideReader;
}

function readersOver({ loaded, files, callbackOf }: AskedFiles, asked: AskedObject): Readers {
  const bodies = new Bodies(loaded);
  const held = new HeldReader(bodies);
  const inside = new InsideReader(bodies, held, new Set(files), asked);
  return { bodies, callers: new CallerReader(bodies, held, callbackOf), inside };
}
