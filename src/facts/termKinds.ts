// termKinds.ts
// How terms are stored: a kind and two operands. One row says what the operands of a kind are, and with that
// the table, its reader and its encoding agree.

import { binaryOperators } from './terms.ts';
import type { BinaryOperator, UnaryOperator } from './terms.ts';

/** `term`: an earlier term, 0 for none. `name`: a name. `int`: a plain number. */
export type OperandKind = 'none' | 'term' | 'name' | 'int';

// prettier-ignore
export const TermKind = {
  nil: 0,
  name: 1, local: 2, number: 3, string: 4, call: 5, dot: 6, arrow: 7, index: 8,
  /** Six unary operators, in the order of `unaryOperators`. */
  unary: 9,
  cast: 15, conditional: 16, list: 17, item: 18, member: 19, element: 20, literal: 21, type: 22, sizeof: 23,
  config: 24, opaque: 25,
  /** Lists of terms: head and tail, ending in 0. */
  cons: 26, pair: 27,
  struct: 28, union: 29, enum: 30, named: 31, pointer: 32, array: 33, function: 34, typeof: 35, unknown: 36,
  /** As many as there are `binaryOperators`. */
  binary: 40,
} as const;

export const unaryOperators: readonly UnaryOperator[] = ['&', '*', '!', '~', '-', '+'];

const unaryIndex = new Map<string, number>(
  unaryOperators.map((operator, i) => [operator, TermKind.unary + i]),
);
const binaryIndex = new Map<string, number>(
  binaryOperators.map((operator, i) => [operator, TermKind.binary + i]),
);

export const unaryKind = (operator: UnaryOperator): number => unaryIndex.get(operator)!;
export const binaryKind = (operator: BinaryOperator): number => binaryIndex.get(operator)!;

export const termKindCount = TermKind.binary + binaryOperators.length;

const first: OperandKind[] = new Array<OperandKind>(termKindCount).fill('term');
const second: OperandKind[] = new Array<OperandKind>(termKindCount).fill('term');
for (const kind of [TermKind.name, TermKind.number, TermKind.string, TermKind.config, TermKind.opaque])
  first[kind] = 'name';
for (const kind of [TermKind.member, TermKind.struct, TermKind.union, TermKind.enum, TermKind.named])
  first[kind] = 'name';
first[TermKind.local] = 'int';
for (const kind of [TermKind.nil, TermKind.unknown]) first[kind] = 'none';
for (const kind of [TermKind.dot, TermKind.arrow]) second[kind] = 'name';
// prettier-ignore
const single = [
  TermKind.nil, TermKind.name, TermKind.local, TermKind.number, TermKind.string, TermKind.list, TermKind.member,
  TermKind.element, TermKind.type, TermKind.sizeof, TermKind.config, TermKind.opaque, TermKind.struct, TermKind.union,
  TermKind.enum, TermKind.named, TermKind.pointer, TermKind.array, TermKind.typeof, TermKind.unknown,
];
for (const kind of single) second[kind] = 'none';
for (let i = 0; i < unaryOperators.length; i++) second[TermKind.unary + i] = 'none';

export const firstOperand: readonly OperandKind[] = first;
export const secondOperand: readonly OperandKind[] = second;
