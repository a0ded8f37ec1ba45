// link.ts
// A program for the files that a question is about: their functions, everything that these reach, and what all of it
// means.

import type { Token } from '../base/cancel.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { primitiveOf } from '../kernel/knowledge.ts';
import type { Primitive } from '../kernel/primitive.ts';
import { Linker } from './linker.ts';
import type { Entry, Program } from './meaning.ts';
import { plainEntriesOf } from './plainEntries.ts';

export interface LinkRequest {
  readonly index: TreeIndex;
  /** Paths of the files that the question is about. */
  readonly scope: readonly string[];
  /** C files whose functions are taken in place of what the tree defines outside the scope. */
  readonly stubs: readonly { readonly path: string; readonly facts: FileFacts }[];
  /** What a name means by table; a user's tables go before the built-in ones. */
  readonly primitiveOf?: (name: string) => Primitive | undefined;
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

export async function linkProgram(request: LinkRequest, token: Token): Promise<LinkedProgram> {
  const linker = new Linker({ ...request, primitiveOf: request.primitiveOf ?? primitiveOf });
  await linker.begin(token);
  await linker.settle(token);
  const entries: readonly Entry[] = plainEntriesOf(linker);
  linker.close();
  return {
    places: linker.places,
    structs: linker.structs,
    functions: linker.functions,
    meaningOf: (fn, op) => linker.meaningOf(fn, op),
    entries,
    implementers: () => [],
    notified: () => [],
    unresolved: linker.unresolved,
    counts: countsOf(linker),
  };
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
