// bodies.ts
// The bodies that calls lead to, with their operations: of functions, of macros, and of names that stand for others.

import type { FunctionFacts } from '../facts/fileFacts.ts';
import type { Position } from '../base/position.ts';
import type { Definition, TreeIndex } from '../index/treeIndex.ts';
import { namesOf } from '../program/fileNames.ts';
import type { LoadedFacts } from '../program/loadedFacts.ts';
import { stepsOf } from '../program/operations.ts';
import type { Step } from '../program/operations.ts';
import { resolveCall } from '../program/resolve.ts';
import { scopeOf, scopeOfFunction, TypeReader } from '../program/types.ts';
import type { Body } from '../program/types.ts';

export type CallStep = Extract<Step, { kind: 'call' }>;

export interface ReadBody {
  readonly body: Body;
  readonly steps: readonly Step[];
  /** How many of the locals are parameters; none of a macro, whose arguments stand for themselves. */
  readonly parameters: number;
}

export interface CalledBody extends ReadBody {
  readonly name: string;
  readonly definition: { readonly path: string; readonly at: Position };
  readonly isMacro: boolean;
}

/** Over the facts that are loaded at this moment. */
export class Bodies {
  readonly loaded: LoadedFacts;
  readonly types: TypeReader;
  /** A function of the file is asked for itself and as the callee of others. */
  readonly #steps = new Map<FunctionFacts, readonly Step[]>();

  constructor(loaded: LoadedFacts) {
    this.loaded = loaded;
    this.types = new TypeReader(loaded);
  }

  get index(): TreeIndex {
    return this.loaded.index;
  }

  ofFunction(path: string, facts: Body['scope']['facts'], fn: FunctionFacts): ReadBody {
    const body = { scope: scopeOfFunction(path, facts, fn), flow: fn.flow };
    let steps = this.#steps.get(fn);
    if (!steps) {
      steps = stepsOf(body, this.index, this.types);
      this.#steps.set(fn, steps);
    }
    return { body, steps, parameters: fn.parameters.length };
  }

  /** `undefined`: not there, or nothing that can be read. */
  ofCall(step: CallStep, caller: Body): CalledBody | undefined {
    switch (step.target.kind) {
      case 'macro':
        return this.#macro(step, caller);
      case 'object-macro':
        return this.#alias(step, caller);
      case 'function':
      case 'struct':
      case 'union':
      case 'enum':
      case 'typedef':
      case 'global':
      case 'enumerator':
        return this.ofDefinition(step.name, step.target);
    }
  }

  ofDefinition(name: string, target: Definition): CalledBody | undefined {
    const facts = this.loaded.get(target.path);
    const fn = facts && namesOf(facts).functions.get(name);
    if (!fn) return undefined;
    return { ...this.ofFunction(target.path, facts, fn), name, definition: target, isMacro: false };
  }

  /** What a macro does is said in terms of its arguments, so each call is read for itself. */
  #macro({ name, args, target }: CallStep, caller: Body): CalledBody | undefined {
    const facts = this.loaded.get(target.path);
    const macro = facts && namesOf(facts).macros.get(name)?.body;
    if (!macro || macro.kind === 'text' || macro.kind === 'declarations') return undefined;
    const scope = { ...scopeOf(target.path, facts, macro.locals), expanded: { caller, args } };
    const body = { scope, flow: macro.flow };
    const steps = stepsOf(body, this.index, this.types);
    return { body, steps, parameters: 0, name, definition: target, isMacro: true };
  }

  /** `#define foo __foo`. */
  #alias(step: CallStep, caller: Body): CalledBody | undefined {
    const facts = this.loaded.get(step.target.path);
    const macro = facts && namesOf(facts).macros.get(step.name)?.body;
    const value = macro?.kind === 'expression' ? facts?.terms.expr(macro.value) : undefined;
    if (!facts || value?.kind !== 'name' || value.name === step.name) return undefined;
    const target = resolveCall(this.index, value.name, scopeOf(step.target.path, facts, []));
    if (!target || target.kind === 'object-macro') return undefined;
    const called = this.ofCall({ ...step, name: value.name, target }, caller);
    return called && { ...called, name: step.name, definition: step.target };
  }
}
