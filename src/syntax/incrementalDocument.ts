// incrementalDocument.ts
// A text that is edited, for both engines: keeps the tree of its last state, tells it what changed, and lets the engine
// parse again around the change. Where the short text stays the same, as when a name is typed, nothing is parsed.

import type { FlatTree } from './flatTree.ts';
import type { CDocument } from './parser.ts';
import { changeBetween } from './textChange.ts';
import type { TextChange } from './textChange.ts';

/** What a document asks of its engine. */
export interface TreeEngine<Tree> {
  /** The short text; overwritten by the next one. */
  condense(text: Uint8Array): Uint8Array;
  parse(bytes: Uint8Array, old: Tree | null): Tree;
  edit(tree: Tree, change: TextChange): void;
  release(tree: Tree): void;
  /** The tree of the text that was condensed last. */
  flatten(tree: Tree): FlatTree;
}

export class IncrementalDocument<Tree> implements CDocument {
  readonly #engine: TreeEngine<Tree>;
  #tree: Tree | null = null;
  /** The short text of `#tree`. */
  #bytes = new Uint8Array(0);

  constructor(engine: TreeEngine<Tree>) {
    this.#engine = engine;
  }

  update<R>(text: Uint8Array, use: (tree: FlatTree) => R): R {
    const bytes = this.#engine.condense(text);
    const change = changeBetween(this.#bytes, bytes);
    const tree = this.#tree && !change ? this.#tree : this.#parse(bytes, change);
    return use(this.#engine.flatten(tree));
  }

  dispose(): void {
    if (this.#tree) this.#engine.release(this.#tree);
    this.#tree = null;
  }

  /** A parse that fails leaves the document without a tree; its next state is then parsed as a whole. */
  #parse(bytes: Uint8Array, change: TextChange | undefined): Tree {
    const old = this.#tree;
    this.#tree = null;
    try {
      if (old && change) this.#engine.edit(old, change);
      const tree = this.#engine.parse(bytes, old);
      this.#tree = tree;
      // Not `slice`: that of a Node buffer is no copy.
      this.#bytes = new Uint8Array(bytes);
      return tree;
    } finally {
      if (old) this.#engine.release(old);
    }
  }
}
