// lockClasses.ts
// Lock classes by a part of their name, in the folders of the files that are open, and in the files that define the name
// itself. The tree as a whole knows which names there are, and not which of them are locks.

import type { Token } from '../base/cancel.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import { lockKinds } from '../effects/tables.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { LoadedFacts } from '../program/loadedFacts.ts';
import { aggregates, bestFirst, globals } from '../program/resolve.ts';
import { Bodies } from './bodies.ts';
import { declarationOf } from './declarations.ts';
import type { HeldStep } from './heldInside.ts';
import { filesAround } from './meaningAt.ts';
import type { LockClass } from './results.ts';

const rounds = 3;
// More than anybody reads.
const mostClasses = 100;
const mostFolders = 4;
const mostNamesakes = 4;

interface Found {
  readonly objectKind: HeldStep['objectKind'];
  readonly object: string;
  readonly path: string;
  readonly takers: Set<string>;
}

/** `open`: paths of the files that editors show. */
export async function lockClasses(
  index: TreeIndex,
  query: string,
  open: readonly string[],
  token: Token,
): Promise<readonly LockClass[]> {
  const files = new Set([
    ...open.slice(0, mostFolders).flatMap((path) => filesAround(index, path)),
    ...definingFiles(index, query),
  ]);
  const loaded = new LoadedFacts(index);
  await loaded.load([...files], token);
  const found = await loaded.ask(() => classesIn(loaded, files, query), rounds, token);
  const classes: LockClass[] = [];
  for (const { objectKind, object, path, takers } of found.slice(0, mostClasses)) {
    const declared = await declarationOf(index, object, path, token);
    throwIfCancelled(token);
    if (declared) classes.push({ objectKind, object, takers: takers.size, ...declared });
  }
  return classes;
}

/** `acme.lock` and `acme_mutex` are found wherever they are defined. */
function definingFiles(index: TreeIndex, query: string): readonly string[] {
  const [name = ''] = query.split('.');
  const definitions = bestFirst(index.definitionsOf(name), [...globals, ...aggregates]);
  return definitions.slice(0, mostNamesakes).map(({ path }) => path);
}

function classesIn(loaded: LoadedFacts, files: ReadonlySet<string>, query: string): readonly Found[] {
  const bodies = new Bodies(loaded);
  const wanted = query.toLowerCase();
  const found = new Map<string, Found>();
  for (const path of files) {
    const facts = loaded.get(path);
    for (const fn of facts?.functions ?? []) {
      for (const step of bodies.ofFunction(path, facts!, fn).steps) {
        if (step.kind !== 'operation' || !isLock(step) || !step.object.toLowerCase().includes(wanted))
          continue;
        const { objectKind, object } = step;
        const key = `${objectKind} ${object}`;
        const known = found.get(key) ?? { objectKind, object, path, takers: new Set<string>() };
        found.set(key, known);
        if (step.effect !== 'init') known.takers.add(`${path}:${fn.name}`);
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.object < b.object ? -1 : 1));
}

const isLock = ({ objectKind, effect }: HeldStep): boolean =>
  lockKinds.has(objectKind) &&
  objectKind !== 'rcu' &&
  objectKind !== 'lock' &&
  (effect === 'acquire' || effect === 'try' || effect === 'init');
