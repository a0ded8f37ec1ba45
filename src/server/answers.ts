// answers.ts
// Answers requests: finds the tree, brings the texts of open editors over, asks the engine. Every failure is logged and
// shown in the status of its tree; none becomes an empty answer.

import type { CodeLens } from 'vscode-languageserver';
import type { Token } from '../base/cancel.ts';
import { neverCancelled, throwIfCancelled } from '../base/cancel.ts';
import type { Position } from '../base/position.ts';
import type { Engine } from '../engine/engine.ts';
import type { Lens } from '../engine/results.ts';
import { assumeAscii, ColumnConverter } from './columns.ts';
import type { EditorPosition } from './columns.ts';
import type { ServerEnvironment } from './environment.ts';
import { cancelledAnswer, describeError, failedAnswer, isCancelled } from './failures.ts';
import type { PlacedFunction } from './cycleLenses.ts';
import { FirstLenses } from './firstLenses.ts';
import { toCodeLens } from './lenses.ts';
import type { EditedDocument, OpenTexts } from './openTexts.ts';
import { PartialLenses } from './partialLenses.ts';
import type { IndexedTreeFiles, MemoryReport, ToldChains, ToldChainsParams } from './protocol.ts';
import { tellChains } from './toldChains.ts';
import { TreePlaces } from './treePlaces.ts';
import { folderOf } from './trees.ts';
import type { PlaceInTree, Trees } from './trees.ts';

export interface AnswersListener {
  complain(message: string): void;
  /** Lenses that were answered earlier would be answered differently now. */
  lensesOutdated(): void;
}

export interface Question {
  readonly uri: string;
  readonly document: EditedDocument | undefined;
  readonly what: string;
}

/** What answers a question about a file: the engine, with the texts of all open editors. */
export interface AskedTree {
  readonly engine: Engine;
  readonly path: string;
  /** Address of the root of the tree. */
  readonly root: string;
  /** The names of the whole tree were not read yet. */
  readonly isPartial: boolean;
  readonly places: TreePlaces;
}

export class Answers {
  readonly #trees: Trees;
  readonly #texts: OpenTexts;
  readonly #environment: ServerEnvironment;
  readonly #listener: AnswersListener;
  readonly #first = new FirstLenses();
  readonly #partial: PartialLenses;

