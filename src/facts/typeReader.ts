// typeReader.ts
// Reads declaration specifiers and declarators: `static const struct foo *bar[3]` becomes a base type, a name and a type.
// Structs, unions and enums that are defined on the way are recorded.

import { Kind } from '../syntax/cSymbols.ts';
import type { EnumFacts, FieldFacts, LocalFacts, StructFacts } from './fileFacts.ts';
import type { Node, Source } from './source.ts';
import { TermKind } from './termKinds.ts';
import type { ExprId, Tag, TypeId } from './terms.ts';

export interface Specifiers {
  readonly base: TypeId;
  readonly isStatic: boolean;
  readonly isExtern: boolean;
  readonly isInline: boolean;
}

export interface Declared {
  readonly name: string;
  /** The identifier, or -1 for an abstract declarator. */
  readonly nameNode: Node;
  readonly type: TypeId;
  /** The parameter list, when the name itself is declared as a function. */
  readonly parameters: Node;
}

/** Where the types that a stretch of text defines are collected. */
export interface TypeSink {
  readonly structs: StructFacts[];
  readonly enums: EnumFacts[];
}

const typeofNames = new Set(['typeof', '__typeof__', '__typeof', 'typeof_unqual']);

export class TypeReader {
  readonly #source: Source;
  readonly #sink: TypeSink;
  readonly #readValue: (node: Node) => ExprId;

  /** `readValue` reads an expression that is not evaluated: the value of an enumerator, the operand of `typeof`. */
  constructor(source: Source, sink: TypeSink, readValue: (node: Node) => ExprId) {
    this.#source = source;
    this.#sink = sink;
    this.#readValue = readValue;
  }

  /** Reads the specifiers among the children of a declaration. `place` names an anonymous struct. */
  specifiers(declaration: Node, place: string): Specifiers {
    const source = this.#source;
    let base: TypeId | undefined;
    let isStatic = false;
    let isExtern = false;
    let isInline = false;
    const end = source.next(declaration);
    for (let c = declaration + 1; c < end; c = source.next(c)) {
      const kind = source.kind(c);
      if (kind === Kind.storageClassSpecifier) {
        const word = source.operator(c + 1);
        if (word === 'static') isStatic = true;
        else if (word === 'extern') isExtern = true;
        else if (word.includes('inline')) isInline = true;
      } else base ??= this.typeSpecifier(c, place);
    }
    return { base: base ?? this.#source.terms.unknownType(), isStatic, isExtern, isInline };
  }

  /** The type that one specifier names, or `undefined` when the node is none. */
  typeSpecifier(node: Node, place: string): TypeId | undefined {
    const source = this.#source;
    switch (source.kind(node)) {
      case Kind.primitiveType:
      case Kind.typeIdentifier:
        return source.terms.add(TermKind.named, source.nameId(node), 0) as TypeId;
      case Kind.sizedTypeSpecifier:
        return this.#named(source.text(node).replace(/\s+/g, ' '));
      case Kind.structSpecifier:
        return this.#aggregate(node, 'struct', place);
      case Kind.unionSpecifier:
        return this.#aggregate(node, 'union', place);
      case Kind.enumSpecifier:
        return this.#enum(node, place);
      case Kind.macroTypeSpecifier:
        return this.#macroType(node);
      default:
        return undefined;
    }
  }

  /** The name and type that a declarator gives to `base`. */
  declarator(node: Node, base: TypeId): Declared {
    return this.#declarator(node, base, -1);
  }

  /** `(struct foo *)`, `sizeof(int)`: a type with an abstract declarator. */
  typeDescriptor(node: Node): TypeId {
    const { base } = this.specifiers(node, '');
    const last = this.#lastDeclarator(node);
    return last < 0 ? base : this.declarator(last, base).type;
  }

  parameters(list: Node): { readonly parameters: LocalFacts[]; readonly isVariadic: boolean } {
    const source = this.#source;
    const parameters: LocalFacts[] = [];
    let isVariadic = false;
    for (const node of source.namedChildren(list)) {
      const kind = source.kind(node);
      if (kind === Kind.variadicParameter) isVariadic = true;
      if (kind !== Kind.parameterDeclaration) continue;
      const { base } = this.specifiers(node, '');
      const last = this.#lastDeclarator(node);
      const declared = last < 0 ? { name: '', type: base } : this.declarator(last, base);
      if (last < 0 && source.text(node) === 'void') continue;
      parameters.push({ name: declared.name, type: declared.type, isStatic: false });
    }
    return { parameters, isVariadic };
  }

  /** The last child that is a declarator, or -1: behind the specifiers there is at most one in a parameter. */
  #lastDeclarator(node: Node): Node {
    const source = this.#source;
    let found = -1;
    const end = source.next(node);
    for (let c = node + 1; c < end; c = source.next(c)) if (isDeclarator(source.kind(c))) found = c;
    return found;
  }

