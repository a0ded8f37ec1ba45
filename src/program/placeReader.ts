// placeReader.ts
// Which object an expression means, in terms of the function's parameters, of globals and of locals that nobody else
// can name. An address and the object at that address are the same here.

import type { Expr, ExprId } from '../facts/terms.ts';
import { memberPath } from './bodyInfo.ts';
import type { BodyInfo, PastedName } from './bodyInfo.ts';
import type { Code } from './code.ts';
import type { Globals } from './globals.ts';
import type { PlaceId, PlaceTable } from './places.ts';
import {
  containerMacros,
  elementMacros,
  errorCalls,
  neighbourMacros,
  perProcessorCalls,
  transparentCalls,
  variableContainerMacros,
} from './macroTables.ts';
import type { ShapeReader } from './shapeReader.ts';
import type { StructRef } from './structs.ts';
import type { StructReader } from './structReader.ts';
import type { Uses } from './uses.ts';

// Longer chains of locals, accessors and macros are circles.
const deepest = 32;
/** A longer function is no accessor. */
const longestAccessor = 60;

type CallExpr = Extract<Expr, { kind: 'call' }>;

export interface PlaceReaderParts {
  readonly places: PlaceTable;
  readonly structs: StructReader;
  readonly shapes: ShapeReader;
  readonly globals: Globals;
  readonly uses: Uses;
  readonly bodyOf: (code: Code) => BodyInfo;
}

export class PlaceReader {
  readonly #places: PlaceTable;
  readonly #structs: StructReader;
  readonly #shapes: ShapeReader;
  readonly #globals: Globals;
  readonly #uses: Uses;
  readonly #bodyOf: (code: Code) => BodyInfo;

  constructor(parts: PlaceReaderParts) {
    this.#places = parts.places;
    this.#structs = parts.structs;
    this.#shapes = parts.shapes;
    this.#globals = parts.globals;
    this.#uses = parts.uses;
    this.#bodyOf = parts.bodyOf;
  }

  placeOf(id: ExprId, info: BodyInfo, depth = 0): PlaceId | undefined {
    const known = info.found.places.get(id);
    if (known !== undefined || info.found.places.has(id)) return known;
    if (depth > deepest) return undefined;
    const place = this.#read(id, info, depth + 1);
    info.found.places.set(id, place);
    return place;
  }

  /** The same place, known to be that struct. */
  seenAs(place: PlaceId, struct: StructRef | undefined): PlaceId {
    if (struct === undefined) return place;
    const seen = this.#places.get(place);
    if (seen.struct === struct) return place;
    if (seen.struct === undefined && seen.kind === 'result')
      return this.#places.result(seen.callee, seen.args, struct);
    if (seen.struct === undefined && seen.kind === 'container')
      return this.#places.container(seen.of, seen.member, struct);
    return this.#places.view(place, struct);
  }

