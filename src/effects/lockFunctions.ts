// lockFunctions.ts
// Functions that are there to lock: they return with a lock that their callers, or a function of its own, let go.

import type { Position } from '../base/position.ts';
import type { EntryKind, FnId } from '../program/meaning.ts';
import type { Exit } from './summary.ts';
import type { Summaries } from './summaries.ts';
import type { EffectTables } from './tables.ts';

export class LockFunctions {
  readonly #summaries: Summaries;
  readonly #tables: EffectTables;
  /** Keys of what functions in scope let go that they have not taken. */
  readonly #releasedForOthers = new Set<string>();
  readonly #callers = new Map<FnId, Set<FnId>>();
  readonly #handlers: ReadonlySet<FnId>;

  constructor(summaries: Summaries, tables: EffectTables) {
    this.#summaries = summaries;
    this.#tables = tables;
    const { functions, entries } = tables.program;
    this.#handlers = new Set(entries.flatMap(({ fn, kind }) => (isHandler(kind) ? fn : [])));
    for (const { id, inScope } of functions) {
      if (!inScope) continue;
      for (const exit of summaries.of(id).exits) this.#addReleased(exit);
      this.#addCalls(id);
    }
  }

  /** Whether nobody but the function itself can let the lock go which it returns with. */
  mustLetGo(fn: FnId, lock: string): boolean {
    if (this.#handlers.has(fn)) return true;
    return !this.isLetGoForOthers(lock) && !this.#isLetGoByCaller(fn, lock, new Set());
  }

  /** Some function lets it go that has not taken it. */
  isLetGoForOthers(lock: string): boolean {
    return this.#releasedForOthers.has(lock);
  }

  /** What is called there to let go does so on some ways only: the condition may be the one on which it was taken. */
  mayLetGo(fn: FnId, lock: string, at: Position): boolean {
    const { program } = this.#tables;
    const flow = program.functions[fn]?.body.flow;
    for (let index = 0; flow && index < flow.count; index++) {
      const op = flow.op(index);
      const meaning = op.kind === 'call' && op.at === at ? program.meaningOf(fn, index) : undefined;
      if (meaning?.kind !== 'call') continue;
      const { exits } = this.#summaries.of(meaning.target);
      const args = this.#tables.held.argsOf(meaning.args.map((arg) => arg.place));
      const lets = exits.map(({ released }) =>
        this.#keysOf(this.#tables.held.substitute(released, args).set).includes(lock),
      );
      if (lets.includes(true) && lets.includes(false)) return true;
    }
    return false;
  }

  #addReleased({ held, released }: Exit): void {
    const kept = this.#keysOf(held);
    for (const key of this.#keysOf(released)) if (!kept.includes(key)) this.#releasedForOthers.add(key);
  }

  #addCalls(caller: FnId): void {
    const { program } = this.#tables;
    const flow = program.functions[caller]?.body.flow;
    for (let index = 0; flow && index < flow.count; index++) {
      const { kind } = flow.op(index);
      const meaning = kind === 'call' || kind === 'guard' ? program.meaningOf(caller, index) : undefined;
      if (meaning?.kind !== 'call') continue;
      const callers = this.#callers.get(meaning.target);
      if (callers) callers.add(caller);
      else this.#callers.set(meaning.target, new Set([caller]));
    }
  }

  /** Some caller returns without it. A macro is as if it stood in its callers. */
  #isLetGoByCaller(fn: FnId, lock: string, seen: Set<FnId>): boolean {
    if (seen.has(fn)) return false;
    seen.add(fn);
    return [...(this.#callers.get(fn) ?? [])].some(
      (caller) =>
        this.#summaries.of(caller).exits.some(({ held }) => !this.#keysOf(held).includes(lock)) ||
        this.#isLetGoByCaller(caller, lock, seen),
    );
  }

  #keysOf(set: Exit['held']): readonly string[] {
    const { held, classes } = this.#tables;
    return held.items(set).flatMap((id) => classes.keyOf(held.item(id).place) ?? []);
  }
}

/** Called by code that knows nothing of its locks. The core may let go what one member of a table took by another. */
function isHandler(kind: EntryKind): boolean {
  switch (kind) {
    case 'work':
    case 'timer':
    case 'hrtimer':
    case 'tasklet':
    case 'irq':
    case 'threaded irq':
    case 'napi':
    case 'kthread':
    case 'notifier':
    case 'rcu callback':
    case 'attribute':
      return true;
    case 'function':
    case 'callback':
    case 'module':
      return false;
  }
}
