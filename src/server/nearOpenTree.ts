// nearOpenTree.ts
// An open tree whose files come through the editor, one by one: the folders of open files and the headers that are
// included there are all that is read of it.

import type { IndexedTree } from '../index/indexedTree.ts';
import type { OpenTree, TreeEvents } from './environment.ts';
import { IndexedOpenTree } from './indexedOpenTree.ts';
import { NearAnalyst } from './nearAnalyst.ts';
import type { ServerSettings } from './settings.ts';

/** Findings are looked for on the one thread there is, and whoever types gets no lens meanwhile. */
export const restBeforeNearFindings = 2500;

/** What is read of the tree. */
export interface NearFiles {
  /** A sentence about it. */
  readonly note: string;
  /** `true` when the folder is new, and the tree has to be listed again. */
  addFolder(folder: string): boolean;
  forget(path: string): void;
  readNow(path: string): Promise<Uint8Array | undefined>;
}

export function nearOpenTree(
  index: IndexedTree,
  files: NearFiles,
  settings: ServerSettings,
  events: TreeEvents,
): OpenTree {
  const analyst = new NearAnalyst({
    index,
    prefer: (folder) => open.prefer(folder),
    readFile: (path) => files.readNow(path),
    note: () => files.note,
  });
  const open = new IndexedOpenTree(index, events, {
    analyst,
    background: settings.backgroundIndexing,
    addFolder: (folder) => files.addFolder(folder),
    note: () => files.note,
    forget: (path) => files.forget(path),
  });
  return open;
}
