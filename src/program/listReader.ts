// listReader.ts
// Walks through an initialiser along the struct that it fills, down to the functions in it.

import type { Position } from '../base/position.ts';
import { exprText } from '../facts/exprText.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { Designator } from '../facts/terms.ts';
import { Initialisers, pasted } from './initialisers.ts';
import type { Item, Value } from './initialisers.ts';
import type { Linking, Shape } from './linking.ts';
import { globalIn } from './placeNames.ts';
import type { PlaceId } from './places.ts';
import { nearest } from './resolve.ts';
import type { StructRef } from './structs.ts';
import type { ObjectRow, TableRow } from './tableRows.ts';

/** The struct, or array, that is filled. */
export interface Holder {
  readonly place: PlaceId | undefined;
  readonly struct: StructRef | undefined;
  readonly table: string;
  readonly at: Position;
  readonly constants: Map<string, string>;
}

export class ListReader {
  readonly rows: TableRow[] = [];
  readonly objects: ObjectRow[] = [];
  readonly values: Initialisers;
  readonly #linking: Linking;
  readonly #path: string;
  readonly #facts: FileFacts;
  readonly #isFunction = new Map<string, boolean>();

  constructor(linking: Linking, path: string, facts: FileFacts) {
    this.#linking = linking;
    this.#path = path;
    this.#facts = facts;
    this.values = new Initialisers(linking);
  }

  list(list: Value, shape: Shape | undefined, holder: Holder): void {
    const items = this.values.items(list) ?? [];
    const isArray = shape !== undefined && shape.pointers > 0;
    let position = 0;
    for (const { designators, value } of items) {
      const [first, ...more] = designators;
      if (isArray || first?.kind === 'element') {
        const rest = first?.kind === 'element' ? more : designators;
        this.#element(rest, value, shape, holder);
      } else if (first?.kind === 'member') {
        this.#designated(first.name, more, value, holder);
        position = this.#positionOf(holder.struct, first.name) + 1;
      } else if (!this.#text(value, holder)) {
        const field = this.#fieldAt(holder.struct, position);
        if (field !== undefined) this.member(field, value, holder);
        else this.row('', `#${position}`, value, holder);
        position++;
      }
    }
  }

  /** One member of the holder's struct. */
  member(name: string, value: Value, holder: Holder): void {
    const { struct } = holder;
    const field = struct === undefined ? undefined : this.#linking.field(struct, name);
    const tag = this.#tag(field?.owner ?? struct);
    const items = this.values.items(value);
    if (!items) {
      if (!this.row(tag, name, value, holder)) this.#other(name, value, holder);
      return;
    }
    const literal = this.literalShape(value);
    const shape = literal ?? field?.shape;
    if (shape?.struct === undefined) {
      // A member that is an array of functions, or one of unknown type.
      for (const item of items) this.#unknown(tag, name, item, holder);
    } else {
      const inside = this.#inside(holder, name);
      this.list(value, shape, literal ? { ...inside, place: undefined, struct: shape.struct } : inside);
    }
  }

  row(struct: string, member: string, value: Value, holder: Holder): boolean {
    const names = this.functions(value);
    for (const fn of names) this.#push(struct, member, fn, holder);
    return names.length > 0;
  }

  functions(value: Value): readonly string[] {
    return this.values.names(value).filter((name) => this.#names(name));
  }

  literalShape(value: Value): Shape | undefined {
    const plain = this.values.plain(value);
    const expr = this.values.expr(plain);
    return expr.kind === 'literal' ? this.#linking.shapeOfType(expr.type, plain.at.path) : undefined;
  }

  #element(rest: readonly Designator[], value: Value, shape: Shape | undefined, holder: Holder): void {
    const { places } = this.#linking;
    const inner = shape && { struct: shape.struct, pointers: shape.pointers - 1 };
    const place = holder.place === undefined ? undefined : places.element(holder.place, shape?.struct);
    const element = { ...holder, place, constants: new Map<string, string>() };
    const [first, ...more] = rest;
    if (first?.kind === 'member') this.#designated(first.name, more, value, element);
    else if (this.values.items(value)) this.list(value, inner, element);
    else if (!this.row('', holder.table, value, holder)) this.#object('', value, holder);
  }