  constructor(trees: Trees, texts: OpenTexts, environment: ServerEnvironment, listener: AnswersListener) {
    this.#trees = trees;
    this.#texts = texts;
    this.#environment = environment;
    this.#listener = listener;
    this.#partial = new PartialLenses(
      (document) => this.lenses(document, neverCancelled),
      () => listener.lensesOutdated(),
    );
  }

  /** An editor has opened it, and may ask for its lenses. `surely`: it does. */
  async expectLenses(uri: string, surely: boolean): Promise<void> {
    // Where it fails, the same failure is told by the question itself.
    const place = await this.#trees.placeOf(uri).catch(() => undefined);
    if (!place) return;
    if (surely) place.tree.expectLenses();
    this.#first.begin(place);
  }

  async lenses(document: EditedDocument, token: Token): Promise<CodeLens[]> {
    const place = await this.#placeOf(document.uri);
    if (!place) return [];
    const wasOpen = place.tree.isOpen;
    try {
      const lenses = await this.#lensesAt(place, document, token);
      place.tree.lensesAnswered();
      return lenses;
    } catch (error) {
      if (!wasOpen && !token.isCancellationRequested) this.#partial.failed(place.tree, document);
      throw error;
    }
  }

  #lensesAt(place: PlaceInTree, document: EditedDocument, token: Token): Promise<CodeLens[]> {
    return this.#guard(place, `lenses of ${place.path}`, token, async () => {
      const { engine, isPartial } = await this.#engineFor(place, document, token);
      const found = await engine.lenses(place.path, token);
      throwIfCancelled(token);
      const lenses = found.length === 0 ? [] : this.#toCodeLenses(found, place.path, document.uri, engine);
      if (isPartial) this.#partial.answered(place.tree, document, lenses);
      return lenses;
    });
  }

  /** Functions and where their names stand in the text as it is edited. */
  async functionsIn(document: EditedDocument, token: Token): Promise<readonly PlacedFunction[]> {
    const place = await this.#placeOf(document.uri);
    if (!place) return [];
    return this.#guard(place, `functions of ${place.path}`, token, async () => {
      const { engine } = await this.#engineFor(place, document, token);
      const facts = (await engine.index.facts([place.path], token)).get(place.path);
      const toEditor = this.#editorPositions(place.path, engine);
      return (facts?.functions ?? []).map(({ name, at }) => ({ name, ...toEditor(at) }));
    });
  }

  /** `undefined`: the file lies in no kernel tree. `what` is for the log. */
  async ask<T>(
    { uri, document, what }: Question,
    token: Token,
    answer: (asked: AskedTree) => Promise<T>,
  ): Promise<T | undefined> {
    const place = await this.#placeOf(uri);
    if (!place) return undefined;
    return this.#guard(place, `${what} in ${place.path}`, token, async () => {
      await this.#first.before(place.tree);
      throwIfCancelled(token);
      const { engine, isPartial } = await this.#engineFor(place, document, token);
      const textOf = (path: string): Promise<Uint8Array | undefined> => {
        const bytes = this.#texts.bytesOf(path, engine);
        return bytes === undefined ? engine.index.text(path) : Promise.resolve(bytes);
      };
      const { path, tree } = place;
      const value = await answer({
        engine,
        path,
        root: tree.root,
        isPartial,
        places: new TreePlaces(textOf),
      });
      throwIfCancelled(token);
      return value;
    });
  }

  /** About the whole tree: waits until its names are read. */
  async toldChains(params: ToldChainsParams, token: Token): Promise<ToldChains> {
    const tree = await this.#trees.treeFor(params.uri);
    if (!tree) return { kind: 'no-kernel-tree' };
    const place = { tree, path: '' };
    return this.#guard(place, `chains of ${params.wanted}`, token, async () => {
      const { engine } = await tree.whole();
      await this.#texts.giveAll(place, engine);
      throwIfCancelled(token);
      return tellChains(engine, tree.root, params, token);
    });
  }

  memory(): MemoryReport {
    const trees = this.#trees.all.map((tree) => ({ root: tree.root, lines: tree.memoryLines }));
    return { ...this.#environment.memory(), trees };
  }

  indexedFiles(): readonly IndexedTreeFiles[] {
    return this.#trees.all.map(({ root, indexedFiles }) =>
      indexedFiles ? { kind: 'open', root, ...indexedFiles } : { kind: 'not-open', root },
    );
  }

  async clearCache(): Promise<null> {
    for (const tree of this.#trees.all) await (await tree.whole()).clearCache();
    return null;
  }

  /** The engine, with the texts of all open editors, the asked one first. */
  async #engineFor(
    place: PlaceInTree,
    document: EditedDocument | undefined,
    token: Token,
  ): Promise<{ readonly engine: Engine; readonly isPartial: boolean }> {
    const { open, isPartial } = await place.tree.answering();
    const { engine } = open;
    await open.prefer(folderOf(place.path));
    throwIfCancelled(token);
    if (document) this.#texts.open(document, place);
    await this.#texts.giveAll(place, engine);
    throwIfCancelled(token);
    return { engine, isPartial };
  }

  #toCodeLenses(lenses: readonly Lens[], path: string, uri: string, engine: Engine): CodeLens[] {
    const toEditor = this.#editorPositions(path, engine);
    return lenses.map((lens) => toCodeLens(lens, uri, toEditor));
  }

  #editorPositions(path: string, engine: Engine): (at: Position) => EditorPosition {
    const bytes = this.#texts.bytesOf(path, engine);
    const converter = bytes === undefined ? undefined : new ColumnConverter(bytes);
    return (at) => converter?.toEditor(at) ?? assumeAscii(at);
  }

  async #placeOf(uri: string): Promise<PlaceInTree | undefined> {
    try {
      return await this.#trees.placeOf(uri);
    } catch (error) {
      this.#listener.complain(describeError(`the kernel tree around ${uri} could not be looked for`, error));
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
    } finally {
      place.tree.answered();
    }
  }
}
