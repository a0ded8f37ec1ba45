// explainSplat.ts
// A splat beside the tree: its cycle with our place for every step, and which of our findings says the same.

import type { Token } from '../base/cancel.ts';
import type { Waitable } from '../effects/results.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { canBe } from '../review/lockName.ts';
import type { Splat, SplatLock, SplatThread } from '../review/splat.ts';
import type { Finding, Rule } from '../waits/finding.ts';
import { findingsAround } from './aroundFile.ts';
import type { FoundAround } from './aroundFile.ts';
import type { SourceLines } from './checkReport.ts';
import { sourceLinesOf } from './sourceLines.ts';
import { splatPlaces } from './splatPlaces.ts';
import type { SplatPlaces } from './splatPlaces.ts';
import { edgeOfThread } from './splatThread.ts';
import type { SplatEdge } from './splatThread.ts';
import { createEngine } from './treeEngine.ts';

export interface ExplainedSplat {
  readonly splat: Splat;
  /** The cycle of the splat in the form of a finding of ours; absent where its threads make none. */
  readonly finding: Finding | undefined;
  readonly edges: readonly SplatEdge[];
  /** Findings that say the same, the surest first. */
  readonly same: readonly SameFinding[];
  /** Files of the drivers that the splat is about. */
  readonly files: readonly string[];
  readonly lines: SourceLines;
}

export interface SameFinding {
  readonly finding: Finding;
  readonly found: FoundAround;
}

export async function explainSplat(index: TreeIndex, splat: Splat, token: Token): Promise<ExplainedSplat> {
  const placeOf = await splatPlaces(splat, index, token);
  const files = filesOf(splat, placeOf);
  const inScope = (path: string): boolean => files.includes(path);
  const surroundings = { engine: createEngine(index), placeOf, inScope };
  const edges: SplatEdge[] = [];
  for (const thread of splat.threads)
    if (isWhole(thread)) edges.push(await edgeOfThread(thread, surroundings, token));
  const named = withHandlerNamed(edges);
  const shown = findingOf(splat, named);
  const finding = isClosed(splat) ? shown : undefined;
  const same = await sameFindings(index, splat, files, token);
  return { splat, finding, edges: named, same, files, lines: await sourceLinesOf(index, [], [shown], token) };
}

const isWhole = (
  thread: SplatThread,
): thread is SplatThread & { readonly holds: SplatLock; readonly wants: SplatLock } =>
  thread.holds !== undefined && thread.wants !== undefined;

/** An interrupt has no name in a splat; the function that handles it has. */
function withHandlerNamed(edges: readonly SplatEdge[]): readonly SplatEdge[] {
  const handler = edges.find(({ edge }) => edge.holds.kind === 'irq')?.edge.root.fn;
  if (handler === undefined) return edges;
  const named = (waitable: Waitable): Waitable =>
    waitable.kind === 'irq' ? { ...waitable, name: `${handler}()` } : waitable;
  return edges.map((told) => {
    const { edge } = told;
    return { ...told, edge: { ...edge, holds: named(edge.holds), wants: named(edge.wants) } };
  });
}

const isClosed = ({ threads }: Splat): boolean =>
  threads.length > 0 &&
  threads.every(({ wants }, i) => {
    const next = threads[(i + 1) % threads.length]?.holds;
    return wants !== undefined && next?.kind === wants.kind && next.name === wants.name;
  });

/** What every driver goes through says nothing of where the fault is. */
const core =
  /^(?:kernel|lib|mm|arch|block|init|ipc|include|security)\/|^fs\/[^/]+$|^net\/(?:core|netlink|sched)\/|^net\/socket\.c$|^drivers\/base\//;

function filesOf({ threads }: Splat, placeOf: SplatPlaces): readonly string[] {
  const frames = threads.flatMap((thread) => [...thread.frames, ...(thread.heldAt ? [thread.heldAt] : [])]);
  const placed = frames.flatMap((frame) => {
    const path = placeOf(frame)?.path;
    return path === undefined ? [] : [{ path, isModule: frame.module !== '' }];
  });
  const own = placed.filter(({ path }) => !core.test(path));
  const ofModules = own.filter(({ isModule }) => isModule);
  const chosen = ofModules.length > 0 ? ofModules : own;
  return [...new Set(chosen.map(({ path }) => path))].sort();
}

function findingOf(splat: Splat, edges: readonly SplatEdge[]): Finding {
  const rule = ruleOf(splat);
  return {
    id: 'lockdep',
    rule,
    confidence: 'high',
    reasons: [],
    edges: edges.map(({ edge }) => edge),
    title: titleOf(rule, edges),
    assumptions: [...new Set(edges.flatMap(({ doubts }) => doubts))],
    unseenByLockdep: undefined,
    alsoFrom: [],
  };
}

function ruleOf({ kind, threads }: Splat): Rule {
  switch (kind) {
    case 'circular':
    case 'hung':
      return threads.every(({ wants }) => wants?.kind === 'lock') ? 'lock-cycle' : 'wait-cycle';
    case 'recursive':
      return 'self-deadlock';
    case 'inconsistent':
    case 'inversion':
      return 'irq-deadlock';
  }
}

function titleOf(rule: Rule, edges: readonly SplatEdge[]): string {
  const [first] = edges;
  if (!first) return '';
  const { root, holds } = first.edge;
  if (rule === 'self-deadlock') return `${root.fn}() holds ${holds.name} and wants it again`;
  const clauses = edges.map(({ edge }, i) => {
    if (edge.wants.kind === 'irq')
      return `${edge.root.fn}() holds ${edge.holds.name} when an interrupt comes in`;
    const verb = edge.steps.at(-1)?.action === 'wait' ? 'waits for' : 'wants';
    if (edge.holds.kind === 'irq') return `in which ${edge.root.fn}() ${verb} ${edge.wants.name}`;
    return i === 0
      ? `${edge.root.fn}() holds ${edge.holds.name} and ${verb} ${edge.wants.name}`
      : `which ${edge.root.fn}() keeps while it ${verb} ${edge.wants.name}`;
  });
  return clauses.join(', ');
}

// A splat names functions of one driver, or two that work together.
const mostUnits = 3;

async function sameFindings(
  index: TreeIndex,
  splat: Splat,
  files: readonly string[],
  token: Token,
): Promise<readonly SameFinding[]> {
  const same: SameFinding[] = [];
  const seen = new Set<string>();
  let units = 0;
  for (const path of files) {
    if (seen.has(path) || units === mostUnits) continue;
    units++;
    const found = await findingsAround(index, path, false, token);
    for (const file of found.unit) seen.add(file);
    for (const finding of found.findings) if (saysTheSame(finding, splat)) same.push({ finding, found });
  }
  return same;
}

/** Every thread of the finding is one of the splat: it holds and wants the same, in functions that are in both. */
function saysTheSame({ edges }: Finding, { threads }: Splat): boolean {
  const fits = ({ holds, wants, root, steps }: Finding['edges'][number], thread: SplatThread): boolean => {
    if (!thread.holds || !thread.wants) return false;
    if (!canBe(thread.holds, holds) || !canBe(thread.wants, wants)) return false;
    const names = new Set([root.fn, ...steps.flatMap(({ fn, target }) => [fn, target])]);
    return thread.frames.some(({ fn }) => names.has(fn));
  };
  return edges.length > 0 && edges.every((edge) => threads.some((thread) => fits(edge, thread)));
}
