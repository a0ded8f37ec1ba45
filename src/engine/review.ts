// review.ts
// What a patch or a series brings in and takes away: the tree before it and after each patch, each looked at where the
// patches touch it, and the findings of all these states side by side.

import type { Token } from '../base/cancel.ts';
import { lineOf } from '../base/position.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { knowledgeOf } from '../program/treeKnowledge.ts';
import { coursesOf } from '../review/history.ts';
import type { Course } from '../review/history.ts';
import { LineOrigins } from '../review/lineOrigins.ts';
import { renamesBetween } from '../review/renames.ts';
import type { Renames } from '../review/renames.ts';
import { isOfTheTreeBefore } from '../review/reviewed.ts';
import type { HunkReference, ReviewedFinding } from '../review/reviewed.ts';
import type { Suppressions } from '../review/suppressions.ts';
import type { PatchSeries } from '../patch/change.ts';
import type { ReadFile } from '../patch/applied.ts';
import type { Hop } from '../effects/results.ts';
import type { Finding } from '../waits/finding.ts';
import { changedChains } from './changedChains.ts';
import { surestFirst } from './mergeFindings.ts';
import { findingsWithNewSteps } from './newSteps.ts';
import type { Base, ReviewReport } from './reviewReport.ts';
import { reviewStates } from './reviewStates.ts';
import { linesWithinSeries, sourceLinesOf } from './sourceLines.ts';
import { findingsNowSure } from './surerFindings.ts';
import { findingsOfStates } from './stateFindings.ts';
import type { StateFindings } from './stateFindings.ts';
import type { ThreeWay } from './threeWay.ts';
import { touchedBetween } from './touchedCode.ts';
import type { TouchedCode } from './touchedCode.ts';
import type { UnitThreads } from './unitThreads.ts';

export interface ReviewRequest {
  readonly series: PatchSeries;
  /** Folders and files; empty: those around what the patches touch. */
  readonly scope: readonly string[];
  /** The version of the kernel; empty where there is none. */
  readonly kernel: string;
  readonly base: Base;
  /** Files of the base, those that are not indexed too. */
  readonly read: ReadFile;
  /** Merges what does not fit with what the tree has; absent: only what fits is applied. */
  readonly threeWay?: ThreeWay | undefined;
  readonly suppressions: Pick<Suppressions, 'of' | 'stale'>;
  /** For large units and long series. Opened over the same base. */
  readonly threads?: UnitThreads | undefined;
  readonly onProgress?: (progress: ReviewProgress) => void;
}

export interface ReviewProgress {
  /** States of the tree that are done, and how many there are. */
  readonly done: number;
  readonly states: number;
}

/** `index` is the base. Rules, suppressions and configuration come from there. */
export async function reviewSeries(
  index: TreeIndex,
  request: ReviewRequest,
  token: Token,
): Promise<ReviewReport> {
  const reviewed = await reviewStates(index, request, token);
  const { indexes, applied, results, texts } = reviewed;
  const paths = pathsOf(applied);
  const touched = await touchedBetween(indexes, paths, token);
  const knowledge = await knowledgeOf(index);
  const states = await findingsOfStates({ ...reviewed, touched, knowledge }, request, token);
  const renames = renamesBetween(touched.before, touched.after, renamedFiles(applied));
  const courses = coursesOf(
    states.map(({ findings }) => findings),
    await renewedIn(indexes, states, touched, token),
    renames,
  );
  const origins = new LineOrigins(applied);
  const findings = inOrder(courses.map((course) => reviewedAs(course, applied, origins, request)));
  const head = indexes.at(-1)!;
  const last = states.at(-1)!;
  const before = findings.filter(isOfTheTreeBefore);
  return {
    ...last.looked,
    kernel: request.kernel,
    scope: request.scope,
    knowledgeProblems: knowledge.problems,
    skipped: head.counts.skipped.filter(
      ({ path }) => last.looked.files.includes(path) || paths.includes(path),
    ),
    base: request.base,
    cover: request.series.cover,
    patches: results,
    problems: request.series.problems,
    findings,
    changedChains: await changedChains(indexes[0]!, head, touched, token),
    staleSuppressions: request.suppressions.stale([...states[0]!.all, ...last.all], last.looked.files),
    linesWithin: await linesWithinSeries(findings, { indexes, applied }, knowledge.stubs, token),
    linesBefore: await sourceLinesOf(indexes[0]!, knowledge.stubs, before, token),
    lines: await sourceLinesOf(head, knowledge.stubs, findings, token),
    fixesLines: new Map(),
    isAdded: (path, line) => origins.addedBy(path, line) !== undefined,
    isRemoved: (path, line) => origins.removedBy(path, line) !== undefined,
    texts,
  };
}

