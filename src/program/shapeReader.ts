// shapeReader.ts
// The declared type of an expression, followed through locals, fields, accessors, macros and `container_of`.

import type { Expr, ExprId } from '../facts/terms.ts';
import type { BodyInfo } from './bodyInfo.ts';
import type { Globals } from './globals.ts';
import type { Shape } from './linking.ts';
import {
  containerMacros,
  elementMacros,
  neighbourMacros,
  transparentCalls,
  perProcessorCalls,
  variableContainerMacros,
} from './macroTables.ts';
import type { StructReader } from './structReader.ts';
import type { Uses } from './uses.ts';

// Chains of accessors and macros are short; a longer one is a circle.
const deepest = 24;

type CallExpr = Extract<Expr, { kind: 'call' }>;

export class ShapeReader {
  readonly #structs: StructReader;
  readonly #globals: Globals;
  readonly #uses: Uses;

  constructor(structs: StructReader, globals: Globals, uses: Uses) {
    this.#structs = structs;
    this.#globals = globals;
    this.#uses = uses;
  }

  shapeOf(id: ExprId, info: BodyInfo, depth = 0): Shape | undefined {
    const known = info.found.shapes.get(id);
    if (known || info.found.shapes.has(id)) return known;
    if (depth > deepest) return undefined;
    const shape = this.#read(id, info, depth + 1);
    info.found.shapes.set(id, shape);
    return shape;
  }

  /** The type that an argument of a macro names: `struct foo`, a typedef's name, or a parameter that stands for one. */
  shapeOfTypeArgument(id: ExprId, info: BodyInfo): Shape | undefined {
    const expr = info.view.facts.terms.expr(id);
    if (expr.kind === 'type') return this.#structs.shapeOfType(expr.type, info.view);
    if (expr.kind === 'name') return this.#structs.shapeOfNamed(expr.name, info.view);
    if (expr.kind !== 'local') return undefined;
    const arg = info.isMacroParameter(expr.index) ? info.args[expr.index] : undefined;
    return info.caller && arg !== undefined ? this.shapeOfTypeArgument(arg, info.caller) : undefined;
  }

  #read(id: ExprId, info: BodyInfo, depth: number): Shape | undefined {
    const expr = info.view.facts.terms.expr(id);
    switch (expr.kind) {
      case 'local':
        return this.#local(expr.index, info, depth);
      case 'name':
        return this.#name(expr.name, info, depth);
      case 'field':
        return this.#field(expr, info, depth);
      case 'index':
        return this.#structs.moved(this.shapeOf(expr.base, info, depth), -1);
      case 'unary':
        return this.#unary(expr, info, depth);
      case 'cast':
      case 'literal':
        return this.#structs.shapeOfType(expr.type, info.view);
      case 'call':
        return this.#call(id, expr, info, depth);
      case 'conditional':
        return this.shapeOf(expr.whenTrue, info, depth) ?? this.shapeOf(expr.whenFalse, info, depth);
      case 'binary':
        return this.shapeOf(expr.operator === ',' ? expr.right : expr.left, info, depth);
      case 'number':
      case 'string':
      case 'list':
      case 'type':
      case 'sizeof':
      case 'config':
      case 'opaque':
        return undefined;
    }
  }

  #name(name: string, info: BodyInfo, depth: number): Shape | undefined {
    const local = info.localOfUser(name);
    return local ? this.#local(local.index, local.info, depth) : this.#globals.find(name, info.view)?.shape;
  }

  #local(index: number, info: BodyInfo, depth: number): Shape | undefined {
    if (info.isMacroParameter(index)) {
      const arg = info.args[index];
      return info.caller && arg !== undefined ? this.shapeOf(arg, info.caller, depth) : undefined;
    }
    const local = info.body.scope.locals[index];
    const declared = local && this.#structs.shapeOfType(local.type, info.view);
    if (declared) return declared;
    // `typeof(x) y = x;`, `__auto_type y = x;`: the type of what it is given.
    const value = info.valuesOf(index)[0];
    return value === undefined ? undefined : this.shapeOf(value, info, depth);
  }

  #field(expr: Extract<Expr, { kind: 'field' }>, info: BodyInfo, depth: number): Shape | undefined {
    const struct = this.shapeOf(expr.base, info, depth)?.struct;
    if (struct === undefined) return undefined;
    return this.#structs.fieldPath(struct, info.memberName(expr.name), info.view).at(-1)?.shape;
  }

  #unary(expr: Extract<Expr, { kind: 'unary' }>, info: BodyInfo, depth: number): Shape | undefined {
    const operand = this.shapeOf(expr.operand, info, depth);
    switch (expr.operator) {
      case '&':
        return this.#structs.moved(operand, 1);
      case '*':
        return this.#structs.moved(operand, -1);
      case '!':
      case '~':
      case '-':
      case '+':
        return operand;
    }
  }

  #call(id: ExprId, expr: CallExpr, info: BodyInfo, depth: number): Shape | undefined {
    const callee = info.view.facts.terms.expr(expr.callee);
    if (callee.kind !== 'name') return undefined;
    const special = this.#special(callee.name, expr.args, info, depth);
    if (special !== undefined) return special;
    const target = this.#uses.callee(callee.name, info);
    if (target.kind === 'primitive') {
      const first = expr.args[0];
      return target.primitive.effect === 'get' && first !== undefined
        ? this.shapeOf(first, info, depth)
        : this.#prototype(callee.name, info);
    }
    if (target.kind !== 'code') return this.#prototype(callee.name, info);
    const { code } = target;
    if (!code.isMacro) return code.result && this.#structs.shapeOfType(code.result, code.view);
    const use = code.value === undefined ? undefined : this.#uses.ofMacro(id, expr.args, code, info);
    return use && code.value !== undefined ? this.shapeOf(code.value, use.info, depth) : undefined;
  }

  #special(name: string, args: readonly ExprId[], info: BodyInfo, depth: number): Shape | undefined {
    const [first, second] = args;
    if (first === undefined) return undefined;
    if (containerMacros.has(name) || elementMacros.has(name)) {
      return second === undefined
        ? undefined
        : this.#structs.moved(this.shapeOfTypeArgument(second, info), 1);
    }
    if (variableContainerMacros.has(name) || neighbourMacros.has(name))
      return this.shapeOf(first, info, depth);
    if (transparentCalls.has(name) || perProcessorCalls.has(name)) return this.shapeOf(first, info, depth);
    return undefined;
  }

  #prototype(name: string, info: BodyInfo): Shape | undefined {
    const prototype = info.view.names.prototypes.get(name);
    return prototype && this.#structs.shapeOfType(prototype.result, info.view);
  }
}
