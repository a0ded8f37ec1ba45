// link.ts
// A program for the files that a question is about: their functions, everything that these reach, and what all of it
// means.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { Primitive } from '../kernel/primitive.ts';
import { callGraphOf } from './callGraph.ts';
import { entriesOf } from './entries.ts';
import { LockPointers } from './lockPointers.ts';
import type { CallbackTable } from './ownTables.ts';
import { knownNames } from './knownNames.ts';
import { Linker } from './linker.ts';
import { LinkMemory } from './linkMemory.ts';
import type { Entry, Program } from './meaning.ts';
import { ScopeTables } from './scopeTables.ts';
import type { TableFiles } from './tableFiles.ts';
import { SlotTable } from './tables.ts';

export interface LinkRequest {
  readonly index: TreeIndex;
  /** Paths of the files that the question is about. */
  readonly scope: readonly string[];
  /** C files whose functions are taken in place of what the tree defines outside the scope. */
  readonly stubs: readonly { readonly path: string; readonly facts: FileFacts }[];
  /** What a name means by table; a user's tables go before the built-in ones. */
  readonly primitiveOf?: (name: string) => Primitive | undefined;
  readonly guardOf?: (name: string) => Primitive | undefined;
  /** Who calls a member of a table, and holding what, in the kernel that the tree is. */
  readonly callbackOf?: CallbackTable;
  /** To be shared by programs of one view of one tree: most of what a driver reaches, the one before has reached. */
  readonly memory?: LinkMemory;
}

export interface LinkedProgram extends Program {
  readonly counts: LinkCounts;
}

export interface LinkCounts {
  readonly functions: number;
  readonly macroUses: number;
  readonly files: number;
  readonly unresolved: number;
}

// Tables name functions, functions call through further tables: few programs need more than four askings.
const mostAskings = 12;

export async function linkProgram(request: LinkRequest, token: Token): Promise<LinkedProgram> {
  const memory = request.memory ?? new LinkMemory(request.index);
  const linker = new Linker({ ...request, known: knownNames(request), names: memory.names });
  await linker.begin(token);
  const { tables, entries, locks } = await bound(linker, memory.tableFiles, request.callbackOf, token);
  linker.close();
  return {
    places: linker.places,
    structs: linker.structs,
    functions: linker.functions,
    meaningOf: (fn, op) => linker.meaningOf(fn, op),
    functionNamed: (name, from) => {
      const caller = linker.functions[from];
      const id = caller && linker.fnOf(name, caller.path);
      return id === undefined ? undefined : linker.functions[id];
    },
    placeOf: (fn, expr) => linker.placeOf(expr, linker.body(fn)),
    numberOf: (fn, expr) => linker.numberOf(expr, linker.body(fn)),
    entries,
    implementers: (slot, first) => tables.implementers(slot, first),
    everyImplementer: (slot) => tables.everyImplementer(slot),
    notified: (chain) => tables.notified(chain),
    chosenLocks: locks.all(),
    unresolved: linker.unresolved,
    counts: countsOf(linker),
  };
}

interface Bound {
  readonly tables: SlotTable;
  readonly entries: readonly Entry[];
  readonly locks: LockPointers;
}

/** Tables and entries are read from what is there; what they lack is brought in, and they are read again. */
async function bound(
  linker: Linker,
  files: TableFiles,
  callbackOf: CallbackTable | undefined,
  token: Token,
): Promise<Bound> {
  const scope = new ScopeTables(linker);
  let graph = callGraphOf(linker);
  let known = 0;
  for (let asking = 1; ; asking++) {
    await linker.settle(token);
    throwIfCancelled(token);
    // What a function means never changes once it is known.
    if (linker.functions.length !== known) graph = callGraphOf(linker);
    known = linker.functions.length;
    const tables = new SlotTable(linker, graph, scope, files);
    tables.prepare();
    const locks = new LockPointers(linker);
    const entries = entriesOf(linker, graph, tables, callbackOf, locks);
    const isWhole = linker.isSettled && !files.isAsked;
    if (isWhole || asking === mostAskings) return { tables, entries, locks };
    await files.find(token);
  }
}

function countsOf(linker: Linker): LinkCounts {
  const macroUses = linker.functions.filter((fn) => fn.isMacro).length;
  let unresolved = 0;
  for (const count of linker.unresolved.values()) unresolved += count;
  return {
    functions: linker.functions.length - macroUses,
    macroUses,
    files: linker.loadedFiles,
    unresolved,
  };
}
