// constants.ts
// Numbers behind expressions: literals, enumerators, macros that stand for a number.

import type { FileFacts, MacroBody } from '../facts/fileFacts.ts';
import type { BinaryOperator, Expr, ExprId } from '../facts/terms.ts';
import { valueOfText } from './arithmetic.ts';
import { isLeaf } from './leaf.ts';
import type { FileView } from './fileView.ts';
import { constants } from './resolve.ts';
import type { Sources } from './sources.ts';

const deepest = 6;

const words: ReadonlyMap<string, number> = new Map([
  ['NULL', 0],
  ['true', 1],
  ['false', 0],
]);

export class Constants {
  readonly #sources: Sources;
  readonly #enumerators = new WeakMap<FileFacts, ReadonlyMap<string, number>>();
  readonly #names = new Map<FileView, Map<string, number | undefined>>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  valueOf(id: ExprId, view: FileView, depth = 0): number | undefined {
    const expr = view.facts.terms.expr(id);
    switch (expr.kind) {
      case 'number':
        return numberOf(expr.text);
      case 'name':
        return this.#named(expr.name, view, depth);
      case 'cast':
        return this.valueOf(expr.operand, view, depth);
      case 'unary': {
        const operand = expr.operator === '-' ? this.valueOf(expr.operand, view, depth) : undefined;
        return operand === undefined ? undefined : -operand;
      }
      case 'binary': {
        const left = this.valueOf(expr.left, view, depth);
        const right = left === undefined ? undefined : this.valueOf(expr.right, view, depth);
        return left === undefined || right === undefined ? undefined : combined(expr.operator, left, right);
      }
      case 'call': {
        const bit = bitOf(expr, view);
        const shift = bit === undefined ? undefined : this.valueOf(bit, view, depth);
        return shift === undefined ? undefined : combined('<<', 1, shift);
      }
      case 'local':
      case 'string':
      case 'field':
      case 'index':
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

  #named(name: string, view: FileView, depth: number): number | undefined {
    const word = words.get(name);
    if (word !== undefined || depth > deepest) return word;
    let names = this.#names.get(view);
    if (!names) this.#names.set(view, (names = new Map<string, number | undefined>()));
    if (names.has(name)) return names.get(name);
    const value = this.#find(name, view, depth);
    names.set(name, value);
    return value;
  }

  #find(name: string, view: FileView, depth: number): number | undefined {
    const own = view.names.macros.get(name)?.body;
    if (own) return this.#ofMacro(own, view, depth + 1);
    const target = view.meanings.nearest(name, constants);
    if (!target || isLeaf(target.path)) return undefined;
    const home = target.path === view.path ? view : this.#sources.view(target.path);
    if (!home) return undefined;
    if (target.kind === 'enumerator') return this.#enumeratorsOf(home).get(name);
    const body = home.names.macros.get(name)?.body;
    return body && this.#ofMacro(body, home, depth + 1);
  }

  #ofMacro(body: MacroBody, view: FileView, depth: number): number | undefined {
    if (body.kind === 'expression') return this.valueOf(body.value, view, depth);
    if (body.kind !== 'text') return undefined;
    const named = (name: string): number | undefined => this.#named(name, view, depth);
    return valueOfText(body.text, { number: numberOf, name: named, combined });
  }

  #enumeratorsOf(view: FileView): ReadonlyMap<string, number> {
    const known = this.#enumerators.get(view.facts);
    if (known) return known;
    const values = new Map<string, number>();
    for (const { enumerators } of view.facts.enums) {
      let next: number | undefined = 0;
      for (const { name, value } of enumerators) {
        if (value !== undefined) next = simpleValue(value, view, values);
        if (next === undefined) continue;
        values.set(name, next);
        next++;
      }
    }
    this.#enumerators.set(view.facts, values);
    return values;
  }
}

/** Values of enumerators: a number, another enumerator before it, a bit, or several. */
function simpleValue(id: ExprId, view: FileView, before: ReadonlyMap<string, number>): number | undefined {
  const expr = view.facts.terms.expr(id);
  if (expr.kind === 'number') return numberOf(expr.text);
  if (expr.kind === 'name') return before.get(expr.name);
  if (expr.kind === 'cast') return simpleValue(expr.operand, view, before);
  if (expr.kind === 'unary' && expr.operator === '-') {
    const operand = simpleValue(expr.operand, view, before);
    return operand === undefined ? undefined : -operand;
  }
  const bit = bitOf(expr, view);
  const shift = bit === undefined ? undefined : simpleValue(bit, view, before);
  if (shift !== undefined) return combined('<<', 1, shift);
  if (expr.kind !== 'binary') return undefined;
  const left = simpleValue(expr.left, view, before);
  const right = simpleValue(expr.right, view, before);
  return left === undefined || right === undefined ? undefined : combined(expr.operator, left, right);
}

/** `BIT(3)`: the number of the bit. */
function bitOf(expr: Expr, { facts: { terms } }: FileView): ExprId | undefined {
  const callee = expr.kind === 'call' ? terms.expr(expr.callee) : undefined;
  const isBit = callee?.kind === 'name' && (callee.name === 'BIT' || callee.name === 'BIT_ULL');
  return expr.kind === 'call' && isBit ? expr.args[0] : undefined;
}

function combined(operator: BinaryOperator, left: number, right: number): number | undefined {
  if (operator === '<<') return right >= 0 && right < 64 ? left * 2 ** right : undefined;
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  return operator === '|' ? Number(BigInt(left) | BigInt(right)) : undefined;
}

function numberOf(text: string): number | undefined {
  const plain = text.replace(/[uUlL]+$/, '');
  if (!/^[-+]?(?:0[xX][\da-fA-F]+|\d+)$/.test(plain)) return undefined;
  const sign = plain.startsWith('-') ? -1 : 1;
  const digits = plain.replace(/^[-+]/, '');
  return sign * (/^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits));
}
