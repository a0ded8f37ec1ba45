// chainsText.ts
// The lock chains of functions for a terminal: what each does, in call order, what its callees do below it, and
// the place of each row at the end of its line, where terminals and editors can jump to it.

import { lineOf } from '../base/position.ts';
import type { CallerRow, FunctionReport, OperationRow, Place, Row } from '../engine/results.ts';
import { alignedLines, wrapped } from './columns.ts';
import type { ChainLine } from './columns.ts';
import { noPaint } from './paint.ts';
import type { Paint } from './paint.ts';
import { effectWords, objectWords } from './words.ts';

const mostNames = 12;

export function chainsText(reports: readonly FunctionReport[], paint: Paint = noPaint): string {
  return reports.map((report) => functionText(report, paint)).join('\n');
}

/** Who makes them run, holding what, without what they do themselves. */
export function callersText(reports: readonly FunctionReport[], paint: Paint = noPaint): string {
  return reports
    .map((report) => {
      const lines = callerLines(report, paint).filter((line) => line !== '');
      return [headOf(report, paint), ...(lines.length === 0 ? [noCallers] : lines)].map(ended).join('');
    })
    .join('\n');
}

// Calls through pointers that nobody could follow may end here, too.
const noCallers = '  nobody calls it by its name, and no table or handler that is known names it';

function functionText(report: FunctionReport, paint: Paint): string {
  const head = headOf(report, paint);
  const lines = linesOf(report.rows, 1, new Set(), paint);
  return [
    head,
    ...callerLines(report, paint),
    ...(lines.length === 0 ? [silence(report)] : alignedLines(lines, paint)),
    ...limitLines(report),
  ]
    .map(ended)
    .join('');
}

const headOf = ({ name, path, start }: FunctionReport, paint: Paint): string =>
  `${paint.strong(`${name}()`)}  ${paint.faint(placeText({ path, at: start }))}`;

function limitLines({ unresolved, unresolvedBelow = [], notEntered = 0 }: FunctionReport): string[] {
  const below = unresolvedBelow
    .slice(0, mostNames)
    .map(({ name, count }) => (count > 1 ? `${name} (${count})` : name));
  const more = unresolvedBelow.length - below.length;
  const lines = [
    ...(unresolved.length === 0 ? [] : listed('not followed:', unresolved)),
    ...(below.length === 0
      ? []
      : listed('not followed below:', more > 0 ? [...below, `and ${more} more`] : below)),
    ...(notEntered === 0
      ? []
      : [`  deeper than was asked for: ${notEntered} ${notEntered === 1 ? 'function' : 'functions'}`]),
  ];
  return lines.length === 0 ? [] : ['', ...lines];
}

/** Who makes it run, the callers of callers below them; an empty line parts them from what it does. */
function callerLines({ callers = [], moreCallers = 0 }: FunctionReport, paint: Paint): string[] {
  if (callers.length === 0) return [];
  const more = moreCallers === 0 ? [] : [`  and ${moreCallers} more ways to get here`];
  return [
    ...alignedLines(
      callers.flatMap((row) => wayUp(row, 1, paint)),
      paint,
    ),
    ...more,
    '',
  ];
}

function wayUp(row: CallerRow, depth: number, paint: Paint): ChainLine[] {
  const holds = row.holds.map(objectWords).join(', ');
  const holding = holds === '' ? '' : `, holding ${holds}`;
  const line = { depth, place: placeText(row), paintWord: holds === '' ? paint.faint : paint.take };
  switch (row.kind) {
    case 'caller': {
      const repeats = row.repeats === undefined ? '' : repeatWords[row.repeats];
      const own = { ...line, word: 'called by', object: `${row.caller}()${holding}${repeats}` };
      return [own, ...row.callers.flatMap((caller) => wayUp(caller, depth + 1, paint))];
    }
    case 'table':
      return [{ ...line, word: 'set as', object: `${row.via}${holding}` }];
    case 'handler': {
      const own = { ...line, word: 'handles', object: objectWords(row) };
      const queued = row.queuedBy.map((place) => ({
        depth: depth + 1,
        word: 'queued by',
        object: `${place.caller}()`,
        place: placeText(place),
        paintWord: paint.faint,
      }));
      return [own, ...queued];
    }
  }
}

const repeatWords = { above: ', as above', cycle: ', again: a cycle of calls' } as const;

/** A callee's rows are shown where it is first called. */
function linesOf(rows: readonly Row[], depth: number, shown: Set<string>, paint: Paint): ChainLine[] {
  return rows.flatMap((row) => {
    const place = placeText(row);
    if (row.kind === 'operation') {
      return [
        {
          depth,
          word: effectWords[row.effect],
          object: objectWords(row),
          place,
          paintWord: wordPaint(row, paint),
        },
      ];
    }
    const key = placeText(row.definition);
    const via = row.via === undefined ? '' : ` via ${row.via}`;
    const call = { depth, word: 'calls', object: `${row.callee}()${via}`, place, paintWord: paint.faint };
    const repeats = row.repeats ?? (shown.has(key) ? 'above' : undefined);
    if (repeats) return [{ ...call, object: `${call.object}${repeatWords[repeats]}` }];
    shown.add(key);
    return [call, ...linesOf(row.rows, depth + 1, shown, paint)];
  });
}

function wordPaint(row: OperationRow, paint: Paint): (text: string) => string {
  if (row.effect === 'acquire' || row.effect === 'try') return paint.take;
  return row.effect === 'wait' ? paint.wait : (text) => text;
}

function silence(report: FunctionReport): string {
  const what = '  neither it nor what it calls directly takes a lock, waits, queues or counts references';
  return report.unresolved.length === 0 ? what : `${what},\n  as far as calls could be followed`;
}

/** `not followed: intf->remove, foo` over as many lines as it needs. */
function listed(heading: string, names: readonly string[]): string[] {
  return wrapped(`${heading} ${names.join(', ')}`, '  ', '    ');
}

const ended = (line: string): string => `${line}\n`;

const placeText = (place: Place): string => `${place.path}:${lineOf(place.at)}`;
