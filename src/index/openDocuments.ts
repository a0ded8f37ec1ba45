// openDocuments.ts
// Facts of texts that are being edited: of each file the last state, and its syntax tree, so that the next state
// costs only what changed. A few files; the longest unedited one goes first.

import type { Disposable } from '../base/disposable.ts';
import type { FactsDocument, FactsReader } from '../facts/factsReader.ts';
import type { FileFacts } from '../facts/fileFacts.ts';

interface Entry {
  readonly document: FactsDocument;
  readonly blob: string;
  readonly facts: FileFacts;
}

const mostDocuments = 16;

export class OpenDocuments implements Disposable {
  // A Map iterates in order of insertion, so the first entry is the longest unused one.
  readonly #entries = new Map<string, Entry>();

  /** Throws what the parser throws; the file then starts afresh with its next state. */
  read(path: string, blob: string, text: Uint8Array, reader: FactsReader): FileFacts {
    const known = this.#entries.get(path);
    this.#entries.delete(path);
    if (known?.blob === blob) {
      this.#entries.set(path, known);
      return known.facts;
    }
    const document = known?.document ?? reader.openDocument();
    try {
      const facts = document.update(text);
      this.#entries.set(path, { document, blob, facts });
      this.#keepFew();
      return facts;
    } catch (error) {
      document.dispose();
      throw error;
    }
  }

  dispose(): void {
    for (const { document } of this.#entries.values()) document.dispose();
    this.#entries.clear();
  }

  #keepFew(): void {
    for (const [path, { document }] of this.#entries) {
      if (this.#entries.size <= mostDocuments) return;
      this.#entries.delete(path);
      document.dispose();
    }
  }
}
