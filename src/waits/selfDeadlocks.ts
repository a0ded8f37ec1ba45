// selfDeadlocks.ts
// A thread that wants what it holds itself: a lock taken again, a handler that waits for its own end.

import type { Effects, Held, Want } from '../effects/results.ts';
import { lockKinds } from '../effects/tables.ts';
import { belief } from './confidence.ts';
import { edgeOf } from './cycleFindings.ts';
import type { Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { Doubt, Link } from './link.ts';
import { linkOf } from './links.ts';
import { unseenByLockdep } from './story.ts';

export function selfDeadlocks({ wants }: Effects): readonly Finding[] {
  const best = new Map<string, Link & { readonly extra: readonly Doubt[] }>();
  for (const want of wants) {
    for (const held of want.held) {
      const extra = doubtsOfSelf(want, held);
      if (!extra) continue;
      const link = linkOf(want, held);
      const known = best.get(want.waitable.key);
      const cost = link.cost + (extra.length > 0 ? 100 : 0);
      if (!known || cost < known.cost) best.set(want.waitable.key, { ...link, cost, extra });
    }
  }
  return [...best.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => findingOf(link));
}

/** `undefined`: no deadlock. */
function doubtsOfSelf(want: Want, held: Held): readonly Doubt[] | undefined {
  if (held.waitable.key !== want.waitable.key) return undefined;
  if (lockKinds.has(want.waitable.kind)) return doubtsOfLock(want, held);
  return held.origin === 'running' && want.action === 'wait' ? [] : undefined;
}

function doubtsOfLock(want: Want, held: Held): readonly Doubt[] | undefined {
  const { kind } = want.waitable;
  // Counted, or allowed to nest, or ordered by the caller.
  if (kind === 'rcu' || kind === 'srcu' || kind === 'semaphore' || kind === 'ww mutex') return undefined;
  if (want.mode === 'read' && held.mode === 'read') return undefined;
  if (want.subclass !== held.subclass || want.subclass !== '') return undefined;
  if (want.instance !== '' && want.instance === held.instance) return [];
  return want.instance !== '' && held.instance !== '' ? undefined : ['instance'];
}

function findingOf(link: Link & { readonly extra: readonly Doubt[] }): Finding {
  const isLock = lockKinds.has(link.to.kind);
  const rule = isLock ? 'self-deadlock' : 'wait-cycle';
  const who = `${link.root.fn}()`;
  return {
    id: fingerprint([rule, link.to.key]),
    rule,
    ...belief(
      [...link.doubts, ...link.extra],
      'It is the same object on one way, with no call that may lead elsewhere.',
    ),
    edges: [edgeOf(link)],
    title: isLock
      ? `${who} takes ${link.to.name} while it holds it already`
      : `${who} waits for the end of ${link.to.name}, which it is itself`,
    assumptions: link.assumptions,
    unseenByLockdep: isLock ? undefined : unseenByLockdep([link.to]),
    alsoFrom: [],
  };
}
