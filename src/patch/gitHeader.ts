// gitHeader.ts
// The lines between `diff --git` and the first hunk.

import { decodedText } from './byteText.ts';
import type { ByteString } from './change.ts';
import { commonPath, nameOnLine, namesOnGitLine } from './diffPaths.ts';
import type { LineCursor } from './sourceText.ts';

export interface GitHeader {
  readonly line: number;
  oldName: string | undefined;
  newName: string | undefined;
  /** Names that stand without a prefix: of renames and copies. */
  isNamedBare: boolean;
  kind: 'modified' | 'added' | 'deleted' | 'renamed' | 'copied';
  oldMode: string | undefined;
  newMode: string | undefined;
  oldBlob: string | undefined;
  newBlob: string | undefined;
  isBinary: boolean;
}

// Longer than any path that a system takes, twice. Patterns are not tried on more.
const longestLine = 20_000;

/** The cursor stands at `diff --git`, and ends at the first hunk or behind the header. */
export function readGitHeader(cursor: LineCursor): GitHeader {
  const names = namesOnGitLine(shortened(cursor).slice('diff --git '.length));
  const header: GitHeader = {
    line: cursor.line,
    oldName: names?.[0],
    newName: names?.[1],
    isNamedBare: false,
    kind: 'modified',
    oldMode: undefined,
    newMode: undefined,
    oldBlob: undefined,
    newBlob: undefined,
    isBinary: false,
  };
  cursor.advance();
  while (!cursor.isAtEnd && takeLine(header, cursor)) cursor.advance();
  return header;
}

function takeLine(header: GitHeader, cursor: LineCursor): boolean {
  const text = shortened(cursor).replace(/\r$/, '');
  const row = rows.find(([start]) => text.startsWith(start));
  if (row) row[1](header, text.slice(row[0].length));
  return row !== undefined;
}

type Row = readonly [start: ByteString, take: (header: GitHeader, rest: ByteString) => void];

// prettier-ignore
const rows: readonly Row[] = [
  ['index ', takeBlobs],
  ['--- ', (header, rest) => { takeName(header, 'oldName', rest); }],
  ['+++ ', (header, rest) => { takeName(header, 'newName', rest); }],
  ['old mode ', (header, rest) => { header.oldMode = rest.trim(); }],
  ['new mode ', (header, rest) => { header.newMode = rest.trim(); }],
  ['new file mode ', (header, rest) => { header.kind = 'added'; header.newMode = rest.trim(); }],
  ['deleted file mode ', (header, rest) => { header.kind = 'deleted'; header.oldMode = rest.trim(); }],
  ['similarity index ', () => undefined],
  ['dissimilarity index ', () => undefined],
  ['rename from ', (header, rest) => { takeBareName(header, 'renamed', 'oldName', rest); }],
  ['rename to ', (header, rest) => { takeBareName(header, 'renamed', 'newName', rest); }],
  ['rename old ', (header, rest) => { takeBareName(header, 'renamed', 'oldName', rest); }],
  ['rename new ', (header, rest) => { takeBareName(header, 'renamed', 'newName', rest); }],
  ['copy from ', (header, rest) => { takeBareName(header, 'copied', 'oldName', rest); }],
  ['copy to ', (header, rest) => { takeBareName(header, 'copied', 'newName', rest); }],
  ['Binary files ', (header) => { header.isBinary = true; }],
];

function takeBlobs(header: GitHeader, rest: ByteString): void {
  const match = /^([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})(?: (\d{6}))?/.exec(rest);
  if (!match) return;
  header.oldBlob = match[1];
  header.newBlob = match[2];
  header.oldMode ??= match[3];
}

type Side = 'oldName' | 'newName';

function takeBareName(header: GitHeader, kind: 'renamed' | 'copied', side: Side, rest: ByteString): void {
  header.kind = kind;
  header[side] = rest.startsWith('"') ? nameOnLine(rest).name : decodedText(rest);
  header.isNamedBare = true;
}

/** The names on the first line are better where they fit together: no time stands behind them. */
function takeName(header: GitHeader, side: Side, rest: ByteString): void {
  if (header.isNamedBare) return;
  const { oldName, newName } = header;
  if (oldName !== undefined && newName !== undefined && commonPath(oldName, newName)) return;
  const { name } = nameOnLine(rest);
  if (name !== undefined) header[side] = name;
}

const shortened = (cursor: LineCursor): ByteString => cursor.text.slice(0, longestLine);
