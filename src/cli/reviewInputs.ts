// reviewInputs.ts
// What a review is about, as somebody named it: files, the standard input, commits of the tree's repository, or, where
// nothing is named, the change that is not committed; and the tree that it stands on.

import { UserError } from '../base/errors.ts';
import type { Token } from '../base/cancel.ts';
import { chooseBase } from '../engine/reviewBase.ts';
import { patchesOf, uncommittedPatch } from '../engine/reviewInput.ts';
import type { Base } from '../engine/reviewReport.ts';
import { isThere, readInput } from '../hosts/node/readInput.ts';
import type { Repository } from '../index/repository.ts';
import type { PatchSeries } from '../patch/change.ts';
import { readPatches } from '../patch/readPatches.ts';

export interface NamedReview {
  readonly series: PatchSeries;
  readonly base: Base;
  /** Sentences without a full stop: what was left out, or could not be had. */
  readonly notes: readonly string[];
}

export async function namedReview(
  names: readonly string[],
  repository: Repository | undefined,
  token: Token,
): Promise<NamedReview> {
  const [first] = names;
  if (first === undefined) return fromGit(await uncommittedPatch(needed(repository, 'git'), token), names);
  const areFiles = names.length > 1 || first === '-' || (await isThere(first));
  if (!areFiles) return fromGit(await patchesOf(needed(repository, first), first, token), names);
  const parts = await Promise.all(names.map((name) => readInput(name)));
  const series = withPatches(readPatches(joined(parts)), names);
  const { base, why } = await chooseBase(series, repository, token);
  return { series, base, notes: why === '' ? [] : [why] };
}

function fromGit(
  { bytes, base, notes }: Awaited<ReturnType<typeof patchesOf>>,
  names: readonly string[],
): NamedReview {
  const series = readPatches(bytes);
  if (names.length === 0 && series.patches.every(({ changes }) => changes.length === 0))
    throw new UserError(
      'no-patch',
      'nothing is changed since the last commit; name a patch, a mailbox or a commit to review',
    );
  return { series: withPatches(series, names), base, notes };
}

/** Without a repository there are only files. */
function needed(repository: Repository | undefined, name: string): Repository {
  if (repository) return repository;
  const what = name === 'git' ? 'no patch is named' : `there is no file ${name}`;
  throw new UserError('no-patch', `${what}, and the tree lies in no git repository; name a patch file, or -`);
}

function withPatches(series: PatchSeries, names: readonly string[]): PatchSeries {
  if (series.patches.length > 0) return series;
  throw new UserError(
    'no-patch',
    `there is no patch in ${names.map(inputName).join(', ')}; holdwait review takes mails, mailboxes, diffs and commits`,
  );
}

const inputName = (name: string): string => (name === '-' ? 'the standard input' : name);

/** Several files are one series, in the order in which they are named where their subjects do not say it. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 1, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
    whole[at++] = 0x0a;
  }
  return whole;
}
