// fixesLine.ts
// The `Fixes:` line of a fix for something old. A cycle is closed by the last of its lines to come, so the commit that
// is named is the newest of those that brought what the fix takes away and the lines where something is taken.

import { sameBytes } from '../base/bytes.ts';
import { lineOf } from '../base/position.ts';
import type { Token } from '../base/cancel.ts';
import type { Blamed, Repository } from '../index/repository.ts';
import type { ReadFile } from '../patch/applied.ts';
import { byteStringOf } from '../patch/byteText.ts';
import type { Hunk } from '../patch/change.ts';
import { isOfTheTreeBefore } from '../review/reviewed.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import type { ReviewReport } from './reviewReport.ts';

// Asking git for one old line of a large file takes a second or more.
const mostFindings = 3;
const mostLines = 8;

/** The same report with the lines that its fixes may carry; patches that have one already get none. */
export async function withFixesLines(
  report: ReviewReport,
  { repository, read }: { readonly repository: Repository; readonly read: ReadFile },
  token: Token,
): Promise<ReviewReport> {
  const { commit } = report.base;
  if (commit === undefined || report.patches.some(({ patch }) => hasFixesLine(patch.mail?.message)))
    return report;
  const fixed = report.findings.filter(
    (finding) => isOfTheTreeBefore(finding) && finding.confidence !== 'low',
  );
  const fixesLines = new Map<string, string>();
  for (const finding of fixed.slice(0, mostFindings)) {
    const places = await placesOf(finding, report, async (path) => {
      const [committed, based] = [await repository.textAt(commit, path), await read(path)];
      // What lies on the disk may be another text than the commit's, and its lines other ones.
      return committed && based && sameBytes(committed, based) ? committed : undefined;
    });
    const line = await fixesLineFor(repository, commit, places, token);
    if (line !== undefined) fixesLines.set(finding.id, line);
  }
  return { ...report, fixesLines };
}

const hasFixesLine = (message: string | undefined): boolean => /^Fixes: /m.test(message ?? '');

interface Place {
  readonly path: string;
  readonly line: number;
}

/** Where the patch that fixes it changes something, and where something is taken or waited for. */
async function placesOf(
  { edges, goneBy }: ReviewedFinding,
  { patches }: ReviewReport,
  textOf: ReadFile,
): Promise<readonly Place[]> {
  const changes = patches.find(({ patch }) => patch.number === goneBy)?.patch.changes ?? [];
  const ends = edges.flatMap(({ steps }) => [steps[0], steps.at(-1)].filter((step) => step !== undefined));
  const places: Place[] = [];
  for (const path of new Set(edges.flatMap(({ steps }) => steps.map((step) => step.path)))) {
    const text = await textOf(path);
    if (!text) continue;
    const lines = byteStringOf(text).split('\n');
    const hunks = changes.flatMap((change) => (change.oldPath === path ? change.hunks : []));
    const old = hunks.flatMap(linesBetweenChanges).filter(({ line, text: was }) => lines[line - 1] === was);
    places.unshift(...old.slice(0, mostLines).map(({ line }) => ({ path, line })));
    places.push(...ends.flatMap((step) => (step.path === path ? [{ path, line: lineOf(step.at) }] : [])));
  }
  const once = new Map(places.map((place) => [`${place.path}:${place.line}`, place]));
  return [...once.values()].slice(0, 2 * mostLines);
}

/**
 * Lines of the old file from the first to the last that a hunk changes, blank ones left out. Those that stay are among
 * them: of a call that was moved out of a lock, the unlock that once was moved below it.
 */
function linesBetweenChanges({ lines, oldStart }: Hunk): { readonly line: number; readonly text: string }[] {
  const first = lines.findIndex(({ kind }) => kind !== 'context');
  const last = lines.findLastIndex(({ kind }) => kind !== 'context');
  let line = oldStart;
  return lines.flatMap(({ kind, text }, i) => {
    if (kind === 'added') return [];
    const isBetween = i >= first && i <= last && text.trim() !== '';
    return [{ line: line++, text }].slice(0, isBetween ? 1 : 0);
  });
}

/** `Fixes: 54a4f0239f2e ("acme: take the lock")`, as the kernel's rules want it. `undefined` where history does not tell. */
export async function fixesLineFor(
  repository: Repository,
  commit: string,
  places: readonly Place[],
  token: Token,
): Promise<string | undefined> {
  let newest: Blamed | undefined;
  for (const { path, line } of places) {
    const blamed = await repository.blame(commit, path, line, token);
    if (blamed && (!newest || blamed.time > newest.time)) newest = blamed;
  }
  return newest && `Fixes: ${newest.commit.slice(0, 12)} ("${newest.subject}")`;
}
