// knownValues.ts
// What is known of flags, roles and parameters at one place of a function, and how tests and assignments change it.

import { anyValue } from './conditions.ts';
import type { Mask } from './conditions.ts';
import type { Subject, Test } from './tests.ts';

export interface Value {
  readonly mask: Mask;
  readonly subject: Subject;
  /** Locks that the function itself held when it was found out. */
  readonly locks?: ReadonlySet<string>;
}

export type Values = ReadonlyMap<string, Value>;

export interface Known {
  /** What must have been so when the function was entered. */
  readonly needs: Values;
  readonly now: Values;
  readonly changed: Changed;
  /** Classes of the locks that the function itself holds. */
  readonly locks: ReadonlySet<string>;
}

/** By member or parameter: that it was assigned on some way. */
export type Changed = ReadonlyMap<string, Change>;

export interface Change {
  /** Locks that the function itself held there on every way. */
  readonly locks: ReadonlySet<string>;
  /** What it can have been given. */
  readonly to: Mask;
}

export const nothingKnown: Known = {
  needs: new Map(),
  now: new Map(),
  changed: new Map(),
  locks: new Set(),
};

/** One arm of a branch; `undefined`: what is known already rules it out. */
export function tested(
  state: Known,
  { subject }: Test,
  mask: Mask,
  after: Mask | undefined,
): Known | undefined {
  if (mask === anyValue) return state;
  const { key, base } = subject;
  const now = (state.now.get(key)?.mask ?? anyValue) & mask;
  if (now === 0) return undefined;
  // `if (timeout < 0) sleep_ok = false; ... if (sleep_ok)`: what passes that test was not changed.
  const change = state.changed.get(base);
  const isOld = change === undefined || (key === base && (change.to & mask) === 0);
  const needs = isOld
    ? withValue(state.needs, key, { subject, mask: (state.needs.get(key)?.mask ?? anyValue) & mask })
    : state.needs;
  const changed = after === undefined ? state.changed : changedBy(state, base, after);
  const value: Value = { subject, mask: after ?? now, locks: state.locks };
  return { ...state, needs, now: withValue(state.now, key, value), changed };
}

/** `only`: nothing but this of the base has changed. */
export function assigned(state: Known, base: string, values: readonly Value[], only?: string): Known {
  const now = new Map(
    [...state.now].filter(
      ([key, { subject }]) =>
        subject.base !== base || (only !== undefined && key !== only && key.startsWith(`${base} &`)),
    ),
  );
  for (const value of values) now.set(value.subject.key, { ...value, locks: state.locks });
  const [first] = values;
  const isWhole = first?.subject.key === base;
  return { ...state, now, changed: changedBy(state, base, isWhole ? first?.mask : anyValue) };
}

/** What was found out under a lock may be otherwise once that is let go. */
export function unlocked(state: Known, lock: string): Known {
  const locks = new Set([...state.locks].filter((key) => key !== lock));
  return { ...forgotten(state, (value) => value.locks?.has(lock) === true), locks };
}

/** Others have run in between. */
export const waited = (state: Known): Known => forgotten(state, () => true);

function forgotten(state: Known, isLost: (value: Value) => boolean): Known {
  const lost = [...state.now.values()].filter((value) => isFlag(value) && isLost(value));
  if (lost.length === 0) return state;
  const changed = new Map(state.changed);
  for (const { subject } of lost)
    if (!changed.has(subject.base)) changed.set(subject.base, { locks: new Set(), to: anyValue });
  const now = new Map([...state.now].filter(([, value]) => !lost.includes(value)));
  return { ...state, now, changed };
}

/** Neither a role nor a parameter. */
const isFlag = ({ subject: { base } }: Value): boolean => base !== '' && !base.startsWith('#');

function changedBy({ changed, locks }: Known, base: string, to: Mask = anyValue): Changed {
  const known = changed.get(base);
  return new Map(changed).set(base, known ? both(known, { locks, to }) : { locks, to });
}

function both(a: Change, b: Change): Change {
  const locks = common(a.locks, b.locks);
  return locks === a.locks && (a.to | b.to) === a.to ? a : { locks, to: a.to | b.to };
}

const common = (a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> =>
  [...a].every((key) => b.has(key)) ? a : new Set([...a].filter((key) => b.has(key)));

/** What both ways say; `a` itself where that is all that it says. */
export function joined(a: Known, b: Known): Known {
  const needs = joinedValues(a.needs, b.needs);
  const now = joinedValues(a.now, b.now);
  const changed = joinedChanges(a.changed, b.changed);
  const locks = common(a.locks, b.locks);
  if (needs === a.needs && now === a.now && changed === a.changed && locks === a.locks) return a;
  return { needs, now, changed, locks };
}

function joinedChanges(a: Changed, b: Changed): Changed {
  let result: Map<string, Change> | undefined;
  for (const [base, change] of b) {
    const known = a.get(base);
    const joint = known ? both(known, change) : change;
    if (joint !== known) (result ??= new Map(a)).set(base, joint);
  }
  return result ?? a;
}

function joinedValues(a: Values, b: Values): Values {
  let result: Map<string, Value> | undefined;
  for (const [key, value] of a) {
    const mask = value.mask | (b.get(key)?.mask ?? anyValue);
    if (mask === value.mask) continue;
    result ??= new Map(a);
    if (mask === anyValue) result.delete(key);
    else result.set(key, { ...value, mask });
  }
  return result ?? a;
}

function withValue(values: Values, key: string, value: Value): Values {
  if (values.get(key)?.mask === value.mask) return values;
  return new Map(values).set(key, value);
}
