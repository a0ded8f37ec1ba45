// stateFindings.ts
// The findings of a tree before a series and after each of its patches, looked for where the patches touch it.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import { forEachLimited } from '../index/batches.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { LinkMemory } from '../program/linkMemory.ts';
import type { Knowledge } from '../program/treeKnowledge.ts';
import type { Unit } from '../program/units.ts';
import type { Finding } from '../waits/finding.ts';
import { unitAnalyser } from './analyse.ts';
import type { AnalyseUnit, UnitResult } from './analyse.ts';
import { mergedFindings } from './mergeFindings.ts';
import { mostFrequentFirst } from './nameCounts.ts';
import { withRealPlaces } from './realPlaces.ts';
import { remembering } from './rememberedUnits.ts';
import type { ReviewReport } from './reviewReport.ts';
import type { ReviewRequest } from './review.ts';
import { reviewScope, reviewUnits } from './reviewScope.ts';
import type { ReviewScope } from './reviewScope.ts';
import type { ReviewStates } from './reviewStates.ts';
import { SideBySide } from './sideBySide.ts';
import { touchedFunctions } from './touchedCode.ts';
import type { IsTouched, TouchedCode } from './touchedCode.ts';
import { taskState } from './unitThreads.ts';

type Looked = Pick<
  ReviewReport,
  'files' | 'functions' | 'reached' | 'unresolvedCalls' | 'unresolved' | 'givenUp'
>;

/** A state without changes of code is the very one before it. */
export interface StateFindings {
  /** Also those that no touched code has to do with. */
  readonly all: readonly Finding[];
  readonly findings: readonly Finding[];
  readonly looked: Looked;
}

export interface StatesOfSeries extends Pick<ReviewStates, 'indexes' | 'changed'> {
  readonly touched: TouchedCode;
  readonly knowledge: Knowledge;
}

type Limits = Pick<ReviewRequest, 'scope' | 'threads' | 'onProgress'>;

const nothingLooked: StateFindings = {
  all: [],
  findings: [],
  looked: { files: [], functions: 0, reached: 0, unresolvedCalls: 0, unresolved: [], givenUp: [] },
};

export async function findingsOfStates(
  series: StatesOfSeries,
  limits: Limits,
  token: Token,
): Promise<readonly StateFindings[]> {
  const { indexes, touched } = series;
  const { onProgress } = limits;
  const states = indexes.length;
  onProgress?.({ done: 0, states });
  if (!touched.differs.includes(true)) return indexes.map(() => nothingLooked);
  const scope = await reviewScope(indexes[0]!, touched.paths, limits.scope);
  const looks: StateLook[] = [];
  for (let i = 0; i < states; i++)
    if (i === 0 || touched.differs[i] === true) looks.push(await lookOf(i, series, scope, token));
  await analyseAll(looks, series, limits, token);
  const found: StateFindings[] = [];
  for (let i = 0; i < states; i++) {
    const look = looks.find(({ state }) => state === i);
    found.push(look ? await findingsIn(look, touched, token) : found[i - 1]!);
  }
  return found;
}

/** What is looked at in one state, and what came out. */
interface StateLook {
  readonly state: number;
  readonly index: TreeIndex;
  readonly units: readonly Unit[];
  readonly files: readonly string[];
  readonly results: UnitResult[];
}

async function lookOf(
  state: number,
  { indexes, touched }: StatesOfSeries,
  scope: ReviewScope,
  token: Token,
): Promise<StateLook> {
  throwIfCancelled(token);
  const index = indexes[state]!;
  const names = new Set([...touched.names, ...[...touched.functions.values()].flatMap((set) => [...set])]);
  const units = await reviewUnits(index, { paths: touched.paths, names }, scope, token);
  return { state, index, units, files: [...new Set(units.flat())].sort(), results: [] };
}

/** One after the other here, and others beside them where threads are worth it. */
async function analyseAll(
  looks: readonly StateLook[],
  { indexes, changed, knowledge }: StatesOfSeries,
  { threads, onProgress }: Limits,
  token: Token,
): Promise<void> {
  const base = indexes[0]!;
  const beside = new SideBySide(
    threads,
    looks.reduce((sum, { units }) => sum + units.length, 0),
  );
  const memory = new LinkMemory(base);
  const tasks: (() => Promise<void>)[] = [];
  for (const { state, index, units, results } of looks) {
    const texts = changed[state]!.size === 0 ? undefined : taskState(changed[state]!);
    // Those of the base are kept for the editor with all else.
    const withoutLocks = state !== 0;
    // Where all units are known already, what they would share need not be made.
    let made: Promise<AnalyseUnit> | undefined;
    const here = (): Promise<AnalyseUnit> =>
      (made ??= unitAnalyser(index, knowledge, token, {
        memory: state === 0 ? memory : memory.over(index),
        linked: beside.linked,
        withoutLocks,
      }));
    const analyse: AnalyseUnit = (unit, unitToken) => beside.analyse({ unit, state: texts }, here, unitToken);
    const remembered = await remembering(
      () => Promise.resolve(analyse),
      index,
      base,
      knowledge,
      withoutLocks,
    );
    let left = units.length;
    for (const [i, unit] of units.entries())
      tasks.push(async () => {
        results[i] = await remembered(unit, token);
        beside.noteEnd();
        if (--left === 0) tellDone();
      });
  }
  let done = 0;
  const states = indexes.length;
  const tellDone = (): void => {
    if (++done < states) onProgress?.({ done, states });
  };
  await forEachLimited(tasks, beside.size, (task) => task(), token);
}

async function findingsIn(
  { index, files, results }: StateLook,
  touched: TouchedCode,
  token: Token,
): Promise<StateFindings> {
  const isTouched = await touchedFunctions(index, files, touched, token);
  const findings = mergedFindings(results.map((result) => result.findings));
  const about = findings.filter((finding) => isAbout(finding, touched, isTouched));
  return {
    all: findings,
    findings: await withRealPlaces(about, index, token),
    looked: lookedAt(files, results),
  };
}

const isAbout = (finding: Finding, { taken }: TouchedCode, isTouched: IsTouched): boolean =>
  waitsForTaken(finding, taken) ||
  finding.edges.some(
    ({ root, steps }) => isTouched(root.path, root.fn) || steps.some(({ path, fn }) => isTouched(path, fn)),
  );

/** Who ended a wait and does no longer is on no way of the finding: `complete(&acme->done)` that is gone. */
const waitsForTaken = ({ rule, edges }: Finding, taken: ReadonlySet<string>): boolean =>
  rule === 'wait-cycle' && edges.some(({ wants }) => taken.has(/(\w+)\W*$/.exec(wants.name)?.[1] ?? ''));

function lookedAt(files: readonly string[], results: readonly UnitResult[]): Looked {
  const counts = new Map<string, number>();
  for (const result of results)
    for (const [name, count] of [...result.unresolved, ...result.unresolvedElsewhere])
      counts.set(name, (counts.get(name) ?? 0) + count);
  const unresolved = mostFrequentFirst(counts);
  return {
    files,
    functions: sum(results.map(({ functions }) => functions)),
    reached: sum(results.map(({ reached }) => reached)),
    unresolvedCalls: sum(unresolved.map(({ count }) => count)),
    unresolved,
    givenUp: results.flatMap(({ givenUp }) => givenUp),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
