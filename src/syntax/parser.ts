// parser.ts
// The small interface behind which the tree-sitter engines stand.

import type { FlatTree } from './flatTree.ts';

export type ParserName = 'wasm' | 'native';

/** A tree-sitter engine for C. Trees stay inside; what comes out is flat and valid until the next parse. */
export interface CParser {
  readonly name: ParserName;
  /** How trees are read out of the engine: straight from memory, or node by node where the self-check failed. */
  readonly access: 'memory' | 'cursor';
  /**
   * Parses latin-1 bytes and hands the flat tree to `use`. Offsets are byte offsets. Comments, the contents of strings
   * and all directives but conditionals are not in the tree (condense.ts). Throws ParseLimitError for text that keeps
   * the engine busy for too long.
   */
  parse<R>(text: Uint8Array, use: (tree: FlatTree) => R): R;
  /** A document that is edited: parses again only what changed. */
  openDocument(): CDocument;
  dispose(): void;
}

export interface CDocument {
  /** Parses the next state of the document; the edit is found by comparing with the state before. */
  update<R>(text: Uint8Array, use: (tree: FlatTree) => R): R;
  dispose(): void;
}
