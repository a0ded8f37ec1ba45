// suppressions.ts
// Which findings need not be told, by the list of the team and by that of a single person, and which entries of the
// team's list have outlived their finding.

import type { TreeIndex } from '../index/treeIndex.ts';
import type { Problem } from '../kernel/problem.ts';
import type { Finding } from '../waits/finding.ts';
import type { Suppression } from './reviewed.ts';
import type { SuppressionEntry } from './suppressionList.ts';
import { emptyList, readSuppressionList, suppressionsFile } from './suppressionList.ts';

export interface Suppressions {
  readonly of: (finding: Pick<Finding, 'id'>) => Suppression | undefined;
  /**
   * Entries that fit none of the findings although their files were looked at: for people. `findings` must be all that
   * there are in these files, the suppressed ones and those of low confidence too.
   */
  readonly stale: (
    findings: readonly Pick<Finding, 'id'>[],
    lookedAt: readonly string[],
  ) => readonly string[];
  /** What is wrong in the lists: for people, `FILE:3:5: ...`. */
  readonly problems: readonly string[];
}

/** `index` is the tree before any patch: a patch must not say which of its findings are told. */
export async function readSuppressions(
  index: Pick<TreeIndex, 'text' | 'files'>,
  personal: Uint8Array | undefined,
): Promise<Suppressions> {
  const team = listIn(await index.text(suppressionsFile));
  const own = listIn(personal);
  const byId = new Map([...suppressionsIn(own.value, 'personal'), ...suppressionsIn(team.value, 'team')]);
  return {
    of: ({ id }) => byId.get(id),
    stale: (findings, lookedAt) => staleIn(team.value, findings, new Set(lookedAt), index.files),
    problems: [
      ...team.problems.map((problem) => `${suppressionsFile}:${placed(problem)}`),
      ...own.problems.map((problem) => `your suppressions.json:${placed(problem)}`),
    ],
  };
}

function listIn(bytes: Uint8Array | undefined): {
  readonly value: readonly SuppressionEntry[];
  readonly problems: readonly Problem[];
} {
  if (!bytes) return { value: emptyList.suppressions, problems: [] };
  const { value, problems } = readSuppressionList(new TextDecoder().decode(bytes));
  return { value: value.suppressions, problems };
}

const placed = ({ line, column, text }: Problem): string => `${line}:${column}: ${text}`;

const suppressionsIn = (
  entries: readonly SuppressionEntry[],
  from: Suppression['from'],
): [string, Suppression][] => entries.map(({ id, status, reason }) => [id, { status, reason, from }]);

// A personal list is for all trees of that person: what one of them has not, another may.
function staleIn(
  entries: readonly SuppressionEntry[],
  findings: readonly Pick<Finding, 'id'>[],
  lookedAt: ReadonlySet<string>,
  files: readonly string[],
): readonly string[] {
  const found = new Set(findings.map(({ id }) => id));
  const missing = entries.filter(({ id }) => !found.has(id));
  const isSeen = (path: string): boolean => lookedAt.has(path) || isSeenToBeGone(path, lookedAt, files);
  return missing
    .filter((entry) => entry.files !== undefined && entry.files.length > 0 && entry.files.every(isSeen))
    .map(({ id, status, title, files: own }) => `${id} (${status}): ${title ?? own?.join(', ')}`);
}

/** The file is in the tree no more, and all was looked at that lies in the innermost of its folders that is there. */
function isSeenToBeGone(path: string, lookedAt: ReadonlySet<string>, files: readonly string[]): boolean {
  // The index holds one architecture: the others are there and unseen.
  if (path.startsWith('arch/') || files.includes(path)) return false;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const around = files.filter((file) => file.startsWith(path.slice(0, end + 1)));
    if (around.length > 0) return around.every((file) => lookedAt.has(file));
  }
  return files.length > 0 && files.every((file) => lookedAt.has(file));
}
