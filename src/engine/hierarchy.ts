// hierarchy.ts
// One level of calls up and down from a function, as a tree in an editor shows it: all that is called or calls, also
// through tables, works, timers and interrupts, each with a word on how. What cannot be followed is counted.

import { lineOf } from '../base/position.ts';
import type { FileFacts, FunctionFacts } from '../facts/fileFacts.ts';
import type { Position } from '../base/position.ts';
import type { LoadedFacts } from '../program/loadedFacts.ts';
import type { Slot } from '../program/meaning.ts';
import { namesOf } from '../program/fileNames.ts';
import type { Step } from '../program/operations.ts';
import type { CallbackTable } from '../program/ownTables.ts';
import { SlotFunctions } from '../program/slotFunctions.ts';
import { Bodies } from './bodies.ts';
import type { ReadBody } from './bodies.ts';
import { CallerReader } from './callers.ts';
import { handlerIn, isStart } from './handlerSteps.ts';
import type { HeldStep } from './heldInside.ts';
import { HeldReader } from './heldReader.ts';
import { isWorthARow } from './operationRows.ts';
import type { CallEdge, CallerRow, CallHow, CallItem, CallLevel, Place } from './results.ts';

/** Over the facts that are loaded at this moment. */
export class HierarchyReader {
  readonly #bodies: Bodies;
  readonly #slots: SlotFunctions;
  readonly #callers: CallerReader;

  constructor(loaded: LoadedFacts, callbackOf: CallbackTable) {
    this.#bodies = new Bodies(loaded);
    this.#slots = new SlotFunctions(loaded, this.#bodies.types);
    this.#callers = new CallerReader(this.#bodies, new HeldReader(this.#bodies), callbackOf);
  }

  functionItem(path: string, name: string): CallItem | undefined {
    const facts = this.#bodies.loaded.get(path);
    const fn = facts && namesOf(facts).functions.get(name);
    return fn && itemOf(path, fn);
  }

