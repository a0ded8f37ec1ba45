// callees.ts
// What a name means where it is called: a row of the tables, a body to enter, or nothing that matters.

import { isHarmless } from '../kernel/harmless.ts';
import { schedulingOf, sleepOf } from '../kernel/sleepers.ts';
import type { Primitive } from '../kernel/primitive.ts';
import { codeOfFunction, codeOfMacro } from './code.ts';
import type { Code } from './code.ts';
import type { FileView } from './fileView.ts';
import { isLeaf } from './leaf.ts';
import { callable, functions } from './resolve.ts';
import type { Sources } from './sources.ts';

export type Callee =
  | { readonly kind: 'primitive'; readonly primitive: Primitive }
  | { readonly kind: 'code'; readonly code: Code }
  /** Defined, and not entered. */
  | { readonly kind: 'cut'; readonly path: string }
  /** A name that does nothing: a cast, a constant, a compiler's own word. */
  | { readonly kind: 'nothing' }
  /** No file defines it. */
  | { readonly kind: 'unknown' };

const nothing: Callee = { kind: 'nothing' };
const unknown: Callee = { kind: 'unknown' };

// `#define a b`, `#define b c`: a longer chain is a circle.
const longestAlias = 4;

export interface CalleeRules {
  readonly primitiveOf: (name: string) => Primitive | undefined;
  readonly inScope: (path: string) => boolean;
  /** Functions told by hand, by name; static ones only count inside their own file. */
  readonly stubs: ReadonlyMap<string, FileView>;
}

export class Callees {
  readonly #sources: Sources;
  readonly #rules: CalleeRules;

  constructor(sources: Sources, rules: CalleeRules) {
    this.#sources = sources;
    this.#rules = rules;
  }

  /** Throws `lacking` where the file that defines it is not there yet. */
  of(name: string, view: FileView): Callee {
    let callee = view.callees.get(name);
    if (!callee) {
      callee = this.#find(name, view, 0);
      view.callees.set(name, callee);
    }
    return callee;
  }

  /** The function of that name, for one that is handed on and not called. */
  functionNamed(name: string, view: FileView): Code | undefined {
    if (view.functionsByName.has(name)) return view.functionsByName.get(name);
    const code = this.#function(name, view);
    view.functionsByName.set(name, code);
    return code;
  }

  #function(name: string, view: FileView): Code | undefined {
    const own = view.names.functions.get(name);
    if (own) return codeOfFunction(view, own);
    const target = view.meanings.nearest(name, functions);
    const stub = this.#rules.stubs.get(name);
    if (stub && !(target && this.#rules.inScope(target.path))) return functionIn(stub, name);
    if (!target || this.#isCut(target.path)) return undefined;
    const home = this.#sources.view(target.path);
    return home && functionIn(home, name);
  }

  #find(name: string, view: FileView, depth: number): Callee {
    const own = view.names.functions.get(name);
    // A driver's own `static void up(...)` is not the kernel's.
    if (own && (view.isStub || (own.isStatic && view.path.endsWith('.c'))))
      return this.#entered(own.name, view);
    const target = view.meanings.nearest(name, callable);
    const stub = this.#rules.stubs.get(name);
    const isInScope = target !== undefined && this.#rules.inScope(target.path);
    if (stub && !isInScope) return this.#entered(name, stub);
    // What can be told in C can be read in C where the question is about it.
    const primitive = stub && isInScope ? undefined : this.#rules.primitiveOf(name);
    if (primitive) return { kind: 'primitive', primitive };
    // Elsewhere they come and go in every function.
    const isElsewhere = view.isStub || !this.#rules.inScope(view.path);
    const sleeper = isElsewhere ? schedulingOf(name) : sleepOf(name);
    if (sleeper) return { kind: 'primitive', primitive: sleeper };
    if (isHarmless(name)) return nothing;
    if (!target) return view.names.prototypes.has(name) || this.#isMade(name) ? nothing : unknown;
    if (this.#isCut(target.path)) return { kind: 'cut', path: target.path };
    const home = this.#sources.view(target.path);
    if (!home) return unknown;
    if (target.kind === 'function') return this.#entered(name, home);
    return target.kind === 'macro' ? macroIn(home, name) : this.#alias(name, home, view, depth);
  }

  /**
   * Declared here and defined nowhere: assembly, or a function that must never be linked. `define_printk(say, level)`
   * makes a function with pasted parts; a name in capitals is a part that is pasted to another.
   */
  #isMade(name: string): boolean {
    return (
      !/[a-z]/.test(name) ||
      this.#sources.index.fieldUsesOf(name).some(({ field }) => /^define_.*\(\)$/i.test(field))
    );
  }

  #entered(name: string, home: FileView): Callee {
    const code = functionIn(home, name);
    return code ? { kind: 'code', code } : unknown;
  }

  /** `#define foo __foo`: what the other name means where this one is used. */
  #alias(name: string, home: FileView, view: FileView, depth: number): Callee {
    const body = home.names.macros.get(name)?.body;
    const value = body?.kind === 'expression' ? home.facts.terms.expr(body.value) : undefined;
    if (value?.kind !== 'name' || value.name === name) return nothing;
    if (depth >= longestAlias) return unknown;
    const callee = this.#find(value.name, view, depth + 1);
    return callee.kind === 'unknown' ? this.#find(value.name, home, depth + 1) : callee;
  }

  #isCut(path: string): boolean {
    return isLeaf(path) && !this.#rules.inScope(path);
  }
}

function functionIn(home: FileView, name: string): Code | undefined {
  const fn = home.names.functions.get(name);
  return fn && codeOfFunction(home, fn);
}

function macroIn(home: FileView, name: string): Callee {
  const macro = home.names.macros.get(name);
  const code = macro && codeOfMacro(home, macro);
  return code ? { kind: 'code', code } : nothing;
}
