// ownTurns.ts
// From a profile of an extension host: how long the code of one extension kept it busy at a time. VS Code's own and that of
// its other extensions keep the same host busy, and what is measured from outside tells nothing of whose it was.

import type { Profiler } from 'node:inspector';

// A sample is taken every millisecond, whatever the host does. Longer gaps are times in which it had no processor.
const longestGapMs = 10;

/** Milliseconds of the longest turn in which the host was in code below `folder`, without what others did in that turn. */
export function longestOwnTurn(profile: Profiler.Profile, folder: string): number {
  const isOwn = ownNodes(profile, folder);
  const idle = new Set(
    profile.nodes.filter(({ callFrame }) => callFrame.functionName === '(idle)').map(idOf),
  );
  const { samples = [], timeDeltas = [] } = profile;
  let [longest, own] = [0, 0];
  samples.forEach((sample, i) => {
    if (idle.has(sample)) own = 0;
    else if (isOwn.has(sample)) own += Math.min(longestGapMs, (timeDeltas[i + 1] ?? 0) / 1000);
    longest = Math.max(longest, own);
  });
  return longest;
}

/** Nodes that are such code, or that it called. */
function ownNodes({ nodes }: Profiler.Profile, folder: string): ReadonlySet<number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Set<number>();
  const take = (id: number): void => {
    own.add(id);
    for (const child of byId.get(id)?.children ?? []) if (!own.has(child)) take(child);
  };
  for (const { id, callFrame } of nodes) if (callFrame.url.includes(folder) && !own.has(id)) take(id);
  return own;
}

const idOf = ({ id }: Profiler.ProfileNode): number => id;
