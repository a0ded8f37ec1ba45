// factsBlock.ts
// Encoded facts of some files as they come from a worker.

export interface EncodedFacts {
  readonly path: string;
  /** git blob id; empty where the file could not be read. */
  readonly blob: string;
  /** What `encodeFacts` made; `undefined` where `skipped` says why there is nothing. */
  readonly payload: Uint8Array | undefined;
  readonly skipped: string | undefined;
}

export interface FactsBlock {
  readonly files: readonly EncodedFacts[];
}
