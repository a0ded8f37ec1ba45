// gitBlobSearch.ts
// Finds the commit that a patch was made for by the ids on its `index` lines.

import type { Token } from '../../base/cancel.ts';
import type { FileBlob } from '../../index/repository.ts';
import type { GitObjects } from './gitObjects.ts';
import { linesOfGit } from './gitProcess.ts';

export interface SearchedHistory {
  readonly root: string;
  readonly prefix: string;
  readonly objects: GitObjects;
  readonly head: string;
}

// Who sends a patch for an older tree says so by a base-commit line. A year of the whole kernel takes git some seconds.
const secondsBack = 366 * 24 * 60 * 60;
const mostCommits = 5000;
const longestMs = 20_000;

/** HEAD, or the newest commit before it in which all files have these contents. */
export async function newestWithBlobs(
  history: SearchedHistory,
  files: readonly FileBlob[],
  token: Token,
): Promise<string | undefined> {
  const { root, head } = history;
  if (await hasBlobs(history, head, files)) return head;
  if (!(await areAllKnown(history, files))) return undefined;
  const time = await timeOf(history);
  const since = time === undefined ? [] : [`--since=@${time - secondsBack}`];
  const walk = ['rev-list', '--full-history', `--max-count=${mostCommits}`, ...since];
  const paths = files.map(({ path }) => `:(literal)${path}`);
  // The files have the contents that are looked for up to a commit that changes one of them: its parent is the newest.
  for await (const commit of linesOfGit(root, [...walk, head, '--', ...paths], token, longestMs)) {
    for (const parent of await parentsOf(history, commit))
      if (await hasBlobs(history, parent, files)) return parent;
  }
  return undefined;
}

async function hasBlobs(
  { objects, prefix }: SearchedHistory,
  commit: string,
  files: readonly FileBlob[],
): Promise<boolean> {
  for (const { path, blob } of files) {
    const found = await objects.find(`${commit}:${prefix}${path}`);
    if (blob === undefined ? found !== undefined : found?.id.startsWith(blob) !== true) return false;
  }
  return true;
}

/** A blob that the repository does not have is in no commit. */
async function areAllKnown({ objects }: SearchedHistory, files: readonly FileBlob[]): Promise<boolean> {
  for (const { blob } of files)
    if (blob !== undefined && (await objects.isMissing(`${blob}^{blob}`))) return false;
  return true;
}

async function timeOf({ objects, head }: SearchedHistory): Promise<number | undefined> {
  const time = /^committer .* (\d+) [+-]\d{4}$/m.exec(await headerOf(objects, head))?.[1];
  return time === undefined ? undefined : Number(time);
}

async function parentsOf({ objects }: SearchedHistory, commit: string): Promise<readonly string[]> {
  const header = await headerOf(objects, commit);
  return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1]!);
}

async function headerOf(objects: GitObjects, commit: string): Promise<string> {
  const bytes = (await objects.read(commit))?.bytes ?? new Uint8Array();
  return Buffer.from(bytes).toString('latin1').split('\n\n', 1)[0]!;
}
