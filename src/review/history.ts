// history.ts
// Findings of all states of a series side by side: which are new at the end, which are gone, and after which patch.

import type { Finding } from '../waits/finding.ts';
import { isRenamed } from './renames.ts';
import type { Renames } from './renames.ts';
import type { Status } from './reviewed.ts';

export interface Course {
  /** As it is at the end, or as it was last. */
  readonly finding: Finding;
  readonly status: Status;
  /** Index of the state in which it is first there; absent: from the beginning. */
  readonly appears: number | undefined;
  /** Index of the first state in which it is there no longer. */
  readonly disappears: number | undefined;
}

/**
 * `states[0]` is before the first patch, `states[i]` after the i-th; `renewed[i]` holds the ids of findings that were
 * there by name, and to which that patch opens another way.
 */
export function coursesOf(
  states: readonly (readonly Finding[])[],
  renewed: readonly ReadonlySet<string>[],
  renames: Renames,
): readonly Course[] {
  const lives: Life[] = [];
  states.forEach((findings, state) => {
    const unknown = findings.filter((finding) => {
      // What is gone for a while and comes back was never another one.
      const life = lives.find((candidate) => candidate.finding.id === finding.id);
      if (life) goesOn(life, finding, state);
      if (life && renewed[state]?.has(finding.id) === true) life.first = state;
      return !life;
    });
    for (const finding of unknown) {
      const life = lives.find((one) => one.last === state - 1 && isRenamed(one.finding, finding, renames));
      if (life) goesOn(life, finding, state);
      else lives.push({ finding, first: state, last: state });
    }
  });
  return lives.map((life) => courseOf(life, states.length - 1));
}

interface Life {
  finding: Finding;
  first: number;
  last: number;
}

function goesOn(life: Life, finding: Finding, state: number): void {
  life.finding = finding;
  life.last = state;
}

function courseOf({ finding, first, last }: Life, end: number): Course {
  const appears = first === 0 ? undefined : first;
  const disappears = last === end ? undefined : last + 1;
  const status = disappears !== undefined ? 'fixed' : appears === undefined ? 'existing' : 'introduced';
  return { finding, status, appears, disappears };
}
