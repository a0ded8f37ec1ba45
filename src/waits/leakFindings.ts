// leakFindings.ts
// Functions that return with a lock which they let go on their other ways.

import type { Effects, Hop, Leak, Root } from '../effects/results.ts';
import type { Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import { stepsOf } from './steps.ts';

export function leakFindings({ leaks }: Effects): readonly Finding[] {
  const found = new Map(leaks.map((leak) => [`${leak.path}:${leak.fn}:${leak.waitable.key}`, leak]));
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, leak]) => findingOf(leak));
}

function findingOf(leak: Leak): Finding {
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
  return {
    id: fingerprint(['lock-leak', waitable.key, fn]),
    rule: 'lock-leak',
    confidence: 'high',
    reasons: ['Another way out of the same function lets it go.'],
    edges: [
      {
        root,
        holds: waitable,
        wants: waitable,
        origin: 'taken',
        steps: [...stepsOf(leak.taken), back, elsewhere],
        held: [],
      },
    ],
    title: `${fn}() returns with ${waitable.name} held`,
    assumptions: [],
    unseenByLockdep: undefined,
    alsoFrom: [],
  };
}
