// selfDeadlocks.ts
// A thread that wants what it holds itself: a lock taken again, readers waited for by one of them, a handler that waits
// for its own end.

import type { Effects, Held, Want } from '../effects/results.ts';
import { lockKinds } from '../effects/tables.ts';
import { belief } from './confidence.ts';
import { edgeOf } from './cycleFindings.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { Doubt, Link } from './link.ts';
import { linkOf } from './links.ts';
import { unseenByLockdep } from './story.ts';

interface Candidate {
  readonly want: Want;
  readonly link: Link;
  readonly doubts: readonly Doubt[];
  readonly cost: number;
}

export function selfDeadlocks({ wants }: Effects, evidence: Evidence): readonly Finding[] {
  const best = new Map<string, Candidate>();
  for (const want of wants) {
    for (const held of want.held) {
      if (held.waitable.key !== want.waitable.key) continue;
      const doubts = doubtsOfSelf(want, held);
      if (!doubts) continue;
      const candidate = candidateOf(want, held, doubts, evidence);
      const known = best.get(want.waitable.key);
      if (!known || candidate.cost < known.cost) best.set(want.waitable.key, candidate);
    }
  }
  return [...best.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, candidate]) => findingOf(candidate));
}

/** `undefined`: no deadlock. */
function doubtsOfSelf(want: Want, held: Held): readonly Doubt[] | undefined {
  const { kind } = want.waitable;
  // Readers of RCU may nest; counted locks and those that the caller has ordered are no matter of one thread alone.
  if (kind === 'rcu') return want.action === 'wait' ? [] : undefined;
  if (kind === 'srcu') return want.action === 'wait' ? doubtsOfInstance(want, held) : undefined;
  if (kind === 'semaphore' || kind === 'ww mutex') return undefined;
  if (lockKinds.has(kind)) return doubtsOfLock(want, held);
  return held.origin === 'running' && want.action === 'wait' ? [] : undefined;
}

function doubtsOfLock(want: Want, held: Held): readonly Doubt[] | undefined {
  if (want.mode === 'read' && held.mode === 'read') return undefined;
  if (want.subclass !== held.subclass || want.subclass !== '') return undefined;
  // All seqlocks are one class as far as their names tell: two that differ are mostly two members of one struct.
  if (want.waitable.kind === 'seqlock' && want.instance !== held.instance) return undefined;
  return doubtsOfInstance(want, held);
}

// Two objects of one class, or one by two names: where nobody has put them in order, a call with both the other way
// round is enough.
const doubtsOfInstance = (want: Want, held: Held): readonly Doubt[] =>
  want.instance !== '' && want.instance === held.instance ? [] : ['instance'];

// Code that always blocks itself does not outlive its first test: the longer the way, the more conditions on it keep
// that from happening.
const longWay = 5;

function candidateOf(want: Want, held: Held, extra: readonly Doubt[], evidence: Evidence): Candidate {
  const link = linkOf(want, held, evidence);
  const doubts = [...link.doubts, ...extra];
  if (doubts.includes('assumed')) doubts.push('dispatcher');
  if (link.isInside) doubts.push('inside');
  if (link.steps().length > longWay) doubts.push('long');
  return { want, link, doubts, cost: link.cost + (extra.length > 0 ? 100 : 0) };
}

function findingOf({ want, link, doubts }: Candidate): Finding {
  const isLock = lockKinds.has(link.to.kind);
  const rule = isLock ? 'self-deadlock' : 'wait-cycle';
  return {
    id: fingerprint([rule, link.to.key]),
    rule,
    ...belief(doubts, 'It is the same object on one way, with no call that may lead elsewhere.'),
    edges: [edgeOf(link)],
    title: `${link.root.fn}() ${clauseOf(want, isLock)}`,
    assumptions: link.assumptions,
    unseenByLockdep: isLock ? undefined : unseenByLockdep([link.to]),
    alsoFrom: [],
  };
}

function clauseOf({ waitable, action }: Want, isLock: boolean): string {
  if (!isLock) return `waits for the end of ${waitable.name}, which it is itself`;
  return action === 'wait'
    ? `waits for all readers of ${waitable.name} while it is one itself`
    : `takes ${waitable.name} while it holds it already`;
}
