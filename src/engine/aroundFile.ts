// aroundFile.ts
// Findings around one file: those of the unit that it belongs to, for an editor that shows it.

import type { Token } from '../base/cancel.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { knowledgeOf } from '../program/treeKnowledge.ts';
import type { Knowledge } from '../program/treeKnowledge.ts';
import { unitsOf } from '../program/units.ts';
import type { Unit } from '../program/units.ts';
import type { Finding } from '../waits/finding.ts';
import { noLocks } from '../waits/lockOrders.ts';
import type { UnitLocks } from '../waits/lockOrders.ts';
import { unitAnalyser } from './analyse.ts';
import type { AnalyseUnit } from './analyse.ts';
import type { SourceLines } from './checkReport.ts';
import { mergedFindings } from './mergeFindings.ts';
import { withRealPlaces } from './realPlaces.ts';
import { remembering } from './rememberedUnits.ts';
import { sourceLinesOf } from './sourceLines.ts';

export interface FoundAround {
  /** The files that were looked at, in order; empty for a file that belongs to no driver. */
  readonly unit: Unit;
  /** The surest first. */
  readonly findings: readonly Finding[];
  readonly lines: SourceLines;
  readonly locks: UnitLocks;
}

// Of a folder that holds many drivers in folders of their own, only its own files are looked through for the unit.
const mostFilesBelow = 400;

/** `isPassing`: the state of the tree will not come again, so what is found in it is not kept on disk. */
export async function findingsAround(
  index: TreeIndex,
  path: string,
  isPassing: boolean,
  token: Token,
): Promise<FoundAround> {
  const unit = await unitAround(index, path, token);
  if (unit.length === 0) return { unit, findings: [], lines: () => '', locks: noLocks };
  const knowledge = await knowledgeOf(index);
  throwIfCancelled(token);
  const analyse = await analyser(index, knowledge, isPassing, token);
  const result = await analyse(unit, token);
  throwIfCancelled(token);
  const findings = await withRealPlaces(mergedFindings([result.findings]), index, token);
  const lines = await sourceLinesOf(index, knowledge.stubs, findings, token);
  return { unit, findings, lines, locks: result.locks };
}

function analyser(
  index: TreeIndex,
  knowledge: Knowledge,
  isPassing: boolean,
  token: Token,
): Promise<AnalyseUnit> {
  const make = (): Promise<AnalyseUnit> => unitAnalyser(index, knowledge, token);
  return isPassing ? make() : remembering(make, index, index, knowledge);
}

/** A header of the whole kernel belongs to no driver. */
async function unitAround(index: TreeIndex, path: string, token: Token): Promise<Unit> {
  if (/^(?:arch\/\w+\/)?include\//.test(path)) return [];
  const folder = folderOf(path);
  const below = index.files.filter((file) => folder === '' || file.startsWith(`${folder}/`));
  const files = below.length <= mostFilesBelow ? below : below.filter((file) => folderOf(file) === folder);
  if (!files.includes(path)) return [];
  const units = await unitsOf(index, files, token, [path]);
  return units.find((unit) => unit.includes(path)) ?? [];
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
