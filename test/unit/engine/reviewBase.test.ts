// Which tree a series is applied to, how that tree is made, and merges where it is another one than the series was made for.

import assert from 'node:assert/strict';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { neverCancelled } from '../../../src/base/cancel.ts';
import { baseIndex, baseReader, chooseBase } from '../../../src/engine/reviewBase.ts';
import { ThreeWay } from '../../../src/engine/threeWay.ts';
import { openRepository } from '../../../src/hosts/node/gitRepository.ts';
import type { Repository } from '../../../src/index/repository.ts';
import { applyChanges } from '../../../src/patch/applyPatch.ts';
import type { PatchSeries } from '../../../src/patch/change.ts';
import { readPatches } from '../../../src/patch/readPatches.ts';
import { memoryIndex } from '../../support/memoryIndex.ts';
import { TemporaryGit } from '../../support/temporaryGit.ts';

const acme = 'int a;\nint b;\nint c;\nint d;\nint e;\nint f;\nint g;\nint h;\n';
const newer = acme.replace('int h;', 'int hh;');

interface Story {
  readonly git: TemporaryGit;
  readonly repository: Repository;
  readonly first: string;
  readonly second: string;
  /** Two patches for `first`. */
  readonly mails: string;
}

async function story(t: TestContext): Promise<Story> {
  const git = new TemporaryGit();
  t.after(() => git[Symbol.dispose]());
  git.must('init', '-q', '-b', 'main');
  const commit = (files: Record<string, string>, message: string): string => {
    for (const [path, text] of Object.entries(files)) git.write(path, text);
    git.must('add', '-A');
    git.must('commit', '-q', '-m', message);
    return git.must('rev-parse', 'HEAD').trim();
  };
  const first = commit({ 'acme.c': acme, 'old.c': 'int old;\n', Kconfig: 'config ACME\n' }, 'first');
  git.must('checkout', '-q', '-b', 'topic');
  commit({ 'acme.c': acme.replace('int b;', 'int bb;') }, 'topic 1');
  commit({ 'acme.c': acme.replace('int b;', 'int bbb;'), 'extra.c': 'int extra;\n' }, 'topic 2');
  const mails = git.must('format-patch', '--stdout', `--base=${first}`, 'main..topic');
  git.must('checkout', '-q', 'main');
  git.must('rm', '-q', 'old.c');
  const second = commit({ 'acme.c': newer, Kconfig: 'config ACME2\n' }, 'second');
  const repository = await openRepository(git.folder);
  assert.ok(repository);
  t.after(() => repository.dispose());
  return { git, repository, first, second, mails };
}

const seriesOf = (text: string): PatchSeries => readPatches(Buffer.from(text, 'latin1'));
const withoutBase = (text: string): string => text.replace(/^base-commit:.*$/m, '');

test('the base is what the series names, else what its blobs are, else the tree', async (t) => {
  const { repository, first, second, mails } = await story(t);
  const choose = (text: string, other?: Repository): unknown =>
    chooseBase(seriesOf(text), other, neverCancelled);
  assert.deepEqual(await choose(mails, repository), {
    base: { kind: 'commit', commit: first, from: 'base-commit' },
    why: '',
  });
  assert.deepEqual(await choose(withoutBase(mails), repository), {
    base: { kind: 'commit', commit: first, from: 'blobs' },
    why: '',
  });
  const unknown = mails.replace(`base-commit: ${first}`, `base-commit: ${'12'.repeat(20)}`);
  assert.deepEqual(await choose(unknown, repository), {
    base: { kind: 'commit', commit: first, from: 'blobs' },
    why: `base-commit 121212121212 is not in this repository; ${first.slice(0, 12)} was used, which has the contents that the patch names`,
  });
  const foreign = unknown.replace(/^index [0-9a-f]+/gm, 'index 9999999');
  assert.deepEqual(await choose(foreign, repository), {
    base: { kind: 'tree', commit: second },
    why: 'base-commit 121212121212 is not in this repository; the tree as it is was used',
  });
  assert.deepEqual(await choose(withoutBase(foreign), repository), {
    base: { kind: 'tree', commit: second },
    why: '',
  });
  assert.deepEqual(await choose(mails), {
    base: { kind: 'tree', commit: undefined },
    why: `base-commit ${first.slice(0, 12)} cannot be looked up: the tree is no git repository; the tree as it is was used`,
  });
});

test('a branch that has the name of a base commit is not taken for it', async (t) => {
  const { git, repository, first, second, mails } = await story(t);
  git.must('branch', '1234567', second);
  const chosen = await chooseBase(
    seriesOf(mails.replace(`base-commit: ${first}`, 'base-commit: 1234567')),
    repository,
    neverCancelled,
  );
  assert.deepEqual(chosen.base, { kind: 'commit', commit: first, from: 'blobs' });
});

