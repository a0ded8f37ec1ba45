// partialLenses.ts
// Lenses that were answered before the whole tree was open. Once it is, they are worked out again, and the editor is
// asked to fetch lenses anew only if one of them says something else now: lenses must not jump for nothing. An editor
// whose question failed by then has none, and does not ask a second time by itself.

import type { CodeLens } from 'vscode-languageserver';
import type { EditedDocument } from './openTexts.ts';
import type { Tree } from './tree.ts';

type Lenses = (document: EditedDocument) => Promise<readonly CodeLens[]>;

interface Answered {
  readonly document: EditedDocument;
  readonly version: number;
  /** `undefined`: there was no answer. */
  readonly titles: string | undefined;
}

export class PartialLenses {
  readonly #answered = new Map<Tree, Map<string, Answered>>();
  readonly #lensesOf: Lenses;
  readonly #differ: () => void;

  constructor(lensesOf: Lenses, differ: () => void) {
    this.#lensesOf = lensesOf;
    this.#differ = differ;
  }

  answered(tree: Tree, document: EditedDocument, lenses: readonly CodeLens[]): void {
    this.#remember(tree, document, titlesOf(lenses));
  }

  failed(tree: Tree, document: EditedDocument): void {
    this.#remember(tree, document, undefined);
  }

  #remember(tree: Tree, document: EditedDocument, titles: string | undefined): void {
    let ofTree = this.#answered.get(tree);
    if (!ofTree) {
      ofTree = new Map();
      this.#answered.set(tree, ofTree);
      // A tree that cannot be opened has nothing better to say.
      tree.opened.then(() => this.#compare(tree)).catch(() => undefined);
    }
    ofTree.set(document.uri, { document, version: document.version, titles });
  }

  async #compare(tree: Tree): Promise<void> {
    const answered = [...(this.#answered.get(tree)?.values() ?? [])];
    this.#answered.delete(tree);
    for (const { document, version, titles } of answered) {
      // A text that was edited since was asked about anew.
      if (document.version !== version) continue;
      if (titlesOf(await this.#lensesOf(document)) !== titles) return this.#differ();
    }
  }
}

const titlesOf = (lenses: readonly CodeLens[]): string =>
  JSON.stringify(lenses.map((lens) => [lens.range.start.line, lens.command?.title]));
