// chainsText.ts
// The lock chains of functions for a terminal: what each does, in call order, what its callees do below it, and
// the place of each row at the end of its line, where terminals and editors can jump to it.

import { lineOf } from '../base/position.ts';
import type { FunctionReport, OperationRow, Place, Row } from '../engine/results.ts';
import { noPaint } from './paint.ts';
import type { Paint } from './paint.ts';
import { effectWords, objectWords } from './words.ts';

const widest = 100;
// So much wider may a text get to keep its places in one column.
const tolerance = 12;

export function chainsText(reports: readonly FunctionReport[], paint: Paint = noPaint): string {
  return reports.map((report) => functionText(report, paint)).join('\n');
}

interface Line {
  readonly depth: number;
  readonly word: string;
  readonly object: string;
  readonly place: string;
  readonly paintWord: (text: string) => string;
}

function functionText(report: FunctionReport, paint: Paint): string {
  const head = `${paint.strong(`${report.name}()`)}  ${paint.faint(placeText({ path: report.path, at: report.start }))}\n`;
  const lines = linesOf(report.rows, 1, new Set(), paint);
  const body = lines.length === 0 ? [silence(report)] : aligned(lines, paint);
  const rest = report.unresolved.length === 0 ? [] : notFollowed(report.unresolved);
  return `${[head, ...body.map(ended), ...rest.map(ended)].join('')}`;
}

/** A callee's rows are shown where it is first called. */
function linesOf(rows: readonly Row[], depth: number, shown: Set<string>, paint: Paint): Line[] {
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
    const call = { depth, word: 'calls', object: `${row.callee}()`, place, paintWord: paint.faint };
    if (shown.has(key)) return [{ ...call, object: `${row.callee}(), as above` }];
    shown.add(key);
    return [call, ...linesOf(row.rows, depth + 1, shown, paint)];
  });
}

function wordPaint(row: OperationRow, paint: Paint): (text: string) => string {
  if (row.effect === 'acquire' || row.effect === 'try') return paint.take;
  return row.effect === 'wait' ? paint.wait : (text) => text;
}

// Places stand in one column. A long name pushes only its own place to the right.
function aligned(lines: readonly Line[], paint: Paint): string[] {
  const wordWidth = Math.max(...lines.map((line) => line.word.length)) + 2;
  const leftOf = (line: Line): number => 2 * line.depth + wordWidth + line.object.length;
  const placeWidth = Math.max(...lines.map((line) => line.place.length));
  const most = widest + tolerance - placeWidth - 2;
  const column = Math.max(...lines.map(leftOf).filter((left) => left <= most), 0) + 2;
  return lines.map((line) => {
    const gap = ' '.repeat(Math.max(column - leftOf(line), 2));
    const word = line.paintWord(line.word) + ' '.repeat(wordWidth - line.word.length);
    return `${'  '.repeat(line.depth)}${word}${line.object}${gap}${paint.faint(line.place)}`;
  });
}

function silence(report: FunctionReport): string {
  const what = '  neither it nor what it calls directly takes a lock, waits, queues or counts references';
  return report.unresolved.length === 0 ? what : `${what},\n  as far as calls could be followed`;
}

/** `not followed: intf->remove, foo` over as many lines as it needs. */
function notFollowed(names: readonly string[]): string[] {
  const lines: string[] = [];
  let line = '  not followed:';
  for (const [i, name] of names.entries()) {
    const piece = i === names.length - 1 ? name : `${name},`;
    if (line.length + 1 + piece.length > widest) {
      lines.push(line);
      line = '   ';
    }
    line += ` ${piece}`;
  }
  return ['', ...lines, line];
}

const ended = (line: string): string => `${line}\n`;

const placeText = (place: Place): string => `${place.path}:${lineOf(place.at)}`;
