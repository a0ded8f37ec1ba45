// factsText.ts
// Everything that was read from one C file, as text: for looking at what the analysis sees, and for golden tests.

import { lineOf } from '../base/position.ts';
import type { Position } from '../base/position.ts';
import { declarationText, exprText, typeText } from '../facts/exprText.ts';
import type {
  Condition,
  Declarations,
  EnumFacts,
  FileFacts,
  FunctionFacts,
  GlobalFacts,
  IncludeFacts,
  LocalFacts,
  MacroCallFacts,
  MacroFacts,
  PrototypeFacts,
  StructFacts,
  TypedefFacts,
} from '../facts/fileFacts.ts';
import type { ExprId, Terms } from '../facts/terms.ts';
import { flowLines } from './flowText.ts';

export function factsText(facts: FileFacts): string {
  const printer = new FactsPrinter(facts.terms);
  const lines = [
    ...section('includes', facts.includes, (item) => [includeText(item)]),
    ...section('macros', facts.macros, (item) => printer.macro(item)),
    ...printer.declarations(facts),
    ...section('unreadable', facts.errors, (item) => [`${lineOf(item.start)}-${lineOf(item.end)}`]),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

/** A heading, and the lines of each item indented below it; nothing for no items. */
function section<T>(heading: string, items: readonly T[], linesOf: (item: T) => readonly string[]): string[] {
  return items.length === 0 ? [] : [heading, ...items.flatMap(linesOf).map(indented)];
}

class FactsPrinter {
  readonly #terms: Terms;

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  declarations(declarations: Declarations): string[] {
    return [
      ...section('structs', declarations.structs, (item) => this.#struct(item)),
      ...section('enums', declarations.enums, (item) => this.#enum(item)),
      ...section('typedefs', declarations.typedefs, (item) => [this.#typedef(item)]),
      ...section('globals', declarations.globals, (item) => [this.#global(item)]),
      ...section('macro calls', declarations.macroCalls, (item) => [this.#macroCall(item)]),
      ...section('prototypes', declarations.prototypes, (item) => [at(item.at, this.#signature(item))]),
      ...section('functions', declarations.functions, (item) => this.#function(item)),
    ];
  }

  macro(macro: MacroFacts): string[] {
    const parameters = macro.parameters === undefined ? '' : `(${macro.parameters.join(', ')})`;
    const head = at(macro.at, `${macro.name}${parameters}${under(macro.condition)}`);
    const { body } = macro;
    switch (body.kind) {
      case 'expression': {
        const value = `value ${exprText(this.#terms, body.value, body.locals)}`;
        return [head, ...this.#flow(body.flow, body.locals), indented(value)];
      }
      case 'statements':
        return [head, ...this.#flow(body.flow, body.locals)];
      case 'declarations':
        return [head, ...this.declarations(body.declarations).map(indented)];
      case 'text':
        return [body.text === '' ? head : `${head}: text ${body.text}`];
    }
  }

  #struct(struct: StructFacts): string[] {
    const fields = struct.fields.map((field) =>
      indented(`${declarationText(this.#terms, field.type, field.name)};`),
    );
    return [at(struct.at, `${struct.tag} ${struct.name}`), ...fields];
  }

  #enum(item: EnumFacts): string[] {
    const values = item.enumerators.map((entry) =>
      entry.value === undefined ? entry.name : `${entry.name} = ${this.#expr(entry.value)}`,
    );
    return [at(item.at, `enum ${item.name}`), indented(values.join(', '))];
  }

  #typedef(item: TypedefFacts): string {
    return at(item.at, declarationText(this.#terms, item.type, item.name));
  }

  #global(item: GlobalFacts): string {
    const storage = item.isExtern ? 'extern ' : item.isStatic ? 'static ' : '';
    const value = item.value === undefined ? '' : ` = ${this.#expr(item.value)}`;
    return at(
      item.at,
      `${storage}${declarationText(this.#terms, item.type, item.name)}${value}${under(item.condition)}`,
    );
  }

  #macroCall(item: MacroCallFacts): string {
    const args = item.args.map((id) => this.#expr(id)).join(', ');
    return at(item.at, `${item.isStatic ? 'static ' : ''}${item.name}(${args})${under(item.condition)}`);
  }

  #function(fn: FunctionFacts): string[] {
    const range = `${lineOf(fn.start)}-${lineOf(fn.end)}`;
    const head = `${range} ${this.#signature(fn)}${fn.hasErrors ? ' [not all readable]' : ''}`;
    const own = fn.locals.slice(fn.parameters.length).map((local) => this.#local(local));
    const locals = own.length === 0 ? [] : [indented(`locals ${own.join('; ')}`)];
    return [head, ...locals, ...this.#flow(fn.flow, fn.locals)];
  }

  #signature(item: PrototypeFacts): string {
    const words = `${item.isStatic ? 'static ' : ''}${item.isInline ? 'inline ' : ''}`;
    const parameters = item.parameters.map((parameter) => this.#local(parameter));
    if (item.isVariadic) parameters.push('...');
    const result = typeText(this.#terms, item.result);
    const space = result.endsWith('*') ? '' : ' ';
    const annotations = item.annotations
      .map((annotation) => ` ${annotation.name}(${annotation.text})`)
      .join('');
    return `${words}${result}${space}${item.name}(${parameters.join(', ')})${annotations}${under(item.condition)}`;
  }

  #local(local: LocalFacts): string {
    return `${local.isStatic ? 'static ' : ''}${declarationText(this.#terms, local.type, local.name)}`;
  }

  #flow(flow: FunctionFacts['flow'], locals: readonly LocalFacts[]): string[] {
    return flowLines(flow, this.#terms, locals).map(indented);
  }

  #expr(id: ExprId): string {
    return exprText(this.#terms, id, []);
  }
}

const indented = (line: string): string => `  ${line}`;

const at = (position: Position, text: string): string => `${lineOf(position)} ${text}`;

const under = (condition: Condition): string => (condition === '' ? '' : ` [#if ${condition}]`);

const includeText = (item: IncludeFacts): string => (item.system ? `<${item.path}>` : `"${item.path}"`);
