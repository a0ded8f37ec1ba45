// moduleEntries.ts
// Functions with which modules make themselves known, as entries: who asks for a module waits until it has done so.

import type { CallGraph } from './callGraph.ts';
import type { Linking } from './linking.ts';
import type { Entry } from './meaning.ts';
import type { PlaceId } from './places.ts';
import { folderOf } from './unitFiles.ts';

// `misc_register`, `elv_register`, `register_qdisc`: not `unregister`, and not `registered`.
const makesKnown = /(?:^|_)register(?:_|$)/;

/** What a module is to bring is kept beside the code that asks for it: functions of the same folder are meant. */
export function moduleEntries(linking: Linking, graph: CallGraph): readonly Entry[] {
  const asked = new Map<string, PlaceId>();
  for (const { fn, act } of graph.acts) {
    const { effect, object } = act.primitive;
    const path = linking.functions[fn]?.path;
    if (effect !== 'wait' || object !== 'modprobe' || act.place === undefined || path === undefined) continue;
    asked.set(folderOf(path), act.place);
  }
  return linking.functions.flatMap(({ id, name, path, inScope, isMacro, isStatic }): readonly Entry[] => {
    const place = asked.get(folderOf(path));
    if (place === undefined || !inScope || isMacro || isStatic || !makesKnown.test(name)) return [];
    const holds = [{ kind: 'callbacks', place, mode: 'exclusive' }] as const;
    const via = 'a module that is loaded';
    return [{ fn: id, kind: 'module', context: 'process', via, args: [], holds, phase: 'running' }];
  });
}
