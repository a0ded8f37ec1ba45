// sleeps.ts
// Calls that may sleep where sleeping is forbidden.

import type { Effects, Held, Sleep, Waitable } from '../effects/results.ts';
import { belief } from './confidence.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { Doubt } from './link.ts';
import { stepsBetween } from './steps.ts';

const processor: Waitable = { kind: 'cpu', name: 'the processor', key: 'cpu' };

interface Candidate {
  readonly sleep: Sleep;
  readonly held: Held;
  readonly doubts: readonly Doubt[];
  readonly cost: number;
}

export function sleepFindings({ sleeps }: Effects, evidence: Evidence): readonly Finding[] {
  const best = new Map<string, Candidate>();
  for (const sleep of sleeps) {
    const ofWay = evidence.ofWay(sleep);
    const candidates = sleep.held.map((held) => candidateOf(sleep, held, ofWay, evidence));
    // Of all that forbids it, what is surest: the others would tell the same place again.
    const surest = candidates.sort((a, b) => a.cost - b.cost)[0];
    if (!surest) continue;
    const id = idOf(surest, evidence);
    const known = best.get(id);
    if (!known || surest.cost < known.cost) best.set(id, surest);
  }
  return [...best.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, candidate]) => findingOf(id, candidate, evidence));
}

function candidateOf(sleep: Sleep, held: Held, ofWay: readonly Doubt[], evidence: Evidence): Candidate {
  const doubts = ofWay.filter((doubt) => doubt !== 'setup' && doubt !== 'inner');
  const { length } = stepsBetween(held, sleep.trail, evidence);
  if (held.origin === 'asserted') doubts.push('asserted');
  if (evidence.isLeft(held, sleep.trail)) doubts.push('left');
  if (evidence.endsInside(held.trail) && evidence.endsInside(sleep.trail)) doubts.push('inside');
  if (length > longWay) doubts.push('long');
  return { sleep, held, doubts, cost: length + 20 * doubts.length };
}

const longWay = 10;

const whereOf = ({ sleep }: Candidate, evidence: Evidence): string =>
  `${evidence.steps(sleep.trail).at(-1)?.fn ?? sleep.root.fn}()`;

const idOf = (candidate: Candidate, evidence: Evidence): string =>
  fingerprint(['sleep-in-atomic', candidate.held.waitable.key, whereOf(candidate, evidence)]);

function findingOf(id: string, candidate: Candidate, evidence: Evidence): Finding {
  const { sleep, held, doubts } = candidate;
  const steps = stepsBetween(held, sleep.trail, evidence);
  const where = whereOf(candidate, evidence);
  return {
    id,
    rule: 'sleep-in-atomic',
    ...belief(doubts, 'The lock is held on the way, and the call sleeps on every configuration.'),
    edges: [
      { root: sleep.root, holds: held.waitable, wants: processor, origin: held.origin, steps, held: [] },
    ],
    title: `${where} may sleep in ${steps.at(-1)?.target ?? 'a call'}() with ${held.waitable.name} ${wordOf(held)}`,
    assumptions: sleep.assumptions,
    unseenByLockdep: undefined,
    alsoFrom: [],
  };
}

const wordOf = (held: Held): string => (held.waitable.kind === 'cpu' ? 'off or entered' : 'held');