  #declarator(node: Node, base: TypeId, parameters: Node): Declared {
    const source = this.#source;
    const inner = this.#lastInner(node);
    switch (source.kind(node)) {
      case Kind.identifier:
      case Kind.fieldIdentifier:
      case Kind.typeIdentifier:
      case Kind.primitiveType:
        return { name: source.name(node), nameNode: node, type: base, parameters };
      case Kind.pointerDeclarator:
      case Kind.abstractPointerDeclarator:
        return this.#inner(inner, source.terms.pointer(base), -1);
      case Kind.arrayDeclarator:
      case Kind.abstractArrayDeclarator:
        return this.#inner(this.#firstInner(node), source.terms.add(TermKind.array, base, 0) as TypeId, -1);
      case Kind.functionDeclarator:
      case Kind.abstractFunctionDeclarator: {
        const list = source.child(node, Kind.parameterList);
        const types = list < 0 ? [] : this.parameters(list).parameters.map((parameter) => parameter.type);
        const type = source.terms.add(TermKind.function, base, source.terms.chain(types)) as TypeId;
        return this.#inner(this.#firstInner(node), type, list);
      }
      case Kind.initDeclarator:
      case Kind.attributedDeclarator:
        return this.#inner(this.#firstInner(node), base, parameters);
      default:
        return this.#inner(inner, base, parameters);
    }
  }

  #inner(node: Node, base: TypeId, parameters: Node): Declared {
    if (node < 0) return { name: '', nameNode: -1, type: base, parameters };
    return this.#declarator(node, base, parameters);
  }

  /** The declarator that an array or function declarator wraps; in an abstract one, `[N]` must not be taken for a name. */
  #firstInner(node: Node): Node {
    const source = this.#source;
    const mayBeNamed = !isAbstract(source.kind(node));
    const end = source.next(node);
    for (let c = node + 1; c < end; c = source.next(c)) {
      const kind = source.kind(c);
      if (isAbstract(kind) || (mayBeNamed && isInner(kind))) return c;
    }
    return -1;
  }

  /** The declarator that a pointer or a pair of parentheses wraps: behind any qualifiers. */
  #lastInner(node: Node): Node {
    const source = this.#source;
    let found = -1;
    const end = source.next(node);
    for (let c = node + 1; c < end; c = source.next(c)) if (isInner(source.kind(c))) found = c;
    return found;
  }

  #named(name: string): TypeId {
    return this.#source.terms.text(TermKind.named, name) as number as TypeId;
  }

  #macroType(node: Node): TypeId {
    const source = this.#source;
    const [name, operand] = source.namedChildren(node);
    if (name !== undefined && operand !== undefined && typeofNames.has(source.text(name))) {
      return source.terms.add(TermKind.typeof, this.#typeofOperand(operand), 0) as TypeId;
    }
    return this.#named(name === undefined ? source.text(node) : source.name(name));
  }

  #typeofOperand(node: Node): ExprId {
    const source = this.#source;
    if (source.kind(node) !== Kind.typeDescriptor) return this.#readValue(node);
    // The grammar takes `typeof(*p)` for a type: a lone name with stars behind it is an expression all the same.
    return source.opaque(node);
  }

  #aggregate(node: Node, tag: Exclude<Tag, 'enum'>, place: string): TypeId {
    const source = this.#source;
    const nameNode = source.child(node, Kind.typeIdentifier);
    const name = nameNode < 0 ? place : source.name(nameNode);
    const body = source.child(node, Kind.fieldDeclarationList);
    if (body >= 0)
      this.#sink.structs.push({ tag, name, at: source.at(node), fields: this.#fields(body, name) });
    return source.terms.tagged(tag, name);
  }

  #fields(body: Node, container: string): FieldFacts[] {
    const source = this.#source;
    const fields: FieldFacts[] = [];
    for (const node of source.namedChildren(body)) {
      if (source.kind(node) === Kind.fieldDeclaration) this.#field(node, container, fields);
      else if (isConditional(source.kind(node))) fields.push(...this.#fields(node, container));
    }
    return fields;
  }

  #field(node: Node, container: string, fields: FieldFacts[]): void {
    const source = this.#source;
    const declarators = source.namedChildren(node).filter((c) => isDeclarator(source.kind(c)));
    const firstName =
      declarators[0] === undefined ? `#${String(fields.length)}` : this.#declaredName(declarators[0]);
    const { base } = this.specifiers(node, `${container}::${firstName}`);
    if (declarators.length === 0) fields.push({ name: '', type: base });
    for (const declarator of declarators) {
      const { name, type } = this.declarator(declarator, base);
      fields.push({ name, type });
    }
  }

  #declaredName(declarator: Node): string {
    return this.declarator(declarator, this.#source.terms.unknownType()).name;
  }

  #enum(node: Node, place: string): TypeId {
    const source = this.#source;
    const nameNode = source.child(node, Kind.typeIdentifier);
    const name = nameNode < 0 ? place : source.name(nameNode);
    const body = source.child(node, Kind.enumeratorList);
    if (body >= 0) this.#sink.enums.push({ name, at: source.at(node), enumerators: this.#enumerators(body) });
    return source.terms.tagged('enum', name);
  }

  #enumerators(body: Node): EnumFacts['enumerators'][number][] {
    const source = this.#source;
    return source.namedChildren(body).flatMap((node) => {
      if (isConditional(source.kind(node))) return this.#enumerators(node);
      if (source.kind(node) !== Kind.enumerator) return [];
      const [name, value] = source.namedChildren(node);
      if (name === undefined) return [];
      return [{ name: source.name(name), value: value === undefined ? undefined : this.#readValue(value) }];
    });
  }
}

