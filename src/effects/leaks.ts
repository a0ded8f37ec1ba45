// leaks.ts
// Ways out of a function that keep a lock which should have been let go: the function does so elsewhere, or nobody
// can do it for the function.

import type { Position } from '../base/position.ts';
import type { ExprId, Terms } from '../facts/terms.ts';
import { primitiveOf } from '../kernel/knowledge.ts';
import { namesOf } from '../program/fileNames.ts';
import type { FnId, ProgramFunction } from '../program/meaning.ts';
import { nesting } from './acts.ts';
import { anyValue, negative, positive } from './conditions.ts';
import type { Return } from './follow.ts';
import type { Item, ItemId } from './held.ts';
import { LockFunctions } from './lockFunctions.ts';
import type { Leak, Trail, Waitable } from './results.ts';
import type { Summaries } from './summaries.ts';
import type { EffectTables } from './tables.ts';
import { isOfSame } from './summary.ts';
import { lockKinds } from './tables.ts';
import { trailOf } from './way.ts';

export interface LeakCandidate extends Leak {
  readonly id: FnId;
  /**
   * `sure`: the results of both ways tell that it is one. `likely`: otherwise it is a function that returns with the
   * lock on purpose. `kept`: the function itself does not tell; a leak if nobody is there to let go. `open`: one of
   * many in a loop, and which one is let go is not known; or let go in another call of the function.
   */
  readonly proof: 'sure' | 'likely' | 'kept' | 'open';
  /** A flag says for the next call whether it is held. */
  readonly isNoted: boolean;
}

/** `letGo`: what the function lets go somewhere, and where. */
export function leaksOf(
  fn: ProgramFunction,
  returns: readonly Return[],
  letGo: ReadonlyMap<ItemId, Position>,
  tables: EffectTables,
): readonly LeakCandidate[] {
  const leaks = new Map<ItemId, LeakCandidate>();
  const own = namesOf(fn.body.scope.facts).functions.get(fn.name);
  if (!own || own.hasErrors || own.annotations.some(({ name }) => name.endsWith('acquires'))) return [];
  for (const kept of returns) {
    tables.held.items(kept.state.held).forEach((id, index) => {
      const item = tables.held.item(id);
      const taken = kept.state.trails[index];
      const waitable = tables.classes.waitable(item.kind, item.place);
      if (!taken || !waitable || item.origin === 'asserted' || !mustBeReleased(item)) return;
      const releasedAt = letGo.get(id);
      const isOneOfMany = tables.classes.instanceOf(item.place) === '';
      const isOpen = isOneOfMany || (isSureToTake(trailOf(taken)) && isForNextCall(returns, item, tables));
      const proof =
        releasedAt === undefined ? 'kept' : isOpen ? 'open' : proofOf(fn, kept, returns, id, tables);
      if (proof === undefined) return;
      const known = leaks.get(id);
      if (isGivenBack(kept, item, tables) || (known && strength[known.proof] >= strength[proof])) return;
      leaks.set(id, {
        id: fn.id,
        path: fn.path,
        fn: fn.name,
        waitable,
        taken: trailOf(taken),
        returns: kept.at,
        releasedAt: releasedAt ?? kept.at,
        proof,
        isNoted: proof === 'kept' && isNotedInFlag(fn, kept, returns, id, tables),
      });
    });
  }
  return [...leaks.values()];
}

const strength: Readonly<Record<LeakCandidate['proof'], number>> = { open: 0, kept: 1, likely: 2, sure: 3 };

/** A semaphore may be let go by another thread, and how often a thread has taken what nests is not counted. */
const mustBeReleased = ({ kind, subclass }: Item): boolean =>
  lockKinds.has(kind) && kind !== 'semaphore' && subclass !== nesting;

/** The caller's lock was let go first: what is held at the end is the caller's again. */
function isGivenBack({ state }: Return, { kind, place }: Item, { held }: EffectTables): boolean {
  return held.matching(state.released, held.markOf(kind, place)) >= 0;
}

/** By the function itself, and in any case: where a callee may come back without it, no call before has taken it. */
function isSureToTake({ hop, inner }: Trail): boolean {
  const primitive = inner === undefined ? primitiveOf(hop.target) : undefined;
  return primitive !== undefined && primitive.success === undefined;
}

/**
 * `case MEM_GOING_ONLINE: lock(); break; case MEM_ONLINE: unlock();`: another way lets it go that has not taken it, so
 * this one keeps it for the next call.
 */
const isForNextCall = (
  returns: readonly Return[],
  { kind, place }: Item,
  { held }: EffectTables,
): boolean => {
  const mark = held.markOf(kind, place);
  return returns.some(
    ({ state }) => held.matching(state.released, mark) >= 0 && held.matching(state.held, mark) < 0,
  );
};

/**
 * `if (!x->is_locked) { lock(); x->is_locked = true; }`: the next call does not take it again, and another function lets it
 * go only where the flag is set.
 */
function isNotedInFlag(
  { body: { flow, scope } }: ProgramFunction,
  kept: Return,
  returns: readonly Return[],
  id: ItemId,
  tables: EffectTables,
): boolean {
  if (!returns.some((other) => isWithout(other, id, tables))) return false;
  const { terms } = scope.facts;
  const tested = new Set<ExprId>();
  for (let index = 0; index < flow.count; index++) {
    const op = flow.op(index);
    if (op.kind === 'branch') tested.add(plainTest(op.condition, terms));
    const isFlag = op.kind === 'assign' && tested.has(op.target) && terms.expr(op.target).kind === 'field';
    if (isFlag && kept.state.values.get(op.target) === positive) return true;
  }
  return false;
}

