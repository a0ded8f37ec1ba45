// userCallback.ts
// One row of `callbacks` in `.holdwait.json`: with which locks held a subsystem of the tree calls its drivers.

import type { Callback, CallbackLock, LockPath } from './callback.ts';
import type { ObjectKind } from './primitive.ts';
import { objectKinds } from './primitive.ts';
import { boolean, checked, integer, list, oneOf, optional, record, required } from './shape.ts';
import { memberPath, word } from './userPrimitive.ts';

/** As written: what is left out is as in the built-in tables. */
export type CallbackEntry = Pick<Callback, 'struct' | 'member'> &
  Partial<Omit<Callback, 'holds'>> & { readonly holds?: readonly LockEntry[] };

interface LockEntry {
  readonly kind: ObjectKind;
  readonly mode?: 'read';
  readonly object?: string;
  readonly type?: string;
  readonly member?: string;
  readonly of?: LockPath;
  readonly unless?: readonly string[];
}

const lock = checked(
  record<LockEntry>({
    kind: required(oneOf<ObjectKind>(objectKinds), 'What kind of lock it is.'),
    mode: optional(oneOf(['read'] as const), 'Held by a reader.'),
    object: optional(word, 'The name of a global lock.'),
    type: optional(word, 'The struct that holds the lock.'),
    member: optional(memberPath, 'The member of `type` that is the lock.'),
    of: optional(
      record<LockPath>({
        argument: required(integer(0, 15), 'Which argument of the callback, from 0.'),
        members: required(
          list(word),
          'Members to follow from there to the struct that holds the lock; none: itself.',
        ),
      }),
      'How the callback gets from an argument to the struct that holds the lock.',
    ),
    unless: optional(list(word), 'Names that switch the lock off in the file that fills in the table.'),
  }),
  ({ object, type, member }) =>
    (object !== undefined) === (type !== undefined && member !== undefined)
      ? 'a lock is either a global ("object") or lies in a struct ("type" and "member")'
      : undefined,
  { oneOf: [{ required: ['object'] }, { required: ['type', 'member'] }] },
);

export const callbackRow = record<CallbackEntry>({
  struct: required(word, 'The struct with the pointer.'),
  member: required(memberPath, 'The pointer.'),
  holds: optional(list(lock), 'Locks that the caller always holds, outermost first.'),
  context: optional(
    oneOf(['process', 'softirq', 'hardirq', 'any'] as const),
    'Where it is called; process if left out.',
  ),
  sleeps: optional(boolean, 'Whether it may sleep; true if left out.'),
  masked: optional(oneOf(['bh', 'irq'] as const), 'What the caller has switched off.'),
  interrupts: optional(oneOf(['on'] as const), 'Of context any: some of its callers have interrupts on.'),
  phase: optional(
    oneOf(['setup', 'running', 'teardown'] as const),
    'Before others know the object, or when it is taken away; running if left out.',
  ),
  only: optional(oneOf(['6.1', '6.12'] as const), 'Only for kernels like this one.'),
});

export function completeCallback(entry: CallbackEntry): Callback {
  const { holds = [], ...rest } = entry;
  return { context: 'process', sleeps: true, phase: 'running', ...rest, holds: holds.map(completeLock) };
}

function completeLock({ kind, mode, object, type, member, of, unless }: LockEntry): CallbackLock {
  const shared = { kind, ...(mode === undefined ? {} : { mode }) };
  if (object !== undefined) return { ...shared, object };
  return {
    ...shared,
    type: type ?? '',
    member: member ?? '',
    ...(of === undefined ? {} : { of }),
    ...(unless === undefined ? {} : { unless }),
  };
}
