// firstLenses.ts
// Lenses of the files that are opened while their tree is not: worked out before anybody asks, for an editor that starts
// has other things to do at first, and before all other questions, which would only take their time from what is looked
// at first. What is cancelled and asked again then finds the work done.

import { folderOf } from './trees.ts';
import type { PlaceInTree } from './trees.ts';
import { neverCancelled } from '../base/cancel.ts';
import type { Tree } from './tree.ts';

export class FirstLenses {
  readonly #running = new Map<Tree, Promise<void>>();

  begin(place: PlaceInTree): void {
    const { tree } = place;
    if (tree.isOpen) return;
    const before = this.#running.get(tree);
    const all = Promise.all([before, workOut(place)]).then(() => {
      if (this.#running.get(tree) === all) this.#running.delete(tree);
    });
    this.#running.set(tree, all);
  }

  /** Ends when they are worked out, or were in vain. */
  async before(tree: Tree): Promise<void> {
    const running = this.#running.get(tree);
    if (running) await Promise.race([running, tree.opened.catch(() => undefined)]);
  }
}

async function workOut({ tree, path }: PlaceInTree): Promise<void> {
  try {
    const { open } = await tree.answering();
    await open.prefer(folderOf(path));
    await open.engine.lenses(path, neverCancelled);
  } catch {
    // Whoever asks meets the same, and is told.
  }
}