  /** `.adrv.remove = f`: down through the members, to the last. */
  #designated(name: string, more: readonly Designator[], value: Value, holder: Holder): void {
    const [next, ...rest] = more;
    if (next?.kind === 'member') this.#designated(next.name, rest, value, this.#inside(holder, name));
    else this.member(name, value, holder);
  }

  #inside(holder: Holder, member: string): Holder {
    const { places } = this.#linking;
    const field = holder.struct === undefined ? undefined : this.#linking.field(holder.struct, member);
    const struct = field?.shape.struct;
    const owner = field?.owner ?? holder.struct;
    const place = holder.place === undefined ? undefined : places.member(holder.place, member, owner, struct);
    return { ...holder, place, struct, constants: new Map() };
  }

  #unknown(tag: string, name: string, { designators, value }: Item, holder: Holder): void {
    const last = designators.at(-1);
    if (last?.kind === 'member') this.row('', last.name, value, holder);
    else this.row(tag, name, value, holder);
  }

  /** Members that a macro writes out: `SET_RUNTIME_PM_OPS(suspend, resume, NULL)`. */
  #text(value: Value, holder: Holder): boolean {
    const items = this.values.textItems(value);
    for (const { member, name } of items) {
      if (this.#names(name)) this.#push(this.#tag(holder.struct), member, name, holder);
    }
    return items.length > 0;
  }

  #push(struct: string, member: string, fn: string, { at, place, table, constants }: Holder): void {
    this.rows.push({ struct, member, fn, path: this.#path, at, holder: place, table, constants });
  }

  #other(name: string, value: Value, holder: Holder): void {
    const { kind } = this.values.expr(value);
    if (kind === 'name' || kind === 'number' || kind === 'binary') {
      holder.constants.set(name, exprText(value.at.facts.terms, value.id, value.at.locals));
    }
    this.#object(name, value, holder);
  }

  /** A table that the functions of another table work with. */
  part(value: Value, place: PlaceId): void {
    this.#object('', value, { place });
  }

  #object(member: string, value: Value, { place }: Pick<Holder, 'place'>): void {
    const plain = this.values.plain(value);
    const expr = this.values.expr(plain);
    // `&dev_attr_x.attr` stands for the variable.
    const base =
      expr.kind === 'field' && !expr.arrow ? this.values.plain({ id: expr.base, at: plain.at }) : plain;
    const named = this.values.expr(base);
    if (named.kind !== 'name' || !/[a-z]/.test(named.name)) return;
    const object = globalIn(pasted(named.name, base.at), this.#path, this.#linking);
    this.objects.push({ object, member, holder: place });
  }

  #names(name: string): boolean {
    let is = this.#isFunction.get(name);
    if (is === undefined) {
      const definitions = this.#linking.index.definitionsOf(name);
      const from = { path: this.#path, includes: this.#facts.includes };
      is =
        definitions.some(({ kind }) => kind === 'function') &&
        nearest(definitions, ['function', 'global'], from)?.kind === 'function';
      this.#isFunction.set(name, is);
    }
    return is;
  }

  #tag(struct: StructRef | undefined): string {
    return struct === undefined ? '' : this.#linking.structs.name(struct).tag;
  }

  #positionOf(struct: StructRef | undefined, name: string): number {
    return struct === undefined
      ? -1
      : this.#linking.fieldsOf(struct).findIndex((field) => field.name === name);
  }

  #fieldAt(struct: StructRef | undefined, position: number): string | undefined {
    return struct === undefined ? undefined : this.#linking.fieldsOf(struct)[position]?.name;
  }
}
