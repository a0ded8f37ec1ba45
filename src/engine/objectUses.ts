// objectUses.ts
// Who does what to one lock, work or completion in the files around it, what is held then, and what is taken under it:
// from what each function says, with direct calls followed. The whole analysis knows more, and takes seconds.

import { lockKinds } from '../effects/tables.ts';
import type { ObjectKind, OperationEffect } from '../kernel/primitive.ts';
import type { LoadedFacts } from '../program/loadedFacts.ts';
import type { Step } from '../program/operations.ts';
import type { CallbackTable } from '../program/ownTables.ts';
import { Bodies } from './bodies.ts';
import type { CalledBody, ReadBody } from './bodies.ts';
import { CallerReader, heldRow } from './callers.ts';
import type { Asked } from './callers.ts';
import { EntryReader } from './heldOnEntry.ts';
import { isSame } from './heldInside.ts';
import type { HeldInside, HeldStep } from './heldInside.ts';
import { HeldReader } from './heldReader.ts';
import type { HandlerContext, HeldRow, ObjectReport, ObjectUse, OrderRow } from './results.ts';

/** Equal names of one kind are the same class, as far as one can see from a function. */
export interface AskedObject {
  readonly objectKind: ObjectKind;
  readonly object: string;
}

// What a callee of a callee of a callee takes.
const deepestTaken = 3;
// Handlers are rarely further away from what they lock.
const deepestHandler = 3;

/** Over the facts that are loaded at this moment, of these files. */
export function usesOf(
  loaded: LoadedFacts,
  files: readonly string[],
  asked: AskedObject,
  callbackOf: CallbackTable,
): ObjectReport {
  return new UseReader(loaded, files, asked, callbackOf).read();
}

interface Found {
  readonly asked: Asked;
  readonly read: ReadBody;
  readonly held: HeldInside;
}

class UseReader {
  readonly #bodies: Bodies;
  readonly #held: HeldReader;
  readonly #callers: CallerReader;
  readonly #entries: EntryReader;
  readonly #files: readonly string[];
  readonly #inFiles: ReadonlySet<string>;
  readonly #asked: AskedObject;
  readonly #taken = new Map<string, readonly HeldRow[]>();

  constructor(loaded: LoadedFacts, files: readonly string[], asked: AskedObject, callbackOf: CallbackTable) {
    this.#bodies = new Bodies(loaded);
    this.#held = new HeldReader(this.#bodies);
    this.#callers = new CallerReader(loaded, callbackOf);
    this.#entries = new EntryReader(this.#callers);
    this.#files = files;
    this.#inFiles = new Set(files);
    this.#asked = asked;
  }

