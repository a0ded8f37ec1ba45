// types.ts
// The declared type of an expression, followed through locals, fields, typedefs, accessors and `container_of`,
// across the headers that declare them.

import type { FieldFacts, FileFacts, FunctionFacts, LocalFacts, StructFacts } from '../facts/fileFacts.ts';
import type { Flow } from '../facts/flow.ts';
import type { Expr, ExprId, TypeId } from '../facts/terms.ts';
import { namesOf } from './fileNames.ts';
import type { LoadedFacts } from './loadedFacts.ts';
import { nearest, resolveCall } from './resolve.ts';
import type { Viewpoint } from './resolve.ts';

/** Where an expression stands: its file, and the locals that it may name. */
export interface Scope extends Viewpoint {
  readonly facts: FileFacts;
  readonly locals: readonly LocalFacts[];
  /** For the body of a macro: the call that it stands for. Its first locals are the parameters. */
  readonly expanded?: Expansion;
}

export interface Expansion {
  readonly caller: Body;
  readonly args: readonly ExprId[];
}

/** A function or macro body. */
export interface Body {
  readonly scope: Scope;
  readonly flow: Flow;
}

/** A type of some file's term table, with `pointers` more (or fewer) stars than it has there. */
export interface DeclaredType {
  readonly scope: Scope;
  readonly type: TypeId;
  readonly pointers: number;
}

export interface DeclaredStruct {
  readonly scope: Scope;
  readonly struct: StructFacts;
}

// Chains of accessors, typedefs and macros are short; a longer one is a circle.
const deepest = 12;

export function scopeOf(path: string, facts: FileFacts, locals: readonly LocalFacts[]): Scope {
  return { path, facts, locals, includes: facts.includes };
}

export function scopeOfFunction(path: string, facts: FileFacts, fn: FunctionFacts): Scope {
  return scopeOf(path, facts, fn.locals);
}

export class TypeReader {
  readonly #loaded: LoadedFacts;

  constructor(loaded: LoadedFacts) {
    this.#loaded = loaded;
  }

