// terms.ts
// Expressions and types of one file. Equal terms are stored once, so equality of two expressions is equality of
// their ids, and a million of them cost a few bytes each.

declare const tag: unique symbol;

/** An expression of one file's term table. */
export type ExprId = number & { readonly [tag]: 'ExprId' };
/** A type of one file's term table. */
export type TypeId = number & { readonly [tag]: 'TypeId' };

export type UnaryOperator = '&' | '*' | '!' | '~' | '-' | '+';
// prettier-ignore
export const binaryOperators = [
  '+', '-', '*', '/', '%', '<<', '>>', '&', '|', '^', '&&', '||', '==', '!=', '<', '<=', '>', '>=', ',',
] as const;
export type BinaryOperator = (typeof binaryOperators)[number];

export type Expr =
  /** A name that is no local of the function: a global, a function, an enumerator, a macro. May hold `##` inside a macro. */
  | { readonly kind: 'name'; readonly name: string }
  /** A parameter or local variable, by its index in `locals`; in a macro body, a parameter of the macro. */
  | { readonly kind: 'local'; readonly index: number }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'call'; readonly callee: ExprId; readonly args: readonly ExprId[] }
  | { readonly kind: 'field'; readonly base: ExprId; readonly name: string; readonly arrow: boolean }
  | { readonly kind: 'index'; readonly base: ExprId; readonly index: ExprId }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: ExprId }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: ExprId;
      readonly right: ExprId;
    }
  | { readonly kind: 'cast'; readonly type: TypeId; readonly operand: ExprId }
  | {
      readonly kind: 'conditional';
      readonly condition: ExprId;
      readonly whenTrue: ExprId;
      readonly whenFalse: ExprId;
    }
  /** `{ .a = x, [3] = y, z }`: the value of a global or local, or of a compound literal. */
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  /** `(struct foo){ ... }`. */
  | { readonly kind: 'literal'; readonly type: TypeId; readonly list: ExprId }
  /** A type where a macro takes one: `container_of(p, struct foo, member)`. */
  | { readonly kind: 'type'; readonly type: TypeId }
  | { readonly kind: 'sizeof'; readonly operand: ExprId }
  /** The condition of an `#if`, as written. */
  | { readonly kind: 'config'; readonly text: string }
  /** Anything else, as written (shortened). */
  | { readonly kind: 'opaque'; readonly text: string };

export interface ListItem {
  /** Outermost first; empty for a positional item. */
  readonly designators: readonly Designator[];
  readonly value: ExprId;
}

export type Designator =
  { readonly kind: 'member'; readonly name: string } | { readonly kind: 'element'; readonly index: ExprId };

export type CType =
  /** `struct foo`, `enum bar`. An anonymous one is named after its place: `foo::lock`, `foo::#2`. */
  | { readonly kind: 'tagged'; readonly tag: Tag; readonly name: string }
  /** A typedef name or a built-in such as `unsigned long`. */
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'pointer'; readonly to: TypeId }
  | { readonly kind: 'array'; readonly of: TypeId }
  | { readonly kind: 'function'; readonly result: TypeId; readonly parameters: readonly TypeId[] }
  | { readonly kind: 'typeof'; readonly operand: ExprId }
  | { readonly kind: 'unknown' };

export type Tag = 'struct' | 'union' | 'enum';

/** Read side of the term table of one file. */
export interface Terms {
  expr(id: ExprId): Expr;
  type(id: TypeId): CType;
  /** Every name that an expression of the file holds and that is no local there; each once. */
  usedNames(): readonly string[];
}
