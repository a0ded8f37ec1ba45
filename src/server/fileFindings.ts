// fileFindings.ts
// What is found around a file, in the words of the protocol: each finding as the panel shows it, with its places as
// editor positions.

import { sameBytes } from '../base/bytes.ts';
import type { Token } from '../base/cancel.ts';
import { positionAt } from '../base/position.ts';
import { findingsAround } from '../engine/aroundFile.ts';
import type { FoundAround } from '../engine/aroundFile.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { CycleStep, CycleRow } from '../report/cycleRows.ts';
import { cycleView } from '../report/cycleView.ts';
import type { CycleView } from '../report/cycleView.ts';
import { findingMail } from '../report/findingMail.ts';
import { findingLines } from '../report/findingText.ts';
import { noPaint } from '../report/paint.ts';
import { readSuppressions } from '../review/suppressions.ts';
import type { Finding } from '../waits/finding.ts';
import { assumeAscii, ColumnConverter } from './columns.ts';
import type { FileFindings, FindingStep, FoundCycle, UsedLocks } from './protocol.ts';
import { hopsOfLocks, usedLocks } from './usedLocks.ts';
import type { ToPlace } from './usedLocks.ts';

export interface FileQuestion {
  readonly path: string;
  /** Of open editors, in place of the files. */
  readonly texts: ReadonlyMap<string, Uint8Array>;
  /** The list of this person, as read from disk. */
  readonly suppressions: Uint8Array | undefined;
}

/** What is known of a file after a look at the unit around it. */
export interface LookedAround extends FileFindings {
  readonly locks: UsedLocks;
}

export async function findingsOfFile(
  index: TreeIndex,
  { path, texts, suppressions }: FileQuestion,
  token: Token,
): Promise<LookedAround> {
  const unsaved = await differing(index, texts);
  const view = unsaved.size === 0 ? index : await index.overlay(unsaved);
  const found = await findingsAround(view, path, unsaved.size > 0, token);
  const list = await readSuppressions(view, suppressions);
  const told = found.findings.filter((finding) => !list.of(finding));
  const steps = told.flatMap(({ edges }) => edges.flatMap((edge) => edge.steps));
  const toPlace = await placesOf(view, [...steps, ...hopsOfLocks(found.locks)]);
  return {
    files: found.unit,
    findings: told.map((finding) => foundCycle(finding, found, toPlace)),
    locks: usedLocks(found.locks, told, toPlace),
  };
}

/** An editor without changes says what the file says: the tree as it is may be known already. */
async function differing(
  index: TreeIndex,
  texts: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const differ = new Map<string, Uint8Array>();
  for (const [path, bytes] of texts) {
    const onDisk = await index.text(path);
    if (!sameBytes(onDisk, bytes)) differ.set(path, bytes);
  }
  return differ;
}

async function placesOf(index: TreeIndex, steps: readonly { readonly path: string }[]): Promise<ToPlace> {
  const converters = new Map<string, ColumnConverter>();
  for (const path of new Set(steps.map((step) => step.path))) {
    const bytes = await index.text(path);
    if (bytes) converters.set(path, new ColumnConverter(bytes));
  }
  return (path, line, column) => {
    const at = positionAt(line, column);
    return { path, ...(converters.get(path)?.toEditor(at) ?? assumeAscii(at)) };
  };
}

function foundCycle(finding: Finding, found: FoundAround, toPlace: ToPlace): FoundCycle {
  const files = new Set(found.unit);
  const mail = findingMail(finding, { inScope: (path) => files.has(path), lines: found.lines });
  return { ...cycleOf(finding, existingCycle(finding, found), toPlace), mail };
}

/** A finding in the tree as it is, for the panel. */
export function existingCycle(finding: Finding, { unit, lines }: FoundAround): CycleView {
  const files = new Set(unit);
  const inScope = (path: string): boolean => files.has(path);
  const text = findingLines(finding, 1, { inScope, lines, paint: noPaint }).join('\n');
  const isChanged = (): boolean => false;
  const about = { status: 'existing', course: '', text, reply: '' } as const;
  return cycleView(finding, { inScope, lines, isChanged, ...about });
}

export const cycleOf = (finding: Finding, view: CycleView, toPlace: ToPlace): FoundCycle => ({
  view,
  functions: functionsOf(finding),
  steps: stepsOf(view, toPlace),
});

function functionsOf({ edges }: Finding): FoundCycle['functions'] {
  const named = edges.flatMap(({ root, steps }) =>
    [root, ...steps].map(({ path, fn }) => ({ path, name: fn })),
  );
  const byKey = new Map(named.map((item) => [`${item.path}:${item.name}`, item]));
  return [...byKey.values()];
}

function stepsOf({ threads }: CycleView, toPlace: ToPlace): readonly FindingStep[] {
  return threads.flatMap(({ rows }, thread) => {
    const steps = rows.flatMap(unfolded);
    return steps.map((step, i): FindingStep => ({
      ...toPlace(step.path, step.line, step.column),
      thread,
      text: stepText(step),
      isLast: i === steps.length - 1,
    }));
  });
}

const unfolded = (row: CycleRow): readonly CycleStep[] => (row.kind === 'fold' ? row.steps : [row]);

const stepText = ({ fn, word, code, leadsTo }: CycleStep): string =>
  `${fn}() ${word} ${code}${leadsTo === '' ? '' : ` ${leadsTo}`}`;