  read(): ObjectReport {
    const uses: ObjectUse[] = [];
    const under = new Rows();
    const over = new Rows();
    const contexts = new Map<string, HandlerContext>();
    for (const found of this.#functions()) {
      for (const step of found.read.steps) {
        if (step.kind === 'operation' && this.#isMeant(step)) {
          uses.push(this.#use(found, step));
          if (isTaking(step)) this.#whatIsHeld(found, step, under);
        }
        if (lockKinds.has(this.#asked.objectKind)) this.#takenUnder(found, step, over);
      }
    }
    for (const { asked } of this.#takers(uses)) this.#handlers(asked, contexts, deepestHandler, new Set());
    const { objectKind, object } = this.#asked;
    return {
      ...{ objectKind, object, uses, files: this.#files.length },
      ...{ over: over.rows, under: under.rows, contexts: [...contexts.values()] },
    };
  }

  /** Those in which the object is used or may be held. */
  *#functions(): Iterable<Found> {
    for (const path of this.#files) {
      const facts = this.#bodies.loaded.get(path);
      for (const fn of facts?.functions ?? []) {
        const read = this.#bodies.ofFunction(path, facts!, fn);
        if (!this.#mayUse(read)) continue;
        const held = this.#held.ofFunction(path, fn.name, read);
        yield { asked: { name: fn.name, path, isStatic: fn.isStatic }, read, held };
      }
    }
  }

  #mayUse({ body, steps }: ReadBody): boolean {
    return steps.some((step) => {
      if (step.kind === 'operation') return this.#isMeant(step);
      const called = step.kind === 'call' ? this.#near(step, body) : undefined;
      return called?.steps.some((inner) => inner.kind === 'operation' && this.#isMeant(inner)) ?? false;
    });
  }

  /** What lies elsewhere would have to be read first, and its headers with it. */
  #near(step: Extract<Step, { kind: 'call' }>, caller: ReadBody['body']): CalledBody | undefined {
    return this.#inFiles.has(step.target.path) ? this.#bodies.ofCall(step, caller) : undefined;
  }

  #isMeant(step: HeldStep): boolean {
    const { objectKind, object } = this.#asked;
    return step.object === object && (step.objectKind === objectKind || isSame(this.#asked)(step));
  }

  #use({ asked }: Found, step: HeldStep): ObjectUse {
    const { effect, primitive } = step;
    return { effect, primitive: primitive.name, functionName: asked.name, path: asked.path, at: step.at };
  }

  #whatIsHeld({ asked, held }: Found, step: HeldStep, under: Rows): void {
    const place = { path: asked.path, at: step.at };
    const own = held.ways(step.op).flatMap(({ holds }) => holds);
    const { always, sometimes } = this.#entries.of(asked);
    for (const row of [...own.map(heldRow), ...always, ...sometimes])
      if (!isSame(this.#asked)(row)) under.add(row, { ...place, functionName: asked.name });
  }

  #takenUnder({ asked, read, held }: Found, step: Step, over: Rows): void {
    if (!held.ways(step.op).some(({ holds }) => holds.some(isSame(this.#asked)))) return;
    const place = { path: asked.path, at: step.at, functionName: asked.name };
    const called = step.kind === 'call' ? this.#near(step, read.body) : undefined;
    const rows = step.kind === 'operation' ? takenBy(step) : this.#takenIn(called, deepestTaken);
    for (const row of rows) if (!isSame(this.#asked)(row)) over.add(row, place);
  }

  #takenIn(called: CalledBody | undefined, depth: number): readonly HeldRow[] {
    if (!called || depth === 0) return [];
    const key = `${depth} ${called.definition.path}:${called.name}`;
    const known = called.isMacro ? undefined : this.#taken.get(key);
    if (known) return known;
    this.#taken.set(key, []);
    const rows = new Rows();
    const place = { path: called.definition.path, at: called.definition.at, functionName: called.name };
    for (const step of called.steps) {
      const inner = step.kind === 'call' ? this.#near(step, called.body) : undefined;
      const taken = step.kind === 'operation' ? takenBy(step) : this.#takenIn(inner, depth - 1);
      for (const row of taken) rows.add(row, place);
    }
    this.#taken.set(key, rows.rows);
    return rows.rows;
  }

  #takers(uses: readonly ObjectUse[]): readonly { readonly asked: Asked }[] {
    const names = new Map(uses.map((use) => [`${use.path}:${use.functionName}`, use]));
    return [...names.values()].map(({ functionName, path }) => {
      const definitions = this.#bodies.index.definitionsOf(functionName);
      const isStatic = definitions.find((definition) => definition.path === path)?.isStatic ?? false;
      return { asked: { name: functionName, path, isStatic } };
    });
  }

  /** Works, timers and interrupts that run it, up the callers. */
  #handlers(asked: Asked, found: Map<string, HandlerContext>, depth: number, seen: Set<string>): void {
    const key = `${asked.path}:${asked.name}`;
    if (depth === 0 || seen.has(key)) return;
    seen.add(key);
    for (const row of this.#callers.direct(asked).rows) {
      if (row.kind === 'caller') this.#handlers(this.#callers.askedOf(row), found, depth - 1, seen);
      if (row.kind !== 'handler') continue;
      const { objectKind, object, path, at } = row;
      found.set(`${objectKind} ${object}`, { objectKind, object, functionName: asked.name, path, at });
    }
  }
}

class Rows {
  readonly #rows: OrderRow[] = [];

  get rows(): readonly OrderRow[] {
    return this.#rows;
  }

  /** The first place of each. */
  add({ objectKind, object, mode }: HeldRow, place: Omit<OrderRow, keyof HeldRow>): void {
    if (this.#rows.some(isSame({ objectKind, object }))) return;
    this.#rows.push({ objectKind, object, ...(mode && { mode }), ...place });
  }
}

const taking: ReadonlySet<OperationEffect> = new Set(['acquire', 'try']);

const isTaking = ({ effect, objectKind }: HeldStep): boolean =>
  taking.has(effect) && lockKinds.has(objectKind);

/** What the step takes or waits for; read sections of RCU are everywhere. */
function takenBy(step: HeldStep): readonly HeldRow[] {
  if (step.effect === 'wait') return [heldRow(step)];
  return isTaking(step) && step.objectKind !== 'rcu' && step.objectKind !== 'seqlock' ? [heldRow(step)] : [];
}
