// selfDeadlocks.ts
// A thread that wants what it holds itself: a lock taken again, readers waited for by one of them, a handler that waits
// for its own end.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { Effects, Held, Hop, Want } from '../effects/results.ts';
import { lockKinds } from '../effects/tables.ts';
import { cheapest, grouped, textOf } from './cheapest.ts';
import type { Priced } from './cheapest.ts';
import type { ObjectKind } from '../kernel/primitive.ts';
import { belief } from './confidence.ts';
import { edgeOf } from './cycleFindings.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { Doubt, Link } from './link.ts';
import { linkOf } from './wantLink.ts';
import { otherRoots } from './others.ts';
import { unseenByLockdep } from './story.ts';
import { isRecursive } from './ways.ts';

interface Candidate extends Priced {
  readonly want: Want;
  readonly link: Link;
  readonly doubts: readonly Doubt[];
}

export function selfDeadlocks({ wants }: Effects, evidence: Evidence, token: Token): readonly Finding[] {
  const candidates = wants.flatMap((want) => {
    throwIfCancelled(token);
    // A module may ask for another one.
    if (want.root.kind === 'module' && want.action === 'wait') return [];
    return want.held.flatMap((held) => {
      const isSame = held.waitable.key === want.waitable.key && !isForOwner(want, evidence);
      const doubts = isSame ? doubtsOfSelf(want, held) : undefined;
      return doubts ? [candidateOf(want, held, doubts, evidence)] : [];
    });
  });
  return [...grouped(candidates, ({ link }) => link.to.key).values()].flatMap((all) => {
    const best = cheapest(all);
    return best ? [findingOf(best, all)] : [];
  });
}

/** Taken only where this thread is not the owner already: such a lock nests by hand. */
const isForOwner = (want: Want, { tests }: Evidence): boolean =>
  lockKinds.has(want.waitable.kind) && tests.asksForOwner(want);

/** `undefined`: no deadlock. */
function doubtsOfSelf(want: Want, held: Held): readonly Doubt[] | undefined {
  const { kind } = want.waitable;
  // Readers of RCU may nest; counted locks and those that the caller has ordered are no matter of one thread alone.
  if (kind === 'rcu') return want.action === 'wait' ? [] : undefined;
  if (kind === 'srcu') return want.action === 'wait' ? doubtsOfInstance(want, held) : undefined;
  if (kind === 'semaphore' || kind === 'ww mutex') return undefined;
  if (lockKinds.has(kind)) return doubtsOfLock(want, held);
  return held.origin === 'running' && want.action === 'wait' ? doubtsOfOwnEnd(want, held) : undefined;
}

// Of these the handler is given the object itself. On which queue a work runs, and for which file an attribute is
// shown, was said by somebody else in other words: there is nothing to compare.
const given: ReadonlySet<ObjectKind> = new Set(['work', 'timer', 'hrtimer', 'tasklet']);

const doubtsOfOwnEnd = (want: Want, held: Held): readonly Doubt[] =>
  given.has(want.waitable.kind) && want.instance !== '' && held.instance !== ''
    ? doubtsOfInstance(want, held)
    : [];

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

const longCircle = 3;

// Two functions that call each other are one in disguise; one that calls itself does so for another case.
const isLongOrDirect = (steps: readonly Hop[]): boolean =>
  isRecursive(steps, longCircle) || steps.some((hop) => hop.action === 'call' && hop.target === hop.fn);

function candidateOf(want: Want, held: Held, extra: readonly Doubt[], evidence: Evidence): Candidate {
  const link = linkOf(want, held, evidence);
  const doubts: Doubt[] = [...link.doubts, ...extra].filter(
    (doubt) => doubt !== 'recursive' && doubt !== 'fresh',
  );
  if (isLongOrDirect(evidence.ways.of(want.trail))) doubts.push('recursive');
  if (doubts.includes('assumed')) doubts.push('dispatcher');
  if (link.isInside) doubts.push('inside');
  if (link.steps().length > longWay) doubts.push('long');
  const cost = link.cost + (extra.length > 0 ? 100 : 0);
  return { want, link, doubts, cost, text: () => textOf(link) };
}

function findingOf({ want, link, doubts }: Candidate, all: readonly Candidate[]): Finding {
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
    alsoFrom: otherRoots(
      [link.root],
      all.map((other) => other.link.root),
    ),
  };
}

function clauseOf({ waitable, action }: Want, isLock: boolean): string {
  if (!isLock) return `waits for the end of ${waitable.name}, which it is itself`;
  return action === 'wait'
    ? `waits for all readers of ${waitable.name} while it is one itself`
    : `takes ${waitable.name} while it holds it already`;
}