export function isConditional(kind: number): boolean {
  switch (kind) {
    case Kind.preprocIf:
    case Kind.preprocIfdef:
    case Kind.preprocElse:
    case Kind.preprocElif:
    case Kind.preprocElifdef:
      return true;
    default:
      return false;
  }
}

/** Inside a declarator a type identifier is the name that a typedef declares. */
const isInner = (kind: number): boolean =>
  kind === Kind.typeIdentifier || kind === Kind.primitiveType || isDeclarator(kind);

function isAbstract(kind: number): boolean {
  switch (kind) {
    case Kind.abstractPointerDeclarator:
    case Kind.abstractArrayDeclarator:
    case Kind.abstractFunctionDeclarator:
    case Kind.abstractParenthesizedDeclarator:
      return true;
    default:
      return false;
  }
}

export function isDeclarator(kind: number): boolean {
  switch (kind) {
    case Kind.identifier:
    case Kind.fieldIdentifier:
    case Kind.pointerDeclarator:
    case Kind.arrayDeclarator:
    case Kind.functionDeclarator:
    case Kind.parenthesizedDeclarator:
    case Kind.initDeclarator:
    case Kind.attributedDeclarator:
    case Kind.abstractPointerDeclarator:
    case Kind.abstractArrayDeclarator:
    case Kind.abstractFunctionDeclarator:
    case Kind.abstractParenthesizedDeclarator:
      return true;
    default:
      return false;
  }
}
