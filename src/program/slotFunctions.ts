// slotFunctions.ts
// Which functions a call through a pointer in a struct can mean, as far as files say that are near: the operations
// tables and assignments of the same driver, or the only ones that there are.

import type { FileFacts } from '../facts/fileFacts.ts';
import type { Expr, ExprId } from '../facts/terms.ts';
import type { Definition } from '../index/treeIndex.ts';
import type { LoadedFacts } from './loadedFacts.ts';
import type { Slot } from './meaning.ts';
import { resolveCall } from './resolve.ts';
import type { Body, DeclaredType, TypeReader } from './types.ts';
import { scopeOf, scopeOfFunction } from './types.ts';
import { folderOf } from './unitFiles.ts';

export interface SlotTarget {
  readonly name: string;
  readonly target: Definition;
}

// More are no answer for a person who reads one function, and cost the reading of as many files.
const mostFiles = 12;

export class SlotFunctions {
  readonly #loaded: LoadedFacts;
  readonly #types: TypeReader;
  readonly #known = new Map<string, readonly SlotTarget[]>();

  constructor(loaded: LoadedFacts, types: TypeReader) {
    this.#loaded = loaded;
    this.#types = types;
  }

  /** `ops->open` is `acme_ops.open`. */
  slotOf(pointer: ExprId, { scope }: Pick<Body, 'scope'>): Slot | undefined {
    const expr = scope.facts.terms.expr(pointer);
    if (expr.kind === 'unary' && expr.operator === '*') return this.slotOf(expr.operand, { scope });
    if (expr.kind !== 'field') return undefined;
    const struct = this.#types.tagOf(this.#types.typeOf(expr.base, scope), expr.arrow ? 1 : 0);
    return struct === undefined ? undefined : { struct, member: expr.name };
  }

  /** In order of path, those of the folder of `from` or else of the nearest folder around it; none where too many. */
  targetsOf(slot: Slot, from: string): readonly SlotTarget[] {
    const key = `${slot.struct}.${slot.member} ${folderOf(from)}`;
    const known = this.#known.get(key);
    if (known) return known;
    const chosen = nearestOf(this.#loaded.index.functionsInField(slot.member), from);
    const isTooMuch = new Set(chosen.map(({ path }) => path)).size > mostFiles;
    const targets = isTooMuch ? [] : chosen.flatMap((candidate) => this.#target(candidate, slot) ?? []);
    this.#known.set(key, targets);
    return targets;
  }

  /** The struct of the table in which the file gives that function to that member. */
  structSetting(path: string, member: string, fn: string): string | undefined {
    const facts = this.#loaded.get(path);
    return (
      facts &&
      (this.#structOfTable(path, facts, member, fn) ?? this.#structOfAssignment(path, facts, member, fn))
    );
  }

  #target(
    { path, name }: { readonly path: string; readonly name: string },
    slot: Slot,
  ): SlotTarget | undefined {
    const facts = this.#loaded.get(path);
    if (!facts || this.structSetting(path, slot.member, name) !== slot.struct) return undefined;
    const target = resolveCall(this.#loaded.index, name, { path, includes: facts.includes });
    return target && { name, target };
  }

  #structOfTable(path: string, facts: FileFacts, member: string, fn: string): string | undefined {
    const scope = scopeOf(path, facts, []);
    for (const { value, type } of facts.globals) {
      if (value === undefined) continue;
      const found = this.#structOfList(value, facts, { scope, type, pointers: 0 }, member, fn);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** `{ .open = fn }`, also in an element of an array or in the value of a field. */
  #structOfList(
    list: ExprId,
    facts: FileFacts,
    declared: DeclaredType | undefined,
    member: string,
    fn: string,
  ): string | undefined {
    const expr = facts.terms.expr(list);
    if (expr.kind !== 'list') return undefined;
    for (const { designators, value } of expr.items) {
      const names = designators.flatMap((part) => (part.kind === 'member' ? [part.name] : []));
      if (names.length === 1 && names[0] === member && nameIn(facts, value) === fn) {
        return declared && (this.#types.tagOf(declared, 0) ?? this.#types.tagOf(declared, 1));
      }
      const inner = this.#structOfList(value, facts, this.#typeOfMember(declared, names), member, fn);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }

  /** No names: an element of the array. */
  #typeOfMember(declared: DeclaredType | undefined, names: readonly string[]): DeclaredType | undefined {
    let type = declared;
    for (const name of names) {
      const found = this.#types.structOf(type, 0) ?? this.#types.structOf(type, 1);
      const field = found?.struct.fields.find((candidate) => candidate.name === name);
      type = found && field && { scope: found.scope, type: field.type, pointers: 0 };
    }
    return type;
  }

  #structOfAssignment(path: string, facts: FileFacts, member: string, fn: string): string | undefined {
    for (const item of facts.functions) {
      for (let i = 0; i < item.flow.count; i++) {
        const op = item.flow.op(i);
        if (op.kind !== 'assign' || nameIn(facts, op.value) !== fn) continue;
        const target = facts.terms.expr(op.target);
        if (target.kind !== 'field' || target.name !== member) continue;
        return this.slotOf(op.target, { scope: scopeOfFunction(path, facts, item) })?.struct;
      }
    }
    return undefined;
  }
}

/** `fn`, `&fn`, `(cast)fn`. */
function nameIn(facts: FileFacts, id: ExprId): string | undefined {
  const expr: Expr = facts.terms.expr(id);
  switch (expr.kind) {
    case 'name':
      return expr.name;
    case 'unary':
    case 'cast':
      return nameIn(facts, expr.operand);
    case 'local':
    case 'number':
    case 'string':
    case 'call':
    case 'field':
    case 'index':
    case 'binary':
    case 'conditional':
    case 'list':
    case 'literal':
    case 'type':
    case 'sizeof':
    case 'config':
    case 'opaque':
      return undefined;
  }
}

// Further up lie other drivers.
const leastFolders = 3;

function nearestOf<T extends { readonly path: string }>(
  candidates: readonly T[],
  from: string,
): readonly T[] {
  const parts = folderOf(from).split('/').slice(0, -1);
  for (let depth = parts.length; depth >= leastFolders; depth--) {
    const folder = parts
      .slice(0, depth)
      .map((part) => `${part}/`)
      .join('');
    const near = candidates.filter(({ path }) => path.startsWith(folder));
    if (near.length > 0) return near;
  }
  return candidates;
}