  #read(id: ExprId, info: BodyInfo, depth: number): PlaceId | undefined {
    const expr = info.view.facts.terms.expr(id);
    switch (expr.kind) {
      case 'local':
        return this.#local(expr.index, info, depth);
      case 'name':
        return this.#name(expr.name, info, depth);
      case 'field':
        return this.#field(expr, info, depth);
      case 'index':
        return this.#element(id, expr.base, info, depth);
      case 'unary':
        return expr.operator === '&' || expr.operator === '*'
          ? this.placeOf(expr.operand, info, depth)
          : undefined;
      case 'cast':
        return this.#cast(expr, info, depth);
      case 'call':
        return this.#call(id, expr, info, depth);
      case 'conditional':
        return this.#oneOf([expr.whenTrue, expr.whenFalse], info, depth);
      case 'binary':
        return this.#binary(id, expr, info, depth);
      case 'number':
      case 'string':
      case 'list':
      case 'literal':
      case 'type':
      case 'sizeof':
      case 'config':
      case 'opaque':
        return undefined;
    }
  }

  #local(index: number, info: BodyInfo, depth: number): PlaceId | undefined {
    if (info.isMacroParameter(index)) {
      const arg = info.args[index];
      return info.caller && arg !== undefined ? this.placeOf(arg, info.caller, depth) : undefined;
    }
    const known = info.found.localPlaces[index];
    if (known !== undefined) return known;
    if (info.found.open.has(index)) {
      // Its value is made from itself, as in a walk through a list: then it stands for nothing but itself.
      info.found.open.set(index, true);
      return this.#itself(index, info);
    }
    info.found.open.set(index, false);
    try {
      const followed = this.#followed(index, info, depth);
      const place = info.found.open.get(index) === true ? this.#itself(index, info) : followed;
      info.found.localPlaces[index] = place;
      return place;
    } finally {
      info.found.open.delete(index);
    }
  }

  #followed(index: number, info: BodyInfo, depth: number): PlaceId {
    const local = info.body.scope.locals[index];
    const type = local && info.view.facts.terms.type(local.type);
    const shape = local && this.#structs.shapeOfType(local.type, info.view);
    const values = info.valuesOf(index);
    if (info.isParameter(index)) {
      return values.length === 0 ? this.#places.parameter(index, shape?.struct) : this.#itself(index, info);
    }
    const isObject = shape?.struct !== undefined && (shape.pointers === 0 || type?.kind === 'array');
    if (local?.isStatic === true || isObject) return this.#itself(index, info);
    if (info.isLoopVariable(index)) return this.#places.some(shape?.struct);
    const place = this.#oneOf(values, info, depth);
    return place === undefined ? this.#itself(index, info) : this.seenAs(place, shape?.struct);
  }

  /** A local as an object of its own. */
  #itself(index: number, info: BodyInfo): PlaceId {
    const local = info.body.scope.locals[index];
    const name = info.caller ? `${info.code?.name ?? ''}:${local?.name ?? ''}` : (local?.name ?? '');
    const shape = local && this.#structs.shapeOfType(local.type, info.view);
    if (local?.isStatic === true) return this.#places.global(name, `${info.owner}:${name}`, shape?.struct);
    const isArray = local !== undefined && info.view.facts.terms.type(local.type).kind === 'array';
    const isObject = isArray || shape?.pointers === 0;
    return this.#places.local(info.owner, name, isObject, shape?.struct);
  }

  #name(name: string, info: BodyInfo, depth: number): PlaceId | undefined {
    const pasted = info.pasted(name);
    if (pasted) return this.#pasted(pasted, depth);
    const local = info.localOfUser(name);
    if (local) return this.#local(local.index, local.info, depth);
    const object = this.#globals.find(name, info.view);
    if (object) return object.place;
    const callee = this.#uses.objectMacro(name, info);
    return callee && this.placeOf(callee.value, callee.info, depth);
  }

  /** `LOCK(foo->bar)` where the macro says `mutex_lock(&x##_lock)`. */
  #pasted({ name, base, user }: PastedName, depth: number): PlaceId | undefined {
    if (base === undefined) {
      const index = user.localNamed(name);
      return index === undefined ? this.#name(name, user, depth) : this.#local(index, user, depth);
    }
    const place = this.placeOf(base, user, depth);
    const struct = this.#shapes.shapeOf(base, user)?.struct;
    return place === undefined ? undefined : this.memberOf(this.seenAs(place, struct), name);
  }

  #field(expr: Extract<Expr, { kind: 'field' }>, info: BodyInfo, depth: number): PlaceId | undefined {
    const place = this.placeOf(expr.base, info, depth);
    const declared = this.#shapes.shapeOf(expr.base, info)?.struct;
    const struct = declared ?? (place === undefined ? undefined : this.#places.get(place).struct);
    if (place === undefined && struct === undefined) return undefined;
    const base = place === undefined ? this.#places.some(struct) : this.seenAs(place, struct);
    const name = info.memberName(expr.name);
    const fields = struct === undefined ? [] : this.#structs.fieldPath(struct, name, info.view);
    if (fields.length === 0) return this.#places.member(base, name, struct, undefined);
    return fields.reduce(
      (outer, field) => this.#places.member(outer, field.name, field.owner, field.shape.struct),
      base,
    );
  }

  /** The member of a place, typed by its struct. */
  memberOf(place: PlaceId, name: string): PlaceId {
    const { struct } = this.#places.get(place);
    const field = struct === undefined ? undefined : this.#structs.field(struct, name);
    return this.#places.member(place, name, field?.owner ?? struct, field?.shape.struct);
  }

  #element(id: ExprId, array: ExprId, info: BodyInfo, depth: number): PlaceId | undefined {
    const base = this.placeOf(array, info, depth);
    return base === undefined
      ? undefined
      : this.#places.element(base, this.#shapes.shapeOf(id, info)?.struct ?? this.#places.get(base).struct);
  }

  /** `array + i` is an element; other arithmetic makes no object. */
  #binary(
    id: ExprId,
    expr: Extract<Expr, { kind: 'binary' }>,
    info: BodyInfo,
    depth: number,
  ): PlaceId | undefined {
    if (expr.operator === ',') return this.placeOf(expr.right, info, depth);
    if (expr.operator !== '+' && expr.operator !== '-') return undefined;
    const shape = this.#shapes.shapeOf(expr.left, info);
    return shape && shape.pointers > 0 ? this.#element(id, expr.left, info, depth) : undefined;
  }

  #cast(expr: Extract<Expr, { kind: 'cast' }>, info: BodyInfo, depth: number): PlaceId | undefined {
    const place = this.placeOf(expr.operand, info, depth);
    return place === undefined
      ? undefined
      : this.seenAs(place, this.#structs.shapeOfType(expr.type, info.view)?.struct);
  }

  /** The place that all of these give; those that are no object at all do not count. */
  #oneOf(values: readonly ExprId[], info: BodyInfo, depth: number): PlaceId | undefined {
    let only: PlaceId | undefined;
    for (const value of values) {
      if (this.isNoObject(value, info)) continue;
      const place = this.placeOf(value, info, depth);
      if (place === undefined || (only !== undefined && place !== only)) return undefined;
      only = place;
    }
    return only;
  }

  /** The call gives what it is given. */
  isTransparent(name: string): boolean {
    return transparentCalls.has(name);
  }

  /** `NULL`, a number, an error in place of a pointer. */
  isNoObject(id: ExprId, info: BodyInfo): boolean {
    const { terms } = info.view.facts;
    const expr = terms.expr(id);
    if (expr.kind === 'number') return true;
    if (expr.kind === 'name') return expr.name === 'NULL';
    if (expr.kind === 'cast') return this.isNoObject(expr.operand, info);
    if (expr.kind !== 'call') return false;
    const callee = terms.expr(expr.callee);
    return callee.kind === 'name' && errorCalls.has(callee.name);
  }

  #call(id: ExprId, expr: CallExpr, info: BodyInfo, depth: number): PlaceId | undefined {
    const callee = info.view.facts.terms.expr(expr.callee);
    if (callee.kind !== 'name') return undefined;
    const { name } = callee;
    const [first, second, third] = expr.args;
    if (first !== undefined) {
      if (transparentCalls.has(name)) return this.placeOf(first, info, depth);
      if (perProcessorCalls.has(name)) return this.#element(id, first, info, depth);
      if (containerMacros.has(name) && second !== undefined && third !== undefined) {
        return this.#container(
          first,
          this.#shapes.shapeOfTypeArgument(second, info)?.struct,
          third,
          info,
          depth,
        );
      }
      if (variableContainerMacros.has(name) && second !== undefined && third !== undefined) {
        return this.#container(second, this.#shapes.shapeOf(first, info)?.struct, third, info, depth);
      }
      if (elementMacros.has(name) || neighbourMacros.has(name)) {
        return this.#places.some(this.#shapes.shapeOf(id, info)?.struct);
      }
    }
    const target = this.#uses.callee(name, info);
    if (target.kind === 'nothing') return undefined;
    if (target.kind === 'primitive') {
      return target.primitive.effect === 'get' && first !== undefined
        ? this.placeOf(first, info, depth)
        : this.#result(id, name, expr.args, info, depth);
    }
    if (target.kind !== 'code') return this.#result(id, name, expr.args, info, depth);
    const { code } = target;
    if (!code.isMacro) return this.#returned(id, code, expr.args, info, depth);
    const use = code.value === undefined ? undefined : this.#uses.ofMacro(id, expr.args, code, info);
    if (!use || code.value === undefined) return undefined;
    const place = this.placeOf(code.value, use.info, depth);
    // Memory that a macro allocates is named after the variable that is given it, not after the macro's own.
    return place !== undefined && this.#isOfMacro(place) ? undefined : place;
  }

  #isOfMacro(id: PlaceId): boolean {
    const root = this.#places.root(id);
    return root.kind === 'local' && root.name.includes(':');
  }

  /** What an accessor gives is said by its body, with the arguments for its parameters. */
  #returned(
    id: ExprId,
    code: Code,
    args: readonly ExprId[],
    info: BodyInfo,
    depth: number,
  ): PlaceId | undefined {
    const inside = this.#returnedBy(code, depth);
    if (inside === undefined) return this.#result(id, code.name, args, info, depth);
    return this.#places.substitute(
      inside,
      args.map((arg) => this.placeOf(arg, info, depth)),
    );
  }

  #returnedBy(code: Code, depth: number): PlaceId | undefined {
    if (code.returned !== null) return code.returned;
    if (code.flow.count > longestAccessor) return undefined;
    const shape = code.result === undefined ? undefined : this.#structs.shapeOfType(code.result, code.view);
    if (!shape || shape.pointers === 0) return undefined;
    // A function that calls itself gives no answer while it is asked.
    code.returned = undefined;
    let place: PlaceId | undefined;
    let isDone = false;
    try {
      place = this.#accessed(code, shape.struct, depth);
      isDone = true;
    } finally {
      code.returned = isDone ? place : null;
    }
    return place;
  }

  #accessed(code: Code, struct: StructRef | undefined, depth: number): PlaceId | undefined {
    const info = this.#bodyOf(code);
    const values: ExprId[] = [];
    for (let i = 0; i < code.flow.count; i++) {
      const op = code.flow.op(i);
      if (op.kind === 'return' && op.value !== undefined) values.push(op.value);
    }
    const place = this.#oneOf(values, info, depth);
    if (place === undefined) return undefined;
    const root = this.#places.root(place);
    if (root.kind === 'local' || root.kind === 'some') return undefined;
    // Memory behind a `void *` is named after the call that gives it: `netdev_priv(dev)`.
    if (struct === undefined && this.#places.get(place).kind !== 'result') return undefined;
    return this.seenAs(place, struct);
  }

  #result(
    id: ExprId,
    name: string,
    args: readonly ExprId[],
    info: BodyInfo,
    depth: number,
  ): PlaceId | undefined {
    if (makesNew.test(name)) return undefined;
    const shape = this.#shapes.shapeOf(id, info);
    if (shape?.pointers === 0) return undefined;
    const places: PlaceId[] = [];
    for (const arg of args) {
      const place = this.placeOf(arg, info, depth);
      // `find(list, 3)` and `find(list, 4)` are not the same.
      if (place === undefined || !this.#isPointer(arg, info)) return undefined;
      places.push(place);
    }
    return this.#places.result(name, places, shape?.struct);
  }

  #isPointer(id: ExprId, info: BodyInfo): boolean {
    const shape = this.#shapes.shapeOf(id, info);
    return shape === undefined || shape.pointers > 0;
  }

  /** `container_of(of, struct, a.b)`: around `b` is what lies at `a`, and around that is the struct. */
  #container(
    of: ExprId,
    struct: StructRef | undefined,
    member: ExprId,
    info: BodyInfo,
    depth: number,
  ): PlaceId | undefined {
    const inner = this.placeOf(of, info, depth);
    if (inner === undefined) return struct === undefined ? undefined : this.#places.some(struct);
    const names = (memberPath(member, info) ?? '').split('.');
    const owners: (StructRef | undefined)[] = [struct];
    for (const name of names.slice(0, -1)) {
      const owner = owners.at(-1);
      owners.push(owner === undefined ? undefined : this.#structs.field(owner, name)?.shape.struct);
    }
    let place = inner;
    for (let i = names.length - 1; i >= 0; i--) {
      const name = names[i] ?? '';
      place = name.endsWith(']')
        ? this.#places.container(place, name.replace(/\[.*$/, ''), owners[i])
        : this.#places.container(place, name, owners[i]);
    }
    return place;
  }
}

/** Two calls of these give two objects. */
const makesNew = /alloc|create|clone|dup|new|next|first|find|lookup|search/;
