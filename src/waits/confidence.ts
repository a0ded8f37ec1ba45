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
  apart: {
    atMost: 'medium',
    reason: 'The two sides are drivers that do not call each other: they may have no object in common.',
  },
  module: {
    atMost: 'medium',
    reason: 'That the module which is asked for comes here is taken from the name of the function.',
  },
  foreign: {
    atMost: 'low',
    reason: 'A call through a table leads into a driver that the first one has nothing to do with.',
  },
  chosen: {
    atMost: 'low',
    reason:
      'The function does it in another way for callers that may not sleep: which one it is was decided before.',
  },
  elsewhere: {
    atMost: 'low',
    reason: 'The wait is also ended by code to which nothing here leads, and which may need no lock for it.',
  },
  setup: {
    atMost: 'low',
    reason: 'One side runs while its object is set up: others may not know the object yet.',
  },
  fresh: {
    atMost: 'low',
    reason: 'One side works on an object that it has just initialised: others may not know it yet.',
  },
  recursive: {
    atMost: 'medium',
    reason: 'A function calls itself on the way: what ends that may also keep it from coming this far.',
  },
  'last reference': {
    atMost: 'medium',
    reason: 'It happens only to the last reference, and whoever is still in the way may have another one.',
  },
  inner: {
    atMost: 'medium',
    reason: 'One side is called through a table of the driver: what its caller holds is not known.',
  },
  handed: {
    atMost: 'medium',
    reason: 'The lock comes from a function that was called: whether it always does is not known.',
  },
  retaken: {
    atMost: 'medium',
    reason: 'A caller takes the same lock with interrupts off: it may be let go and taken again in between.',
  },
  polled: {
    atMost: 'medium',
    reason: 'The handler is called by hand as well, which is done where the interrupt does not come.',
  },
  contexts: {
    atMost: 'medium',
    reason: 'One side is called in several contexts: in some of them interrupts are on.',
  },
  dispatcher: {
    atMost: 'low',
    reason: 'A call through a table leads to one of many functions; which one is not known.',
  },
  'some release': {
    atMost: 'low',
    reason:
      'The last reference is given up to one of several kinds of object; which of them it is is not known.',
  },
  'taken away': {
    atMost: 'low',
    reason: 'Its files are taken away in so many words elsewhere: the last reference may find none.',
  },
  'own part': {
    atMost: 'low',
    reason: 'It holds a part of the object of which it gives up a reference: that is hardly the last one.',
  },
  left: {
    atMost: 'low',
    reason:
      'A function seems to return with it held or switched off, and may end that in a way not understood.',
  },
  leaked: {
    atMost: 'low',
    reason: 'A function seems to return with the lock by mistake, which is told as a finding of its own.',
  },
  'given back': {
    atMost: 'low',
    reason: 'A function lets the lock go and takes it again for a caller that holds it, and here none does.',
  },
  inside: {
    atMost: 'low',
    reason: 'Everything is taken inside the core, which many others use in the same way.',
  },
  context: {
    atMost: 'low',
    reason:
      'One side sleeps in a handler that may not: a mistake of another kind, or a way that is not gone.',
  },
  instance: {
    atMost: 'low',
    reason: 'Both are of one class; whether they are the same object is not known.',
  },
  queued: {
    atMost: 'low',
    reason: 'Both only read: it takes a writer that comes between them.',
  },
  nested: {
    atMost: 'low',
    reason: 'Both sides take it with different nesting levels: the order is given by hand.',
  },
  stopped: {
    atMost: 'low',
    reason: 'The handler was waited for before: somebody has to start it again in between.',
  },
  kinds: {
    atMost: 'low',
    reason: 'Sockets of different protocols are meant: they are one class by name only.',
  },
  stacked: {
    atMost: 'low',
    reason:
      'A function calls through the table that it stands in itself: for another object, with a function of its own.',
  },
  excluded: {
    atMost: 'low',
    reason: 'Two tests on one way exclude each other, unless what they test is changed in between.',
  },
  opposite: {
    atMost: 'low',
    reason: 'Both sides test one flag or role, with opposite results: they may not come there together.',
  },
  'other device': {
    atMost: 'low',
    reason: 'The driver is called for a device of a kind to which it is not bound.',
  },
  'unknown device': { atMost: 'low', reason: 'Which device the lock belongs to is not known.' },
};

/** Evidence as sure as a finding of high, medium or low confidence needs it. */
export const tiers = [0, 1, 2] as const;
export type Tier = (typeof tiers)[number];

/** What one link allows at most. */
export function tierOf(found: readonly Doubt[]): Tier {
  if (found.some((doubt) => weights[doubt].atMost === 'low')) return 2;
  return found.length > 0 ? 1 : 0;
}

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
