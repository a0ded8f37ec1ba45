// sleepChoices.ts
// Functions that have an arm for callers that may sleep and one for those that may not: `if (bus->is_atomic)
// spin_lock(&bus->spin); else mutex_lock(&bus->mutex);`. Which one it is lies in the object, or in a flag. And functions of
// others that sleep only for objects that ask for it: `if (client->may_block) wait_for_completion(&channel->sent);`.

import type { Flow, OpIndex } from '../facts/flow.ts';
import type { ExprId, Terms } from '../facts/terms.ts';
import type { Program, ProgramFunction } from '../program/meaning.ts';
import { armsAround } from './arms.ts';
import type { Hop, Trail } from './results.ts';
import type { StepFunctions } from './stepFunctions.ts';
import { atomicKinds, lockKinds } from './tables.ts';
import { lastHop } from './way.ts';

// Both arms do one thing, and leave.
const mostOperations = 4;

const busyWaits: ReadonlySet<string> = new Set(['udelay', 'mdelay', 'ndelay', '__delay']);

export class SleepChoices {
  readonly #program: Program;
  readonly #functions: StepFunctions;
  readonly #chosen = new Map<Hop, boolean>();
  readonly #ofTwoKinds = new Map<Hop, boolean>();

  constructor(program: Program, functions: StepFunctions) {
    this.#program = program;
    this.#functions = functions;
  }

  /** The last step of the way is made only where the function has decided for it, and not for its atomic twin. */
  isChosen(trail: Trail): boolean {
    const hop = lastHop(trail);
    let isChosen = this.#chosen.get(hop);
    if (isChosen === undefined) this.#chosen.set(hop, (isChosen = this.#read(hop)));
    return isChosen;
  }

  /**
   * `if (client->no_sleep) spin_lock(&client->spin); else mutex_lock(&client->lock);`: who sleeps with the lock sleeps
   * for the clients that have the mutex.
   */
  isOfTwoKinds(taken: Trail): boolean {
    const hop = lastHop(taken);
    let isChosen = this.#ofTwoKinds.get(hop);
    if (isChosen === undefined) this.#ofTwoKinds.set(hop, (isChosen = this.#hasTwin(hop)));
    return isChosen;
  }

  #hasTwin(hop: Hop): boolean {
    const fn = this.#functions.of(hop);
    const taken = fn ? callAt(fn.body.flow, fn.body.scope.facts.terms, hop) : -1;
    return (
      fn !== undefined &&
      taken >= 0 &&
      armsAround(fn.body.flow, taken).some(
        ({ own, other }) =>
          Math.max(own.length, other.length) <= mostOperations &&
          other.some((one) => this.#isSleepingLock(fn, one)),
      )
    );
  }

  #isSleepingLock(fn: ProgramFunction, index: OpIndex): boolean {
    const meaning = this.#program.meaningOf(fn.id, index);
    if (meaning?.kind !== 'act') return false;
    const { primitive, effect } = meaning.act;
    return effect === 'acquire' && lockKinds.has(primitive.kind) && !atomicKinds.has(primitive.kind);
  }

  #read(hop: Hop): boolean {
    const fn = this.#functions.of(hop);
    if (!fn) return false;
    const { flow, scope } = fn.body;
    const sleep = callAt(flow, scope.facts.terms, hop);
    if (sleep < 0) return false;
    return armsAround(flow, sleep).some(({ condition, isTrue, own, other }) => {
      if (!fn.inScope && isTrue && other.length === 0 && isFlag(scope.facts.terms, condition)) return true;
      return (
        Math.max(own.length, other.length) <= mostOperations && other.some((one) => this.#isAtomic(fn, one))
      );
    });
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
