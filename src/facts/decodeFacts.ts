// decodeFacts.ts
// Bytes to facts: the other half of encodeFacts.ts, which says how they are laid out.
// Flows are decoded when somebody first asks for them; most functions of a tree are never looked into.

import { ByteReader, DamagedBytesError } from '../base/bytes.ts';
import { positionAt } from '../base/position.ts';
import type { Position } from '../base/position.ts';
import { factsVersion } from './encodeFacts.ts';
import type {
  Declarations,
  FileFacts,
  FunctionFacts,
  LocalFacts,
  MacroBody,
  MacroFacts,
} from './fileFacts.ts';
import type { PrototypeFacts } from './fileFacts.ts';
import type { Flow } from './flow.ts';
import { FlowTable, LazyFlow, OpKind } from './flowTable.ts';
import { NameTable } from '../base/nameTable.ts';
import { firstOperand, secondOperand, termKindCount } from './termKinds.ts';
import type { OperandKind } from './termKinds.ts';
import type { ExprId, TypeId } from './terms.ts';
import { TermTable } from './termTable.ts';

/** Throws DamagedBytesError when the bytes are no facts of this version. */
export function decodeFacts(bytes: Uint8Array): FileFacts {
  const input = new ByteReader(bytes);
  if (input.count() !== factsVersion) throw new DamagedBytesError('facts of another version');
  const terms = new TermTable(readNames(input));
  readTerms(input, terms);
  const decoder = new FactsDecoder(input, terms);
  const declarations = decoder.declarations();
  const includes = decoder.list(() => ({ path: decoder.name(), system: input.flag() }));
  const macros = decoder.list(() => decoder.macro());
  const errors = decoder.list(() => ({ start: decoder.position(), end: decoder.position() }));
  if (!input.isAtEnd) throw new DamagedBytesError('bytes behind the facts');
  return { ...declarations, terms, includes, macros, errors };
}

function readNames(input: ByteReader): NameTable {
  const names = new NameTable();
  const count = input.count();
  const lengths: number[] = [];
  for (let i = 0; i < count; i++) lengths.push(input.count());
  for (const [i, length] of lengths.entries()) {
    if (names.idOfBytes(input.raw(length), 0, length) !== i) throw new DamagedBytesError('a name twice');
  }
  return names;
}

function readTerms(input: ByteReader, terms: TermTable): void {
  const count = input.count();
  for (let id = 1; id < count; id++) {
    const kind = input.count();
    if (kind >= termKindCount) throw new DamagedBytesError('unknown term');
    const first = readOperand(input, firstOperand[kind]!, id);
    terms.append(kind, first, readOperand(input, secondOperand[kind]!, id));
  }
}

function readOperand(input: ByteReader, kind: OperandKind, id: number): number {
  switch (kind) {
    case 'none':
      return 0;
    case 'term': {
      const distance = input.count();
      if (distance >= id) throw new DamagedBytesError('a term that points before the first');
      return distance === 0 ? 0 : id - distance;
    }
    case 'name':
    case 'int':
      return input.count();
  }
}

class FactsDecoder {
  readonly #input: ByteReader;
  readonly #terms: TermTable;
  #lastLine = 0;

  constructor(input: ByteReader, terms: TermTable) {
    this.#input = input;
    this.#terms = terms;
  }

