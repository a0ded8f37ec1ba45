// openTexts.ts
// Texts of open editors on their way into the engine. An edit only marks a text as changed; it goes over when an answer
// needs it or after a moment of rest, whichever comes first, so ten quick edits cost one parse.

import type { Disposable } from '../base/disposable.ts';
import type { Engine } from '../engine/engine.ts';
import type { PlaceInTree } from './trees.ts';

export interface EditedDocument {
  readonly uri: string;
  readonly version: number;
  getText(): string;
}

interface OpenText {
  readonly document: EditedDocument;
  readonly place: PlaceInTree;
  given: Given | undefined;
}

/** What an engine has of a text, or is being given. A tree has two engines, one after the other. */
interface Given {
  readonly engine: Engine;
  version: number | undefined;
  giving: Promise<void>;
  bytes: Uint8Array | undefined;
}

// Long enough for the edits of one keystroke to arrive together, too short to be felt.
const restMilliseconds = 10;

export class OpenTexts implements Disposable {
  readonly #texts = new Map<string, OpenText>();
  readonly #encoder = new TextEncoder();
  readonly #failed: (error: unknown) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** From now on the editor's text counts in place of the file. */
  open(document: EditedDocument, place: PlaceInTree): void {
    if (this.#texts.get(document.uri)?.place.tree === place.tree) return;
    this.#texts.set(document.uri, { document, place, given: undefined });
  }

  /** From now on the file counts again. */
  async close(uri: string): Promise<void> {
    const text = this.#texts.get(uri);
    this.#texts.delete(uri);
    if (!text?.given) return;
    const { engine, giving } = text.given;
    await giving.catch(() => undefined);
    await engine.setOpenText(text.place.path, undefined);
  }

  /** To be called after every edit. */
  edited(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const text of this.#texts.values()) {
        if (text.given) this.#give(text, text.given.engine).catch(this.#failed);
      }
    }, restMilliseconds);
  }

  /** After this, answers of an engine of the tree are about what the editors show. */
  async giveAll({ tree }: PlaceInTree, engine: Engine): Promise<void> {
    const ofTree = [...this.#texts.values()].filter(({ place }) => place.tree === tree);
    await Promise.all(ofTree.map((text) => this.#give(text, engine)));
  }

  /** The text of a file as an editor shows it, if one does; as of the last `giveAll`. */
  bytesOf(path: string, engine: Engine): Uint8Array | undefined {
    for (const { place, given } of this.#texts.values()) {
      if (place.path === path && given?.engine === engine) return given.bytes;
    }
    return undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#texts.clear();
  }

  #give(text: OpenText, engine: Engine): Promise<void> {
    if (text.given?.engine !== engine) {
      text.given = { engine, version: undefined, giving: Promise.resolve(), bytes: undefined };
    }
    const { given } = text;
    const { version } = text.document;
    if (given.version === version) return given.giving;
    given.version = version;
    given.giving = given.giving.catch(() => undefined).then(() => this.#hand(text, given, version));
    return given.giving;
  }

  async #hand({ document, place }: OpenText, given: Given, version: number): Promise<void> {
    // A newer edit may have taken over in the meantime.
    if (given.version !== version) return;
    given.bytes = this.#encoder.encode(document.getText());
    try {
      await given.engine.setOpenText(place.path, given.bytes);
    } catch (error) {
      // The next request tries again.
      if (given.version === version) given.version = undefined;
      throw error;
    }
  }
}
