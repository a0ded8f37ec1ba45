// deepRows.ts
// The rows of a function with those of its callees, as deep as asked, through tables of functions too.

import type { FileFacts, FunctionFacts } from '../facts/fileFacts.ts';
import { isLeaf } from '../program/leaf.ts';
import type { Step } from '../program/operations.ts';
import { SlotFunctions } from '../program/slotFunctions.ts';
import type { Body } from '../program/types.ts';
import type { Bodies, CalledBody } from './bodies.ts';
import { mostFrequentFirst } from './nameCounts.ts';
import { isWorthARow, operationRow } from './operationRows.ts';
import type { CallRow, NameCount, Place, Row } from './results.ts';

export interface DeepRows {
  readonly rows: readonly Row[];
  readonly unresolved: readonly string[];
  readonly unresolvedBelow: readonly NameCount[];
  /** Functions that lie deeper. */
  readonly notEntered: number;
}

// A page that nobody reads to its end; what is left out is counted.
const mostRows = 3000;

/** Over the facts that are loaded at this moment. */
export function deepRows(
  bodies: Bodies,
  { path, facts, fn }: { readonly path: string; readonly facts: FileFacts; readonly fn: FunctionFacts },
  depth: number,
): DeepRows {
  const descent = new Descent(bodies, depth, path);
  const own = new Set<string>();
  const level = { depth, stack: [keyAt(path, fn.name)], unresolved: (text: string) => void own.add(text) };
  const { body, steps } = bodies.ofFunction(path, facts, fn);
  const rows = descent.rows(body, steps, level);
  const unresolvedBelow = mostFrequentFirst(descent.unresolved);
  return { rows, unresolved: [...own], unresolvedBelow, notEntered: descent.notEntered };
}

interface Level {
  /** Levels below this one. */
  readonly depth: number;
  /** The functions that are running. */
  readonly stack: readonly string[];
  readonly unresolved: (text: string) => void;
}

/** One way down from one function. */
class Descent {
  readonly unresolved = new Map<string, number>();
  readonly #cut = new Set<string>();
  readonly #bodies: Bodies;
  readonly #slots: SlotFunctions;
  readonly #depth: number;
  readonly #home: string;
  /** How many levels of a callee have been shown, and whether it had rows. */
  readonly #shown = new Map<string, { readonly depth: number; readonly isEmpty: boolean }>();
  #count = 0;

  constructor(bodies: Bodies, depth: number, home: string) {
    this.#bodies = bodies;
    this.#slots = new SlotFunctions(bodies.loaded, bodies.types);
    this.#depth = depth;
    this.#home = home;
  }

  /** What is cut off on one way may be shown on another. */
  get notEntered(): number {
    return [...this.#cut].filter((key) => !this.#shown.has(key)).length;
  }

  rows(body: Body, steps: readonly Step[], level: Level): Row[] {
    return steps.flatMap((step): readonly Row[] => {
      switch (step.kind) {
        case 'operation':
          if (!isWorthARow(step)) return [];
          this.#count++;
          return [operationRow(step, body.scope.path)];
        case 'call': {
          const called = this.#bodies.ofCall(step, body);
          return called ? this.#call(called, step, body, level) : [];
        }
        case 'unresolved': {
          const rows = this.#throughPointer(step, body, level);
          if (!rows) level.unresolved(step.text);
          return rows ?? [];
        }
      }
    });
  }

  /** `undefined`: nobody knows where it leads. */
  #throughPointer(step: UnresolvedStep, body: Body, level: Level): readonly Row[] | undefined {
    if (step.pointer === undefined) return undefined;
    const slot = this.#slots.slotOf(step.pointer, body);
    const targets = slot ? this.#slots.targetsOf(slot, this.#home) : [];
    if (!slot || targets.length === 0) return undefined;
    const via = `${slot.struct}.${slot.member}`;
    return targets.flatMap(({ name, target }) => {
      const called = this.#bodies.ofDefinition(name, target);
      return called ? this.#call(called, step, body, level).map((row) => ({ ...row, via })) : [];
    });
  }

  /** One row, or none for a function that does nothing worth a row. */
  #call(called: CalledBody, step: Step, caller: Body, level: Level): readonly CallRow[] {
    const { name, definition, isMacro } = called;
    const key = keyAt(definition.path, name);
    const place = { path: caller.scope.path, at: step.at };
    const row = { kind: 'call' as const, ...place, callee: name, definition: placeOf(definition), rows: [] };
    if (level.stack.includes(key)) return [{ ...row, repeats: 'cycle' }];
    if (this.#isForeign(definition.path, level)) return [];
    if (level.depth === 0 || this.#count > mostRows) {
      if (!isMacro) this.#cut.add(key);
      return [];
    }
    const shown = isMacro ? undefined : this.#shown.get(key);
    if (shown && shown.depth >= level.depth) return shown.isEmpty ? [] : [{ ...row, repeats: 'above' }];
    const rows = this.#below(called, key, level);
    return rows.length === 0 ? [] : [{ ...row, rows }];
  }

  /** What a macro calls lies on the level of its user. */
  #below({ body, steps, isMacro }: CalledBody, key: string, { depth, stack }: Level): readonly Row[] {
    const unresolved = (text: string): void =>
      void this.unresolved.set(text, (this.unresolved.get(text) ?? 0) + 1);
    const inner = { depth: isMacro ? depth : depth - 1, stack: [...stack, key], unresolved };
    if (isMacro) return this.rows(body, steps, inner);
    this.#shown.set(key, { depth, isEmpty: true });
    const rows = this.rows(body, steps, inner);
    this.#shown.set(key, { depth, isEmpty: rows.length === 0 });
    return rows;
  }

  /** What lies in folders that say nothing is shown where the function itself calls it, and not followed further. */
  #isForeign(path: string, { depth }: Level): boolean {
    return depth < this.#depth && isLeaf(path) && !isLeaf(this.#home);
  }
}

type UnresolvedStep = Extract<Step, { kind: 'unresolved' }>;

const placeOf = ({ path, at }: Place): Place => ({ path, at });

const keyAt = (path: string, name: string): string => `${path}:${name}`;
