// functionTable.ts
// The functions of a program by number: functions proper, stubs, and uses of macros.

import { BodyInfo } from './bodyInfo.ts';
import type { MacroUse } from './bodyInfo.ts';
import type { Code } from './code.ts';
import type { FnId, ProgramFunction } from './meaning.ts';
import type { Body } from './types.ts';

export class FunctionTable {
  readonly all: ProgramFunction[] = [];
  readonly codes: Code[] = [];
  readonly infos: BodyInfo[] = [];
  readonly #ids = new Map<Code, FnId>();
  readonly #bodies = new Map<Code, BodyInfo>();
  readonly #infoOfBody = new WeakMap<Body, BodyInfo>();
  readonly #inScope: (path: string) => boolean;

  constructor(inScope: (path: string) => boolean) {
    this.#inScope = inScope;
  }

  idOf(code: Code): FnId | undefined {
    return this.#ids.get(code);
  }

  add(code: Code): FnId {
    const known = this.#ids.get(code);
    if (known !== undefined) return known;
    const id = this.#add(code, this.bodyOf(code));
    this.#ids.set(code, id);
    return id;
  }

  addUse(use: MacroUse, code: Code): FnId {
    use.fn ??= this.#add(code, use.info);
    return use.fn;
  }

  /** The body of a function, also of one that is only looked into. */
  bodyOf(code: Code): BodyInfo {
    let info = this.#bodies.get(code);
    if (!info) {
      const { view, locals, flow } = code;
      const scope = { path: view.path, facts: view.facts, includes: view.includes, locals };
      info = new BodyInfo(view, { scope, flow }, `${view.path}:${code.name}`, code);
      this.#bodies.set(code, info);
      this.#infoOfBody.set(info.body, info);
    }
    return info;
  }

  infoOf(body: Body): BodyInfo | undefined {
    return this.#infoOfBody.get(body);
  }

  /** Makes a body known that is no function's. */
  note(info: BodyInfo): void {
    this.#infoOfBody.set(info.body, info);
  }

  /** Gives back the memory that reading took. */
  forget(): void {
    for (const info of this.#bodies.values()) info.forget();
    for (const info of this.infos) info.forget();
  }

  #add(code: Code, info: BodyInfo): FnId {
    const id = this.all.length as FnId;
    const { view, name, at, parameters, isStatic, isMacro } = code;
    const inScope = this.#inScope(view.path);
    this.all.push({
      id,
      name,
      path: view.path,
      at,
      body: info.body,
      parameters,
      isStatic,
      isMacro,
      value: code.value,
      isStub: view.isStub,
      inScope,
    });
    this.codes.push(code);
    this.infos.push(info);
    this.#infoOfBody.set(info.body, info);
    return id;
  }
}
