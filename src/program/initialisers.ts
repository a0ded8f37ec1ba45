// initialisers.ts
// Values of tables as the compiler sees them: macros that stand for lists or names are used, `&`, casts and the arms of
// `?:` are looked through, and pasted names are put together.

import type { FileFacts, LocalFacts, MacroFacts } from '../facts/fileFacts.ts';
import type { Designator, Expr, ExprId, ListItem, Terms } from '../facts/terms.ts';
import { namesOf } from './fileNames.ts';
import type { Linking } from './linking.ts';
import { nearest } from './resolve.ts';
import type { Body } from './types.ts';

/** Where an expression stands. */
export interface Setting {
  readonly path: string;
  readonly facts: FileFacts;
  /** The file in which the table is written: names in a macro's body mean what they mean there. */
  readonly home: string;
  /** What to ask places and types with; `undefined` inside a macro. */
  readonly body: Body | undefined;
  readonly locals: readonly LocalFacts[];
  /** Inside a macro: what its parameters stand for. */
  readonly bound: ReadonlyMap<string, Value>;
  readonly nesting: number;
}

export interface Value {
  readonly id: ExprId;
  readonly at: Setting;
}

export interface Item {
  readonly designators: readonly Designator[];
  readonly value: Value;
}

/** `.member = name` out of a macro that is no C by itself. */
export interface TextItem {
  readonly member: string;
  readonly name: string;
}

const nothingBound: ReadonlyMap<string, Value> = new Map();
// Macros that stand for macros that stand for macros.
const deepestNesting = 8;

export function settingOf(body: Body): Setting {
  const { path, facts, locals } = body.scope;
  return { path, facts, home: path, body, locals, bound: nothingBound, nesting: 0 };
}

export class Initialisers {
  readonly #linking: Linking;

  constructor(linking: Linking) {
    this.#linking = linking;
  }

  expr({ id, at }: Value): Expr {
    return at.facts.terms.expr(id);
  }

  /** What is left when macros, casts and `&` are taken away. */
  plain(value: Value): Value {
    const expr = this.expr(value);
    switch (expr.kind) {
      case 'cast':
        return this.plain({ id: expr.operand, at: value.at });
      case 'unary':
        return expr.operator === '&' || expr.operator === '*'
          ? this.plain({ id: expr.operand, at: value.at })
          : value;
      case 'local':
        return this.#bound(value.at.locals[expr.index]?.name, value);
      case 'name':
        return this.#bound(expr.name, value);
      case 'call':
        return this.#used(value, expr);
      case 'number':
      case 'string':
      case 'field':
      case 'index':
      case 'binary':
      case 'conditional':
      case 'list':
      case 'literal':
      case 'type':
      case 'sizeof':
      case 'config':
      case 'opaque':
        return value;
    }
  }

  /** The names that a value can be: one, or those of both arms of a `?:`. */
  names(value: Value): readonly string[] {
    const plain = this.plain(value);
    const expr = this.expr(plain);
    if (expr.kind === 'name') return [pasted(expr.name, plain.at)];
    if (expr.kind === 'conditional') {
      return [expr.whenTrue, expr.whenFalse].flatMap((id) => this.names({ id, at: plain.at }));
    }
    // `pm_ptr(x)` of a kernel without that macro, and the like: what it is given.
    if (expr.kind === 'call' && expr.args.length === 1 && expr.args[0] !== undefined) {
      const callee = plain.at.facts.terms.expr(expr.callee);
      if (callee.kind === 'name' && /ptr$/i.test(callee.name))
        return this.names({ id: expr.args[0], at: plain.at });
    }
    return [];
  }

  /** Items of `{ ... }`, also of a macro's. */
  items(value: Value): readonly Item[] | undefined {
    const plain = this.plain(value);
    const expr = this.expr(plain);
    if (expr.kind === 'literal') return this.items({ id: expr.list, at: plain.at });
    if (expr.kind !== 'list') return undefined;
    return expr.items.map(({ designators, value: id }: ListItem) => ({
      designators,
      value: { id, at: plain.at },
    }));
  }

