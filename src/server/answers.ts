// answers.ts
// Answers requests: finds the tree, brings the texts of open editors over, asks the engine. Every failure is logged and
// shown in the status of its tree; none becomes an empty answer.

import type { CodeLens } from 'vscode-languageserver';
import type { Token } from '../base/cancel.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import type { Engine } from '../engine/engine.ts';
import { findChains } from './chains.ts';
import { assumeAscii, ColumnConverter } from './columns.ts';
import type { ServerEnvironment } from './environment.ts';
import { cancelledAnswer, describeError, failedAnswer, isCancelled } from './failures.ts';
import { toCodeLens } from './lenses.ts';
import type { EditedDocument, OpenTexts } from './openTexts.ts';
import type { ChainsAnswer, ChainsParams, MemoryReport } from './protocol.ts';
import { folderOf } from './trees.ts';
import type { PlaceInTree, Trees } from './trees.ts';

export class Answers {
  readonly #trees: Trees;
  readonly #texts: OpenTexts;
  readonly #environment: ServerEnvironment;
  readonly #log: (message: string) => void;

  constructor(
    trees: Trees,
    texts: OpenTexts,
    environment: ServerEnvironment,
    log: (message: string) => void,
  ) {
    this.#trees = trees;
    this.#texts = texts;
    this.#environment = environment;
    this.#log = log;
  }

  async lenses(document: EditedDocument, token: Token): Promise<CodeLens[]> {
    const place = await this.#placeOf(document.uri);
    if (!place) return [];
    return this.#guard(place, `lenses of ${place.path}`, token, async () => {
      const engine = await this.#engineFor(place, document, token);
      const found = await engine.lenses(place.path, token);
      throwIfCancelled(token);
      if (found.length === 0) return [];
      const bytes = this.#texts.bytesOf(place.path, engine);
      const converter = bytes === undefined ? undefined : new ColumnConverter(bytes);
      return found.map((lens) =>
        toCodeLens(lens, document.uri, (at) => (converter ? converter.toEditor(at) : assumeAscii(at))),
      );
    });
  }

  async chains(
    params: ChainsParams,
    document: EditedDocument | undefined,
    token: Token,
  ): Promise<ChainsAnswer> {
    const place = await this.#placeOf(params.uri);
    if (!place) return { kind: 'no-kernel-tree' };
    return this.#guard(place, `chains in ${place.path}`, token, async (): Promise<ChainsAnswer> => {
      const engine = await this.#engineFor(place, document, token);
      const textOf = (path: string) => {
        const bytes = this.#texts.bytesOf(path, engine);
        return bytes === undefined ? engine.index.text(path) : Promise.resolve(bytes);
      };
      const chains = await findChains(engine, place.path, params, textOf, token);
      throwIfCancelled(token);
      return chains ? { kind: 'chains', root: place.tree.root, chains } : { kind: 'no-function' };
    });
  }

  memory(): MemoryReport {
    const trees = this.#trees.all.map((tree) => ({ root: tree.root, lines: tree.memoryLines }));
    return { ...this.#environment.memory(), trees };
  }

  async clearCache(): Promise<null> {
    for (const tree of this.#trees.all) await (await tree.opened).clearCache();
    return null;
  }

  /** The engine, with the texts of all open editors, the asked one first. */
  async #engineFor(place: PlaceInTree, document: EditedDocument | undefined, token: Token): Promise<Engine> {
    const open = await place.tree.opened;
    const { engine } = open;
    await open.prefer(folderOf(place.path));
    throwIfCancelled(token);
    if (document) this.#texts.open(document, place.path, engine);
    await this.#texts.giveAll(engine);
    throwIfCancelled(token);
    return engine;
  }

  async #placeOf(uri: string): Promise<PlaceInTree | undefined> {
    try {
      return await this.#trees.placeOf(uri);
    } catch (error) {
      this.#log(describeError(`the kernel tree around ${uri} could not be looked for`, error));
      throw failedAnswer(error);
    }
  }

  async #guard<T>(place: PlaceInTree, what: string, token: Token, answer: () => Promise<T>): Promise<T> {
    try {
      const value = await answer();
      place.tree.clearTrouble();
      return value;
    } catch (error) {
      if (isCancelled(error, token)) throw cancelledAnswer();
      // Why a tree could not be opened was said once; every request after that fails for the same reason.
      if (place.tree.status.state.kind !== 'failed') place.tree.reportTrouble(describeError(what, error));
      throw failedAnswer(error);
    }
  }
}
