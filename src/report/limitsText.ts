// limitsText.ts
// What could not be looked at, so that silence means something.

import type { CheckReport } from '../engine/checkReport.ts';
import { wrapped } from './columns.ts';
import { counted } from './words.ts';

const mostNames = 12;
const mostGivenUp = 8;

type Limits = Pick<CheckReport, 'unresolvedCalls' | 'unresolved' | 'givenUp' | 'skipped'>;

export function limitLines({ unresolvedCalls, unresolved, givenUp, skipped }: Limits): string[] {
  const lines: string[] = [];
  if (unresolvedCalls > 0) {
    const names = unresolved
      .slice(0, mostNames)
      .map(({ name, count }) => (count > 1 ? `${name} (${count})` : name));
    const more =
      unresolved.length > mostNames ? ` and ${counted(unresolved.length - mostNames, 'other name')}` : '';
    lines.push(
      ...wrapped(`Not followed: ${counted(unresolvedCalls, 'call')}: ${names.join(', ')}${more}`, '  '),
    );
  }
  lines.push(...givenUpLines(givenUp));
  lines.push(
    ...listed(
      'Not read',
      skipped.map(({ path, reason }) => `${path}: ${reason}`),
    ),
  );
  return lines;
}

/** One line for each reason, with the first of the places. */
function givenUpLines(givenUp: Limits['givenUp']): string[] {
  const byReason = new Map<string, string[]>();
  for (const { path, fn, reason } of givenUp) {
    const places = byReason.get(reason) ?? [];
    byReason.set(reason, places);
    places.push(fn === '' ? path : path === '' ? fn : `${fn}()`);
  }
  return [...byReason].flatMap(([reason, places]) => {
    const named = places.slice(0, mostGivenUp).filter((place) => place !== '');
    const more = places.length > mostGivenUp ? ` and ${places.length - mostGivenUp} more` : '';
    return wrapped(`Given up, ${reason}: ${named.join(', ')}${more}`, '  ');
  });
}

function listed(heading: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const more = items.length > mostGivenUp ? [`    and ${items.length - mostGivenUp} more`] : [];
  return [`  ${heading}:`, ...items.slice(0, mostGivenUp).map((item) => `    ${item}`), ...more];
}
