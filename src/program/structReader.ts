// structReader.ts
// Types of facts as shapes: which struct, behind typedefs, and how many stars. Every answer is found once.

import type { FieldFacts } from '../facts/fileFacts.ts';
import type { ExprId, TypeId } from '../facts/terms.ts';
import type { FileView } from './fileView.ts';
import { isLeaf } from './leaf.ts';
import type { Field, Shape } from './linking.ts';
import { aggregates, objectMacros, typedefs } from './resolve.ts';
import type { Sources } from './sources.ts';
import type { StructRef, StructTable } from './structs.ts';

// Chains of typedefs are short; a longer one is a circle.
const deepest = 12;

interface StructFields {
  readonly all: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
}

const none: readonly never[] = [];
const noFields: StructFields = { all: [], byName: new Map() };

export class StructReader {
  readonly #sources: Sources;
  readonly #structs: StructTable;
  readonly #fields: (StructFields | undefined)[] = [];
  readonly #shapes = new Map<number, Shape>();

  constructor(sources: Sources, structs: StructTable) {
    this.#sources = sources;
    this.#structs = structs;
  }

  shape(struct: StructRef | undefined, pointers: number): Shape {
    const key = (struct === undefined ? 0 : struct + 1) * 64 + (pointers & 63);
    let shape = this.#shapes.get(key);
    if (!shape) {
      shape = { struct, pointers };
      this.#shapes.set(key, shape);
    }
    return shape;
  }

  /** With `pointers` more, or fewer, stars. */
  moved(shape: Shape | undefined, pointers: number): Shape | undefined {
    return shape && this.shape(shape.struct, shape.pointers + pointers);
  }

  shapeOfType(type: TypeId, view: FileView): Shape | undefined {
    let shape = view.shapes.get(type);
    if (!shape) {
      shape = this.#read(type, view, 0, 0);
      if (!shape) return undefined;
      view.shapes.set(type, shape);
    }
    return shape;
  }

  shapeOfNamed(name: string, view: FileView): Shape | undefined {
    return this.#named(name, view, 0, 0);
  }

  /** The struct or union that a tag means in that file. */
  structOf(tag: string, view: FileView): StructRef {
    let ref = view.structs.get(tag);
    if (ref === undefined) {
      const path = view.names.structs.has(tag) ? view.path : this.#homeOf(tag, view);
      ref = this.#structs.of(path ?? '', tag);
      view.structs.set(tag, ref);
    }
    return ref;
  }

  /** The struct that a name means: a tag, or else a typedef. */
  structNamed(name: string, view: FileView): StructRef {
    const ref = this.structOf(name, view);
    return this.#structs.name(ref).path === '' ? (this.shapeOfNamed(name, view)?.struct ?? ref) : ref;
  }

  field(struct: StructRef, name: string): Field | undefined {
    return this.#fieldsOf(struct).byName.get(name);
  }

  /**
   * The fields that `x->name` goes through: one, or those of a macro that stands for a path: `sk->sk_prot` is
   * `sk->__sk_common.skc_prot`. Empty where there is no such field.
   */
  fieldPath(struct: StructRef, name: string, view: FileView): readonly Field[] {
    const own = this.field(struct, name);
    if (own) return [own];
    const fields: Field[] = [];
    let inner: StructRef | undefined = struct;
    for (const part of this.#aliasOf(name, view)) {
      const field: Field | undefined = inner === undefined ? undefined : this.field(inner, part);
      if (!field) return none;
      fields.push(field);
      inner = field.shape.struct;
    }
    return fields;
  }

