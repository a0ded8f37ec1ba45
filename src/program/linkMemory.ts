// linkMemory.ts
// What programs that are linked from one view of one tree find out alike. A view over it, with a few files changed,
// takes over what cannot have changed with them: linked with it or without, a program is the same.

import type { TreeIndex } from '../index/treeIndex.ts';
import { TableFiles } from './tableFiles.ts';
import { TreeNames } from './treeNames.ts';

export class LinkMemory {
  readonly names: TreeNames;
  readonly tableFiles: TableFiles;
  readonly #index: TreeIndex;

  constructor(index: TreeIndex, below?: LinkMemory) {
    const changes = below && index.changesFrom(below.#index);
    this.#index = index;
    this.names = new TreeNames(index, changes && { names: below.names, changes });
    this.tableFiles = new TableFiles(index, changes && { files: below.tableFiles, changes });
  }

  /** For another view: what it shares with this one. */
  over(index: TreeIndex): LinkMemory {
    return new LinkMemory(index, this);
  }
}