  typeOf(id: ExprId, scope: Scope, depth = 0): DeclaredType | undefined {
    if (depth > deepest) return undefined;
    const expr = scope.facts.terms.expr(id);
    switch (expr.kind) {
      case 'local':
        return this.#localType(expr.index, scope, depth);
      case 'name':
        return this.#globalType(expr.name, scope);
      case 'field':
        return this.#fieldType(expr, scope, depth);
      case 'index':
        return this.#pointee(this.typeOf(expr.base, scope, depth + 1));
      case 'unary':
        return this.#unaryType(expr, scope, depth);
      case 'cast':
      case 'literal':
        return { scope, type: expr.type, pointers: 0 };
      case 'call':
        return this.#callType(expr, scope, depth);
      case 'conditional':
        return this.typeOf(expr.whenTrue, scope, depth + 1) ?? this.typeOf(expr.whenFalse, scope, depth + 1);
      case 'binary':
        return this.typeOf(expr.operator === ',' ? expr.right : expr.left, scope, depth + 1);
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

  #localType(index: number, scope: Scope, depth: number): DeclaredType | undefined {
    const argument = scope.expanded?.args[index];
    if (scope.expanded && argument !== undefined)
      return this.typeOf(argument, scope.expanded.caller.scope, depth + 1);
    const local = scope.locals[index];
    return local && { scope, type: local.type, pointers: 0 };
  }

  /** The struct or union that an expression is (`pointers` 0) or points at (1), behind typedefs. */
  structOf(declared: DeclaredType | undefined, pointers: 0 | 1): DeclaredStruct | undefined {
    const plain = this.#plain(declared, 0);
    if (!plain || plain.pointers !== pointers) return undefined;
    const type = plain.scope.facts.terms.type(plain.type);
    return type.kind === 'tagged' ? this.#structNamed(type.name, plain.scope) : undefined;
  }

  /** The tag of that struct, known even where its definition is not. */
  tagOf(declared: DeclaredType | undefined, pointers: 0 | 1): string | undefined {
    const plain = this.#plain(declared, 0);
    if (!plain || plain.pointers !== pointers) return undefined;
    const type = plain.scope.facts.terms.type(plain.type);
    return type.kind === 'tagged' && type.tag !== 'enum' ? type.name : undefined;
  }

  /** A type with its own stars and arrays moved into `pointers`, and its typedefs and `typeof` followed. */
  #plain(declared: DeclaredType | undefined, depth: number): DeclaredType | undefined {
    if (!declared || depth > deepest) return undefined;
    const { scope } = declared;
    const type = scope.facts.terms.type(declared.type);
    switch (type.kind) {
      case 'pointer':
        return this.#plain({ scope, type: type.to, pointers: declared.pointers + 1 }, depth + 1);
      case 'array':
        return this.#plain({ scope, type: type.of, pointers: declared.pointers + 1 }, depth + 1);
      case 'named':
        return this.#typedef(type.name, declared, depth) ?? declared;
      case 'typeof': {
        const operand = this.typeOf(type.operand, scope, depth + 1);
        return this.#plain(
          operand && { ...operand, pointers: operand.pointers + declared.pointers },
          depth + 1,
        );
      }
      case 'tagged':
      case 'function':
      case 'unknown':
        return declared;
    }
  }

  #typedef(name: string, declared: DeclaredType, depth: number): DeclaredType | undefined {
    const { scope } = declared;
    const own = namesOf(scope.facts).typedefs.get(name);
    const home = own ? scope : this.#homeOf(name, 'typedef', scope);
    const typedef = own ?? (home && namesOf(home.facts).typedefs.get(name));
    if (!home || !typedef) return undefined;
    return this.#plain({ scope: home, type: typedef.type, pointers: declared.pointers }, depth + 1);
  }

  #structNamed(name: string, scope: Scope): DeclaredStruct | undefined {
    const own = namesOf(scope.facts).structs.get(name);
    if (own) return { scope, struct: own };
    const home = this.#homeOf(name, 'struct', scope) ?? this.#homeOf(name, 'union', scope);
    const struct = home && namesOf(home.facts).structs.get(name);
    return home && struct && { scope: home, struct };
  }

  #homeOf(name: string, kind: 'typedef' | 'struct' | 'union' | 'global', scope: Scope): Scope | undefined {
    const definition = nearest(this.#loaded.index.definitionsOf(name), [kind], scope);
    const facts = definition && this.#loaded.get(definition.path);
    return facts && scopeOf(definition.path, facts, []);
  }

  #globalType(name: string, scope: Scope): DeclaredType | undefined {
    const own = namesOf(scope.facts).globals.get(name);
    const home = own ? scope : this.#homeOf(name, 'global', scope);
    const global = own ?? (home && namesOf(home.facts).globals.get(name));
    return home && global && { scope: home, type: global.type, pointers: 0 };
  }

  #fieldType(expr: Extract<Expr, { kind: 'field' }>, scope: Scope, depth: number): DeclaredType | undefined {
    const base = this.typeOf(expr.base, scope, depth + 1);
    const found = this.structOf(base, expr.arrow ? 1 : 0);
    return found && this.#fieldIn(found, expr.name, depth);
  }

  #fieldIn(found: DeclaredStruct, name: string, depth: number): DeclaredType | undefined {
    if (depth > deepest) return undefined;
    for (const field of found.struct.fields) {
      if (field.name === name) return { scope: found.scope, type: field.type, pointers: 0 };
    }
    // Fields of an embedded anonymous struct count as fields of the outer one.
    for (const field of found.struct.fields.filter(isAnonymous)) {
      const inner = this.structOf({ scope: found.scope, type: field.type, pointers: 0 }, 0);
      const type = inner && this.#fieldIn(inner, name, depth + 1);
      if (type) return type;
    }
    return undefined;
  }

  #unaryType(expr: Extract<Expr, { kind: 'unary' }>, scope: Scope, depth: number): DeclaredType | undefined {
    const operand = this.typeOf(expr.operand, scope, depth + 1);
    switch (expr.operator) {
      case '&':
        return operand && { ...operand, pointers: operand.pointers + 1 };
      case '*':
        return this.#pointee(operand);
      case '!':
      case '~':
      case '-':
      case '+':
        return operand;
    }
  }

  #pointee(declared: DeclaredType | undefined): DeclaredType | undefined {
    return declared && { ...declared, pointers: declared.pointers - 1 };
  }

  #callType(expr: Extract<Expr, { kind: 'call' }>, scope: Scope, depth: number): DeclaredType | undefined {
    const callee = scope.facts.terms.expr(expr.callee);
    if (callee.kind !== 'name') return undefined;
    if (containerMacros.has(callee.name)) return containerType(expr.args, scope);
    const own = namesOf(scope.facts).prototypes.get(callee.name);
    const definition = resolveCall(this.#loaded.index, callee.name, scope);
    const facts = definition && this.#loaded.get(definition.path);
    if (!facts) return own && { scope, type: own.result, pointers: 0 };
    const fn = namesOf(facts).functions.get(callee.name);
    if (fn) return { scope: scopeOf(definition.path, facts, fn.locals), type: fn.result, pointers: 0 };
    const macro = namesOf(facts).macros.get(callee.name);
    if (macro?.body.kind !== 'expression') return undefined;
    // The arguments have no flow of their own to follow here: types do not depend on it.
    const expanded = { caller: { scope, flow: macro.body.flow }, args: expr.args };
    const inside = { ...scopeOf(definition.path, facts, macro.body.locals), expanded };
    return this.typeOf(macro.body.value, inside, depth + 1);
  }
}

// prettier-ignore
const containerMacros: ReadonlySet<string> = new Set([
  'container_of', 'container_of_const', 'list_entry', 'list_first_entry', 'list_last_entry', 'list_first_entry_or_null', 'list_next_entry',
  'hlist_entry', 'rb_entry', 'from_timer', 'from_tasklet', 'from_work', 'timer_container_of',
]);

function containerType(args: readonly ExprId[], scope: Scope): DeclaredType | undefined {
  for (const id of args) {
    const expr = scope.facts.terms.expr(id);
    if (expr.kind === 'type') return { scope, type: expr.type, pointers: 1 };
  }
  return undefined;
}

const isAnonymous = (field: FieldFacts): boolean => field.name === '';