  #aliasOf(name: string, view: FileView): readonly string[] {
    const known = view.memberAliases.get(name);
    if (known) return known;
    const path = view.names.macros.has(name) ? view.path : view.meanings.nearest(name, objectMacros)?.path;
    const home = path === undefined || isLeaf(path) ? undefined : this.#sources.view(path);
    const macro = home?.names.macros.get(name);
    const isPath = home && macro?.parameters === undefined && macro?.body.kind === 'expression';
    const parts = isPath ? partsOf(macro.body.value, home) : none;
    view.memberAliases.set(name, parts);
    return parts;
  }

  fieldsOf(struct: StructRef): readonly Field[] {
    return this.#fieldsOf(struct).all;
  }

  // Whoever gets a pointer to a struct that is defined out of sight means the only one of that tag.
  #homeOf(tag: string, view: FileView): string | undefined {
    const visible = view.meanings.nearest(tag, aggregates);
    if (visible) return visible.path;
    const others = this.#sources
      .definitionsOf(tag)
      .filter(({ kind, path }) => aggregates.includes(kind) && !isLeaf(path));
    return others.length === 1 ? others[0]?.path : undefined;
  }

  #fieldsOf(struct: StructRef): StructFields {
    const known = this.#fields[struct];
    if (known) return known;
    const fields = this.#readFields(struct);
    this.#fields[struct] = fields;
    return fields;
  }

  #readFields(struct: StructRef): StructFields {
    const { path, tag } = this.#structs.name(struct);
    const view = path === '' ? undefined : this.#sources.view(path);
    const facts = view?.names.structs.get(tag);
    if (!view || !facts) return noFields;
    const all: Field[] = [];
    this.#collect(facts.fields, view, struct, all, 0);
    const byName = new Map<string, Field>();
    for (const field of all) if (!byName.has(field.name)) byName.set(field.name, field);
    return { all, byName };
  }

  // Fields of an embedded anonymous struct count as fields of the outer one.
  #collect(
    fields: readonly FieldFacts[],
    view: FileView,
    owner: StructRef,
    all: Field[],
    depth: number,
  ): void {
    for (const { name, type } of fields) {
      const shape = this.shapeOfType(type, view) ?? this.shape(undefined, 0);
      if (name !== '') {
        all.push({ name, shape, owner });
        continue;
      }
      if (shape.struct === undefined || shape.pointers !== 0 || depth > deepest) continue;
      const inner = this.#structs.name(shape.struct);
      const home = inner.path === view.path ? view : this.#sources.view(inner.path);
      const facts = home?.names.structs.get(inner.tag);
      if (home && facts) this.#collect(facts.fields, home, owner, all, depth + 1);
    }
  }

  #read(id: TypeId, view: FileView, pointers: number, depth: number): Shape | undefined {
    const type = view.facts.terms.type(id);
    if (depth > deepest) return undefined;
    switch (type.kind) {
      case 'pointer':
        return this.#read(type.to, view, pointers + 1, depth + 1);
      case 'array':
        return this.#read(type.of, view, pointers + 1, depth + 1);
      case 'tagged':
        return this.shape(type.tag === 'enum' ? undefined : this.structOf(type.name, view), pointers);
      case 'named':
        return this.#named(type.name, view, pointers, depth);
      case 'function':
        return this.shape(undefined, pointers);
      case 'typeof':
      case 'unknown':
        return undefined;
    }
  }

  #named(name: string, view: FileView, pointers: number, depth: number): Shape | undefined {
    if (isScalar(name)) return this.shape(undefined, pointers);
    const own = view.names.typedefs.get(name);
    if (own) return this.#read(own.type, view, pointers, depth + 1);
    const path = view.meanings.nearest(name, typedefs)?.path;
    const home = path === undefined ? undefined : this.#sources.view(path);
    const typedef = home?.names.typedefs.get(name);
    return home && typedef
      ? this.#read(typedef.type, home, pointers, depth + 1)
      : this.shape(undefined, pointers);
  }
}

/** `a.b.c` as its names. */
function partsOf(id: ExprId, view: FileView): readonly string[] {
  const expr = view.facts.terms.expr(id);
  if (expr.kind === 'name') return [expr.name];
  if (expr.kind !== 'field') return none;
  const base = partsOf(expr.base, view);
  return base.length === 0 ? none : [...base, expr.name];
}

// Built-in types, and the typedefs of numbers that every file uses.
const scalar =
  /^(?:(?:__)?(?:u|s|le|be|int|uint)(?:8|16|32|64)(?:_t)?|void|bool|_Bool|(?:un)?signed|char|short|int|long|float|double|size_t|ssize_t|gfp_t|dma_addr_t|phys_addr_t|resource_size_t|loff_t|uintptr_t|.* .*)$/;

const known = new Map<string, boolean>();

export function isScalar(name: string): boolean {
  let is = known.get(name);
  if (is === undefined) {
    is = scalar.test(name);
    known.set(name, is);
  }
  return is;
}
