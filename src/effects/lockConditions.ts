// lockConditions.ts
// `if (a || b) lock(l); ... if (a || b) unlock(l);`: that one of the two holds is not known of either of them. What was
// asked for the lock is answered by whether it is held.

import type { Flow, Op, OpIndex } from '../facts/flow.ts';
import type { ProgramFunction } from '../program/meaning.ts';
import type { Conditions } from './conditions.ts';
import type { ItemId } from './held.ts';
import { onlyEffect } from './lockChoices.ts';
import type { LockEffect } from './lockChoices.ts';
import type { State } from './state.ts';
import type { EffectTables } from './tables.ts';

type Branch = Extract<Op, { kind: 'branch' }>;

/** Of one function. */
export class LockConditions {
  readonly #tables: EffectTables;
  /** By the branches of conditions on which a lock is let go that was taken on the same ones. */
  readonly #parts: ReadonlyMap<OpIndex, Part>;

  constructor(
    fn: ProgramFunction,
    conditions: Conditions,
    tables: EffectTables,
    effectAt: (op: OpIndex) => LockEffect | undefined,
  ) {
    this.#tables = tables;
    this.#parts = partsOf(fn, conditions, tables, effectAt);
  }

  /** Where a branch leads in this state; `undefined`: it decides about no lock, or what is known must tell. */
  armOf(index: OpIndex, state: State): OpIndex | undefined {
    const part = this.#parts.get(index);
    if (!part) return undefined;
    const isHeld = this.#tables.held.matching(state.held, part.lock) >= 0;
    return isHeld ? part.whenHeld : part.whenFree;
  }
}

/** One branch of a condition with several. */
interface Part {
  readonly lock: ItemId;
  readonly whenHeld: OpIndex | undefined;
  readonly whenFree: OpIndex | undefined;
}

interface Chain {
  readonly operator: '&&' | '||';
  readonly branches: readonly { readonly index: OpIndex; readonly op: Branch }[];
  /** Where it goes on if all of it is true, or not. */
  readonly whenTrue: OpIndex;
  readonly whenFalse: OpIndex;
}

function partsOf(
  fn: ProgramFunction,
  conditions: Conditions,
  tables: EffectTables,
  effectAt: (op: OpIndex) => LockEffect | undefined,
): ReadonlyMap<OpIndex, Part> {
  const { flow } = fn.body;
  const asked: Readonly<Record<LockEffect, Map<string, Chain[]>>> = {
    acquire: new Map(),
    release: new Map(),
  };
  for (const chain of chainsOf(flow)) {
    const effect = onlyEffect(flow, chain, effectAt);
    if (!effect) continue;
    const key = keyOf(chain, conditions);
    asked[effect].set(key, [...(asked[effect].get(key) ?? []), chain]);
  }
  const parts = new Map<OpIndex, Part>();
  for (const [key, chains] of asked.release) {
    if (!asked.acquire.has(key)) continue;
    for (const chain of chains) {
      const lock = lockOf(fn, chain, tables, effectAt);
      if (lock !== undefined) for (const [index, part] of partsIn(chain, lock)) parts.set(index, part);
    }
  }
  return parts;
}

/** Of `a || b` the last part is true where the others were not, if the lock is held; without it none is. */
function partsIn({ operator, branches }: Chain, lock: ItemId): readonly (readonly [OpIndex, Part])[] {
  return branches.map(({ index, op }, i) => {
    const isLast = i === branches.length - 1;
    const whenHeld = isLast || operator === '&&' ? op.whenTrue : undefined;
    const whenFree = isLast || operator === '||' ? op.whenFalse : undefined;
    return [index, { lock, whenHeld, whenFree }];
  });
}

/** Conditions with several parts that stand side by side. */
function chainsOf(flow: Flow): readonly Chain[] {
  const chains: Chain[] = [];
  for (let index = 0; index < flow.count; index++) {
    const chain = chainAt(flow, index, '||') ?? chainAt(flow, index, '&&');
    if (!chain) continue;
    chains.push(chain);
    index = chain.branches.at(-1)?.index ?? index;
  }
  return chains;
}

function chainAt(flow: Flow, start: OpIndex, operator: Chain['operator']): Chain | undefined {
  const first = branchAt(flow, start);
  if (!first) return undefined;
  const out = (op: Branch): OpIndex => (operator === '||' ? op.whenTrue : op.whenFalse);
  const on = (op: Branch): OpIndex => (operator === '||' ? op.whenFalse : op.whenTrue);
  const branches = [{ index: start, op: first }];
  for (let at = start, op = first; on(op) === at + 1; at++) {
    const next = branchAt(flow, at + 1);
    if (!next || out(next) !== out(first)) break;
    branches.push({ index: at + 1, op: next });
    op = next;
  }
  const last = branches.at(-1)?.op ?? first;
  return branches.length < 2
    ? undefined
    : { operator, branches, whenTrue: last.whenTrue, whenFalse: last.whenFalse };
}

function branchAt(flow: Flow, index: OpIndex): Branch | undefined {
  const op = index < flow.count ? flow.op(index) : undefined;
  return op?.kind === 'branch' ? op : undefined;
}

function keyOf({ operator, branches }: Chain, conditions: Conditions): string {
  const parts = branches.map(({ op }) => {
    const { subject, whenTrue } = conditions.of(op.condition);
    return `${subject}=${whenTrue}`;
  });
  return `${operator} ${parts.join(' ')}`;
}

function lockOf(
  fn: ProgramFunction,
  { whenTrue, whenFalse }: Chain,
  { program, classes, held }: EffectTables,
  effectAt: (op: OpIndex) => LockEffect | undefined,
): ItemId | undefined {
  for (let index = Math.min(whenTrue, whenFalse); index < Math.max(whenTrue, whenFalse); index++) {
    const meaning = effectAt(index) === 'release' ? program.meaningOf(fn.id, index) : undefined;
    if (meaning?.kind !== 'act' || meaning.act.place === undefined) continue;
    const place = classes.canonical(meaning.act.place);
    return place === undefined ? undefined : held.markOf(meaning.act.primitive.kind, place);
  }
  return undefined;
}
