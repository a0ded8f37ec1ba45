// fileNames.ts
// The names of one file's facts, for looking them up. Built once for each file that is asked about.

import type {
  FileFacts,
  FunctionFacts,
  GlobalFacts,
  MacroFacts,
  PrototypeFacts,
  StructFacts,
  TypedefFacts,
} from '../facts/fileFacts.ts';
import type { Flow } from '../facts/flow.ts';

export interface FileNames {
  readonly functions: ReadonlyMap<string, FunctionFacts>;
  readonly prototypes: ReadonlyMap<string, PrototypeFacts>;
  readonly macros: ReadonlyMap<string, MacroFacts>;
  readonly globals: ReadonlyMap<string, GlobalFacts>;
  readonly structs: ReadonlyMap<string, StructFacts>;
  readonly typedefs: ReadonlyMap<string, TypedefFacts>;
}

const known = new WeakMap<FileFacts, FileNames>();

/** Where a name stands twice, in the arms of an `#if`, the definition that says more comes first: see `fuller`. */
export function namesOf(facts: FileFacts): FileNames {
  let names = known.get(facts);
  if (!names) {
    names = {
      functions: byName(facts.functions, (item) => item.flow.count),
      prototypes: byName(facts.prototypes, () => 0),
      macros: byName(facts.macros, bodySize),
      globals: byName(facts.globals, (item) => (item.value === undefined ? 0 : 1)),
      structs: byName(facts.structs, (item) => item.fields.length),
      typedefs: byName(facts.typedefs, () => 0),
    };
    known.set(facts, names);
  }
  return names;
}

// An empty stub for a kernel built without the feature must not hide the real function in the other arm.
function byName<T extends { readonly name: string }>(
  items: readonly T[],
  fuller: (item: T) => number,
): Map<string, T> {
  const map = new Map<string, T>();
  for (const item of items) {
    const other = map.get(item.name);
    if (!other || fuller(item) > fuller(other)) map.set(item.name, item);
  }
  return map;
}

function bodySize(macro: MacroFacts): number {
  switch (macro.body.kind) {
    case 'expression':
      return 1 + sizeOf(macro.body.flow);
    case 'statements':
      return sizeOf(macro.body.flow);
    case 'declarations':
      return 1;
    case 'text':
      return 0;
  }
}

// What calls something says more than any number of assignments that keep a compiler quiet: `do { flags = 0; } while (0)`
// for a kernel without the lock.
const sizeOfCall = 100;

function sizeOf(flow: Flow): number {
  let calls = 0;
  for (let index = 0; index < flow.count; index++) if (flow.op(index).kind === 'call') calls++;
  return flow.count + calls * sizeOfCall;
}
