// fileReaders.ts
// What questions about one state of one file work out on their way: who asks next, for what is held or for chains, finds
// it there. The next state of the file begins with the files that this one needed.

import type { Token } from '../base/cancel.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { LoadedFacts } from '../program/loadedFacts.ts';
import type { CallbackTable } from '../program/ownTables.ts';
import { Bodies } from './bodies.ts';
import { CallerReader } from './callers.ts';
import type { AskCallers } from './heldOnEntry.ts';
import { HeldReader } from './heldReader.ts';
import { KeptReaders } from './keptReaders.ts';

export interface Readers {
  readonly bodies: Bodies;
  readonly held: HeldReader;
  readonly callers: CallerReader;
}

/** One state of one file, and the tree that it is seen in. */
export interface FileState {
  readonly index: TreeIndex;
  readonly path: string;
  readonly facts: FileFacts;
}

// At each step up, the callers, what they call, and the headers and types of those.
const roundsForCallers = 4;

export class FileReaders {
  readonly #loaded: LoadedFacts;
  readonly #readers: KeptReaders<Readers>;
  #toLoad: readonly string[];

  /** `needed`: files that the state before this one needed. */
  constructor({ index, path, facts }: FileState, callbackOf: CallbackTable, needed: readonly string[] = []) {
    const loaded = new LoadedFacts(index);
    loaded.add(path, facts);
    this.#loaded = loaded;
    this.#readers = new KeptReaders(loaded, () => readersOver(loaded, callbackOf));
    this.#toLoad = needed;
  }

  /** Files that questions about this state have asked for; while none was answered, those of the state before. */
  get needed(): readonly string[] {
    return this.#toLoad.length > 0 ? this.#toLoad : this.#loaded.asked;
  }

  /** `rounds`: as often files are loaded that it lacks. */
  async ask<T>(question: (readers: Readers) => T, rounds: number, token: Token): Promise<T> {
    if (this.#toLoad.length > 0) {
      await this.#loaded.load(this.#toLoad, token);
      this.#toLoad = [];
    }
    return this.#readers.ask(question, rounds, token);
  }

  askCallers(token: Token): AskCallers {
    return (question) => this.ask(({ callers }) => question(callers), roundsForCallers, token);
  }
}

function readersOver(loaded: LoadedFacts, callbackOf: CallbackTable): Readers {
  const bodies = new Bodies(loaded);
  const held = new HeldReader(bodies);
  return { bodies, held, callers: new CallerReader(bodies, held, callbackOf) };
}
