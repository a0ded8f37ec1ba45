// roots.ts
// Functions of the scope that threads enter from outside it: nobody in scope calls them, or they are handed on to
// somebody of whom nothing is known.

import type { CallGraph } from './callGraph.ts';
import { isRun } from './handedOn.ts';
import type { HandedOn } from './handedOn.ts';
import type { Linking } from './linking.ts';
import type { FnId, ProgramFunction } from './meaning.ts';

/** In order of path and place; those that are bound to something already are left out. */
export function plainRoots(
  linking: Linking,
  graph: CallGraph,
  handed: readonly HandedOn[],
  bound: ReadonlySet<FnId>,
): readonly FnId[] {
  const scope = linking.functions.filter((fn) => fn.inScope && !fn.isMacro).sort(byPlace);
  const roots = new Set<FnId>();
  const run = new Set<FnId>();
  const runs = new Map<string, boolean>();
  for (const { given, callee, index } of handed) {
    const isCalledThere = callee !== undefined && isRun(callee, index, graph, runs);
    (isCalledThere ? run : roots).add(given);
  }
  for (const { id } of scope) if (!run.has(id) && !isCalled(id, linking, graph)) roots.add(id);
  const reached = new Set<FnId>();
  const reach = (from: Iterable<FnId>): void => {
    const open = [...from];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      for (const { callee } of graph.callsOf(next)) open.push(callee);
    }
  };
  reach(roots);
  reach(bound);
  reach(run);
  // Functions that only call one another: the first of them stands for all.
  for (const { id, path } of scope) {
    if (reached.has(id) || path.endsWith('.h')) continue;
    roots.add(id);
    reach([id]);
  }
  return scope
    .filter(({ id, path }) => roots.has(id) && !bound.has(id) && graph.isBusy(id) && !path.endsWith('.h'))
    .map(({ id }) => id);
}

export function byPlace(a: ProgramFunction, b: ProgramFunction): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.at - b.at || a.id - b.id;
}

/** A function that only calls itself is called by nobody. */
function isCalled(fn: FnId, linking: Linking, graph: CallGraph): boolean {
  return graph.callersOf(fn).some(({ caller }) => {
    const from = linking.functions[caller];
    return caller !== fn && (from?.inScope === true || from?.isMacro === true);
  });
}
