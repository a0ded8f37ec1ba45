// encodeFacts.ts
// Facts to bytes. decodeFacts.ts reads them back: the two must change together, and `factsVersion` with them.
//
// Layout: version, length of the name bytes, names (length and bytes of each), terms (kind, operands; a term operand
// is the distance back to it), declarations, includes, macros, errors. Flows carry their length, so that they can be
// skipped and read when somebody asks. Names are written last but stand first: the declarations add to them.

import { ByteWriter } from '../base/bytes.ts';
import { columnOf, lineOf } from '../base/position.ts';
import type { Position } from '../base/position.ts';
import type {
  Declarations,
  FileFacts,
  FunctionFacts,
  LocalFacts,
  MacroBody,
  PrototypeFacts,
} from './fileFacts.ts';
import type { Flow } from './flow.ts';
import { OpKind, flowTableOf } from './flowTable.ts';
import type { FlowTable } from './flowTable.ts';
import type { NameTable } from '../base/nameTable.ts';
import { firstOperand, secondOperand } from './termKinds.ts';
import type { OperandKind } from './termKinds.ts';
import { TermTable } from './termTable.ts';

/** Raise it with every change of what facts say or how they are written: older caches are then not read. */
export const factsVersion = 8;

/** Only facts that a FactsReader or a decoder made can be encoded: both keep their terms in tables. */
export function encodeFacts(facts: FileFacts): Uint8Array {
  const { terms } = facts;
  if (!(terms instanceof TermTable)) throw new TypeError('facts without a term table');
  const body = new FactsEncoder(terms.names);
  body.terms(terms);
  body.declarations(facts);
  body.includes(facts);
  body.macros(facts);
  body.errors(facts);
  const whole = new ByteWriter();
  whole.count(factsVersion);
  writeNames(whole, terms.names);
  whole.raw(body.out.finish());
  return whole.finish();
}

function writeNames(out: ByteWriter, names: NameTable): void {
  out.count(names.count);
  for (let id = 0; id < names.count; id++) out.count(names.bytes(id).length);
  for (let id = 0; id < names.count; id++) out.raw(names.bytes(id));
}

class FactsEncoder {
  readonly out = new ByteWriter();
  readonly #names: NameTable;
  #lastLine = 0;

  constructor(names: NameTable) {
    this.#names = names;
  }

  terms(terms: TermTable): void {
    this.out.count(terms.count);
    for (let id = 1; id < terms.count; id++) {
      const kind = terms.kind[id]!;
      this.out.count(kind);
      this.#operand(firstOperand[kind]!, terms.first[id]!, id);
      this.#operand(secondOperand[kind]!, terms.second[id]!, id);
    }
  }

