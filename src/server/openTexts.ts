// openTexts.ts
// Texts of open editors on their way into the engine. An edit only marks a text as changed; it goes over when an answer
// needs it or after a moment of rest, whichever comes first, so ten quick edits cost one parse.

import type { Disposable } from '../base/disposable.ts';
import type { Engine } from '../engine/engine.ts';

export interface EditedDocument {
  readonly uri: string;
  readonly version: number;
  getText(): string;
}

interface OpenText {
  readonly document: EditedDocument;
  readonly path: string;
  readonly engine: Engine;
  /** Version that the engine has, or is being given. */
  givenVersion: number | undefined;
  giving: Promise<void>;
  /** What the engine was given last. */
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

  /** From now on this engine sees the editor's text in place of the file. */
  open(document: EditedDocument, path: string, engine: Engine): void {
    const known = this.#texts.get(document.uri);
    if (known?.engine === engine) return;
    const text: OpenText = {
      document,
      path,
      engine,
      givenVersion: undefined,
      giving: Promise.resolve(),
      bytes: undefined,
    };
    this.#texts.set(document.uri, text);
  }

  /** From now on the file counts again. */
  async close(uri: string): Promise<void> {
    const text = this.#texts.get(uri);
    if (!text) return;
    this.#texts.delete(uri);
    await text.giving.catch(() => undefined);
    await text.engine.setOpenText(text.path, undefined);
  }

  /** To be called after every edit. */
  edited(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const text of this.#texts.values()) this.#give(text).catch(this.#failed);
    }, restMilliseconds);
  }

  /** After this, answers of the engine are about what the editors show. */
  async giveAll(engine: Engine): Promise<void> {
    const ofEngine = [...this.#texts.values()].filter((text) => text.engine === engine);
    await Promise.all(ofEngine.map((text) => this.#give(text)));
  }

  /** The text of a file as an editor shows it, if one does; as of the last `giveAll`. */
  bytesOf(path: string, engine: Engine): Uint8Array | undefined {
    for (const text of this.#texts.values()) {
      if (text.path === path && text.engine === engine) return text.bytes;
    }
    return undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#texts.clear();
  }

  #give(text: OpenText): Promise<void> {
    const { version } = text.document;
    if (text.givenVersion === version) return text.giving;
    text.givenVersion = version;
    const before = text.giving.catch(() => undefined);
    text.giving = before.then(() => this.#hand(text, version));
    return text.giving;
  }

  async #hand(text: OpenText, version: number): Promise<void> {
    // A newer edit may have taken over in the meantime.
    if (text.givenVersion !== version) return;
    text.bytes = this.#encoder.encode(text.document.getText());
    try {
      await text.engine.setOpenText(text.path, text.bytes);
    } catch (error) {
      // The next request tries again.
      if (text.givenVersion === version) text.givenVersion = undefined;
      throw error;
    }
  }
}
