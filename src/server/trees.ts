// trees.ts
// The kernel trees that this server works on: one for each that an open folder or file lies in.

import { pathInside, parentAddress, sameAddress } from './addresses.ts';
import type { ServerEnvironment } from './environment.ts';
import type { StatusParams } from './protocol.ts';
import type { ServerSettings } from './settings.ts';
import { Tree } from './tree.ts';
import type { TreeListener } from './tree.ts';

export interface PlaceInTree {
  readonly tree: Tree;
  /** Relative to the root of the tree, with `/`. */
  readonly path: string;
}

/** The folder of a file; empty for the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export class Trees {
  readonly #environment: ServerEnvironment;
  readonly #listener: TreeListener;
  readonly #trees: Tree[] = [];
  // Which tree is around a folder does not change while the server runs; most requests come for the same few folders.
  readonly #rootOfFolder = new Map<string, Promise<string | undefined>>();
  #settings: ServerSettings;
  #isPaused = false;

  constructor(environment: ServerEnvironment, settings: ServerSettings, listener: TreeListener) {
    this.#environment = environment;
    this.#settings = settings;
    this.#listener = listener;
  }

  get all(): readonly Tree[] {
    return this.#trees;
  }

  get status(): StatusParams {
    return { trees: this.#trees.map((tree) => tree.status) };
  }

  /** The tree around a file, opened if it is not yet; `undefined` outside of every kernel tree. */
  async placeOf(address: string): Promise<PlaceInTree | undefined> {
    const known = this.openPlaceOf(address);
    if (known) return known;
    const root = await this.#rootAround(parentAddress(address) ?? address);
    if (root === undefined) return undefined;
    const path = pathInside(root, address);
    return path === undefined ? undefined : { tree: this.#openTree(root), path };
  }

  /** The same for trees that are open already. */
  openPlaceOf(address: string): PlaceInTree | undefined {
    for (const tree of this.#trees) {
      const path = pathInside(tree.root, address);
      if (path !== undefined) return { tree, path };
    }
    return undefined;
  }

  /** The tree that a file or folder is or lies in; for what lies in none, the only one that is open. */
  async treeFor(address: string): Promise<Tree | undefined> {
    const itself = this.#trees.find(({ root }) => sameAddress(root, address));
    const [only, another] = this.#trees;
    if (address === '' || itself) return itself ?? (another ? undefined : only);
    return (await this.placeOf(address))?.tree ?? (another ? undefined : only);
  }

  /** Opens the tree around a folder of the workspace. */
  async openAround(folder: string): Promise<void> {
    const root = await this.#rootAround(folder);
    if (root !== undefined) this.#openTree(root);
  }

  setPaused(paused: boolean): void {
    this.#isPaused = paused;
    for (const tree of this.#trees) tree.setPaused(paused);
  }

  /** Forgets every tree and where trees lie; those that were open are opened anew. */
  rescan(): void {
    this.#rootOfFolder.clear();
    this.reopen(this.#settings);
  }

  /** Ends the reading of what nobody has asked for. `false`: there was none. */
  cancelReading(): boolean {
    return this.#trees.filter((tree) => tree.cancelReading()).length > 0;
  }

  /** Opens every tree again, with other settings. */
  reopen(settings: ServerSettings): void {
    this.#settings = settings;
    const roots = this.#trees.map((tree) => tree.root);
    void this.close();
    for (const root of roots) this.#openTree(root);
  }

  async close(): Promise<void> {
    await Promise.all(this.#trees.splice(0).map((tree) => tree.close()));
  }

  #openTree(root: string): Tree {
    const known = this.#trees.find((tree) => sameAddress(tree.root, root));
    if (known) return known;
    const tree = new Tree(root, this.#environment, this.#settings, this.#listener);
    if (this.#isPaused) tree.setPaused(true);
    this.#trees.push(tree);
    this.#listener.statusChanged();
    return tree;
  }

  async #rootAround(folder: string): Promise<string | undefined> {
    let root = this.#rootOfFolder.get(folder);
    if (root === undefined) {
      root = this.#environment.findTree(folder);
      this.#rootOfFolder.set(folder, root);
    }
    try {
      return await root;
    } catch (error) {
      this.#rootOfFolder.delete(folder);
      throw error;
    }
  }
}