  declarations(): Declarations {
    const structs = this.list(() => ({
      tag: this.#input.flag() ? ('union' as const) : ('struct' as const),
      name: this.name(),
      at: this.position(),
      fields: this.list(() => ({ name: this.name(), type: this.#type() })),
    }));
    const enums = this.list(() => ({
      name: this.name(),
      at: this.position(),
      enumerators: this.list(() => ({ name: this.name(), value: this.#optionalExpr() })),
    }));
    const typedefs = this.list(() => ({ name: this.name(), type: this.#type(), at: this.position() }));
    const globals = this.list(() => {
      const [name, type, flags] = [this.name(), this.#type(), this.#input.count()];
      const [at, value, condition] = [this.position(), this.#optionalExpr(), this.name()];
      return { name, type, isStatic: (flags & 1) !== 0, isExtern: (flags & 2) !== 0, at, value, condition };
    });
    const macroCalls = this.list(() => ({
      name: this.name(),
      args: this.list(() => this.#input.count() as ExprId),
      isStatic: this.#input.flag(),
      at: this.position(),
      condition: this.name(),
    }));
    const prototypes = this.list(() => this.#prototype());
    const functions = this.list(() => this.#function());
    return { structs, enums, typedefs, globals, macroCalls, prototypes, functions };
  }

  macro(): MacroFacts {
    const name = this.name();
    const isFunctionLike = this.#input.flag();
    const parameters = this.list(() => this.name());
    const [at, condition, body] = [this.position(), this.name(), this.#macroBody()];
    return { name, parameters: isFunctionLike ? parameters : undefined, at, body, condition };
  }

  list<T>(read: () => T): T[] {
    const items: T[] = [];
    for (let left = this.#input.count(); left > 0; left--) items.push(read());
    return items;
  }

  name(): string {
    const id = this.#input.count();
    if (id >= this.#terms.names.count) throw new DamagedBytesError('unknown name');
    return this.#terms.names.text(id);
  }

  position(): Position {
    this.#lastLine += this.#input.signed();
    return positionAt(this.#lastLine, this.#input.count());
  }

  operations(): FlowTable {
    const flow = new FlowTable(this.#terms);
    const input = this.#input;
    let last = 0;
    const term = (): number => (last += input.signed());
    for (let left = input.count(), i = 0; left > 0; left--, i++) {
      const kind = input.count();
      const at = kind === OpKind.arm ? (0 as Position) : this.position();
      switch (kind) {
        case OpKind.call:
        case OpKind.return:
          flow.add(kind, at, term(), 0, 0);
          break;
        case OpKind.assign:
          flow.add(kind, at, term(), term(), 0);
          break;
        case OpKind.branch:
        case OpKind.each:
          flow.add(kind, at, term(), i + input.signed(), i + input.signed());
          break;
        case OpKind.switch:
          flow.add(kind, at, term(), input.count(), 0);
          break;
        case OpKind.arm:
          flow.add(kind, at, term(), i + input.signed(), 0);
          break;
        case OpKind.guard:
          flow.add(kind, at, input.count(), term(), input.count());
          break;
        default:
          flow.add(kind, at, 0, i + input.signed(), 0);
      }
    }
    return flow;
  }

  #macroBody(): MacroBody {
    switch (this.#input.count()) {
      case 0:
        return { kind: 'text', text: this.name() };
      case 1: {
        const [locals, flow] = [this.#locals(), this.#flow()];
        return { kind: 'expression', locals, flow, value: this.#input.count() as ExprId };
      }
      case 2:
        return { kind: 'statements', locals: this.#locals(), flow: this.#flow() };
      case 3:
        return { kind: 'declarations', declarations: this.declarations() };
      default:
        throw new DamagedBytesError('unknown macro body');
    }
  }

  #prototype(): PrototypeFacts {
    const [name, flags, at, result] = [this.name(), this.#input.count(), this.position(), this.#type()];
    const parameters = this.#locals();
    const annotations = this.list(() => ({ name: this.name(), text: this.name() }));
    const condition = this.name();
    return {
      name,
      isStatic: (flags & 1) !== 0,
      isInline: (flags & 2) !== 0,
      isVariadic: (flags & 4) !== 0,
      at,
      result,
      parameters,
      annotations,
      condition,
    };
  }

  #function(): FunctionFacts {
    const prototype = this.#prototype();
    const [start, end] = [this.position(), this.position()];
    const locals = [...prototype.parameters, ...this.#locals()];
    const hasErrors = this.#input.flag();
    return { ...prototype, start, end, locals, hasErrors, flow: this.#flow() };
  }

  #locals(): LocalFacts[] {
    return this.list(() => {
      const name = this.name();
      const packed = this.#input.count();
      return { name, type: (packed >>> 1) as TypeId, isStatic: packed % 2 === 1 };
    });
  }

  #flow(): Flow {
    const bytes = this.#input.raw(this.#input.count());
    return new LazyFlow(() => new FactsDecoder(new ByteReader(bytes), this.#terms).operations());
  }

  #type(): TypeId {
    return this.#input.count() as TypeId;
  }

  #optionalExpr(): ExprId | undefined {
    const id = this.#input.count();
    return id === 0 ? undefined : (id as ExprId);
  }
}
