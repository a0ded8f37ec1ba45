// steps.ts
// What a step of a thread is: a call, the taking of something, a way out; and which calls are folded, in every output.

import { lockKinds } from '../effects/tables.ts';
import type { Hop } from '../effects/results.ts';
import type { Edge, Rule } from '../waits/finding.ts';
import { hopWords } from './words.ts';

// Fewer than three are sooner read than a line that says how many they were.
export const fewestFolded = 3;

/** How many steps from here on are calls outside the scope; the one that leads back into it is shown. */
export function foldedFrom(steps: readonly Hop[], start: number, inScope: (path: string) => boolean): number {
  let end = start;
  while (end < steps.length && isCall(steps[end]!) && !inScope(steps[end]!.path)) end++;
  const next = steps[end];
  return next && inScope(next.path) ? end - start - 1 : end - start;
}

export function wordOf(step: Hop, rule: Rule, edge: Edge, isLast: boolean): string {
  if (isReturn(step)) return 'returns';
  if (isLast && rule === 'sleep-in-atomic') return 'sleeps in';
  const wants = isLast && step.action === 'acquire' && !isInterrupted(rule, edge);
  return wants ? 'wants' : hopWords[step.action];
}

/** The thread takes a lock, and does not want anything: a handler comes in. */
export const isInterrupted = (rule: Rule, { wants }: Edge): boolean =>
  rule === 'irq-deadlock' && !lockKinds.has(wants.kind);

export const isTaking = ({ action }: Hop): boolean => action === 'acquire' || action === 'get';

/** The way out of a function that keeps a lock. */
export const isReturn = ({ target }: Hop): boolean => target === 'return';

export const isCall = (step: Hop): boolean =>
  !isReturn(step) &&
  (step.action === 'call' || step.action === 'indirect-call' || step.action === 'callback');

/** What the source does in a loop of its own has no name there. */
export const isOwnWord = ({ target }: Hop): boolean => target.startsWith('holdwait_');

/** In which function the thread is after the step. */
export const functionAfter = (step: Hop): string => (isCall(step) ? step.target : step.fn);
