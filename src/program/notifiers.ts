// notifiers.ts
// Who is called when a notifier chain is: the chain and the block put on it are followed up from the registering
// primitive to where both have names, and the block's function is what the scope puts into its `notifier_call`.

import { ascend, needsCaller } from './ascent.ts';
import type { Tuple } from './ascent.ts';
import type { ActSite, CallGraph } from './callGraph.ts';
import type { Linking } from './linking.ts';
import type { FnId } from './meaning.ts';
import { classNameOf, detached, globalNamed } from './placeNames.ts';
import type { PlaceId } from './places.ts';
import type { TableRow } from './tableRows.ts';

export interface Registration {
  readonly fn: FnId;
  /** The `struct notifier_block`, as somebody outside the registering function sees it. */
  readonly block: PlaceId;
  readonly chain: PlaceId;
  /** Nobody on the chain may sleep. */
  readonly isAtomic: boolean;
}

export interface Chains {
  readonly registrations: readonly Registration[];
  notified(chain: PlaceId): readonly FnId[];
  /** The functions of one block. */
  behind(block: PlaceId): readonly FnId[];
}

/** Chains that the registering function does not name in its arguments; `block` is the argument with the block. */
const chainsByName: Readonly<Record<string, { readonly chain: string; readonly block: number }>> = {
  register_netdevice_notifier: { chain: 'netdev_chain', block: 0 },
  register_netdevice_notifier_net: { chain: 'net.netdev_chain', block: 1 },
  register_netdevice_notifier_dev_net: { chain: 'net.netdev_chain', block: 1 },
  register_inetaddr_notifier: { chain: 'inetaddr_chain', block: 0 },
  register_inet6addr_notifier: { chain: 'inet6addr_chain', block: 0 },
  register_netevent_notifier: { chain: 'netevent_notif_chain', block: 0 },
  register_module_notifier: { chain: 'module_notify_list', block: 0 },
  register_pm_notifier: { chain: 'pm_chain_head', block: 0 },
  register_reboot_notifier: { chain: 'reboot_notifier_list', block: 0 },
};

const atomicChains = /^atomic_|^register_netevent_|^register_inet6addr_/;

export function chainsOf(linking: Linking, graph: CallGraph, rows: readonly TableRow[]): Chains {
  const { places, structs } = linking;
  const blocks = new Map<string, FnId[]>();
  for (const { struct, member, fn, path, holder } of rows) {
    if (struct !== 'notifier_block' || member !== 'notifier_call' || holder === undefined) continue;
    const name = classNameOf(holder, places, structs);
    const id = linking.fnOf(fn, path);
    if (name === undefined || id === undefined) continue;
    const known = blocks.get(name);
    if (!known) blocks.set(name, [id]);
    else if (!known.includes(id)) known.push(id);
  }
  const registrations: Registration[] = [];
  const byChain = new Map<string, FnId[]>();
  for (const site of graph.acts) {
    const { kind, name } = site.act.primitive;
    if (site.act.effect !== 'register' || (kind !== 'notifier chain' && !chainsByName[name])) continue;
    for (const [chain, block] of ends(site, linking, graph)) {
      if (chain === undefined || block === undefined) continue;
      const chainName = classNameOf(chain, places, structs);
      const blockName = classNameOf(block, places, structs);
      if (chainName === undefined || blockName === undefined) continue;
      for (const fn of blocks.get(blockName) ?? []) {
        const known = byChain.get(chainName) ?? [];
        byChain.set(chainName, known);
        if (known.includes(fn)) continue;
        known.push(fn);
        const isAtomic = atomicChains.test(site.act.primitive.name);
        registrations.push({ fn, block: detached(block, places), chain: detached(chain, places), isAtomic });
      }
    }
  }
  const nobody: readonly FnId[] = [];
  return {
    registrations,
    behind: (block) => blocks.get(classNameOf(block, places, structs) ?? '') ?? nobody,
    notified: (chain) => byChain.get(classNameOf(chain, places, structs) ?? '') ?? nobody,
  };
}

/** Chain and block of one registering call, for each way on which they get their names. */
function ends({ fn, op, act }: ActSite, linking: Linking, graph: CallGraph): readonly Tuple[] {
  const { places } = linking;
  const body = linking.body(fn);
  const operation = body.flow.op(op);
  const call = operation.kind === 'call' ? body.scope.facts.terms.expr(operation.call) : undefined;
  if (call?.kind !== 'call') return [];
  const { name } = act.primitive;
  const fixed = chainsByName[name];
  const place = (index: number): PlaceId | undefined => {
    const id = call.args[index];
    return id === undefined ? undefined : linking.placeOf(id, body);
  };
  const chain = fixed === undefined ? place(0) : chainNamed(fixed.chain, body.scope.path, linking);
  const block = place(fixed?.block ?? 1);
  const isKnown = (tuple: Tuple): boolean =>
    tuple.every((one) => one === undefined || !needsCaller(one, places) || hasName(one));
  const hasName = (one: PlaceId): boolean => classNameOf(one, places, linking.structs) !== undefined;
  return ascend({ fn, places: [chain, block] }, graph, places, isKnown).map((arrival) => arrival.places);
}

/** A global, or a member of any struct of that type. */
function chainNamed(name: string, path: string, linking: Linking): PlaceId {
  const [struct = '', member] = name.split('.');
  if (member === undefined) return globalNamed(name, linking);
  const ref = linking.structOf(struct, path);
  return linking.places.member(linking.places.some(ref), member, ref);
}
