// cost.ts
// How good one piece of evidence is beside others for the same thing: less is better.

import type { Doubt } from './link.ts';

const weights: Readonly<Record<Doubt, number>> = {
  timeout: 4,
  asserted: 6,
  assumed: 10,
  long: 10,
  recursive: 10,
  'last reference': 10,
  inner: 10,
  handed: 10,
  retaken: 10,
  polled: 10,
  contexts: 10,
  signal: 10,
  apart: 10,
  module: 10,
  setup: 40,
  fresh: 40,
  foreign: 40,
  chosen: 40,
  elsewhere: 40,
  dispatcher: 40,
  'some release': 40,
  'taken away': 40,
  'own part': 40,
  left: 40,
  leaked: 40,
  'given back': 40,
  stopped: 40,
  inside: 40,
  context: 40,
  instance: 40,
  queued: 40,
  nested: 40,
  kinds: 40,
  stacked: 40,
  excluded: 40,
  opposite: 40,
  'other device': 40,
  'unknown device': 40,
};

/** `length`: steps of the way. */
export function costOf(found: readonly Doubt[], length: number, assumptions: number): number {
  return length + 2 * assumptions + found.reduce((sum, doubt) => sum + weights[doubt], 0);
}