/** Findings of each state that were there before by name, and to which the patch opens a way of its own. */
async function renewedIn(
  indexes: readonly TreeIndex[],
  states: readonly StateFindings[],
  touched: TouchedCode,
  token: Token,
): Promise<readonly ReadonlySet<string>[]> {
  const renewed: ReadonlySet<string>[] = [];
  for (const [i, { findings }] of states.entries()) {
    const before = states[i - 1];
    const known = new Set(before?.findings.map(({ id }) => id));
    const again = findings.filter(({ id }) => known.has(id));
    if (!before || before === states[i] || again.length === 0) {
      renewed.push(new Set());
      continue;
    }
    const onNewWays = await findingsWithNewSteps(indexes[i - 1]!, indexes[i]!, again, touched, token);
    renewed.push(new Set([...onNewWays, ...findingsNowSure(before.findings, again, touched)]));
  }
  return renewed;
}

type Applied = Awaited<ReturnType<typeof reviewStates>>['applied'];

function reviewedAs(
  { finding, status, appears, disappears }: Course,
  applied: Applied,
  origins: LineOrigins,
  { suppressions }: ReviewRequest,
): ReviewedFinding {
  const isBefore = status === 'fixed' && appears === undefined;
  return {
    ...finding,
    status,
    introducedBy: appears === undefined ? undefined : applied[appears - 1]?.patch.number,
    goneBy: disappears === undefined ? undefined : applied[disappears - 1]?.patch.number,
    closedBy: isBefore ? removedSteps(finding, origins) : closingHunks(finding, origins),
    suppression: suppressions.of(finding),
  };
}

const stepsOf = ({ edges }: Finding): readonly Hop[] => edges.flatMap((edge) => edge.steps);

const removedSteps = (finding: Finding, origins: LineOrigins): readonly HunkReference[] =>
  withoutRepeats(stepsOf(finding).flatMap(({ path, at }) => origins.removedBy(path, lineOf(at)) ?? []));

/** Steps that the patches add; else, where a release or a call was taken away, what changes between two steps. */
function closingHunks(finding: Finding, origins: LineOrigins): readonly HunkReference[] {
  const added = stepsOf(finding).flatMap(({ path, at }) => origins.addedBy(path, lineOf(at)) ?? []);
  if (added.length > 0) return withoutRepeats(added);
  const between = finding.edges.flatMap(({ steps }) =>
    steps.slice(1).flatMap((step, i) => {
      const before = steps[i]!;
      const isSame = before.path === step.path && before.fn === step.fn;
      return isSame ? origins.changesWithin(step.path, lineOf(before.at), lineOf(step.at)) : [];
    }),
  );
  return withoutRepeats(between);
}

function withoutRepeats(places: readonly HunkReference[]): readonly HunkReference[] {
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}

const statuses: readonly ReviewedFinding['status'][] = ['introduced', 'fixed', 'existing'];

const inOrder = (findings: readonly ReviewedFinding[]): readonly ReviewedFinding[] =>
  [...findings].sort((a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status) || surestFirst(a, b));

const sourcePath = /\.[ch]$/;

const pathsOf = (applied: Applied): readonly string[] =>
  [
    ...new Set(
      applied.flatMap(({ patch }) => patch.changes.flatMap(({ oldPath, newPath }) => [oldPath, newPath])),
    ),
  ]
    .filter((path) => sourcePath.test(path))
    .sort();

const renamedFiles = (applied: Applied): Renames['files'] =>
  new Map(
    applied.flatMap(({ patch }) =>
      patch.changes
        .filter(({ kind }) => kind === 'renamed')
        .map(({ oldPath, newPath }): [string, string] => [oldPath, newPath]),
    ),
  );
