// userPrimitive.ts
// One row of `primitives` in `.holdwait.json`: a function or macro of the tree, in the words of the built-in tables.

import type { ObjectKind, OperationEffect, Primitive } from './primitive.ts';
import { objectKinds, operationEffects } from './primitive.ts';
import { boolean, checked, integer, oneOf, optional, record, required, text } from './shape.ts';

/** As written: what the built-in tables share by default may be left out. */
export type PrimitiveEntry = Pick<Primitive, 'name' | 'kind' | 'effect'> & Partial<Primitive>;

const name = text(
  'the name of a function or macro, or "guard(name)" for a class of guards',
  /^(?:\w+|guard\(\w+\))$/,
);
export const word = text('a name as C writes it', /^[A-Za-z_]\w*$/);
/** `dev.mutex`, `idr_rt.xa_lock`. */
export const memberPath = text(
  'a member, or members joined with points',
  /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/,
);
const anyWords = text('some words', /\S/);
const argument = integer(0, 15);
// Tokens are for stubs: a driver's function is none.
const kinds = objectKinds.filter((kind) => kind !== 'token');

const row = record<PrimitiveEntry>({
  name: required(name, 'The function, the macro, or `guard(class)`.'),
  kind: required(oneOf<ObjectKind>(kinds), 'What the object is: a mutex, a work, references...'),
  effect: required(oneOf<OperationEffect>(operationEffects), 'What a call does to the object.'),
  objectArgument: optional(
    integer(-1, 15),
    'Which argument is the object, from 0; -1: none is. 0 if left out.',
  ),
  object: optional(anyWords, 'The object where no argument is: the name of a global.'),
  type: optional(word, 'The struct that the argument points at, where the object lies in it.'),
  member: optional(memberPath, 'The member of `type` that is the object.'),
  mode: optional(oneOf(['read', 'write', 'either'] as const), 'For locks that tell readers from writers.'),
  disables: optional(
    oneOf(['bh', 'irq', 'irqsave', 'preemption'] as const),
    'What is off on this processor until the lock is released.',
  ),
  sleeps: optional(
    oneOf(['no', 'yes', 'flags'] as const),
    'Whether the call may sleep; `flags`: it depends. Left out: locks that sleep do when they are taken, and waits do.',
  ),
  nests: optional(boolean, 'Whether who holds it may take it again: it is counted.'),
  success: optional(
    oneOf(['zero', 'nonzero', 'positive', 'not negative', 'not null'] as const),
    'The result that means that it was done. Left out: it always is.',
  ),
  announces: optional(boolean, 'The wait begins where the thread next gives the processor away.'),
  endedBy: optional(
    oneOf(['signal', 'fatal signal', 'timeout', 'signal or timeout'] as const),
    'What else can end the wait.',
  ),
  waitsFor: optional(oneOf<ObjectKind>(kinds), 'What the call waits for besides its effect.'),
  takesInside: optional(memberPath, 'A global lock that is taken and released inside the call.'),
  passes: optional(boolean, 'What it acquires it lets go again before it returns.'),
  handlerArgument: optional(argument, 'Which argument is the function that will run for the object.'),
  threadArgument: optional(argument, 'Which argument is the function that a thread runs after the handler.'),
  blockArgument: optional(argument, 'Which argument is the notifier block that goes on the chain.'),
  letsGoArgument: optional(argument, 'Which argument is a lock that is let go while the call waits.'),
  letsGoMember: optional(word, 'Which member of the object is a lock that is let go while the call waits.'),
  flagsArgument: optional(argument, 'Which argument is the gfp_t that decides whether the call may sleep.'),
  countArgument: optional(argument, 'Which argument is the number of threads that a semaphore lets in.'),
  queueArgument: optional(argument, 'Which argument is the workqueue.'),
  queue: optional(word, 'The workqueue, where no argument is.'),
  only: optional(oneOf(['6.1', '6.12'] as const), 'Only for kernels like this one.'),
});

export const primitiveRow = checked(row, whatIsWrong, {});

export function completePrimitive(entry: PrimitiveEntry): Primitive {
  return { objectArgument: 0, sleeps: sleepsByDefault(entry) ? 'yes' : 'no', ...entry };
}

function whatIsWrong({
  objectArgument,
  object,
  type,
  member,
  kind,
  queue,
  queueArgument,
}: PrimitiveEntry): string | undefined {
  if (objectArgument === -1 && object === undefined && !nameless.has(kind))
    return 'no argument is the object (objectArgument is -1), so "object" must name it';
  if (objectArgument !== -1 && object !== undefined)
    return '"object" is for calls without an argument for it: set objectArgument to -1, or remove "object"';
  if (member !== undefined && type === undefined) return '"member" needs "type", the struct that it lies in';
  if (queue !== undefined && queueArgument !== undefined) return 'use "queue" or "queueArgument", not both';
  return undefined;
}

/** There is one of each, or one for each processor. */
const nameless: ReadonlySet<ObjectKind> = new Set(['rcu', 'cpu']);

const sleeping: ReadonlySet<ObjectKind> = new Set([
  'mutex',
  'rt mutex',
  'ww mutex',
  'rwsem',
  'percpu rwsem',
  'semaphore',
]);

function sleepsByDefault({ kind, effect, waitsFor }: PrimitiveEntry): boolean {
  return effect === 'wait' || waitsFor !== undefined || (effect === 'acquire' && sleeping.has(kind));
}