  incoming(path: string, name: string): CallLevel {
    const isStatic =
      this.#bodies.index.definitionsOf(name).find((one) => one.path === path)?.isStatic ?? false;
    const { rows, more } = this.#callers.direct({ name, path, isStatic });
    return { edges: merged(rows.flatMap((row) => this.#edgesUp(row))), more };
  }

  /** Who calls through this member of a table, in the files given. */
  throughTable(slot: Slot, files: readonly string[]): CallLevel {
    const edges = files.flatMap((path) => {
      const facts = this.#bodies.loaded.get(path);
      return (facts?.functions ?? []).flatMap((fn) => this.#callsThrough(slot, path, facts!, fn));
    });
    return { edges: merged(edges), more: 0 };
  }

  outgoing(path: string, name: string): CallLevel {
    const facts = this.#bodies.loaded.get(path);
    const fn = facts && namesOf(facts).functions.get(name);
    if (!fn) return { edges: [], more: 0 };
    const read = this.#bodies.ofFunction(path, facts, fn);
    const edges: CallEdge[] = [];
    const lost: { readonly text: string; readonly at: Position }[] = [];
    for (const step of read.steps) {
      if (step.kind === 'operation') edges.push(...this.#handlerEdges(step, path, facts, fn));
      else if (step.kind === 'call') edges.push(...this.#callEdges(step, read, path));
      else {
        const targets = this.#targets(step, read, path);
        if (targets.length === 0) lost.push(step);
        edges.push(...targets);
      }
    }
    return { edges: [...merged(edges), ...lostEdge(itemOf(path, fn), lost)], more: 0 };
  }

  #edgesUp(row: CallerRow): readonly CallEdge[] {
    const at = { path: row.path, at: row.at };
    switch (row.kind) {
      case 'caller': {
        // A macro that calls it has no body of its own.
        const item =
          this.functionItem(row.definition.path, row.caller) ?? pointItem(row.caller, row.definition);
        return [{ item, how: { kind: 'call', holds: row.holds }, places: [at, ...(row.also ?? [])] }];
      }
      case 'table': {
        const [struct, member] = row.via.split('.');
        const slot = struct !== undefined && member !== undefined ? { slot: { struct, member } } : {};
        const item: CallItem = { ...pointItem(row.via, at), kind: 'table', ...slot };
        return [{ item, how: { kind: 'table', via: row.via, holds: row.holds }, places: [at] }];
      }
      case 'handler': {
        const { objectKind, object, queuedBy } = row;
        const starts = queuedBy.flatMap((by) => this.functionItem(by.path, by.caller) ?? []);
        if (starts.length > 0)
          return starts.map((item, i) => {
            const how: CallHow = { kind: 'handler', word: startWord(objectKind), objectKind, object };
            return { item, how, places: [{ path: item.path, at: queuedBy[i]!.at }] };
          });
        const around = this.#functionAround(at);
        const how: CallHow = { kind: 'handler', word: 'sets up', objectKind, object };
        return around ? [{ item: around, how, places: [at] }] : [];
      }
    }
  }

  #functionAround({ path, at }: Place): CallItem | undefined {
    const facts = this.#bodies.loaded.get(path);
    const line = lineOf(at);
    const fn = facts?.functions.find((one) => lineOf(one.start) <= line && line <= lineOf(one.end));
    return fn && itemOf(path, fn);
  }

  #callsThrough(slot: Slot, path: string, facts: FileFacts, fn: FunctionFacts): readonly CallEdge[] {
    const { body, steps } = this.#bodies.ofFunction(path, facts, fn);
    const places = steps.flatMap((step) => {
      const found =
        step.kind === 'unresolved' && step.pointer !== undefined && this.#slots.slotOf(step.pointer, body);
      return found && found.struct === slot.struct && found.member === slot.member
        ? [{ path, at: step.at }]
        : [];
    });
    const how: CallHow = { kind: 'table', via: `${slot.struct}.${slot.member}`, holds: [] };
    return places.length === 0 ? [] : [{ item: itemOf(path, fn), how, places }];
  }

  #callEdges(step: Extract<Step, { kind: 'call' }>, { body }: ReadBody, path: string): readonly CallEdge[] {
    const { target, name, at } = step;
    const places = [{ path, at }];
    const how: CallHow = { kind: 'call', holds: [] };
    if (target.kind === 'function') {
      const item = this.functionItem(target.path, name) ?? pointItem(name, target);
      return [{ item, how, places }];
    }
    // Most macros are words of the language; those that do something to locks are not.
    const called = this.#bodies.ofCall(step, body);
    const isTold = called?.steps.some((inner) => inner.kind === 'operation' && isWorthARow(inner)) ?? false;
    return isTold ? [{ item: pointItem(name, target), how, places }] : [];
  }

  #targets(
    step: Extract<Step, { kind: 'unresolved' }>,
    { body }: ReadBody,
    path: string,
  ): readonly CallEdge[] {
    const slot = step.pointer === undefined ? undefined : this.#slots.slotOf(step.pointer, body);
    if (!slot) return [];
    const how: CallHow = { kind: 'table', via: `${slot.struct}.${slot.member}`, holds: [] };
    return this.#slots.targetsOf(slot, path).map(({ name, target }) => {
      const item = this.functionItem(target.path, name) ?? pointItem(name, target);
      return { item, how, places: [{ path, at: step.at }] };
    });
  }

  /** What runs because of this step: the handler of a work that is queued, of an interrupt that is asked for. */
  #handlerEdges(step: HeldStep, path: string, facts: FileFacts, fn: FunctionFacts): readonly CallEdge[] {
    const { objectKind, object, at } = step;
    const own = handlerIn(step, fn, facts);
    const word = own === undefined ? startWord(objectKind) : 'sets up';
    const names = own === undefined ? (isStart(step) ? this.#handlersOf(object, path, facts) : []) : [own];
    return names.flatMap((name) => {
      const item = this.functionItem(path, name);
      const how: CallHow = { kind: 'handler', word, objectKind, object };
      return item ? [{ item, how, places: [{ path, at }] }] : [];
    });
  }

  #handlersOf(object: string, path: string, facts: FileFacts): readonly string[] {
    const found = facts.functions.flatMap((fn) =>
      this.#bodies.ofFunction(path, facts, fn).steps.flatMap((step) => {
        const isSame = step.kind === 'operation' && step.object === object;
        const handler = isSame ? handlerIn(step, fn, facts) : undefined;
        return handler ?? [];
      }),
    );
    return [...new Set(found)];
  }
}

const startWord = (kind: HeldStep['objectKind']): 'arms' | 'queues' =>
  kind === 'timer' || kind === 'hrtimer' ? 'arms' : 'queues';

const itemOf = (path: string, { name, at, start, end }: FunctionFacts): CallItem => ({
  ...{ kind: 'function', name, path, at, start, end },
});

const pointItem = (name: string, { path, at }: Place): CallItem => ({
  ...{ kind: 'function', name, path, at, start: at, end: at },
});

/** One for all that leads nowhere, so that silence means something. */
function lostEdge(
  caller: CallItem,
  lost: readonly { readonly text: string; readonly at: Position }[],
): readonly CallEdge[] {
  const [first] = lost;
  if (!first) return [];
  const { path } = caller;
  const item: CallItem = { ...pointItem('', { path, at: first.at }), kind: 'lost' };
  const how: CallHow = { kind: 'lost', texts: [...new Set(lost.map(({ text }) => text))] };
  return [{ item, how, places: lost.map(({ at }) => ({ path, at })) }];
}

/** One edge for each item and each way of calling it. */
function merged(edges: readonly CallEdge[]): readonly CallEdge[] {
  const byKey = new Map<string, CallEdge>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.item.path, edge.item.name, edge.item.at, edge.how]);
    const known = byKey.get(key);
    byKey.set(key, known ? { ...known, places: [...known.places, ...edge.places] } : edge);
  }
  return [...byKey.values()];
}
