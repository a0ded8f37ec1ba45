// reviewInput.ts
// What git knows as a text that can be reviewed: commits as the mails that git format-patch would make of them, and the
// uncommitted change as a diff. git itself writes neither: what a repository names as diff and text programs must not
// run, and its attributes must not hide a change as binary.

import { UserError } from '../base/errors.ts';
import { throwIfCancelled, type Token } from '../base/cancel.ts';
import type { Commit, CommitRange, Repository, TreeChange } from '../index/repository.ts';
import { byteStringOf, bytesOf } from '../patch/byteText.ts';
import type { ByteString } from '../patch/change.ts';
import { writeDiff } from '../patch/writeDiff.ts';
import type { Base } from './reviewReport.ts';

export interface ReviewInput {
  /** Mails or a diff, for `readPatches`. */
  readonly bytes: Uint8Array;
  /** What the first patch stands on. */
  readonly base: Base;
  /** For people: what was left out. Sentences without a full stop. */
  readonly notes: readonly string[];
}

/** More than anybody reviews at once; each takes as long as a patch of a series. */
const mostCommits = 500;

/** A commit, or a range `a..b`. */
export async function patchesOf(repository: Repository, range: string, token: Token): Promise<ReviewInput> {
  const { commits, isCut, merges, base } = await commitsOf(repository, range, token);
  if (isCut) {
    const remedy = 'give a shorter range';
    throw new UserError('bad-revision', `${range} holds more than ${mostCommits} commits; ${remedy}`);
  }
  if (commits.length === 0) throw new UserError('bad-revision', emptyText(range, merges));
  const changes = await repository.changesOf(commits, token);
  const mails: ByteString[] = [];
  for (const [i, id] of commits.entries()) {
    throwIfCancelled(token);
    const commit = await repository.commit(id);
    if (!commit) throw new UserError('git-failed', `git cannot read commit ${shortId(id)}`);
    const of = commits.length === 1 ? '' : ` ${i + 1}/${commits.length}`;
    const diffs = await diffsOf(changes.get(id) ?? [], (blob) => repository.blobText(blob));
    mails.push(mailOf(commit, of, diffs));
  }
  const notes = merges === 0 ? [] : [`${merges === 1 ? '1 merge is' : `${merges} merges are`} left out`];
  return { bytes: bytesOf(mails.join('')), base: { kind: 'commit', commit: base, from: 'range' }, notes };
}

/** From HEAD to what lies on the disk. */
export async function uncommittedPatch(repository: Repository, token: Token): Promise<ReviewInput> {
  const head = await repository.head();
  if (head === undefined)
    throw new UserError('bad-revision', 'there is no commit yet to compare the tree with');
  const { changes, texts, untracked } = await repository.uncommitted(token);
  const diffs: ByteString[] = [];
  for (const change of changes) {
    throwIfCancelled(token);
    const oldText = await textOf(change.oldMode, change.oldBlob, (blob) => repository.blobText(blob));
    const disk = texts.get(change.newPath);
    const newText = change.newBlob === undefined ? '' : disk && byteStringOf(disk);
    diffs.push(writeDiff({ ...change, oldText, newText }));
  }
  const notes = untracked.length === 0 ? [] : [untrackedText(untracked)];
  return { bytes: bytesOf(diffs.join('')), base: { kind: 'commit', commit: head, from: 'range' }, notes };
}

interface Commits extends CommitRange {
  readonly base: string;
}

async function commitsOf(repository: Repository, range: string, token: Token): Promise<Commits> {
  const dots = /^(.*?)(\.{2,})(.*)$/s.exec(range);
  if (!dots) return oneCommit(repository, range);
  const [, from = '', sign, to = ''] = dots;
  if (sign !== '..') {
    const name = (revision: string): string => revision || 'HEAD';
    const advice = `give ${name(from)}..${name(to)} for what only ${name(to)} has`;
    throw new UserError('bad-revision', `${range} has commits of two sides, which are no series; ${advice}`);
  }
  const base = await needCommit(repository, from || 'HEAD');
  const end = await needCommit(repository, to || 'HEAD');
  return { ...(await repository.commitsBetween(base, end, mostCommits, token)), base };
}

async function oneCommit(repository: Repository, revision: string): Promise<Commits> {
  const id = await needCommit(repository, revision);
  const parents = (await repository.commit(id))?.parents ?? [];
  if (parents.length > 1) {
    const advice = `give the range that it merged: ${revision}^1..${revision}^2`;
    throw new UserError('bad-revision', `${revision} is a merge; ${advice}`);
  }
  const [base] = parents;
  if (base === undefined)
    throw new UserError('bad-revision', `${revision} has no parent here, so there is no tree before it`);
  return { commits: [id], isCut: false, merges: 0, base };
}

async function needCommit(repository: Repository, revision: string): Promise<string> {
  const id = await repository.commitOf(revision);
  if (id !== undefined) return id;
  throw new UserError(
    'bad-revision',
    `${revision} is no commit of this repository; git fetch may bring it, git log shows what is there`,
  );
}

const emptyText = (range: string, merges: number): string =>
  merges === 0
    ? `there is no commit in ${range} that changes this tree; the older commit comes first: OLD..NEW`
    : `there are only merges in ${range}; give the range that was merged: MERGE^1..MERGE^2`;

type ReadBlob = (blob: string) => Promise<Uint8Array | undefined>;

async function diffsOf(changes: readonly TreeChange[], read: ReadBlob): Promise<ByteString> {
  const diffs: ByteString[] = [];
  for (const change of changes) {
    const oldText = await textOf(change.oldMode, change.oldBlob, read);
    const newText = await textOf(change.newMode, change.newBlob, read);
    diffs.push(writeDiff({ ...change, oldText, newText }));
  }
  return diffs.join('');
}

/** Of a submodule nothing is told but that it changes. */
async function textOf(
  mode: string | undefined,
  blob: string | undefined,
  read: ReadBlob,
): Promise<ByteString | undefined> {
  if (blob === undefined) return '';
  if (mode === '160000') return undefined;
  const text = await read(blob);
  return text && byteStringOf(text);
}

const utf8 = (text: string): ByteString => byteStringOf(new TextEncoder().encode(text));

/** The date in the first line is git's own, by which mails from format-patch are known. */
function mailOf({ id, author, date, subject, body }: Commit, of: string, diffs: ByteString): ByteString {
  const header = [
    `From ${id} Mon Sep 17 00:00:00 2001`,
    `From: ${oneLine(author)}`,
    `Date: ${oneLine(date)}`,
    `Subject: [PATCH${of}] ${oneLine(subject)}`,
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: 8bit',
  ];
  const message = body === '' ? '' : `${body.split('\n').map(harmless).join('\n')}\n`;
  return `${utf8(`${header.join('\n')}\n\n${message}---\n\n`)}${diffs}\n`;
}

/** A line of a message that would be read as a mail or as a diff moves to the right. */
const harmless = (line: string): string =>
  /^(?:>*From |diff -|Index: |---|\+\+\+ |@@ -|Binary files |commit |(?:From|Subject|Date):|base-commit:)/.test(
    line,
  )
    ? ` ${line}`
    : line;

const oneLine = (text: string): string => text.replace(/[\r\n\0]+/g, ' ');

const shortId = (id: string): string => id.slice(0, 12);

function untrackedText(paths: readonly string[]): string {
  const [first] = paths;
  const files =
    paths.length === 1
      ? `${first}, which git does not track, is`
      : `${paths.length} files that git does not track are`;
  return `${files} no part of the change; git add -N makes them one`;
}
