// changedChains.ts
// What touched functions, with what they call directly, take and wait for now and did not before, and the other way
// round: worth knowing even where nothing is found.

import type { Token } from '../base/cancel.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import type { FunctionFacts } from '../facts/fileFacts.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { LoadedFacts } from '../program/loadedFacts.ts';
import { DirectReader } from './directRows.ts';
import type { OperationEffect, OperationRow, Row } from './results.ts';
import type { ChangedChain } from './reviewReport.ts';
import type { TouchedCode } from './touchedCode.ts';

// The function's file is there already; then come callees and headers, their headers, and the types in those.
const rounds = 4;

export async function changedChains(
  before: TreeIndex,
  after: TreeIndex,
  { functions }: TouchedCode,
  token: Token,
): Promise<readonly ChangedChain[]> {
  const old = await chainsOf(before, functions, token);
  const now = await chainsOf(after, functions, token);
  const chains: ChangedChain[] = [];
  for (const [key, { path, fn, words }] of [...now].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const known = old.get(key)?.words ?? new Set<string>();
    const added = [...words].filter((word) => !known.has(word));
    const removed = [...known].filter((word) => !words.has(word));
    if (added.length + removed.length > 0) chains.push({ path, fn: fn.name, at: fn.at, added, removed });
  }
  return chains;
}

interface Chain {
  readonly path: string;
  readonly fn: FunctionFacts;
  readonly words: ReadonlySet<string>;
}

async function chainsOf(
  index: TreeIndex,
  functions: TouchedCode['functions'],
  token: Token,
): Promise<ReadonlyMap<string, Chain>> {
  const loaded = new LoadedFacts(index);
  const files = await index.facts([...functions.keys()], token);
  for (const [path, facts] of files) loaded.add(path, facts);
  const read = (): ReadonlyMap<string, Chain> => {
    const reader = new DirectReader(loaded);
    const chains = new Map<string, Chain>();
    for (const [path, facts] of files) {
      throwIfCancelled(token);
      for (const fn of facts.functions) {
        if (functions.get(path)?.has(fn.name) !== true) continue;
        chains.set(`${path}\n${fn.name}`, { path, fn, words: wordsOf(reader.read(path, facts, fn).rows) });
      }
    }
    return chains;
  };
  return loaded.ask(read, rounds, token);
}

const verbs: Partial<Readonly<Record<OperationEffect, string>>> = {
  acquire: 'takes',
  try: 'tries',
  wait: 'waits for',
};

const wordsOf = (rows: readonly Row[]): ReadonlySet<string> =>
  new Set(
    rows
      .flatMap((row) => (row.kind === 'operation' ? [row] : row.rows.filter(isOperation)))
      .flatMap((row) => {
        const verb = verbs[row.effect];
        const isQuiet = row.objectKind === 'rcu' && row.effect !== 'wait';
        return verb === undefined || isQuiet || row.objectKind === 'cpu'
          ? []
          : [`${verb} (${row.objectKind}) ${row.object}`];
      }),
  );

const isOperation = (row: Row): row is OperationRow => row.kind === 'operation';
