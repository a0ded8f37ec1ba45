// heldSections.ts
// The critical sections of one function as stretches of lines.

import { heldRow } from './callers.ts';
import { heldOnAll, isSame } from './heldInside.ts';
import type { HeldStep, HeldWay } from './heldInside.ts';
import type { HeldPlaces } from './heldPlaces.ts';
import type { HeldSection } from './results.ts';

/** The lines on which something is taken and let go belong to the section. */
export function sectionsOf(places: HeldPlaces, firstLine: number, lastLine: number): readonly HeldSection[] {
  const sections: HeldSection[] = [];
  for (let line = firstLine; line <= lastLine; line++) {
    const moments = places.waysOn(line);
    const section = sectionOn(line, moments);
    if (!section) {
      // Blank lines, comments and what is never reached neither begin nor end one.
      if (moments.some((ways) => ways.length > 0)) sections.push(nothingOn(line));
      continue;
    }
    const last = sections.at(-1);
    const goesOn = last && isAlike(last, section);
    if (last && last.holds.length > 0)
      sections[sections.length - 1] = { ...last, lastLine: goesOn ? line : line - 1 };
    if (!goesOn) sections.push(section);
  }
  return sections.filter(({ holds }) => holds.length > 0);
}

const nothingOn = (line: number): HeldSection => ({
  firstLine: line,
  lastLine: line,
  holds: [],
  isSure: true,
});

function sectionOn(line: number, moments: readonly (readonly HeldWay[])[]): HeldSection | undefined {
  const sure = distinct(moments.flatMap((ways) => heldOnAll(ways)));
  const holds = distinct(moments.flat().flatMap((way) => way.holds));
  if (holds.length === 0) return undefined;
  const shown = sure.length > 0 ? sure : holds;
  return { firstLine: line, lastLine: line, holds: shown.map(heldRow), isSure: sure.length > 0 };
}

// Read sections of RCU are everywhere and hold nobody up.
const distinct = (steps: readonly HeldStep[]): readonly HeldStep[] =>
  steps.filter(
    (step, i) =>
      step.effect !== 'assert' &&
      step.objectKind !== 'rcu' &&
      step.objectKind !== 'seqlock' &&
      steps.findIndex(isSame(step)) === i,
  );

const isAlike = (a: HeldSection, b: HeldSection): boolean =>
  a.isSure === b.isSure &&
  a.holds.length === b.holds.length &&
  a.holds.every((held) => b.holds.some(isSame(held)));