  declarations(all: Declarations): void {
    this.#list(all.structs, ({ tag, name, at, fields }) => {
      this.out.flag(tag === 'union');
      this.#name(name);
      this.#position(at);
      this.#list(fields, (field) => {
        this.#name(field.name);
        this.out.count(field.type);
      });
    });
    this.#list(all.enums, ({ name, at, enumerators }) => {
      this.#name(name);
      this.#position(at);
      this.#list(enumerators, (enumerator) => {
        this.#name(enumerator.name);
        this.out.count(enumerator.value ?? 0);
      });
    });
    this.#list(all.typedefs, ({ name, type, at }) => {
      this.#name(name);
      this.out.count(type);
      this.#position(at);
    });
    this.#list(all.globals, (global) => {
      this.#name(global.name);
      this.out.count(global.type);
      this.out.count((global.isStatic ? 1 : 0) + (global.isExtern ? 2 : 0));
      this.#position(global.at);
      this.out.count(global.value ?? 0);
      this.#name(global.condition);
    });
    this.#list(all.macroCalls, (call) => {
      this.#name(call.name);
      this.#list(call.args, (arg) => this.out.count(arg));
      this.out.flag(call.isStatic);
      this.#position(call.at);
      this.#name(call.condition);
    });
    this.#list(all.prototypes, (prototype) => this.#prototype(prototype));
    this.#list(all.functions, (facts) => this.#function(facts));
  }

  includes(facts: FileFacts): void {
    this.#list(facts.includes, ({ path, system }) => {
      this.#name(path);
      this.out.flag(system);
    });
  }

  macros(facts: FileFacts): void {
    this.#list(facts.macros, (macro) => {
      this.#name(macro.name);
      this.out.flag(macro.parameters !== undefined);
      this.#list(macro.parameters ?? [], (parameter) => this.#name(parameter));
      this.#position(macro.at);
      this.#name(macro.condition);
      this.#macroBody(macro.body);
    });
  }

  errors(facts: FileFacts): void {
    this.#list(facts.errors, ({ start, end }) => {
      this.#position(start);
      this.#position(end);
    });
  }

  #macroBody(body: MacroBody): void {
    switch (body.kind) {
      case 'text':
        this.out.count(0);
        this.#name(body.text);
        return;
      case 'expression':
        this.out.count(1);
        this.#locals(body.locals);
        this.#flow(body.flow);
        this.out.count(body.value);
        return;
      case 'statements':
        this.out.count(2);
        this.#locals(body.locals);
        this.#flow(body.flow);
        return;
      case 'declarations':
        this.out.count(3);
        this.declarations(body.declarations);
    }
  }

  #prototype(prototype: PrototypeFacts): void {
    this.#name(prototype.name);
    const { isStatic, isInline, isVariadic } = prototype;
    this.out.count((isStatic ? 1 : 0) + (isInline ? 2 : 0) + (isVariadic ? 4 : 0));
    this.#position(prototype.at);
    this.out.count(prototype.result);
    this.#locals(prototype.parameters);
    this.#list(prototype.annotations, (annotation) => {
      this.#name(annotation.name);
      this.#name(annotation.text);
    });
    this.#name(prototype.condition);
  }

  #function(facts: FunctionFacts): void {
    this.#prototype(facts);
    this.#position(facts.start);
    this.#position(facts.end);
    this.#locals(facts.locals.slice(facts.parameters.length));
    this.out.flag(facts.hasErrors);
    this.#flow(facts.flow);
  }

  #locals(locals: readonly LocalFacts[]): void {
    this.#list(locals, ({ name, type, isStatic }) => {
      this.#name(name);
      this.out.count(type * 2 + (isStatic ? 1 : 0));
    });
  }

  /** Positions of a flow start from line 0 again, so that it can be read on its own. */
  #flow(flow: Flow): void {
    const part = new FactsEncoder(this.#names);
    part.#operations(flowTableOf(flow));
    const bytes = part.out.finish();
    this.out.count(bytes.length);
    this.out.raw(bytes);
  }

  #operations(flow: FlowTable): void {
    this.out.count(flow.count);
    let last = 0;
    const term = (id: number): void => {
      this.out.signed(id - last);
      last = id;
    };
    for (let i = 0; i < flow.count; i++) {
      const [kind, a, b, c] = [flow.kind[i]!, flow.a[i]!, flow.b[i]!, flow.c[i]!];
      this.out.count(kind);
      if (kind !== OpKind.arm) this.#position(flow.at[i]! as Position);
      switch (kind) {
        case OpKind.call:
        case OpKind.return:
          term(a);
          break;
        case OpKind.assign:
          term(a);
          term(b);
          break;
        case OpKind.branch:
        case OpKind.each:
          term(a);
          this.out.signed(b - i);
          this.out.signed(c - i);
          break;
        case OpKind.switch:
          term(a);
          this.out.count(b);
          break;
        case OpKind.arm:
          term(a);
          this.out.signed(b - i);
          break;
        case OpKind.guard:
          this.out.count(a);
          term(b);
          this.out.count(c);
          break;
        default:
          this.out.signed(b - i);
      }
    }
  }

  #operand(kind: OperandKind, value: number, id: number): void {
    switch (kind) {
      case 'none':
        return;
      case 'term':
        this.out.count(value === 0 ? 0 : id - value);
        return;
      case 'name':
      case 'int':
        this.out.count(value);
    }
  }

  #list<T>(items: readonly T[], write: (item: T) => void): void {
    this.out.count(items.length);
    for (const item of items) write(item);
  }

  #name(text: string): void {
    this.out.count(this.#names.idOfText(text));
  }

  #position(at: Position): void {
    const line = lineOf(at);
    this.out.signed(line - this.#lastLine);
    this.out.count(columnOf(at));
    this.#lastLine = line;
  }
}
