// argumentReader.ts
// What a call passes: an object, a function, a number, or a parameter as it came.

import type { ExprId } from '../facts/terms.ts';
import type { BodyInfo } from './bodyInfo.ts';
import type { Code } from './code.ts';
import type { Constants } from './constants.ts';
import type { Argument, FnId } from './meaning.ts';
import type { PlaceReader } from './placeReader.ts';
import type { Uses } from './uses.ts';

export const noArgument: Argument = {
  place: undefined,
  fn: undefined,
  constant: undefined,
  parameter: undefined,
};

export interface ArgumentReaderParts {
  readonly places: PlaceReader;
  readonly constants: Constants;
  readonly uses: Uses;
  readonly idOf: (code: Code) => FnId;
}

export class ArgumentReader {
  readonly #parts: ArgumentReaderParts;

  constructor(parts: ArgumentReaderParts) {
    this.#parts = parts;
  }

  read(args: readonly ExprId[], info: BodyInfo): readonly Argument[] {
    return args.map((arg) => this.one(arg, info));
  }

  /** The function that an expression names: `f`, `&f`, `(handler_t)f`, or a local that is only ever given one. */
  functionOf(id: ExprId, info: BodyInfo): FnId | undefined {
    const code = this.#codeOf(id, info, 0);
    return code && this.#parts.idOf(code);
  }

  one(id: ExprId, info: BodyInfo): Argument {
    const known = info.found.arguments.get(id);
    if (known) return known;
    const { terms } = info.view.facts;
    const expr = terms.expr(id);
    let argument = noArgument;
    if (expr.kind === 'local' && info.caller && info.isMacroParameter(expr.index)) {
      const given = info.args[expr.index];
      argument = given === undefined ? noArgument : this.one(given, info.caller);
    } else if (expr.kind !== 'string' && expr.kind !== 'opaque') argument = this.#read(id, info);
    info.found.arguments.set(id, argument);
    return argument;
  }

  #read(id: ExprId, info: BodyInfo): Argument {
    const constant = this.#parts.constants.valueOf(id, info.view);
    if (constant !== undefined) return { ...noArgument, constant };
    const fn = this.functionOf(id, info);
    if (fn !== undefined) return { ...noArgument, fn };
    const place = this.#parts.places.placeOf(id, info);
    const parameter = parameterOf(id, info);
    return place === undefined && parameter === undefined ? noArgument : { ...noArgument, place, parameter };
  }

  #codeOf(id: ExprId, info: BodyInfo, depth: number): Code | undefined {
    const expr = info.view.facts.terms.expr(id);
    if (expr.kind === 'name')
      return info.localOfUser(expr.name) ? undefined : this.#parts.uses.functionNamed(expr.name, info);
    if (expr.kind === 'cast') return this.#codeOf(expr.operand, info, depth);
    if (expr.kind === 'unary' && expr.operator === '&') return this.#codeOf(expr.operand, info, depth);
    if (expr.kind !== 'local' || depth > 3) return undefined;
    if (info.caller && info.isMacroParameter(expr.index)) {
      const given = info.args[expr.index];
      return given === undefined ? undefined : this.#codeOf(given, info.caller, depth + 1);
    }
    const values = info.valuesOf(expr.index).filter((value) => !this.#parts.places.isNoObject(value, info));
    const [value] = values;
    return value === undefined || values.length > 1 || info.isParameter(expr.index)
      ? undefined
      : this.#codeOf(value, info, depth + 1);
  }
}

/** A parameter that is passed on as it came. */
function parameterOf(id: ExprId, info: BodyInfo): number | undefined {
  const expr = info.view.facts.terms.expr(id);
  if (expr.kind === 'cast') return parameterOf(expr.operand, info);
  const local = expr.kind === 'name' ? info.localOfUser(expr.name) : undefined;
  if (local) return parameterAt(local.index, local.info);
  return expr.kind === 'local' ? parameterAt(expr.index, info) : undefined;
}

function parameterAt(index: number, info: BodyInfo): number | undefined {
  if (info.caller && info.isMacroParameter(index)) {
    const given = info.args[index];
    return given === undefined ? undefined : parameterOf(given, info.caller);
  }
  return info.isParameter(index) && info.valuesOf(index).length === 0 ? index : undefined;
}
