// applyHunks.ts
// Puts the hunks of one file into its text, as git apply does: every line of context must be there; the place is the one
// that the header names or else the nearest; a hunk at the first line, or without context behind it, belongs to that end
// of the file.

import { byteStringOf } from './byteText.ts';
import type { ByteString, Hunk } from './change.ts';
import { FileLines, newText, oldLines } from './fileLines.ts';
import { PatchedLines } from './patchedLines.ts';
import { isWhole } from './readHunks.ts';

export type AppliedHunks =
  | { readonly kind: 'applied'; readonly text: ByteString; readonly places: readonly Place[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** As `PlacedHunk`, without the path. */
export interface Place {
  readonly hunk: number;
  readonly oldStart: number;
  readonly newStart: number;
  readonly offset: number;
}

export interface Failure {
  /** Index of the first hunk that does not fit. */
  readonly hunk: number;
  readonly why: 'damaged' | 'different' | 'too-much';
  /** Where it was expected, from 0, in the file as it was. */
  readonly expectedAt: number;
}

export const textOfFile = (bytes: Uint8Array): FileLines => new FileLines(byteStringOf(bytes));

/** The text of `file` is not changed. */
export function applyHunks(file: FileLines, hunks: readonly Hunk[]): AppliedHunks {
  const lines = new PatchedLines(file);
  file.compared = 0;
  let drift = 0;
  for (const [index, hunk] of hunks.entries()) {
    const headerAt = Math.max(0, hunk.oldStart - (hunk.oldCount === 0 ? 0 : 1));
    const found = isWhole(hunk) ? findPlace(lines, hunk) : 'damaged';
    if (typeof found === 'string')
      return { kind: 'failed', failure: { hunk: index, why: found, expectedAt: headerAt + drift } };
    const { at, oldAt } = found;
    file.compared += lines.put({ hunk: index, oldAt, oldCount: hunk.oldCount, newCount: hunk.newCount }, at);
    drift = oldAt - headerAt;
  }
  return { kind: 'applied', text: textWith(lines, hunks), places: placesIn(lines, hunks) };
}

// This many lines compared take a second or two; no patch that anybody wrote comes near.
const mostCompared = 30_000_000;

interface Found {
  readonly at: number;
  readonly oldAt: number;
}

/** From 0, in the new text. */
const wantedAt = ({ newStart }: Hunk): number => (newStart > 0 ? newStart - 1 : 0);

function findPlace(lines: PatchedLines, hunk: Hunk): Found | Failure['why'] {
  const old = oldLines(hunk);
  const { count } = lines;
  const isAtEnd = hunk.lines.at(-1)?.kind !== 'context';
  const found = (at: number): Found | undefined => {
    const oldAt = lines.find(at, old);
    return oldAt === undefined ? undefined : { at, oldAt };
  };
  if (hunk.oldStart <= 1) return (isAtEnd && old.length !== count ? undefined : found(0)) ?? 'different';
  if (isAtEnd) return (count < old.length ? undefined : found(count - old.length)) ?? 'different';
  const start = Math.min(wantedAt(hunk), count);
  const farthest = Math.max(start, count - start);
  for (let away = 0; away <= farthest; away++) {
    if (lines.file.compared > mostCompared) return 'too-much';
    const ahead = start + away <= count ? found(start + away) : undefined;
    const place = ahead ?? (start >= away ? found(start - away) : undefined);
    if (place) return place;
  }
  return 'different';
}

function textWith({ file, spans }: PatchedLines, hunks: readonly Hunk[]): ByteString {
  const pieces: ByteString[] = [];
  let done = 0;
  for (const { hunk, oldAt, oldCount } of spans) {
    pieces.push(file.text.slice(file.startOf(done), file.startOf(oldAt)), newText(hunks[hunk]!));
    done = oldAt + oldCount;
  }
  pieces.push(file.text.slice(file.startOf(done)));
  return pieces.join('');
}

const placesIn = ({ spans }: PatchedLines, hunks: readonly Hunk[]): readonly Place[] =>
  spans.map(({ hunk, oldAt, newAt }) => ({
    hunk,
    oldStart: oldAt + 1,
    newStart: newAt + 1,
    offset: newAt - shownAt(hunks[hunk]!),
  }));

/** Of a range without lines the header names the line before it. */
const shownAt = ({ newStart, newCount }: Hunk): number =>
  newCount === 0 ? newStart : Math.max(0, newStart - 1);