  /** `SET_RUNTIME_PM_OPS(a, b, c)` among the items of a list: designated items that no expression is made of. */
  textItems(value: Value): readonly TextItem[] {
    const plain = this.plain(value);
    const expr = this.expr(plain);
    if (expr.kind !== 'call') return [];
    const found = this.#macro(expr, plain);
    if (found?.macro.body.kind !== 'text') return [];
    const { bound } = this.#inside(found, expr.args, plain);
    const items: TextItem[] = [];
    for (const [, member = '', name = ''] of found.macro.body.text.matchAll(
      /\.(\w+)\s*=[\s(]*(?:\w+\s*\(\s*)*&?(\w+)/g,
    )) {
      const given = bound.get(name);
      for (const one of given ? this.names(given) : [name]) items.push({ member, name: one });
    }
    return items;
  }

  /** What a macro call outside functions defines. */
  defined(value: Value): { readonly macro: MacroFacts; readonly at: Setting } | undefined {
    const expr = this.expr(value);
    if (expr.kind !== 'call') return undefined;
    const found = this.#macro(expr, value);
    return found && { macro: found.macro, at: this.#inside(found, expr.args, value) };
  }

  /** The same for a call of which only the parts are there. */
  definedBy(
    name: string,
    args: readonly ExprId[],
    at: Setting,
  ): { macro: MacroFacts; at: Setting } | undefined {
    const found = this.#find(name, at);
    return found && { macro: found.macro, at: this.#inside(found, args, { at }) };
  }

  #bound(name: string | undefined, value: Value): Value {
    const given = name === undefined ? undefined : value.at.bound.get(name);
    return given ? this.plain(given) : value;
  }

  /** The value of a macro where it is an expression, else the call as it is. */
  #used(value: Value, call: Extract<Expr, { kind: 'call' }>): Value {
    const found = this.#macro(call, value);
    if (found?.macro.body.kind !== 'expression') return value;
    return this.plain({ id: found.macro.body.value, at: this.#inside(found, call.args, value) });
  }

  #macro(call: Extract<Expr, { kind: 'call' }>, { at }: Value): Found | undefined {
    const callee = at.facts.terms.expr(call.callee);
    return callee.kind === 'name' ? this.#find(callee.name, at) : undefined;
  }

  #find(name: string, at: Setting): Found | undefined {
    if (at.nesting >= deepestNesting) return undefined;
    const own = namesOf(at.facts).macros.get(name);
    if (own) return own.parameters && { macro: own, path: at.path, facts: at.facts };
    const from = { path: at.path, includes: at.facts.includes };
    const path = nearest(this.#linking.index.definitionsOf(name), ['macro'], from)?.path;
    const facts = path === undefined ? undefined : this.#linking.factsOf(path);
    const macro = facts && namesOf(facts).macros.get(name);
    return path !== undefined && facts && macro?.parameters ? { macro, path, facts } : undefined;
  }

  #inside({ macro, path, facts }: Found, args: readonly ExprId[], { at }: { readonly at: Setting }): Setting {
    const bound = new Map<string, Value>();
    for (const [i, name] of (macro.parameters ?? []).entries()) {
      const id = args[i];
      if (id !== undefined) bound.set(name, { id, at });
    }
    const locals = 'locals' in macro.body ? macro.body.locals : [];
    return { path, facts, home: at.home, body: undefined, locals, bound, nesting: at.nesting + 1 };
  }
}

/** `name##_show` with what the parameters stand for. */
export function pasted(name: string, at: Setting): string {
  if (!name.includes('##')) return name;
  return name
    .split('##')
    .map((part) => {
      const given = at.bound.get(part);
      return given ? textOf(given) : part;
    })
    .join('');
}

function textOf({ id, at }: Value): string {
  const terms: Terms = at.facts.terms;
  const expr = terms.expr(id);
  switch (expr.kind) {
    case 'name': {
      const given = at.bound.get(expr.name);
      return given ? textOf(given) : pasted(expr.name, at);
    }
    case 'local': {
      const name = at.locals[expr.index]?.name ?? '';
      const given = at.bound.get(name);
      return given ? textOf(given) : name;
    }
    case 'number':
      return expr.text;
    case 'string':
    case 'call':
    case 'field':
    case 'index':
    case 'unary':
    case 'binary':
    case 'cast':
    case 'conditional':
    case 'list':
    case 'literal':
    case 'type':
    case 'sizeof':
    case 'config':
    case 'opaque':
      return '?';
  }
}

interface Found {
  readonly macro: MacroFacts;
  readonly path: string;
  readonly facts: FileFacts;
}
