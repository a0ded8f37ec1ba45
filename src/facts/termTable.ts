// termTable.ts
// The term table of one file: built while a file is read, and read back by everybody else.

import type { NameTable } from '../base/nameTable.ts';
import { grown } from '../base/nameTable.ts';
import { TermKind, binaryKind, unaryKind, unaryOperators } from './termKinds.ts';
import { binaryOperators } from './terms.ts';
import type {
  BinaryOperator,
  CType,
  Designator,
  Expr,
  ExprId,
  ListItem,
  Tag,
  Terms,
  TypeId,
  UnaryOperator,
} from './terms.ts';

/** Any term: an expression, a type, or a piece of one (a list cell, a designator). */
export type TermId = number;

const tagKinds = { struct: TermKind.struct, union: TermKind.union, enum: TermKind.enum } as const;

export class TermTable implements Terms {
  readonly names: NameTable;
  /** Term `i` is (kind[i], first[i], second[i]); term 0 is nil. */
  kind = new Uint8Array(1 << 8);
  first = new Int32Array(1 << 8);
  second = new Int32Array(1 << 8);
  count = 1;
  #slots = new Int32Array(1 << 9);

  constructor(names: NameTable) {
    this.names = names;
  }

  /** The term with these operands, made if it is new. */
  add(kind: number, first: number, second: number): TermId {
    const mask = this.#slots.length - 1;
    let slot = hashOf(kind, first, second) & mask;
    for (let id = this.#slots[slot]!; id !== 0; id = this.#slots[slot]!) {
      if (this.kind[id] === kind && this.first[id] === first && this.second[id] === second) return id;
      slot = (slot + 1) & mask;
    }
    const id = this.append(kind, first, second);
    this.#slots[slot] = id;
    if (this.count * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  /** Adds without looking for an equal one: for a decoder, whose terms are distinct already. */
  append(kind: number, first: number, second: number): TermId {
    const id = this.count++;
    if (id >= this.kind.length) {
      this.kind = grown(this.kind, id + 1);
      this.first = grown(this.first, id + 1);
      this.second = grown(this.second, id + 1);
    }
    this.kind[id] = kind;
    this.first[id] = first;
    this.second[id] = second;
    return id;
  }

  text(kind: number, text: string): ExprId {
    return this.add(kind, this.names.idOfText(text), 0) as ExprId;
  }

  unary(operator: UnaryOperator, operand: ExprId): ExprId {
    return this.add(unaryKind(operator), operand, 0) as ExprId;
  }

  binary(operator: BinaryOperator, left: ExprId, right: ExprId): ExprId {
    return this.add(binaryKind(operator), left, right) as ExprId;
  }

  call(callee: ExprId, args: readonly ExprId[]): ExprId {
    return this.add(TermKind.call, callee, this.chain(args)) as ExprId;
  }

  tagged(tag: Tag, name: string): TypeId {
    return this.add(tagKinds[tag], this.names.idOfText(name), 0) as TypeId;
  }

  pointer(to: TypeId): TypeId {
    return this.add(TermKind.pointer, to, 0) as TypeId;
  }

  unknownType(): TypeId {
    return this.add(TermKind.unknown, 0, 0) as TypeId;
  }

  chain(terms: readonly TermId[]): TermId {
    let tail = 0;
    for (let i = terms.length - 1; i >= 0; i--) tail = this.add(TermKind.cons, terms[i]!, tail);
    return tail;
  }

  unchain(list: TermId): TermId[] {
    const terms: TermId[] = [];
    // Ends at anything that is no cell, also in a table that was decoded from damaged bytes.
    for (let cell = list; this.kind[cell] === TermKind.cons; cell = this.second[cell]!) {
      terms.push(this.first[cell]!);
    }
    return terms;
  }

  expr(id: ExprId): Expr {
    const kind = this.kind[id]!;
    const first = this.first[id]!;
    const second = this.second[id]!;
    switch (kind) {
      case TermKind.name:
        return { kind: 'name', name: this.names.text(first) };
      case TermKind.local:
        return { kind: 'local', index: first };
      case TermKind.number:
        return { kind: 'number', text: this.names.text(first) };
      case TermKind.string:
        return { kind: 'string', text: this.names.text(first) };
      case TermKind.call:
        return { kind: 'call', callee: first as ExprId, args: this.unchain(second) as ExprId[] };
      case TermKind.dot:
      case TermKind.arrow:
        return {
          kind: 'field',
          base: first as ExprId,
          name: this.names.text(second),
          arrow: kind === TermKind.arrow,
        };
      case TermKind.index:
        return { kind: 'index', base: first as ExprId, index: second as ExprId };
      case TermKind.cast:
        return { kind: 'cast', type: first as TypeId, operand: second as ExprId };
      case TermKind.conditional:
        return this.#conditional(first as ExprId, second);
      case TermKind.list:
        return { kind: 'list', items: this.unchain(first).map((item) => this.#item(item)) };
      case TermKind.literal:
        return { kind: 'literal', type: first as TypeId, list: second as ExprId };
      case TermKind.type:
        return { kind: 'type', type: first as TypeId };
      case TermKind.sizeof:
        return { kind: 'sizeof', operand: first as ExprId };
      case TermKind.config:
        return { kind: 'config', text: this.names.text(first) };
      case TermKind.opaque:
        return { kind: 'opaque', text: this.names.text(first) };
      default:
        return this.#operator(kind, first as ExprId, second as ExprId);
    }
  }

  type(id: TypeId): CType {
    const first = this.first[id]!;
    switch (this.kind[id]!) {
      case TermKind.struct:
        return { kind: 'tagged', tag: 'struct', name: this.names.text(first) };
      case TermKind.union:
        return { kind: 'tagged', tag: 'union', name: this.names.text(first) };
      case TermKind.enum:
        return { kind: 'tagged', tag: 'enum', name: this.names.text(first) };
      case TermKind.named:
        return { kind: 'named', name: this.names.text(first) };
      case TermKind.pointer:
        return { kind: 'pointer', to: first as TypeId };
      case TermKind.array:
        return { kind: 'array', of: first as TypeId };
      case TermKind.function:
        return {
          kind: 'function',
          result: first as TypeId,
          parameters: this.unchain(this.second[id]!) as TypeId[],
        };
      case TermKind.typeof:
        return { kind: 'typeof', operand: first as ExprId };
      default:
        return { kind: 'unknown' };
    }
  }

  usedNames(): readonly string[] {
    const used: string[] = [];
    // Equal terms are stored once, so no name comes twice.
    for (let id = 1; id < this.count; id++) {
      if (this.kind[id] === TermKind.name) used.push(this.names.text(this.first[id]!));
    }
    return used;
  }

  #conditional(condition: ExprId, arms: TermId): Expr {
    const whenTrue = this.first[arms]! as ExprId;
    return { kind: 'conditional', condition, whenTrue, whenFalse: this.second[arms]! as ExprId };
  }

  #operator(kind: number, first: ExprId, second: ExprId): Expr {
    const unary = unaryOperators[kind - TermKind.unary];
    if (unary) return { kind: 'unary', operator: unary, operand: first };
    const binary = binaryOperators[kind - TermKind.binary];
    if (binary) return { kind: 'binary', operator: binary, left: first, right: second };
    return { kind: 'opaque', text: '' };
  }

  #item(id: TermId): ListItem {
    const designators = this.unchain(this.first[id]!).map((designator): Designator => {
      const operand = this.first[designator]!;
      if (this.kind[designator] === TermKind.member)
        return { kind: 'member', name: this.names.text(operand) };
      return { kind: 'element', index: operand as ExprId };
    });
    return { designators, value: this.second[id]! as ExprId };
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 1; id < this.count; id++) {
      let slot = hashOf(this.kind[id]!, this.first[id]!, this.second[id]!) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

function hashOf(kind: number, first: number, second: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second + kind * 131, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
