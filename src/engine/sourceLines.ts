// sourceLines.ts
// The lines of the source that findings name, so that a reader sees the code and not only its place.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import { lineOf } from '../base/position.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { StubSource } from '../kernel/stubs.ts';
import { isTransient } from '../review/reviewed.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import type { Finding } from '../waits/finding.ts';
import type { SourceLines } from './checkReport.ts';
import type { ReviewStates } from './reviewStates.ts';

export async function sourceLinesOf(
  index: TreeIndex,
  stubs: readonly StubSource[],
  findings: readonly Finding[],
  token: Token,
): Promise<SourceLines> {
  const wanted = new Map<string, Set<number>>();
  for (const { path, at } of findings.flatMap(({ edges }) => edges.flatMap(({ steps }) => steps))) {
    const lines = wanted.get(path) ?? new Set();
    wanted.set(path, lines.add(lineOf(at)));
  }
  const found = new Map<string, string>();
  for (const [path, lines] of wanted) {
    throwIfCancelled(token);
    const bytes = await index.text(path);
    const source = bytes ? decoder.decode(bytes) : stubs.find((stub) => stub.path === path)?.text;
    for (const [line, text] of linesOf(source ?? '', lines)) found.set(`${path}:${line}`, text);
  }
  return (path, line) => found.get(`${path}:${line}`) ?? '';
}

/** What came and went within the series stood on lines of the tree between: by id. */
export async function linesWithinSeries(
  findings: readonly ReviewedFinding[],
  { indexes, applied }: Pick<ReviewStates, 'indexes' | 'applied'>,
  stubs: readonly StubSource[],
  token: Token,
): Promise<ReadonlyMap<string, SourceLines>> {
  const lines = new Map<string, SourceLines>();
  for (const finding of findings.filter(isTransient)) {
    // It is told as it was last, before the patch that takes it away.
    const last = indexes[applied.findIndex(({ patch }) => patch.number === finding.goneBy)];
    if (last) lines.set(finding.id, await sourceLinesOf(last, stubs, [finding], token));
  }
  return lines;
}

function linesOf(source: string, wanted: ReadonlySet<number>): [number, string][] {
  const lines = source.split('\n');
  return [...wanted].map((line) => [line, (lines[line - 1] ?? '').trim()]);
}

const decoder = new TextDecoder();
