// uses.ts
// What a call in a body names: seen from the body's own file, and for a macro's body also from where it is used.

import type { ExprId } from '../facts/terms.ts';
import { BodyInfo } from './bodyInfo.ts';
import type { MacroUse } from './bodyInfo.ts';
import type { Callee, Callees } from './callees.ts';
import type { Code } from './code.ts';
import { codeOfMacro } from './code.ts';
import { objectMacros } from './resolve.ts';
import type { Sources } from './sources.ts';

// Macros that use themselves through others end here.
const deepestNesting = 12;

export class Uses {
  readonly #callees: Callees;
  readonly #sources: Sources;

  constructor(callees: Callees, sources: Sources) {
    this.#callees = callees;
    this.#sources = sources;
  }

  callee(name: string, info: BodyInfo): Callee {
    const callee = this.#callees.of(name, info.view);
    if (callee.kind !== 'unknown' || !info.caller) return callee;
    return this.#callees.of(name, info.outermost.view);
  }

  functionNamed(name: string, info: BodyInfo): Code | undefined {
    const code = this.#callees.functionNamed(name, info.view);
    return code || !info.caller ? code : this.#callees.functionNamed(name, info.outermost.view);
  }

  /** What `#define name value` stands for, where that is an expression. */
  objectMacro(name: string, info: BodyInfo): { readonly value: ExprId; readonly info: BodyInfo } | undefined {
    const own = info.view.names.macros.get(name);
    const path = own ? info.view.path : info.view.meanings.nearest(name, objectMacros)?.path;
    const view =
      path === info.view.path ? info.view : path === undefined ? undefined : this.#sources.view(path);
    const macro = view?.names.macros.get(name);
    if (!view || macro?.parameters !== undefined || !macro) return undefined;
    const code = codeOfMacro(view, macro);
    if (code?.value === undefined || info.nesting >= deepestNesting) return undefined;
    const { locals, flow } = code;
    const scope = { path: view.path, facts: view.facts, includes: view.includes, locals };
    const use = { caller: info, args: [] };
    return { value: code.value, info: new BodyInfo(view, { scope, flow }, info.owner, code, use) };
  }

  /** The body of a macro with the arguments of this call; `undefined` where macros are nested too deeply. */
  ofMacro(call: ExprId, args: readonly ExprId[], macro: Code, info: BodyInfo): MacroUse | undefined {
    const known = info.found.uses.get(call);
    if (known || info.nesting >= deepestNesting) return known;
    const { view, locals, flow } = macro;
    const expanded = { caller: info.body, args };
    const scope = { path: view.path, facts: view.facts, includes: view.includes, locals, expanded };
    const use = {
      info: new BodyInfo(view, { scope, flow }, info.owner, macro, { caller: info, args }),
      fn: undefined,
    };
    info.found.uses.set(call, use);
    return use;
  }
}
