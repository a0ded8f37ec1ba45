// treeNames.ts
// What names mean in the files of one view of one tree, for all programs that are linked from it: which definition a
// name means in a file does not depend on what else a program holds.

import type { FileFacts } from '../facts/fileFacts.ts';
import type { Definition, DefinitionKind, TreeChanges, TreeIndex } from '../index/treeIndex.ts';
import { nearest } from './resolve.ts';
import type { Viewpoint } from './resolve.ts';

export class TreeNames {
  readonly #index: Pick<TreeIndex, 'definitionsOf'>;
  readonly #below: NamesBelow | undefined;
  // As long as the facts are kept. Two files with the same text have the same facts, and other neighbours.
  readonly #files = new WeakMap<FileFacts, FileMeanings[]>();

  constructor(index: Pick<TreeIndex, 'definitionsOf'>, below?: NamesBelow) {
    this.#index = index;
    this.#below = below;
  }

  of(path: string, facts: FileFacts): FileMeanings {
    let files = this.#files.get(facts);
    if (!files) this.#files.set(facts, (files = []));
    let file = files.find((other) => other.path === path);
    if (!file) {
      const below = this.#below && { file: this.#below.names.of(path, facts), changes: this.#below.changes };
      files.push((file = new FileMeanings(path, facts.includes, this.#index, below)));
    }
    return file;
  }
}

/** Another view, in which all names but these mean the same. */
export interface NamesBelow {
  readonly names: TreeNames;
  readonly changes: TreeChanges;
}

interface FileBelow {
  readonly file: FileMeanings;
  readonly changes: TreeChanges;
}

/** What names mean in one file. */
export class FileMeanings implements Viewpoint {
  readonly path: string;
  readonly includes: Viewpoint['includes'];
  readonly #index: Pick<TreeIndex, 'definitionsOf'>;
  readonly #below: FileBelow | undefined;
  readonly #known = new Map<readonly DefinitionKind[], Map<string, Definition | undefined>>();

  constructor(
    path: string,
    includes: Viewpoint['includes'],
    index: Pick<TreeIndex, 'definitionsOf'>,
    below?: FileBelow,
  ) {
    this.path = path;
    this.includes = includes;
    this.#index = index;
    this.#below = below;
  }

  /** The nearest definition of one of these kinds. `kinds` is one of a few lists that live as long as the program. */
  nearest(name: string, kinds: readonly DefinitionKind[]): Definition | undefined {
    const below = this.#below;
    if (below && !below.changes.names.has(name)) return below.file.nearest(name, kinds);
    let names = this.#known.get(kinds);
    if (!names) this.#known.set(kinds, (names = new Map<string, Definition | undefined>()));
    const known = names.get(name);
    if (known || names.has(name)) return known;
    const found = nearest(this.#index.definitionsOf(name), kinds, this);
    names.set(name, found);
    return found;
  }
}
