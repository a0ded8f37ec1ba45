// callGraph.ts
// What the functions of a program call and do, gathered in one pass over their meanings.

import type { OpIndex } from '../facts/flow.ts';
import type { Linking } from './linking.ts';
import type { Act, Argument, FnId, Slot } from './meaning.ts';

export interface CallEdge {
  readonly caller: FnId;
  readonly op: OpIndex;
  readonly callee: FnId;
  readonly args: readonly Argument[];
  /** The use of a macro: its places are those of the function that uses it. */
  readonly isMacroUse: boolean;
}

export interface ActSite {
  readonly fn: FnId;
  readonly op: OpIndex;
  readonly act: Act;
}

export interface SlotSite {
  readonly fn: FnId;
  readonly op: OpIndex;
  readonly slot: Slot;
  readonly args: readonly Argument[];
}

export interface CallGraph {
  /** By callee. */
  readonly callersOf: (fn: FnId) => readonly CallEdge[];
  readonly callsOf: (fn: FnId) => readonly CallEdge[];
  readonly acts: readonly ActSite[];
  readonly slots: readonly SlotSite[];
  /** Indices of parameters that a function calls. */
  readonly calledParameters: (fn: FnId) => ReadonlySet<number>;
  /** It does something: an operation, a call that matters. */
  readonly isBusy: (fn: FnId) => boolean;
}

const noEdges: readonly CallEdge[] = [];
const noParameters: ReadonlySet<number> = new Set();

export function callGraphOf(linking: Linking): CallGraph {
  const callers = new Map<FnId, CallEdge[]>();
  const calls = new Map<FnId, CallEdge[]>();
  const acts: ActSite[] = [];
  const slots: SlotSite[] = [];
  const parameters = new Map<FnId, Set<number>>();
  const busy = new Set<FnId>();
  for (const { id: fn } of linking.functions) {
    const meanings = linking.meaningsOf(fn);
    if (meanings.length > 0) busy.add(fn);
    for (const { op, meaning } of meanings) {
      switch (meaning.kind) {
        case 'call': {
          const isMacroUse = linking.functions[meaning.target]?.isMacro === true;
          const edge = { caller: fn, op, callee: meaning.target, args: meaning.args, isMacroUse };
          put(callers, meaning.target, edge);
          put(calls, fn, edge);
          break;
        }
        case 'act':
          acts.push({ fn, op, act: meaning.act });
          break;
        case 'slot':
          slots.push({ fn, op, slot: meaning.slot, args: meaning.args });
          break;
        case 'parameter': {
          const known = parameters.get(fn);
          if (known) known.add(meaning.index);
          else parameters.set(fn, new Set([meaning.index]));
          break;
        }
        case 'unresolved':
          break;
      }
    }
  }
  return {
    callersOf: (fn) => callers.get(fn) ?? noEdges,
    callsOf: (fn) => calls.get(fn) ?? noEdges,
    acts,
    slots,
    calledParameters: (fn) => parameters.get(fn) ?? noParameters,
    isBusy: (fn) => busy.has(fn),
  };
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
