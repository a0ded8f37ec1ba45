// support.ts
// Patches and trees in memory for the tests of src/patch.

import { applyChanges } from '../../../src/patch/applyPatch.ts';
import type { ReadFile } from '../../../src/patch/applied.ts';
import { byteStringOf, bytesOf } from '../../../src/patch/byteText.ts';
import type { FileChange, Patch, PatchSeries } from '../../../src/patch/change.ts';
import type { PatchProblem } from '../../../src/patch/problem.ts';
import { readPatches } from '../../../src/patch/readPatches.ts';

/** Byte strings: `\xc3\xa4` is two bytes. */
export type Tree = Readonly<Record<string, string>>;

export const read = (text: string): PatchSeries => readPatches(bytesOf(text));

const only = (series: PatchSeries): Patch => {
  if (series.patches.length !== 1)
    throw new Error(`${series.patches.length} patches: ${shown(series.problems)}`);
  return series.patches[0]!;
};

export const changesIn = (text: string): readonly FileChange[] => only(read(text)).changes;

export const shown = (problems: readonly PatchProblem[]): string =>
  problems.map(({ severity, line, text }) => `${severity} ${line}: ${text}`).join('\n');

/** All that is said about a text. */
export const said = (text: string): string => {
  const { problems, patches } = read(text);
  return shown([...problems, ...patches.flatMap((patch) => patch.problems)]);
};

export const reader =
  (tree: Tree): ReadFile =>
  async (path) => {
    const text = tree[path];
    return text === undefined ? undefined : bytesOf(text);
  };

export interface Outcome {
  /** The tree afterwards; the same where anything was refused. */
  readonly tree: Tree;
  /** Empty where all of it was applied. */
  readonly refused: readonly string[];
}

export async function applied(
  changes: readonly FileChange[],
  tree: Tree,
  options: { readonly reverse?: boolean } = {},
): Promise<Outcome> {
  const { files, conflicts } = await applyChanges(changes, reader(tree), options);
  if (conflicts.length > 0) return { tree, refused: conflicts.map(({ text }) => text) };
  const after: Record<string, string> = { ...tree };
  for (const [path, text] of files) {
    if (text === undefined) delete after[path];
    else after[path] = byteStringOf(text);
  }
  return { tree: after, refused: [] };
}

export const numberedLines = (count: number, name = 'line'): string =>
  Array.from({ length: count }, (_, i) => `${name} ${i + 1}\n`).join('');