test('the index of the base has its files and texts, and not those of the disk', async (t) => {
  const { git, repository, first, second } = await story(t);
  git.write('loose.c', 'int loose;\n');
  const index = await memoryIndex({ 'acme.c': newer, 'loose.c': 'int loose;\n' });
  const request = { repository, wants: (path: string): boolean => path.endsWith('.c') };
  const of = (commit: string): ReturnType<typeof baseIndex> =>
    baseIndex(index, { ...request, base: { kind: 'commit', commit, from: 'base-commit' } }, neverCancelled);
  const old = await of(first);
  assert.deepEqual([...old.index.files], ['acme.c', 'old.c']);
  assert.equal(old.index.definitionsOf('old').length, 1);
  assert.equal(old.index.definitionsOf('hh').length, 0);
  assert.equal(old.index.definitionsOf('loose').length, 0);
  assert.deepEqual([...(await of(second)).index.files], ['acme.c']);
  git.clear('loose.c');
  const clean = await memoryIndex({ 'acme.c': newer });
  const same = await baseIndex(
    clean,
    { ...request, base: { kind: 'commit', commit: second, from: 'blobs' } },
    neverCancelled,
  );
  assert.equal(same.index, clean, 'nothing lies over a tree that is the base');
  const read = baseReader(old.base, repository, () => Promise.resolve(undefined));
  assert.equal(Buffer.from((await read('Kconfig'))!).toString(), 'config ACME\n');
});

test('the base says what is known and suppressed, and not the commits after it', async (t) => {
  const { git, repository, first, second } = await story(t);
  const own = '{ "version": 1 }\n';
  git.write('.holdwait-suppressions.json', own);
  git.must('add', '-A');
  git.must('commit', '-q', '-m', 'suppress it');
  const index = await memoryIndex({
    'acme.c': newer,
    '.holdwait-suppressions.json': own,
    '.holdwait.json': own,
  });
  const text = async (commit: string, path: string): Promise<string | undefined> => {
    const base = { kind: 'commit', commit, from: 'range' } as const;
    const based = await baseIndex(
      index,
      { base, repository, wants: (name) => name.endsWith('.c') },
      neverCancelled,
    );
    assert.ok(based.index.files.every((name) => name.endsWith('.c')));
    const bytes = await based.index.text(path);
    return bytes && Buffer.from(bytes).toString();
  };
  assert.equal(await text(first, '.holdwait-suppressions.json'), undefined);
  assert.equal(await text(second, '.holdwait-suppressions.json'), undefined);
  assert.equal(await text((await repository.head())!, '.holdwait-suppressions.json'), own);
  assert.equal(await text(first, '.holdwait.json'), own, 'no commit has one');
});

test('patches for an older tree are merged one after the other', async (t) => {
  const { git, repository, first, mails } = await story(t);
  const known = git.must('rev-parse', `${first}:acme.c`).trim();
  const moved = acme.replace('int c;', 'int c;\nint cc;').replace('int h;', 'int hh;');
  const files = new Map<string, string>([['acme.c', moved.replace('int d;', 'int dd;')]]);
  // What the first patch makes is in the author's repository only.
  const threeWay = new ThreeWay(async (id) => (known.startsWith(id) ? repository.blobText(id) : undefined));
  const notes: string[] = [];
  for (const patch of seriesOf(mails).patches) {
    const read = (path: string): Promise<Uint8Array | undefined> =>
      Promise.resolve(files.has(path) ? Buffer.from(files.get(path)!) : undefined);
    assert.equal((await applyChanges(patch.changes, read)).conflicts.length, 1, 'it does not fit as it is');
    const rebased = await threeWay.rebased(patch, read);
    notes.push(...rebased.notes);
    const applied = await applyChanges(rebased.patch.changes, read);
    assert.deepEqual(applied.conflicts, []);
    assert.ok(rebased.patch.changes.every((change) => change.hunks.every(({ line }) => line > 0)));
    for (const [path, text] of applied.files) files.set(path, Buffer.from(text!).toString());
  }
  assert.deepEqual(notes, ['acme.c: merged with the tree', 'acme.c: merged with the tree']);
  assert.equal(files.get('acme.c'), moved.replace('int d;', 'int dd;').replace('int b;', 'int bbb;'));
  assert.equal(files.get('extra.c'), 'int extra;\n');
});

test('what cannot be merged, or has no blob here, is left to be told as a conflict', async (t) => {
  const { repository, mails } = await story(t);
  const [patch] = seriesOf(mails).patches;
  const conflicting = acme.replace('int b;', 'int bad;');
  const read = (): Promise<Uint8Array> => Promise.resolve(Buffer.from(conflicting));
  const tried = await new ThreeWay((id) => repository.blobText(id)).rebased(patch!, read);
  assert.equal(tried.patch, patch);
  const unknown = await new ThreeWay(() => Promise.resolve(undefined)).rebased(patch!, read);
  assert.equal(unknown.patch, patch);
});
