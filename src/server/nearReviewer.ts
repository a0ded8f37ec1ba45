// nearReviewer.ts
// The review of a patch where only a part of the tree can be read, through the editor: the folders of the files that it
// changes are read for it, and the answer says that nothing else was. There is no git, so the patch has to be a text.

import type { Token } from '../base/cancel.ts';
import { CancelledError } from '../base/cancel.ts';
import { UserError } from '../base/errors.ts';
import type { IndexedTree } from '../index/indexedTree.ts';
import { readPatches } from '../patch/readPatches.ts';
import type { Refused, Reviewer, TellReview } from './environment.ts';
import { patchBytes, reviewForEditor } from './patchReview.ts';
import type { ReviewWithTexts } from './patchReview.ts';
import type { ReviewSource } from './protocol.ts';
import { folderOf } from './trees.ts';

const gitIsOutOfReach =
  'git is out of reach where files come through the editor; review a patch file, an editor or the clipboard';

export interface NearTree {
  readonly index: IndexedTree;
  /** Reads this folder and the headers that are included there. */
  prefer(folder: string): Promise<void>;
  readFile(path: string): Promise<Uint8Array | undefined>;
  /** A sentence: what is read of the tree. */
  note(): string;
}

export class NearReviewer implements Reviewer {
  readonly #tree: NearTree;

  constructor(tree: NearTree) {
    this.#tree = tree;
  }

  async review(source: ReviewSource, tell: TellReview, token: Token): Promise<ReviewWithTexts | Refused> {
    if (source.kind !== 'text' && source.kind !== 'bytes') return { reason: gitIsOutOfReach };
    try {
      await this.#readAround(patchBytes(source), token);
      const surroundings = {
        repository: undefined,
        readDisk: (path: string) => this.#tree.readFile(path),
        suppressions: undefined,
        notes: [this.#tree.note().replace(/\.$/, '')],
        onProgress: tell,
      };
      return await reviewForEditor(this.#tree.index, source, surroundings, token);
    } catch (error) {
      if (UserError.is(error)) return { reason: error.message };
      throw error;
    }
  }

  async #readAround(bytes: Uint8Array, token: Token): Promise<void> {
    const changes = readPatches(bytes).patches.flatMap((patch) => patch.changes);
    const folders = new Set(
      changes.flatMap(({ oldPath, newPath }) => [folderOf(oldPath), folderOf(newPath)]),
    );
    for (const folder of [...folders].sort()) {
      if (token.isCancellationRequested) throw new CancelledError('cancelled');
      await this.#tree.prefer(folder);
    }
  }
}
