// analyse.ts
// From the files of one unit to its findings: links them with everything that they reach, follows what all of it
// holds, and looks for waits that close.

import type { Token } from '../base/cancel.ts';
import { effectsOf } from '../effects/effects.ts';
import type { GivenUp } from '../effects/results.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { Primitive } from '../kernel/primitive.ts';
import { linkProgram } from '../program/link.ts';
import { LinkMemory } from '../program/linkMemory.ts';
import type { Program } from '../program/meaning.ts';
import { readStubs } from '../program/stubFacts.ts';
import type { Knowledge } from '../program/treeKnowledge.ts';
import type { Unit } from '../program/units.ts';
import { findingsOf } from '../waits/findings.ts';
import type { Finding } from '../waits/finding.ts';
import { lockOrdersOf, noLocks } from '../waits/lockOrders.ts';
import type { UnitLocks } from '../waits/lockOrders.ts';

export interface UnitResult {
  readonly findings: readonly Finding[];
  /** Functions of the unit. */
  readonly functions: number;
  /** All functions that were followed, those that the unit's call elsewhere included. */
  readonly reached: number;
  /** Calls in the unit that lead nobody knows where, as written, with how often. */
  readonly unresolved: ReadonlyMap<string, number>;
  /** The same in what it reaches. */
  readonly unresolvedElsewhere: ReadonlyMap<string, number>;
  readonly givenUp: readonly GivenUp[];
  readonly locks: UnitLocks;
}

export type AnalyseUnit = (unit: Unit, token: Token) => Promise<UnitResult>;

export interface AnalyserParts {
  /** May lie over that of another view. */
  readonly memory?: LinkMemory;
  /** Asked between the linking of a unit, which may pause, and the rest, which does not. */
  readonly linked?: ((functions: number) => Promise<void>) | undefined;
  /** Nobody will ask in which order locks are taken. */
  readonly withoutLocks?: boolean;
}

/** For all units of one view of one tree: what they share is read once. */
export async function unitAnalyser(
  index: TreeIndex,
  knowledge: Knowledge,
  token: Token,
  { memory = new LinkMemory(index), linked, withoutLocks }: AnalyserParts = {},
): Promise<AnalyseUnit> {
  const primitiveOf = (name: string): Primitive | undefined => knowledge.primitiveOf(name);
  const guardOf = (name: string): Primitive | undefined => knowledge.guardOf(name);
  const callbackOf: Knowledge['callbackOf'] = (struct, member) => knowledge.callbackOf(struct, member);
  const stubs = await readStubs(knowledge.stubs, index, token);
  return async (scope, unitToken) => {
    const request = { index, scope, stubs, primitiveOf, guardOf, callbackOf, memory };
    const program = await linkProgram(request, unitToken);
    await linked?.(program.functions.length);
    const effects = effectsOf(program, unitToken);
    const files = new Set(scope);
    return {
      findings: findingsOf(effects, unitToken),
      functions: program.functions.filter((fn) => fn.inScope && !fn.isMacro).length,
      reached: program.counts.functions,
      ...unresolvedIn(program),
      givenUp: effects.givenUp,
      locks: withoutLocks ? noLocks : lockOrdersOf(effects, (path) => files.has(path)),
    };
  };
}

function unresolvedIn(program: Program): Pick<UnitResult, 'unresolved' | 'unresolvedElsewhere'> {
  const unresolved = new Map<string, number>();
  for (const fn of program.functions.filter((candidate) => candidate.inScope)) {
    for (let op = 0; op < fn.body.flow.count; op++) {
      const meaning = program.meaningOf(fn.id, op);
      if (meaning?.kind === 'unresolved') {
        unresolved.set(meaning.text, (unresolved.get(meaning.text) ?? 0) + 1);
      }
    }
  }
  const elsewhere = [...program.unresolved].map(([name, count]): [string, number] => [
    name,
    count - (unresolved.get(name) ?? 0),
  ]);
  return { unresolved, unresolvedElsewhere: new Map(elsewhere.filter(([, count]) => count > 0)) };
}
