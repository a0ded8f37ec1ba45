// lockName.ts
// Whether a lock of a splat can be one of ours. Lockdep names a lock by the words with which it was made, `&priv->lock`;
// we by its class, `acme_priv.lock`. What both have is the member, or the name of a global.

import type { ObjectKind } from '../kernel/primitive.ts';
import type { SplatLock } from './splat.ts';

export interface NamedObject {
  readonly kind: ObjectKind;
  readonly name: string;
}

export function canBe(lock: SplatLock, { kind, name }: NamedObject): boolean {
  switch (lock.kind) {
    case 'interrupt':
      return isHandler(kind);
    case 'workqueue':
      // Its name is a text that no expression has.
      return kind === 'workqueue' || kind === 'work';
    case 'work':
      return (kind === 'work' && haveSameEnd(lock.name, name)) || kind === 'workqueue';
    case 'timer':
      return kind === 'timer' && haveSameEnd(lock.name, name);
    case 'lock':
      return !isHandler(kind) && haveSameEnd(lock.name, name);
  }
}

const isHandler = (kind: ObjectKind): boolean =>
  kind === 'irq' ||
  kind === 'timer' ||
  kind === 'tasklet' ||
  kind === 'napi' ||
  kind === 'cpu' ||
  kind === 'work';

/** A delayed work is told as the work inside it, `&(&x->poll)->work`, and its timer likewise. */
function haveSameEnd(written: string, ours: string): boolean {
  const parts = partsOf(written);
  const end = partsOf(ours).at(-1);
  if (end === undefined) return false;
  return (
    parts.at(-1) === end || (['work', 'timer', 'rlock'].includes(parts.at(-1) ?? '') && parts.at(-2) === end)
  );
}

const partsOf = (name: string): readonly string[] =>
  name
    .replace(/\[[^\]]*\]/g, '')
    .replace(/->/g, '.')
    .split('.')
    .map((part) => part.replace(/\W/g, ''))
    .filter((part) => part !== '');
