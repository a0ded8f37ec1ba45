// locks.ts
// Locks that several tables of callbacks name.

import type { CallbackLock } from '../callback.ts';
import type { ObjectKind } from '../primitive.ts';

export const rtnl: CallbackLock = { kind: 'mutex', object: 'rtnl_mutex' };

/** `device.mutex` of the device that lies at this path: the driver core holds it around `probe` and `remove`. */
export function deviceLock(argument: number, ...members: string[]): CallbackLock {
  return { kind: 'mutex', type: 'device', member: 'mutex', of: { argument, members } };
}

/** A lock in the struct that the argument points at, or that its members lead to. */
export function lockOf(
  kind: ObjectKind,
  type: string,
  member: string,
  argument = 0,
  ...members: string[]
): CallbackLock {
  return { kind, type, member, of: { argument, members } };
}

export function wiphyLock(argument: number, ...members: string[]): CallbackLock {
  return { kind: 'mutex', type: 'wiphy', member: 'mtx', of: { argument, members } };
}

export function devlinkLock(argument: number, ...members: string[]): CallbackLock {
  return { kind: 'mutex', type: 'devlink', member: 'lock', of: { argument, members } };
}
