// sleepChoices.ts
// Functions that have an arm for callers that may sleep and one for those that may not: `if (bus->is_atomic)
// spin_lock(&bus->spin); else mutex_lock(&bus->mutex);`. Which one it is lies in the object, or in a flag. And functions of
// others that sleep only for objects that ask for it: `if (client->may_block) wait_for_completion(&channel->sent);`.

import type { Flow, OpIndex } from '../facts/flow.ts';
import type { ExprId, Terms } from '../facts/terms.ts';
import type { Program, ProgramFunction } from '../program/meaning.ts';
import { reachable } from '../program/reachable.ts';
import type { Hop, Trail } from './results.ts';
import { atomicKinds, lockKinds } from './tables.ts';

// Both arms do one thing, and leave.
const mostOperations = 4;

const busyWaits: ReadonlySet<string> = new Set(['udelay', 'mdelay', 'ndelay', '__delay']);

export class SleepChoices {
  readonly #program: Program;
  readonly #chosen = new Map<Hop, boolean>();
  #functions: ReadonlyMap<string, ProgramFunction> | undefined;

  constructor(program: Program) {
    this.#program = program;
  }

  /** The last step of the way is made only where the function has decided for it, and not for its atomic twin. */
  isChosen(trail: Trail): boolean {
    let last = trail;
    while (last.inner) last = last.inner;
    const { hop } = last;
    let isChosen = this.#chosen.get(hop);
    if (isChosen === undefined) this.#chosen.set(hop, (isChosen = this.#read(hop)));
    return isChosen;
  }

  #read(hop: Hop): boolean {
    this.#functions ??= new Map(
      this.#program.functions.flatMap((fn) => (fn.isMacro ? [] : [[`${fn.path}:${fn.name}`, fn] as const])),
    );
    const fn = this.#functions.get(`${hop.path}:${hop.fn}`);
    if (!fn) return false;
    const { flow, scope } = fn.body;
    const sleep = callAt(flow, scope.facts.terms, hop);
    if (sleep < 0) return false;
    for (let index = 0; index < flow.count; index++) {
      const op = flow.op(index);
      if (op.kind !== 'branch') continue;
      const arms = [new Set(reachable(flow, op.whenTrue)), new Set(reachable(flow, op.whenFalse))] as const;
      const [own, other] = arms[0].has(sleep) ? arms : [arms[1], arms[0]];
      if (!own.has(sleep) || other.has(sleep)) continue;
      const [ownOnly, otherOnly] = [without(own, other), without(other, own)];
      if (!fn.inScope && own === arms[0] && otherOnly.length === 0 && isFlag(scope.facts.terms, op.condition))
        return true;
      if (Math.max(ownOnly.length, otherOnly.length) > mostOperations) continue;
      if (otherOnly.some((one) => this.#isAtomic(fn, one))) return true;
    }
    return false;
  }

  #isAtomic(fn: ProgramFunction, index: OpIndex): boolean {
    const meaning = this.#program.meaningOf(fn.id, index);
    if (meaning?.kind === 'act') {
      const { primitive, effect } = meaning.act;
      return effect === 'acquire' && lockKinds.has(primitive.kind) && atomicKinds.has(primitive.kind);
    }
    return busyWaits.has(calleeOf(fn.body.flow, fn.body.scope.facts.terms, index));
  }
}

/** `if (client->may_block)`: whoever made the object decides. */
const isFlag = (terms: Terms, condition: ExprId): boolean => terms.expr(condition).kind === 'field';

function callAt(flow: Flow, terms: Terms, { at, target }: Hop): OpIndex {
  for (let index = 0; index < flow.count; index++) {
    const op = flow.op(index);
    if (op.kind === 'call' && op.at === at && calleeOf(flow, terms, index) === target) return index;
  }
  return -1;
}

function calleeOf(flow: Flow, terms: Terms, index: OpIndex): string {
  const op = flow.op(index);
  const call = op.kind === 'call' ? terms.expr(op.call) : undefined;
  const callee = call?.kind === 'call' ? terms.expr(call.callee) : undefined;
  return callee?.kind === 'name' ? callee.name : '';
}

const without = (all: ReadonlySet<OpIndex>, others: ReadonlySet<OpIndex>): readonly OpIndex[] =>
  [...all].filter((index) => !others.has(index));
