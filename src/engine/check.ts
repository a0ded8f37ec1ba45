// check.ts
// Findings in a part of a tree as it is. A large part is looked at in units, one or a few at a time, so that memory
// grows with the largest driver only.

import type { Token } from '../base/cancel.ts';
import { CancelledError, throwIfCancelled } from '../base/cancel.ts';
import { UserError } from '../base/errors.ts';
import type { GivenUp } from '../effects/results.ts';
import { forEachLimited } from '../index/batches.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { knowledgeOf } from '../program/treeKnowledge.ts';
import { unitsOf } from '../program/units.ts';
import type { Unit } from '../program/units.ts';
import type { Suppressions } from '../review/suppressions.ts';
import { unitAnalyser } from './analyse.ts';
import type { AnalyseUnit, UnitResult } from './analyse.ts';
import type { CheckReport } from './checkReport.ts';
import { filesInScope } from './scope.ts';
import { mostFrequentFirst } from './nameCounts.ts';
import type { NameCount } from './results.ts';
import { noLocks } from '../waits/lockOrders.ts';
import { analyserOn, unitsAtOnce } from './unitThreads.ts';
import type { UnitThreads } from './unitThreads.ts';
import { sourceLinesOf } from './sourceLines.ts';
import { mergedFindings } from './mergeFindings.ts';
import { remembering } from './rememberedUnits.ts';
import { withRealPlaces } from './realPlaces.ts';

export interface CheckRequest {
  /** Folders and files of the tree. */
  readonly scope: readonly string[];
  /** The version of the kernel; empty where there is none. */
  readonly kernel: string;
  /** Of the tree as it is; absent: everything is told. */
  readonly suppressions?: Suppressions;
  readonly onProgress?: (progress: CheckProgress) => void;
  /** For scopes of many units. */
  readonly threads?: UnitThreads | undefined;
}

export interface CheckProgress {
  readonly unit: number;
  readonly units: number;
  /** The first file of the unit. */
  readonly path: string;
}

/** `analyseOther` stands in for the analysis of a unit in tests. */
export async function checkTree(
  index: TreeIndex,
  request: CheckRequest,
  token: Token,
  analyseOther?: AnalyseUnit,
): Promise<CheckReport> {
  const files = filesInScope(index, request.scope);
  const knowledge = await knowledgeOf(index);
  const units = await unitsOf(index, files, token, request.scope);
  const { threads } = request;
  const atOnce = unitsAtOnce(units, threads);
  const analyseHere = once(() => unitAnalyser(index, knowledge, token));
  const analyseThere = threads && (() => Promise.resolve(analyserOn(threads, analyseHere)));
  const analyseNew = atOnce > 1 && analyseThere ? analyseThere : analyseHere;
  const analyse = analyseOther ?? (await remembering(analyseNew, index, index, knowledge));
  const results = await resultsOf(units, atOnce, analyse, request, token);
  const merged = mergedFindings(results.map((result) => result.findings));
  const findings = await withRealPlaces(merged, index, token);
  const unresolved = unresolvedIn(results);
  const inScope = new Set(files);
  const skipped = index.counts.skipped.filter(({ path }) => inScope.has(path));
  const unseen = new Set([...skipped.map(({ path }) => path), ...filesOfFailed(units, results)]);
  const { suppressions } = request;
  return {
    kernel: request.kernel,
    scope: request.scope,
    files,
    functions: sum(results.map((result) => result.functions)),
    // What several units reach is followed for each of them, and counted so.
    reached: sum(results.map((result) => result.reached)),
    unresolvedCalls: sum(unresolved.map(({ count }) => count)),
    unresolved,
    givenUp: withoutRepeats(results.flatMap((result) => result.givenUp)),
    knowledgeProblems: knowledge.problems,
    skipped,
    findings: findings.map((finding) => ({
      ...finding,
      status: 'existing',
      suppression: suppressions?.of(finding),
    })),
    staleSuppressions:
      suppressions?.stale(
        merged,
        files.filter((path) => !unseen.has(path)),
      ) ?? [],
    lines: await sourceLinesOf(index, knowledge.stubs, findings, token),
  };
}

/** A fault in one driver must not take the answer about a thousand others with it. */
async function resultsOf(
  units: readonly Unit[],
  atOnce: number,
  analyse: AnalyseUnit,
  { onProgress }: CheckRequest,
  token: Token,
): Promise<readonly UnitResult[]> {
  const results: UnitResult[] = [];
  let begun = 0;
  const order = [...units.entries()];
  // The largest first: none is begun last and waited for alone.
  if (atOnce > 1) order.sort(([i, a], [j, b]) => b.length - a.length || i - j);
  const look = async ([i, unit]: readonly [number, Unit]): Promise<void> => {
    throwIfCancelled(token);
    onProgress?.({ unit: ++begun, units: units.length, path: unit[0] ?? '' });
    const result = await resultOf(unit, analyse, token);
    if (result instanceof Error && units.length === 1) throw result;
    results[i] = result instanceof Error ? failed(unit, result) : result;
  };
  await forEachLimited(order, atOnce, look, token);
  return results;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

async function resultOf(unit: Unit, analyse: AnalyseUnit, token: Token): Promise<UnitResult | Error> {
  try {
    return await analyse(unit, token);
  } catch (error) {
    if (CancelledError.is(error) || UserError.is(error) || !(error instanceof Error)) throw error;
    return error;
  }
}

function failed(unit: Unit, error: Error): UnitResult {
  const files = unit.length === 1 ? '' : ` and ${unit.length - 1} more files`;
  const reason = `nothing is known of it${files}: internal error: ${error.message}`;
  return {
    findings: [],
    functions: 0,
    reached: 0,
    unresolved: new Map(),
    unresolvedElsewhere: new Map(),
    givenUp: [{ path: unit[0] ?? '', fn: '', reason }],
    locks: noLocks,
  };
}

const filesOfFailed = (units: readonly Unit[], results: readonly UnitResult[]): readonly string[] =>
  units.filter((_, i) => results[i]?.reached === 0).flat();

/** What several units reach is the same code, and counts once. */
function unresolvedIn(results: readonly UnitResult[]): readonly NameCount[] {
  const shared = new Map<string, number>();
  for (const [name, count] of results.flatMap((result) => [...result.unresolvedElsewhere])) {
    shared.set(name, Math.max(shared.get(name) ?? 0, count));
  }
  const counts = new Map(shared);
  for (const [name, count] of results.flatMap((result) => [...result.unresolved])) {
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return mostFrequentFirst(counts);
}

function withoutRepeats(items: readonly GivenUp[]): readonly GivenUp[] {
  const keys = items.map(({ path, fn, reason }) => `${path}\n${fn}\n${reason}`);
  const first = new Map(keys.map((key, i) => [key, items[i]!] as const).reverse());
  return [...first].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
