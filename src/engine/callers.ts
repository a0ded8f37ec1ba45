// callers.ts
// One step up from a function: who calls it and holds what then, in which table it stands, and which work, timer or
// interrupt it handles, the nearest files first.

import type { FileFacts, FunctionFacts, MacroFacts } from '../facts/fileFacts.ts';
import type { Position } from '../base/position.ts';
import type { CallbackLock } from '../kernel/callback.ts';
import type { CallbackTable } from '../program/ownTables.ts';
import { SlotFunctions } from '../program/slotFunctions.ts';
import { resolveCall } from '../program/resolve.ts';
import { folderOf } from '../program/unitFiles.ts';
import type { Bodies } from './bodies.ts';
import { handlerIn, isStart } from './handlerSteps.ts';
import type { HeldStep } from './heldInside.ts';
import type { HeldReader } from './heldReader.ts';
import type { CallerRow, HeldRow } from './results.ts';

export interface Callers {
  readonly rows: readonly CallerRow[];
  /** Ways up that are left out. */
  readonly more: number;
}

// Of a function that everybody calls, nobody reads all callers; each of the files has to be read for the answer.
const mostFiles = 24;

/** A function or macro that is asked about. */
export interface Asked {
  readonly name: string;
  readonly path: string;
  readonly isStatic: boolean;
}

export class CallerReader {
  readonly #bodies: Bodies;
  readonly #slots: SlotFunctions;
  readonly #held: HeldReader;
  readonly #callbackOf: CallbackTable;

  /** `callbackOf`: what is known for the kernel that this tree is. */
  constructor(bodies: Bodies, held: HeldReader, callbackOf: CallbackTable) {
    this.#callbackOf = callbackOf;
    this.#bodies = bodies;
    this.#held = held;
    this.#slots = new SlotFunctions(bodies.loaded, bodies.types);
  }

  /** All of them, each without those above it. */
  direct(asked: Asked): Callers {
    const files = this.#callingFiles(asked);
    const calls = this.#calls(asked, files.slice(0, mostFiles));
    const rows = [...this.#handlers(asked), ...this.#tables(asked), ...calls];
    return { rows, more: Math.max(0, files.length - mostFiles) };
  }

  /** Functions that call it. Looked at one by one, they are known when `direct` asks for what they hold. */
  callingFunctions(asked: Asked): readonly CallingFunction[] {
    const files = this.#callingFiles(asked).slice(0, mostFiles);
    return files.flatMap((path) => {
      const facts = this.#bodies.loaded.get(path);
      const functions = facts && mentions(facts, asked.name) ? facts.functions : [];
      return functions.flatMap((fn) =>
        facts && calls(facts, fn.flow, asked.name) ? [{ path, facts, fn }] : [],
      );
    });
  }

  look({ path, facts, fn }: CallingFunction): void {
    this.#held.ofFunction(path, fn.name, this.#bodies.ofFunction(path, facts, fn));
  }

  askedOf(row: Extract<CallerRow, { kind: 'caller' }>): Asked {
    return { name: row.caller, path: row.definition.path, isStatic: this.#isStatic(row) };
  }

  #isStatic({ caller, definition }: Extract<CallerRow, { kind: 'caller' }>): boolean {
    const definitions = this.#bodies.index.definitionsOf(caller);
    return definitions.find(({ path }) => path === definition.path)?.isStatic ?? false;
  }

  /** The nearest first. */
  #callingFiles(asked: Asked): readonly string[] {
    const isLocal = asked.isStatic && asked.path.endsWith('.c');
    return isLocal ? [asked.path] : nearestFirst(this.#bodies.index.callersOf(asked.name), asked.path);
  }

  #calls(asked: Asked, files: readonly string[]): readonly CallerRow[] {
    return files.flatMap((path) => {
      const facts = this.#bodies.loaded.get(path);
      return facts ? this.#callsIn(path, facts, asked) : [];
    });
  }

  #callsIn(path: string, facts: FileFacts, asked: Asked): CallerRow[] {
    if (!mentions(facts, asked.name)) return [];
    return [
      ...facts.functions.flatMap((fn) => this.#callsOfFunction(path, facts, fn, asked)),
      ...facts.macros.flatMap((macro) => macroCall(path, facts, macro, asked)),
    ];
  }

