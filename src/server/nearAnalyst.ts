// nearAnalyst.ts
// Looks for findings where files come through the editor, so that only a part of the tree can be read and no other thread
// can read it: in the folder of the open file, and on the thread that answers everything else.

import type { Token } from '../base/cancel.ts';
import type { IndexedTree } from '../index/indexedTree.ts';
import type { Analyst, Refused, TellReview } from './environment.ts';
import { findingsOfFile } from './fileFindings.ts';
import { NearReviewer } from './nearReviewer.ts';
import type { NearTree } from './nearReviewer.ts';
import type { ReviewWithTexts } from './patchReview.ts';
import type { LookedAround } from './fileFindings.ts';
import type { ReviewSource } from './protocol.ts';

export class NearAnalyst implements Analyst {
  readonly #index: IndexedTree;
  readonly #note: () => string;
  readonly #reviewer: NearReviewer;

  constructor(tree: NearTree) {
    this.#index = tree.index;
    this.#note = () => tree.note();
    this.#reviewer = new NearReviewer(tree);
  }

  async findings(path: string, texts: ReadonlyMap<string, Uint8Array>, token: Token): Promise<LookedAround> {
    // The list of this person lies outside of what a browser reaches.
    const question = { path, texts, suppressions: undefined };
    return { ...(await findingsOfFile(this.#index, question, token)), note: this.#note() };
  }

  review(source: ReviewSource, tell: TellReview, token: Token): Promise<ReviewWithTexts | Refused> {
    return this.#reviewer.review(source, tell, token);
  }

  /** A splat goes through many folders, and "not in this tree" would be wrong of most of them. */
  splat(): Promise<Refused> {
    const reason = 'only a part of the tree is read, through the editor; open it on the machine that has it';
    return Promise.resolve({ reason });
  }

  /** What is read here is read by the index, which hears of it first. */
  filesChanged(): void {
    return;
  }

  close(): void {
    return;
  }
}
