// leakFindings.ts
// Functions that return with a lock which they let go on their other ways.

import { lineOf } from '../base/position.ts';
import type { Effects, Hop, Leak, Root } from '../effects/results.ts';
import { cheapest, grouped } from './cheapest.ts';
import type { Priced } from './cheapest.ts';
import { belief } from './confidence.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { Doubt } from './link.ts';

export function leakFindings({ leaks }: Effects, evidence: Evidence): readonly Finding[] {
  // The ways out of one function that keep a lock are mostly missed together: told by the last of them.
  const groups = grouped(leaks.map(priced), ({ leak }) => `${leak.path}:${leak.fn}:${leak.waitable.key}`);
  return [...groups.values()]
    .flatMap((group) => cheapest(group)?.leak ?? [])
    .filter((leak) => !isTakenAgain(leak) && !evidence.takings.isGivenBack(leak.taken, leak.waitable))
    .map((leak) => findingOf(leak, evidence));
}

const priced = (leak: Leak): Priced & { readonly leak: Leak } => ({
  leak,
  cost: -lineOf(leak.returns),
  text: () => `${leak.releasedAt} ${leak.taken.hop.at}`,
});

/** The caller's lock is let go first, and taken again: what is held at the end is the caller's. */
const isTakenAgain = ({ releasedAt, taken }: Leak): boolean => releasedAt < taken.hop.at;

/** Whether it was got at all may be kept in a way that is not followed. */
const isTried = ({ taken }: Leak): boolean => /try/.test(taken.hop.target);

/** A function of a header is there to lock for its callers. */
const isTakenInside = ({ taken }: Leak, { ways }: Evidence): boolean =>
  ways.endsInside(taken) && ways.of(taken).at(-1)?.path.endsWith('.h') !== true;

function findingOf(leak: Leak, evidence: Evidence): Finding {
  const { waitable, fn, path } = leak;
  const back: Hop = { path, at: leak.returns, fn, action: 'call', target: 'return' };
  const elsewhere: Hop = { path, at: leak.releasedAt, fn, action: 'release', target: waitable.name };
  const root: Root = {
    path,
    at: leak.returns,
    fn,
    kind: 'function',
    context: 'any',
    via: '',
    phase: 'running',
  };
  // What a callee takes it may also let go: for sure it is known only of what is taken here.
  const doubts: Doubt[] = isTakenInside(leak, evidence)
    ? ['left']
    : leak.taken.inner || isTried(leak)
      ? ['handed']
      : [];
  return {
    id: fingerprint(['lock-leak', waitable.key, path, fn]),
    rule: 'lock-leak',
    ...belief(doubts, 'Another way out of the same function lets it go.'),
    edges: [
      {
        root,
        holds: waitable,
        wants: waitable,
        origin: 'taken',
        steps: [...evidence.ways.of(leak.taken), back, elsewhere],
        held: [],
      },
    ],
    title: `${fn}() returns with ${waitable.name} held`,
    assumptions: [],
    unseenByLockdep: undefined,
    alsoFrom: [],
  };
}
