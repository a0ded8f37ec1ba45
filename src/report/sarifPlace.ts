// sarifPlace.ts
// Places as SARIF has them: paths as URIs below the root of the tree, columns in UTF-16 from 1.

import { columnOf, lineOf } from '../base/position.ts';
import type { Position } from '../base/position.ts';
import type { Hop } from '../effects/results.ts';
import type { SourceLines } from '../engine/checkReport.ts';

export const sourceRoot = 'SRCROOT';

/** What the tool itself brings along, such as core functions told in C, lies in no tree. */
export const artifactLocation = (path: string): object => {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('holdwait/stubs/')
    ? { uri, description: { text: 'A core function as Holdwait tells it.' } }
    : { uri, uriBaseId: sourceRoot };
};

/** Of a step: its line, its column where that is sure, and as context the code. */
export function physicalLocation({ path, at, target }: Hop, lines: SourceLines): object {
  const startLine = lineOf(at);
  const text = lines(path, startLine);
  const startColumn = columnIn(text, target, at);
  return {
    artifactLocation: artifactLocation(path),
    region: { startLine, ...(startColumn === undefined ? {} : { startColumn }) },
    ...(text === '' ? {} : { contextRegion: { startLine, snippet: { text } } }),
  };
}

// A position holds no more columns than these.
const lastColumn = 4095;

/**
 * `text` is the line without the blanks around it, so bytes and letters are the same up to there; further on only where
 * the line is ASCII, or where what stands at the position is found in it.
 */
function columnIn(text: string, target: string, at: Position): number | undefined {
  const column = columnOf(at);
  if (column >= lastColumn) return undefined;
  // oxlint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(text)) return column + 1;
  const index = text.indexOf(target);
  if (index < 0 || index !== text.lastIndexOf(target)) return undefined;
  const bytesBefore = new TextEncoder().encode(text.slice(0, index)).length;
  return column < bytesBefore ? undefined : column - bytesBefore + index + 1;
}
