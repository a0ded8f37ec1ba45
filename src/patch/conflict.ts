// conflict.ts
// Says why a change could not be made: where the tree differs from what the patch expects, and how.

import type { Conflict } from './applied.ts';
import { applyHunks } from './applyHunks.ts';
import type { Failure } from './applyHunks.ts';
import { decodedText } from './byteText.ts';
import type { ByteString, FileChange, Hunk, HunkLine } from './change.ts';
import { shownPath } from './diffPaths.ts';
import { oldLines } from './fileLines.ts';
import type { FileLines } from './fileLines.ts';
import { reversed } from './reverse.ts';

/** About the file as a whole. `text` goes behind its path. */
export const fileConflict = (
  change: FileChange,
  path: string,
  text: string,
  isAlreadyThere = false,
): Conflict => ({
  change,
  path,
  line: 0,
  expected: undefined,
  found: undefined,
  text: `${shownPath(path)} ${text}`,
  isAlreadyThere,
});

export function hunkConflict(change: FileChange, file: FileLines, failure: Failure): Conflict {
  const { oldPath, hunks } = change;
  const number = failure.hunk + 1;
  switch (failure.why) {
    case 'damaged':
      return fileConflict(change, oldPath, `is left as it is: hunk ${number} of its change is damaged`);
    case 'too-much':
      return fileConflict(
        change,
        oldPath,
        `is left as it is: the place of hunk ${number} takes too long to find`,
      );
    case 'different':
      break;
  }
  if (applyHunks(file, reversed(change).hunks).kind === 'applied')
    return fileConflict(change, oldPath, 'has this change already', true);
  return lineConflict(change, file, failure, hunks[failure.hunk]!);
}

function lineConflict(change: FileChange, file: FileLines, failure: Failure, hunk: Hunk): Conflict {
  const { oldPath } = change;
  const old = oldLines(hunk);
  const start = likeliestPlace(file, old, failure.expectedAt);
  const index = old.findIndex((line, i) => !file.isAt(start + i, line));
  const at = start + Math.max(0, index);
  const expected = old[index];
  const found = file.line(at);
  const name = `hunk ${failure.hunk + 1}`;
  const why = expected ? difference(expected.text, found, name) : misplacement(hunk, start, name);
  return {
    change,
    path: oldPath,
    line: at + 1,
    expected: expected && decodedText(expected.text),
    found: found === undefined ? undefined : decodedText(found),
    text: `${shownPath(oldPath)}:${at + 1} ${why}`,
    isAlreadyThere: false,
  };
}

function difference(expected: ByteString, found: ByteString | undefined, hunk: string): string {
  if (found === undefined) return `is behind the end of the file, and ${hunk} expects a line there`;
  const bare = (text: ByteString): ByteString => text.replace(/\s+/g, '');
  if (expected === found) return `and ${hunk} differ in the newline at the end of the file`;
  if (withoutReturn(expected) === withoutReturn(found)) return `and ${hunk} differ in a carriage return`;
  if (bare(expected) === bare(found)) return `is what ${hunk} expects but for blanks and tabs`;
  return `is not what ${hunk} expects`;
}

/** Every line is as the hunk has it, and still it does not belong there. */
function misplacement({ lines, oldStart }: Hunk, start: number, hunk: string): string {
  if (!lines.some(({ kind }) => kind === 'context'))
    return `may not be the place of ${hunk}, which has no context`;
  const end = oldStart <= 1 && start > 0 ? 'begin' : 'end';
  return `is as ${hunk} expects it, but the file should ${end} there`;
}

const withoutReturn = (text: ByteString): ByteString => text.replace(/\r$/, '');

// How far away, and by how many lines, it is worth looking for something that is wrong anyway.
const reach = 500;
const mostLines = 60;

/** The nearest place where the most lines agree. */
function likeliestPlace(file: FileLines, old: readonly HunkLine[], expectedAt: number): number {
  const sample = old.slice(0, mostLines);
  const center = Math.min(expectedAt, file.count);
  let best = { at: center, same: 0 };
  for (let away = 0; away <= reach; away++) {
    for (const at of away === 0 ? [center] : [center + away, center - away]) {
      if (at < 0 || at > file.count) continue;
      const same = sample.filter((line, i) => file.isAt(at + i, line)).length;
      if (same > best.same) best = { at, same };
    }
  }
  return best.at;
}