/** Of `!flag` the flag. */
function plainTest(condition: ExprId, terms: Terms): ExprId {
  const expr = terms.expr(condition);
  return expr.kind === 'unary' && expr.operator === '!' ? plainTest(expr.operand, terms) : condition;
}

/** `undefined`: it is none, since the result tells who holds the lock. */
function proofOf(
  fn: ProgramFunction,
  kept: Return,
  returns: readonly Return[],
  id: ItemId,
  tables: EffectTables,
): LeakCandidate['proof'] | undefined {
  const others = returns.filter((other) => isWithout(other, id, tables) && sameArguments(kept, other));
  if (others.some((other) => isSameResult(kept, other)) && !asksTwice(fn)) return 'sure';
  if (others.some((other) => areTold(kept, other))) return undefined;
  return others.length > 0 && kept.result === anyValue && !returnsPointer(fn) ? 'likely' : 'kept';
}

/** `switch (type) { case A: lock(); } ... switch (type) { case A: unlock(); }`: both take the same way. */
function asksTwice({ body: { flow } }: ProgramFunction): boolean {
  const asked = new Set<ExprId>();
  for (let index = 0; index < flow.count; index++) {
    const op = flow.op(index);
    if (op.kind !== 'switch') continue;
    if (asked.has(op.value)) return true;
    asked.add(op.value);
  }
  return false;
}

export interface LeaksTold {
  readonly leaks: readonly Leak[];
  /** `function key`: it may return with that lock, or what tells when it does was not understood. */
  readonly unsure: ReadonlySet<string>;
}

/** Leaves out functions that return with a lock which another function is there to let go. */
export function sureLeaks(summaries: Summaries, tables: EffectTables): LeaksTold {
  const functions = new LockFunctions(summaries, tables);
  const isSure = (leak: LeakCandidate): boolean => {
    const { id, proof, waitable, releasedAt } = leak;
    if (proof === 'open' || tables.program.functions[id]?.inScope !== true) return false;
    if (functions.mayLetGo(id, waitable.key, releasedAt)) return false;
    return proof === 'sure' || (!isFarInside(leak, tables) && functions.mustLetGo(id, waitable.key));
  };
  const sure = summaries.leaks.filter(isSure);
  const unsure = new Set(
    summaries.leaks
      .filter(
        (leak) => leak.proof === 'open' || (leak.isNoted && functions.isLetGoForOthers(leak.waitable.key)),
      )
      .map((leak) => keyOfLeak(leak.fn, leak.waitable)),
  );
  const leaks = sure.filter(
    (leak) =>
      !isToldInside(leak, sure) && !calleesOf(leak).some((fn) => unsure.has(keyOfLeak(fn, leak.waitable))),
  );
  return { leaks, unsure };
}

/** By name, as ways name the functions on them. */
export const keyOfLeak = (fn: string, { key }: Waitable): string => `${fn} ${key}`;

/** What comes from far inside other code was let go in a way that was not understood: functions that lock are short. */
function isFarInside({ taken }: Leak, { program }: EffectTables): boolean {
  const own = new Set(program.functions.flatMap(({ inScope, path }) => (inScope ? path : [])));
  let foreign = 0;
  for (let step: Trail | undefined = taken; step; step = step.inner) if (!own.has(step.hop.path)) foreign++;
  return foreign > 1;
}

/** What comes from a callee that leaks it is told there. */
function isToldInside(leak: Leak, leaks: readonly Leak[]): boolean {
  const callees = calleesOf(leak);
  return leaks.some((other) => other.waitable.key === leak.waitable.key && callees.includes(other.fn));
}

function calleesOf({ taken }: Leak): readonly string[] {
  const callees: string[] = [];
  for (let step = taken; step.inner; step = step.inner) callees.push(step.hop.target);
  return callees;
}

function isWithout({ state }: Return, id: ItemId, tables: EffectTables): boolean {
  const item = tables.held.item(id);
  return tables.held.matching(state.held, tables.held.markOf(item.kind, item.place)) < 0;
}

// A function that locks returns with the lock where it succeeds and without it where it fails. The other way round,
// or both with the same result, is a mistake.
function isSameResult(kept: Return, released: Return): boolean {
  if (areTold(kept, released)) return false;
  return (kept.result === negative && released.result !== negative) || kept.result === released.result;
}

/** `return VM_FAULT_NOPAGE` and `return VM_FAULT_LOCKED`: the caller asks which it was. */
const areTold = (a: Return, b: Return): boolean =>
  a.number !== undefined && b.number !== undefined && a.number > 0 && b.number > 0 && a.number !== b.number;

// An unknown pointer that is returned is an object that was found, with its lock.
function returnsPointer(fn: ProgramFunction): boolean {
  const { facts } = fn.body.scope;
  const own = namesOf(facts).functions.get(fn.name);
  return own !== undefined && facts.terms.type(own.result).kind === 'pointer';
}

/** Both can happen in calls with the same arguments. */
function sameArguments(a: Return, b: Return): boolean {
  return a.when.every((value) => {
    const other = b.when.find((one) => isOfSame(one, value));
    return !other || (other.mask & value.mask) !== 0;
  });
}