  /** One row for each set of things held. */
  #callsOfFunction(path: string, facts: FileFacts, fn: FunctionFacts, asked: Asked): CallerRow[] {
    if (!calls(facts, fn.flow, asked.name)) return [];
    const read = this.#bodies.ofFunction(path, facts, fn);
    const rows = new Map<string, CallerRow>();
    for (const step of read.steps) {
      if (step.kind !== 'call' || step.name !== asked.name || step.target.path !== asked.path) continue;
      const held = this.#held.ofFunction(path, fn.name, read);
      const holds = held.at(step.op).map(heldRow);
      const letGo = held.ways(step.op).flatMap(({ released }) => released);
      const key = holds.map((held) => `${held.objectKind} ${held.object}`).join();
      const definition = { path, at: fn.at };
      const known = rows.get(key);
      if (known?.kind === 'caller') {
        rows.set(key, { ...known, also: [...(known.also ?? []), { path, at: step.at }] });
        continue;
      }
      rows.set(key, {
        ...{ kind: 'caller', path, at: step.at, caller: fn.name, definition, holds, callers: [] },
        ...(letGo.length > 0 && { letGo }),
      });
    }
    return [...rows.values()];
  }

  /** `.ndo_open = acme_open`, and `ops->open = acme_open`. */
  #tables(asked: Asked): CallerRow[] {
    const uses = this.#bodies.index.fieldUsesOf(asked.name);
    return uses
      .filter(({ path }) => this.#means(path, asked))
      .map(({ path, at, field }): CallerRow => {
        const struct = this.#slots.structSetting(path, field, asked.name);
        const via = struct === undefined ? field : `${struct}.${field}`;
        const known = struct === undefined ? undefined : this.#callbackOf(struct, field);
        return { kind: 'table', path, at, via, holds: (known?.holds ?? []).flatMap(coreLock) };
      });
  }

  /** `INIT_WORK(&acme->reset, acme_reset)` in the function's own file. */
  #handlers(asked: Asked): CallerRow[] {
    const facts = this.#bodies.loaded.get(asked.path);
    if (!facts) return [];
    const operations = facts.functions.flatMap((fn) =>
      this.#bodies
        .ofFunction(asked.path, facts, fn)
        .steps.flatMap((step) => (step.kind === 'operation' ? [{ step, fn, facts }] : [])),
    );
    const rows = new Map<string, CallerRow>();
    for (const { step, fn } of operations) {
      if (handlerIn(step, fn, facts) !== asked.name) continue;
      const { objectKind, object, at } = step;
      const queuedBy = operations
        .filter(({ step: other }) => isStart(other) && other.object === object)
        .map(({ step: other, fn: caller }) => ({ path: asked.path, at: other.at, caller: caller.name }));
      if (!rows.has(object))
        rows.set(object, { kind: 'handler', path: asked.path, at, objectKind, object, queuedBy, holds: [] });
    }
    return [...rows.values()];
  }

  #means(from: string, asked: Asked): boolean {
    if (from === asked.path) return true;
    const includes = this.#bodies.loaded.get(from)?.includes ?? [];
    return resolveCall(this.#bodies.index, asked.name, { path: from, includes })?.path === asked.path;
  }
}

export interface CallingFunction {
  readonly path: string;
  readonly facts: FileFacts;
  readonly fn: FunctionFacts;
}

const mentions = (facts: FileFacts, name: string): boolean => new Set(facts.terms.usedNames()).has(name);

export const heldRow = (step: HeldStep): HeldRow => ({
  objectKind: step.objectKind,
  object: step.object,
  ...(step.primitive.mode && { mode: step.primitive.mode }),
});

function coreLock(lock: CallbackLock): readonly HeldRow[] {
  // What points at the table is not looked up here.
  if ('tableOf' in lock) return [];
  const mode = lock.mode === undefined ? {} : { mode: lock.mode };
  return [{ objectKind: lock.kind, object: nameOfLock(lock), ...mode }];
}

function nameOfLock(lock: CallbackLock): string {
  if ('object' in lock) return lock.object;
  return 'type' in lock ? `${lock.type}.${lock.member}` : 'this attribute';
}

function calls(
  facts: FileFacts,
  flow: FunctionFacts['flow'],
  name: string,
): { readonly at: Position } | undefined {
  for (let i = 0; i < flow.count; i++) {
    const op = flow.op(i);
    if (op.kind !== 'call') continue;
    const call = facts.terms.expr(op.call);
    const callee = call.kind === 'call' ? facts.terms.expr(call.callee) : undefined;
    if (callee?.kind === 'name' && callee.name === name) return op;
  }
  return undefined;
}

/** `#define foo(x) __foo(x, 0)`: its users call `__foo`. */
function macroCall(path: string, facts: FileFacts, macro: MacroFacts, asked: Asked): CallerRow[] {
  const { body, name, at } = macro;
  const flow = body.kind === 'expression' || body.kind === 'statements' ? body.flow : undefined;
  if (!flow || name === asked.name || !calls(facts, flow, asked.name)) return [];
  return [{ kind: 'caller', path, at, caller: name, definition: { path, at }, holds: [], callers: [] }];
}

function nearestFirst(paths: readonly string[], from: string): readonly string[] {
  const distance = (path: string): number => {
    const [a, b] = [folderOf(path).split('/'), folderOf(from).split('/')];
    let shared = 0;
    while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
    return path === from ? -1 : a.length + b.length - 2 * shared;
  };
  return [...paths].sort((a, b) => distance(a) - distance(b) || (a < b ? -1 : 1));
}
