// sleeps.ts
// Calls that may sleep where sleeping is forbidden.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { Effects, Held, Sleep, Waitable } from '../effects/results.ts';
import { isDeferredInInterrupts, sleeperOf } from '../kernel/sleepers.ts';
import { sentenceOf } from './assumption.ts';
import { cheapest, grouped } from './cheapest.ts';
import type { Priced } from './cheapest.ts';
import { belief } from './confidence.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { Doubt } from './link.ts';
import { otherRoots } from './others.ts';
import { stepsBetween } from './steps.ts';

const processor: Waitable = { kind: 'cpu', name: 'the processor', key: 'cpu' };

interface Candidate extends Priced {
  readonly sleep: Sleep;
  readonly held: Held;
  readonly doubts: readonly Doubt[];
}

export function sleepFindings(
  { sleeps, isChosen, isOfTwoKinds }: Effects,
  evidence: Evidence,
  token: Token,
): readonly Finding[] {
  const surest = sleeps.flatMap((sleep) => {
    throwIfCancelled(token);
    if (isLeftToOthers(sleep, evidence)) return [];
    const chosen: readonly Doubt[] = isChosen?.(sleep.trail) === true ? ['chosen'] : [];
    const ofWay = [...evidence.ofWay(sleep), ...chosen];
    // Of all that forbids it, what is surest: the others would tell the same place again.
    return (
      cheapest(
        sleep.held.map((held) => {
          const isOther = held.trail !== undefined && isOfTwoKinds?.(held.trail) === true;
          const doubts: readonly Doubt[] = isOther ? [...ofWay, 'chosen'] : ofWay;
          return candidateOf(sleep, held, doubts, evidence);
        }),
      ) ?? []
    );
  });
  return [...grouped(surest, (one) => idOf(one, evidence))].flatMap(([id, all]) => {
    const best = cheapest(all);
    return best ? [findingOf(id, best, all, evidence)] : [];
  });
}

function candidateOf(sleep: Sleep, held: Held, ofWay: readonly Doubt[], evidence: Evidence): Candidate {
  const doubts: Doubt[] = ofWay.filter((doubt) => doubt !== 'setup' && doubt !== 'inner');
  const { length } = stepsBetween(held, sleep.trail, evidence.ways);
  doubts.push(...evidence.ofHeld(held, sleep));
  if (evidence.tests.on(sleep.trail).contrary.length > 0 || evidence.tests.differ(held, sleep))
    doubts.push('excluded');
  if (evidence.isInside(held, sleep.trail)) doubts.push('inside');
  const target = evidence.ways.of(sleep.trail).at(-1)?.target ?? '';
  if (length > (sleeperOf(target) ? longWayToSleeper : longWay)) doubts.push('long');
  const cost = length + 20 * doubts.length;
  return { sleep, held, doubts, cost, text: () => textOf(sleep, held, evidence) };
}

const isLeftToOthers = ({ inInterrupt, trail }: Sleep, { ways }: Evidence): boolean =>
  inInterrupt && isDeferredInInterrupts(ways.of(trail).at(-1)?.target ?? '');

const longWay = 10;
// An allocation that always sleeps where it may not is seen at its first run: farther away it is for other objects.
const longWayToSleeper = 5;

/** All that a reader sees of it. */
function textOf({ root, trail, assumptions }: Sleep, held: Held, { ways }: Evidence): string {
  return [
    `${root.path}:${root.at} ${root.fn} ${root.via}`,
    `${held.waitable.key} ${held.origin}`,
    ...stepsBetween(held, trail, ways).map(({ path, at, target }) => `${path}:${at} ${target}`),
    ...assumptions.map(sentenceOf),
  ].join('\n');
}

const whereOf = ({ sleep }: Candidate, evidence: Evidence): string =>
  `${evidence.ways.of(sleep.trail).at(-1)?.fn ?? sleep.root.fn}()`;

function idOf({ sleep, held }: Candidate, { ways }: Evidence): string {
  const { path, fn } = ways.of(sleep.trail).at(-1) ?? sleep.root;
  return fingerprint(['sleep-in-atomic', held.waitable.key, path, fn]);
}

function findingOf(id: string, candidate: Candidate, all: readonly Candidate[], evidence: Evidence): Finding {
  const { sleep, held, doubts } = candidate;
  const steps = stepsBetween(held, sleep.trail, evidence.ways);
  const where = whereOf(candidate, evidence);
  return {
    id,
    rule: 'sleep-in-atomic',
    ...belief(doubts, 'The lock is held on the way, and the call sleeps on every configuration.'),
    edges: [
      { root: sleep.root, holds: held.waitable, wants: processor, origin: held.origin, steps, held: [] },
    ],
    title: `${where} may sleep in ${steps.at(-1)?.target ?? 'a call'}() with ${held.waitable.name} ${wordOf(held)}`,
    assumptions: sleep.assumptions.map(sentenceOf),
    unseenByLockdep: undefined,
    alsoFrom: otherRoots(
      [sleep.root],
      all.map((other) => other.sleep.root),
    ),
  };
}

const wordOf = (held: Held): string => (held.waitable.kind === 'cpu' ? 'off or entered' : 'held');
