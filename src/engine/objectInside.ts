// objectInside.ts
// What single functions do to one lock, work or completion, what they hold then, and what they take under it, with
// direct calls followed.

import { lockKinds } from '../effects/tables.ts';
import type { FileFacts, FunctionFacts } from '../facts/fileFacts.ts';
import type { ObjectKind, OperationEffect } from '../kernel/primitive.ts';
import type { Step } from '../program/operations.ts';
import type { Bodies, CalledBody, ReadBody } from './bodies.ts';
import { heldRow } from './callers.ts';
import type { Asked } from './callers.ts';
import { isSame } from './heldInside.ts';
import type { HeldInside, HeldStep } from './heldInside.ts';
import type { HeldReader } from './heldReader.ts';
import type { HeldRow, ObjectUse, OrderRow, Place } from './results.ts';

/** Equal names of one kind are the same class, as far as one can see from a function. */
export interface AskedObject {
  readonly objectKind: ObjectKind;
  readonly object: string;
}

// What a callee of a callee of a callee takes.
const deepestTaken = 3;

export interface FoundInside {
  readonly asked: Asked;
  readonly uses: readonly ObjectUse[];
  /** What the function itself holds where it takes the object, and where that is. */
  readonly takings: readonly (Place & { readonly own: readonly HeldRow[] })[];
  /** What is taken under it. */
  readonly over: readonly OrderRow[];
}

/** What single functions do to the object, over the facts that are loaded at this moment. */
export class InsideReader {
  readonly #bodies: Bodies;
  readonly #held: HeldReader;
  readonly #inFiles: ReadonlySet<string>;
  readonly #asked: AskedObject;
  readonly #taken = new Map<string, readonly OrderRow[]>();

  constructor(bodies: Bodies, held: HeldReader, inFiles: ReadonlySet<string>, asked: AskedObject) {
    this.#bodies = bodies;
    this.#held = held;
    this.#inFiles = inFiles;
    this.#asked = asked;
  }

  /** `undefined`: the object is not used there, nor held. */
  look(path: string, facts: FileFacts, fn: FunctionFacts): FoundInside | undefined {
    const read = this.#bodies.ofFunction(path, facts, fn);
    if (!this.#mayUse(read)) return undefined;
    const held = this.#held.ofFunction(path, fn.name, read);
    const meant = read.steps.flatMap((step) =>
      step.kind === 'operation' && this.#isMeant(step) ? [step] : [],
    );
    const takings = meant.filter(isTaking).map(({ op, at }) => ({
      ...{ path, at },
      own: held.ways(op).flatMap(({ holds }) => holds.map(heldRow)),
    }));
    const over = lockKinds.has(this.#asked.objectKind)
      ? read.steps.flatMap((step) => this.#takenUnder(path, fn, { read, held }, step))
      : [];
    const uses = meant.map(({ effect, primitive, at }): ObjectUse => ({
      ...{ effect, primitive: primitive.name, functionName: fn.name, path, at },
    }));
    return { asked: { name: fn.name, path, isStatic: fn.isStatic }, uses, takings, over };
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

  #takenUnder(
    path: string,
    { name }: FunctionFacts,
    { read, held }: { readonly read: ReadBody; readonly held: HeldInside },
    step: Step,
  ): readonly OrderRow[] {
    if (!held.ways(step.op).some(({ holds }) => holds.some(isSame(this.#asked)))) return [];
    const place = { path, at: step.at, functionName: name };
    const called = step.kind === 'call' ? this.#near(step, read.body) : undefined;
    const rows = step.kind === 'operation' ? takenBy(step) : this.#takenIn(called, deepestTaken);
    return rows.filter((row) => !isSame(this.#asked)(row)).map((row) => ({ ...row, ...place }));
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
      for (const row of taken) rows.add({ ...row, ...place });
    }
    this.#taken.set(key, rows.rows);
    return rows.rows;
  }
}

export class Rows {
  readonly #rows: OrderRow[] = [];

  get rows(): readonly OrderRow[] {
    return this.#rows;
  }

  /** The first place of each. */
  add({ objectKind, object, mode, path, at, functionName }: OrderRow): void {
    if (this.#rows.some(isSame({ objectKind, object }))) return;
    this.#rows.push({ objectKind, object, ...(mode && { mode }), path, at, functionName });
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
