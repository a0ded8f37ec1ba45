// confidence.ts
// How far a finding is to be believed, with the reasons in words.

import { doubts } from './link.ts';
import type { Doubt } from './link.ts';
import type { Confidence } from './finding.ts';

export interface Belief {
  readonly confidence: Confidence;
  readonly reasons: readonly string[];
}

interface Weight {
  readonly atMost: Confidence;
  readonly reason: string;
}

const weights: Readonly<Record<Doubt, Weight>> = {
  timeout: {
    atMost: 'medium',
    reason: 'One of the waits gives up after a time: a long stall, not a hang for ever.',
  },
  asserted: {
    atMost: 'medium',
    reason: 'That a lock is held is taken from an assertion, not from the code that takes it.',
  },
  assumed: {
    atMost: 'medium',
    reason: 'A call through a table may lead to several functions; one of them is meant.',
  },
  long: { atMost: 'medium', reason: 'The way is long: each of its conditions may exclude another.' },
  signal: { atMost: 'medium', reason: 'Who ends the wait is known only as far as the code was read.' },
  setup: {
    atMost: 'low',
    reason: 'One side runs while its object is set up: others may not know the object yet.',
  },
  elsewhere: {
    atMost: 'medium',
    reason: 'Part of the cycle lies outside the folders that were asked about.',
  },
  instance: {
    atMost: 'low',
    reason: 'Both are of one class; whether they are the same object is not known.',
  },
  'unknown device': { atMost: 'low', reason: 'Which device the lock belongs to is not known.' },
};

export function belief(found: Iterable<Doubt>, strength: string): Belief {
  const all = new Set(found);
  const ordered = doubts.filter((doubt) => all.has(doubt));
  const limits = ordered.map((doubt) => weights[doubt].atMost);
  // Two reasons to doubt are more than one.
  const isLow = limits.includes('low') || limits.length > 2;
  const confidence = isLow ? 'low' : limits.length > 0 ? 'medium' : 'high';
  return {
    confidence,
    reasons: ordered.length === 0 ? [strength] : ordered.map((doubt) => weights[doubt].reason),
  };
}
