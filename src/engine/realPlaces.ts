// realPlaces.ts
// Steps through core functions that the product tells in its own words stand where the tree has these functions: a
// reader wants to open the kernel's source, which says the same with more around it.

import type { Token } from '../base/cancel.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import type { Hop } from '../effects/results.ts';
import type { FunctionFacts } from '../facts/fileFacts.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { namesOf } from '../program/fileNames.ts';
import { bestFirst } from '../program/resolve.ts';
import type { Finding } from '../waits/finding.ts';
import { callIn } from './callSite.ts';

const ownFolder = 'holdwait/';

export async function withRealPlaces(
  findings: readonly Finding[],
  index: TreeIndex,
  token: Token,
): Promise<readonly Finding[]> {
  const steps = findings.flatMap(({ edges }) => edges.flatMap((edge) => edge.steps));
  const names = new Set(steps.filter(isTold).map(({ fn }) => fn));
  if (names.size === 0) return findings;
  const found = await functionsNamed(names, index, token);
  const real = (hop: Hop): Hop => {
    const fn = isTold(hop) ? found.get(hop.fn) : undefined;
    return fn ? { ...hop, path: fn.path, at: callIn(fn.facts, fn.lines, hop.target) ?? fn.facts.at } : hop;
  };
  return findings.map((finding) => ({
    ...finding,
    edges: finding.edges.map((edge) => ({ ...edge, steps: edge.steps.map(real) })),
  }));
}

const isTold = ({ path }: Hop): boolean => path.startsWith(ownFolder);

interface RealFunction {
  readonly path: string;
  readonly facts: FunctionFacts;
  readonly lines: readonly string[];
}

async function functionsNamed(
  names: ReadonlySet<string>,
  index: TreeIndex,
  token: Token,
): Promise<ReadonlyMap<string, RealFunction>> {
  const paths = new Map<string, string>();
  for (const name of names) {
    const [best] = bestFirst(index.definitionsOf(name), ['function']);
    if (best) paths.set(name, best.path);
  }
  const files = await index.facts([...new Set(paths.values())], token);
  const texts = new Map<string, readonly string[]>();
  const found = new Map<string, RealFunction>();
  for (const [name, path] of paths) {
    throwIfCancelled(token);
    const file = files.get(path);
    const facts = file && namesOf(file).functions.get(name);
    if (!facts) continue;
    const lines = texts.get(path) ?? decoder.decode(await index.text(path)).split('\n');
    texts.set(path, lines);
    found.set(name, { path, facts, lines });
  }
  return found;
}

const decoder = new TextDecoder();
