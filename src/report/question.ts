// question.ts
// What a reviewer would ask the author of a patch: a question, and in one sentence why it is asked. Evidence follows.

import { lockKinds } from '../effects/tables.ts';
import type { Hop, Waitable } from '../effects/results.ts';
import type { Edge, Finding, Rule } from '../waits/finding.ts';

/**
 * The thread that the quoted line belongs to comes first; the ring stays the same. A handler stays behind the thread that
 * waits for it: nobody would tell it the other way round.
 */
export function edgesFrom({ rule, edges }: Finding, isQuoted: (step: Hop) => boolean): readonly Edge[] {
  const first = edges.findIndex(({ steps }) => steps.some(isQuoted));
  const origin = edges[first]?.origin;
  if (first <= 0 || rule === 'irq-deadlock' || origin === 'running' || origin === 'given') return edges;
  return [...edges.slice(first), ...edges.slice(0, first)];
}

export type IsQuoted = (step: Hop) => boolean;

/** `isQuoted`: the step stands on a line that is quoted right above. */
export function questionText(finding: Finding, edges: readonly Edge[], isQuoted: IsQuoted): string {
  return `${questions[finding.rule]}  ${reasonText(finding, edges, isQuoted)}:`;
}

/** Why one asks, without a full stop. */
export function reasonText({ rule, title }: Finding, edges: readonly Edge[], isQuoted: IsQuoted): string {
  switch (rule) {
    case 'lock-cycle':
    case 'wait-cycle':
      return ringWords(edges, isQuoted);
    case 'self-deadlock':
    case 'irq-deadlock':
    case 'sleep-in-atomic':
      return title;
    case 'lock-leak':
      return `${title}, and lets go of it on another way out`;
  }
}

const questions: Readonly<Record<Rule, string>> = {
  'lock-cycle': 'Can this deadlock?',
  'wait-cycle': 'Can this wait forever?',
  'self-deadlock': 'Does this wait for itself?',
  'irq-deadlock': 'Can this deadlock?',
  'sleep-in-atomic': 'Can this sleep here?',
  'lock-leak': 'Is the lock meant to stay held?',
};

function ringWords(edges: readonly Edge[], isQuoted: IsQuoted): string {
  const [first, second] = edges;
  if (!first) return '';
  const isTurned = edges.length === 2 && second && isTaken(first) && isTaken(second);
  const others = isTurned
    ? [`${second.root.fn}() takes them the other way round`]
    : edges.slice(1).map((edge, i) => {
        const isLast = i === edges.length - 2;
        return otherThread(edge, isQuoted, isLast && edges.length === 2);
      });
  const parts = [aboutThread(first, isQuoted), ...others];
  return parts.map((part, i) => (i > 0 && i === parts.length - 1 ? `and ${part}` : part)).join(', ');
}

const isTaken = ({ holds, wants, origin, steps }: Edge): boolean =>
  origin === 'taken' &&
  lockKinds.has(holds.kind) &&
  lockKinds.has(wants.kind) &&
  steps.at(-1)?.action === 'acquire';

/** `acme_suspend() holds acme.io_lock while it waits here for acme.reset_work`. */
function aboutThread({ root, holds, wants, origin, steps }: Edge, isQuoted: IsQuoted): string {
  const wanted = wants.key === holds.key ? 'it' : wants.name;
  const last = steps.at(-1);
  const isHere = last !== undefined && isQuoted(last);
  const taking = isHere ? undefined : steps[0];
  const hereHeld = taking?.action === 'acquire' && isQuoted(taking) ? ' here' : '';
  const does = wantWords(last, wanted, isHere);
  switch (origin) {
    case 'taken':
    case 'tried':
    case 'asserted':
      return last?.action === 'wait'
        ? `${root.fn}() holds ${holds.name}${hereHeld} while it ${does}`
        : `${root.fn}() ${does} while it holds ${holds.name}${hereHeld}`;
    case 'caller':
      return `${root.fn}() is called with ${holds.name} held and ${does}`;
    case 'running':
      return `${root.fn}() runs as ${holds.name} and ${does}`;
    case 'given':
      return `${root.fn}() was given ${holds.name} and ${does}`;
  }
}

/** A thread that the one before waits for, or whose lock it takes. */
function otherThread(
  { root, holds, wants, origin, steps }: Edge,
  isQuoted: IsQuoted,
  isSameLock: boolean,
): string {
  const fn = `${root.fn}()`;
  const last = steps.at(-1);
  const wanted = isSameLock && lockKinds.has(wants.kind) ? 'the same lock' : wants.name;
  const does = wantWords(last, wanted, last !== undefined && isQuoted(last));
  switch (origin) {
    case 'taken':
    case 'tried':
    case 'asserted':
      return `${fn} ${does} while it holds ${holds.name}`;
    case 'caller':
      return `${fn}, which is called with ${holds.name} held, ${does}`;
    case 'running':
      return holds.kind === 'workqueue'
        ? `${fn}, which runs on it, ${does}`
        : `${handlerWords(holds)} ${fn} ${does}`;
    case 'given':
      return `${fn}, which was given ${holds.kind === 'references' ? 'some of them' : 'it'}, ${does}`;
  }
}

/** `takes acme.lock here`, `waits here for acme.reset`. */
function wantWords(last: Hop | undefined, wanted: string, isHere: boolean): string {
  const here = isHere ? ' here' : '';
  return last?.action === 'wait' ? `waits${here} for ${wanted}` : `takes ${wanted}${here}`;
}

const handlerWords = ({ kind }: Waitable): string => (kind === 'kthread' ? 'the thread' : 'its handler');
