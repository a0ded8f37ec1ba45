// quotedHunk.ts
// The part of a patch that an answer is about, as one quotes it: the header of the hunk and the lines up to the one
// that matters, each behind `> `, and `> [...]` where something is left out.

import { decodedText } from '../patch/byteText.ts';
import type { FileChange, HunkLine, Patch } from '../patch/change.ts';
import { hunkHeader } from '../patch/hunkHeader.ts';
import type { HunkReference } from '../review/reviewed.ts';
import type { Finding } from '../waits/finding.ts';
import { diffLine } from './diffLine.ts';
import { printable } from './printable.ts';

export interface Quote {
  readonly lines: readonly string[];
  /** Where in the patch it stands, for order. */
  readonly order: readonly number[];
}

// An answer that quotes the whole patch is not read.
const mostLines = 12;
const linesBefore = 5;
const linesAfterRemoved = 3;

/** Lines of that patch which close the cycle; where it only takes lines away, those nearest to the finding. */
export function quoteFor(
  finding: Finding,
  closedBy: readonly HunkReference[],
  patch: Patch,
): Quote | undefined {
  const own = closedBy.filter((reference) => reference.patch === patch.number);
  const references = own.length > 0 ? own : nearestTo(finding, patch);
  const places = placesOf(references, patch);
  if (places.length === 0) return undefined;
  const isOneFile = patch.changes.length === 1;
  let path: string | undefined;
  const lines = places.flatMap(({ change, hunk, wanted }, i) => {
    const isSame = change.newPath === path;
    path = change.newPath;
    return [
      ...(i === 0 ? [] : ['[...]']),
      ...(isOneFile || isSame ? [] : [`+++ b/${change.newPath}`]),
      decodedText(hunkHeader(change.hunks[hunk]!)),
      ...excerpt(change.hunks[hunk]!.lines, wanted, Math.max(4, Math.floor(mostLines / places.length))),
    ];
  });
  return { lines: lines.map((line) => `> ${printable(line)}`.trimEnd()), order: orderOf(places[0]!) };
}

interface Place {
  readonly change: FileChange;
  readonly changeIndex: number;
  readonly hunk: number;
  /** Indexes of lines of the hunk, in order. */
  readonly wanted: readonly number[];
}

const orderOf = ({ changeIndex, hunk, wanted }: Place): readonly number[] => [
  changeIndex,
  hunk,
  wanted.at(-1) ?? 0,
];

// More hunks than these are not quoted: the last lines of all would be lost in them.
const mostHunks = 3;

function placesOf(references: readonly HunkReference[], { changes }: Patch): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { path, hunk, line } of references) {
    const changeIndex = changes.findIndex(({ newPath, oldPath }) => newPath === path || oldPath === path);
    const change = changes[changeIndex];
    if (!change?.hunks[hunk]?.lines[line]) continue;
    const key = `${changeIndex} ${hunk}`;
    const wanted = [...(places.get(key)?.wanted ?? []), line].sort((a, b) => a - b);
    places.set(key, { change, changeIndex, hunk, wanted });
  }
  return [...places.values()]
    .sort((a, b) => a.changeIndex - b.changeIndex || a.hunk - b.hunk)
    .slice(0, mostHunks);
}

/** The changed lines of the hunk that names the most functions of the finding. */
function nearestTo({ edges }: Finding, patch: Patch): readonly HunkReference[] {
  const steps = edges.flatMap((edge) => edge.steps);
  const names = new Set(steps.flatMap(({ fn, target }) => [fn, target]));
  const paths = new Set(steps.map(({ path }) => path));
  let best: { readonly score: number; readonly references: readonly HunkReference[] } = {
    score: 0,
    references: [],
  };
  for (const change of patch.changes) {
    change.hunks.forEach(({ heading, lines }, hunk) => {
      const text = [heading, ...lines.map((line) => line.text)].join('\n');
      const named = [...names].filter((name) => text.includes(name)).length;
      const score = named * 2 + (paths.has(change.newPath) ? 1 : 0);
      if (score <= best.score) return;
      const changed = lines.flatMap(({ kind }, line) => (kind === 'context' ? [] : [line]));
      const path = change.newPath;
      best = {
        score,
        references: changed.slice(0, mostLines).map((line) => ({ patch: patch.number, path, hunk, line })),
      };
    });
  }
  return best.references;
}

/** From a little before the first wanted line to the last one; in between the ends are kept. */
function excerpt(lines: readonly HunkLine[], wanted: readonly number[], most: number): readonly string[] {
  const first = wanted[0] ?? 0;
  const last = endOf(lines, wanted.at(-1) ?? 0);
  const room = Math.max(0, most - (last - first + 1));
  const before = first - Math.min(linesBefore, room);
  // A mark for one line that is left out is as long as the line.
  const start = before <= 1 ? 0 : before;
  const shown = lines.slice(start, last + 1).map(diffLine);
  const kept = shown.length <= most + 1 ? shown : [...shown.slice(0, most - 3), '[...]', ...shown.slice(-2)];
  return start === 0 ? kept : ['[...]', ...kept];
}

/** What is taken away matters for what follows it. */
function endOf(lines: readonly HunkLine[], last: number): number {
  if (lines[last]?.kind !== 'removed') return last;
  let end = Math.min(last + linesAfterRemoved, lines.length - 1);
  while (end > last && lines[end]?.text.trim() === '') end--;
  return end;
}
