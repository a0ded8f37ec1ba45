// What is asked of a git repository, with real git in temporary folders.

import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { CancelledError, neverCancelled } from '../../../src/base/cancel.ts';
import { openRepository } from '../../../src/hosts/node/gitRepository.ts';
import type { Repository } from '../../../src/index/repository.ts';
import { TemporaryGit } from '../../support/temporaryGit.ts';

const wants = (path: string): boolean => path.endsWith('.c');

function newGit(t: TestContext): TemporaryGit {
  const git = new TemporaryGit();
  t.after(() => git[Symbol.dispose]());
  git.must('init', '-q', '-b', 'main');
  return git;
}

async function opened(t: TestContext, root: string): Promise<Repository> {
  const repository = await openRepository(root);
  assert.ok(repository, 'there is a repository');
  t.after(() => repository.dispose());
  return repository;
}

/** Returns the commit's id. */
function commit(git: TemporaryGit, files: Record<string, string | undefined>, message = 'change'): string {
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) git.clear(path);
    else git.write(path, text);
  }
  git.must('add', '-A');
  git.must('commit', '-q', '--allow-empty', '-m', message);
  return git.must('rev-parse', 'HEAD').trim();
}

const textOf = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

const pathsIn = async (repository: Repository, id: string, onDisk: readonly string[]): Promise<unknown> => {
  const differing = await repository.differing(
    id,
    { onDisk, blobOf: () => undefined, wants },
    neverCancelled,
  );
  const texts: Record<string, string | undefined> = {};
  for (const [path, blob] of differing)
    texts[path] = blob === undefined ? undefined : textOf(await repository.blobText(blob));
  return texts;
};

test('outside of any repository, and in one that does not hold the tree, there is none', async (t) => {
  const git = new TemporaryGit();
  t.after(() => git[Symbol.dispose]());
  assert.equal(await openRepository(git.folder), undefined);
  assert.equal(await openRepository(join(git.folder, 'nowhere')), undefined);
  git.must('init', '-q');
  commit(git, { '.gitignore': 'trees/\n', 'trees/linux/a.c': 'a\n', 'sub/b.c': 'b\n' });
  assert.equal(await openRepository(join(git.folder, 'trees/linux')), undefined);
  const below = await opened(t, join(git.folder, 'sub'));
  assert.equal(textOf(await below.textAt((await below.head())!, 'b.c')), 'b\n');
});

test('commits are found by what git takes as their names', async (t) => {
  const git = newGit(t);
  const empty = await opened(t, git.folder);
  assert.equal(await empty.head(), undefined);
  const first = commit(git, { 'a.c': 'a\n' });
  const second = commit(git, { 'a.c': 'b\n' });
  git.must('tag', '-a', '-m', 'tag', 'v1.0', first);
  const repository = await opened(t, git.folder);
  const names = ['HEAD', 'main', 'HEAD~1', 'v1.0', first.slice(0, 10), 'HEAD:a.c', 'nothing', `${second}0`];
  const found = await Promise.all(names.map((name) => repository.commitOf(name)));
  assert.deepEqual(found, [second, second, first, first, first, undefined, undefined, undefined]);
});

test('a commit says who, when and what', async (t) => {
  const git = newGit(t);
  const id = commit(
    git,
    { 'a.c': 'a\n' },
    'acme: take the lock\nin time\n\nIt was late.\n\nFixes: nothing\n',
  );
  const repository = await opened(t, git.folder);
  assert.deepEqual(await repository.commit(id), {
    id,
    parents: [],
    author: 'Jürgen Example <juergen@example.com>',
    date: 'Tue, 6 Feb 2024 10:00:00 +0100',
    subject: 'acme: take the lock in time',
    body: 'It was late.\n\nFixes: nothing',
  });
});

test('texts of a commit: files, none of links, folders and what is not there', async (t) => {
  const git = newGit(t);
  symlinkSync('a.c', join(git.folder, 'link.c'));
  const id = commit(git, {
    'a.c': 'a\n',
    'drivers/my acme.c': 'blank\n',
    'empty.c': '',
    'x/ü.c': 'umlaut\n',
  });
  git.write('a.c', 'on disk\n');
  const repository = await opened(t, git.folder);
  const paths = [
    'a.c',
    'drivers/my acme.c',
    'empty.c',
    'link.c',
    'drivers',
    'no.c',
    'no/no.c',
    './a.c',
    'x/../a.c',
  ];
  const texts = await Promise.all(paths.map((path) => repository.textAt(id, path)));
  const none = new Array<undefined>(6).fill(undefined);
  assert.deepEqual(texts.map(textOf), ['a\n', 'blank\n', '', ...none]);
  assert.equal(textOf(await repository.textAt(id, 'x/ü.c')), 'umlaut\n');
});

test('blobs are found by the beginning of their ids, unless there are several', async (t) => {
  const git = newGit(t);
  commit(git, { 'a.c': 'a\n' });
  const id = git.must('rev-parse', 'HEAD:a.c').trim();
  git.must('branch', id.slice(0, 8));
  const repository = await opened(t, git.folder);
  assert.equal(textOf(await repository.blobText(id)), 'a\n');
  assert.equal(textOf(await repository.blobText(id.slice(0, 12))), 'a\n');
  assert.equal(await repository.blobText(id.slice(0, 8)), undefined, 'a branch has this name');
  assert.equal(await repository.blobText('HEAD:a.c'), undefined);
  assert.equal(await repository.blobText('0000000'), undefined);
  const large = commit(git, { 'large.c': 'x'.repeat(9 << 20) });
  assert.equal(await repository.textAt(large, 'large.c'), undefined);
});

test('changes of commits: renames, links, files that come and go', async (t) => {
  const git = newGit(t);
  const text = 'one\ntwo\nthree\nfour\nfive\n';
  const first = commit(git, { 'a.c': text, 'b.c': 'b\n' });
  git.must('mv', 'a.c', 'c.c');
  const second = commit(git, { 'c.c': `${text}six\n`, 'b.c': undefined, 'd.c': 'd\n' });
  const repository = await opened(t, git.folder);
  const changes = await repository.changesOf([second, first], neverCancelled);
  const short = (id: string): unknown =>
    changes.get(id)?.map(({ kind, oldPath, newPath, oldMode }) => [kind, oldPath, newPath, oldMode]);
  assert.deepEqual(short(second), [
    ['deleted', 'b.c', 'b.c', '100644'],
    ['renamed', 'a.c', 'c.c', '100644'],
    ['added', 'd.c', 'd.c', undefined],
  ]);
  assert.deepEqual(short(first), [
    ['added', 'a.c', 'a.c', undefined],
    ['added', 'b.c', 'b.c', undefined],
  ]);
});

test('the disk differs from a commit where its files do, staged or not, tracked or not', async (t) => {
  const git = newGit(t);
  const first = commit(git, {
    'same.c': 's\n',
    'old.c': 'old\n',
    'gone.c': 'g\n',
    Kconfig: 'k\n',
    'edit.c': 'e\n',
  });
  const second = commit(git, { 'old.c': 'newer\n', 'gone.c': undefined, 'late.c': 'l\n', Kconfig: 'kk\n' });
  git.write('edit.c', 'E\n');
  git.write('loose.c', 'loose\n');
  const repository = await opened(t, git.folder);
  const onDisk = ['edit.c', 'late.c', 'loose.c', 'old.c', 'same.c'];
  assert.deepEqual(await pathsIn(repository, second, onDisk), { 'edit.c': 'e\n', 'loose.c': undefined });
  const before = {
    'edit.c': 'e\n',
    'gone.c': 'g\n',
    'late.c': undefined,
    'loose.c': undefined,
    'old.c': 'old\n',
  };
  assert.deepEqual(await pathsIn(repository, first, onDisk), before);
  git.must('add', 'edit.c', 'loose.c');
  assert.deepEqual(await pathsIn(repository, first, onDisk), before);
  git.write('old.c', 'old\n');
  git.must('rm', '-q', '--cached', 'same.c');
  const { 'old.c': _, ...rest } = before;
  assert.deepEqual(await pathsIn(repository, first, onDisk), rest, 'what the disk has counts');
  rmSync(join(git.folder, 'same.c'));
  assert.deepEqual(await pathsIn(repository, second, onDisk.slice(0, 4)), {
    'edit.c': 'e\n',
    'loose.c': undefined,
    'old.c': 'newer\n',
    'same.c': 's\n',
  });
});

test('what is known of the disk is not read again, unless its ids are of another kind', async (t) => {
  const git = newGit(t);
  const first = commit(git, { 'a.c': 'a\n', 'b.c': 'b\n', 'c.c': 'c\n' });
  const idOf = (path: string): string => git.must('rev-parse', `HEAD:${path}`).trim();
  git.write('c.c', 'C\n');
  const known = new Map([
    ['a.c', idOf('b.c')],
    ['b.c', idOf('b.c')],
    ['c.c', '0'.repeat(64)],
  ]);
  const repository = await opened(t, git.folder);
  const files = { onDisk: [...known.keys()], blobOf: (path: string) => known.get(path), wants };
  const differing = await repository.differing(first, files, neverCancelled);
  assert.deepEqual([...differing.keys()].sort(), ['a.c', 'c.c']);
});

test('a file that was written in the same moment as the index is looked into', async (t) => {
  const git = newGit(t);
  const file = join(git.folder, 'a.c');
  git.write('a.c', 'old\n');
  utimesSync(file, 1.5e9, 1.5e9);
  const id = commit(git, {});
  // The same size and time as the index knows.
  git.write('a.c', 'NEW\n');
  utimesSync(file, 1.5e9, 1.5e9);
  const repository = await opened(t, git.folder);
  assert.deepEqual(await pathsIn(repository, id, ['a.c']), {}, 'a file that is older is not');
  utimesSync(join(git.folder, '.git/index'), 1.5e9, 1.5e9);
  assert.deepEqual(await pathsIn(repository, id, ['a.c']), { 'a.c': 'old\n' });
  const { changes, texts } = await repository.uncommitted(neverCancelled);
  assert.equal(textOf(texts.get('a.c')), 'NEW\n');
  assert.equal(changes[0]?.oldBlob, git.must('rev-parse', 'HEAD:a.c').trim());
});

test('the uncommitted change: staged, not staged, intended, removed, conflicting', async (t) => {
  const git = newGit(t);
  commit(git, {
    'edit.c': 'e\n',
    'stage.c': 's\n',
    'rm.c': 'r\n',
    'gone.c': 'g\n',
    'both.c': 'b\n',
    'kept.c': 'k\n',
  });
  git.must('checkout', '-qb', 'other');
  commit(git, { 'both.c': 'theirs\n' });
  git.must('checkout', '-q', 'main');
  commit(git, { 'both.c': 'ours\n' });
  assert.equal(git.run(['merge', 'other']).isFine, false);
  git.write('edit.c', 'E\n');
  git.write('stage.c', 'S\n');
  git.must('add', 'stage.c');
  git.must('rm', '-q', 'rm.c');
  rmSync(join(git.folder, 'gone.c'));
  git.must('rm', '-q', '--cached', 'kept.c');
  git.write('meant.c', 'm\n');
  git.must('add', '-N', 'meant.c');
  git.write('loose.c', 'l\n');
  git.write('loose.txt', 'l\n');
  const repository = await opened(t, git.folder);
  const { changes, texts, untracked } = await repository.uncommitted(neverCancelled);
  assert.deepEqual(
    changes.map(({ kind, newPath }) => `${kind} ${newPath}`),
    [
      'modified both.c',
      'modified edit.c',
      'deleted gone.c',
      'deleted kept.c',
      'added meant.c',
      'deleted rm.c',
      'modified stage.c',
    ],
  );
  assert.equal(changes[0]?.oldBlob, git.must('rev-parse', 'HEAD:both.c').trim());
  assert.match(textOf(texts.get('both.c')) ?? '', /<<<<<<< HEAD/);
  assert.equal(changes[4]?.oldBlob, undefined);
  assert.deepEqual([textOf(texts.get('meant.c')), textOf(texts.get('stage.c'))], ['m\n', 'S\n']);
  assert.deepEqual(untracked, ['kept.c', 'loose.c']);
});

test('a clean tree has no uncommitted change, whatever its times are', async (t) => {
  const git = newGit(t);
  const id = commit(git, { 'a.c': 'a\n', 'b.c': 'b\n' });
  utimesSync(join(git.folder, 'a.c'), 1e9, 1e9);
  const repository = await opened(t, git.folder);
  assert.deepEqual((await repository.uncommitted(neverCancelled)).changes, []);
  assert.deepEqual(await pathsIn(repository, id, ['a.c', 'b.c']), {});
});

test('ranges are oldest first, without merges, and bounded', async (t) => {
  const git = newGit(t);
  const root = commit(git, { 'a.c': '0\n' });
  git.must('checkout', '-qb', 'side');
  const side = commit(git, { 's.c': 's\n' });
  git.must('checkout', '-q', 'main');
  const one = commit(git, { 'a.c': '1\n' });
  git.must('merge', '-q', '--no-ff', '-m', 'merge', 'side');
  const two = commit(git, { 'a.c': '2\n' });
  const repository = await opened(t, git.folder);
  const range = await repository.commitsBetween(root, two, 10, neverCancelled);
  assert.deepEqual([...range.commits].sort(), [side, one, two].sort());
  assert.equal(range.commits.at(-1), two);
  assert.deepEqual([range.merges, range.isCut], [1, false]);
  const cut = await repository.commitsBetween(root, two, 2, neverCancelled);
  assert.deepEqual([cut.commits.length, cut.isCut], [2, true]);
});

test('the newest commits, without merges and without those of other folders', async (t) => {
  const git = newGit(t);
  const first = commit(git, { 'linux/a.c': '0\n', 'else.txt': '0\n' });
  git.must('checkout', '-qb', 'side');
  const side = commit(git, { 'linux/s.c': 's\n' });
  git.must('checkout', '-q', 'main');
  commit(git, { 'else.txt': '1\n' });
  git.must('merge', '-q', '--no-ff', '-m', 'merge', 'side');
  const last = commit(git, { 'linux/a.c': '1\n' });
  const repository = await opened(t, join(git.folder, 'linux'));
  const ids = (await repository.recent(10, neverCancelled)).map(({ id }) => id);
  assert.deepEqual(ids, [last, side, first]);
  assert.equal((await repository.recent(2, neverCancelled)).length, 2);
});

test('the commit that a patch was made for is found by blobs', async (t) => {
  const git = newGit(t);
  const blob = (name: string): string => git.must('rev-parse', name).trim().slice(0, 12);
  const first = commit(git, { 'a.c': 'a1\n', 'b.c': 'b1\n' });
  const second = commit(git, { 'other.c': 'x\n' });
  const third = commit(git, { 'a.c': 'a2\n' });
  commit(git, { 'b.c': 'b2\n' });
  const last = commit(git, { 'other.c': 'y\n' });
  const repository = await opened(t, git.folder);
  const find = (files: Record<string, string | undefined>): Promise<string | undefined> =>
    repository.commitWithBlobs(
      Object.entries(files).map(([path, id]) => ({ path, blob: id })),
      neverCancelled,
    );
  assert.equal(await find({ 'a.c': blob('HEAD:a.c'), 'b.c': blob('HEAD:b.c') }), last);
  assert.equal(
    await find({ 'a.c': blob(`${first}:a.c`), 'b.c': blob(`${first}:b.c`) }),
    second,
    'the newest',
  );
  assert.equal(await find({ 'a.c': blob(`${third}:a.c`), 'b.c': blob(`${third}:b.c`) }), third);
  assert.equal(await find({ 'a.c': blob('HEAD:a.c'), 'new.c': undefined }), last);
  assert.equal(
    await find({ 'a.c': blob(`${first}:a.c`), 'b.c': blob('HEAD:b.c') }),
    undefined,
    'never together',
  );
  assert.equal(await find({ 'a.c': '123456789012' }), undefined);
  assert.equal(await find({}), undefined);
});

test('blame names the commit that brought a line, and none that a shallow clone begins with', async (t) => {
  const git = newGit(t);
  const first = commit(git, { 'a.c': 'one\n\ttwo\n' }, 'acme: add "a"\n\nlong text');
  const second = commit(git, { 'a.c': 'one\n\t\ttwo\nthree\n' }, 'acme: add three');
  const repository = await opened(t, git.folder);
  const blame = (line: number, path = 'a.c'): ReturnType<Repository['blame']> =>
    repository.blame(second, path, line, neverCancelled);
  const time = Number(git.must('log', '-1', '--format=%ct', second));
  assert.deepEqual(await blame(3), { commit: second, subject: 'acme: add three', time });
  assert.equal((await blame(2))?.commit, first, 'blanks bring nothing');
  assert.equal(await blame(9), undefined);
  assert.equal(await blame(1, 'b.c'), undefined);
  git.must('clone', '-q', '--depth=1', `file://${git.folder}`, 'shallow');
  const shallow = await opened(t, join(git.folder, 'shallow'));
  assert.equal(await shallow.blame(second, 'a.c', 1, neverCancelled), undefined);
});

test('a folder of a repository and another work tree of it are trees of their own', async (t) => {
  const git = newGit(t);
  const first = commit(git, { 'linux/drivers/a.c': 'a\n', 'doc/x.c': 'x\n' });
  const second = commit(git, { 'linux/drivers/a.c': 'aa\n', 'doc/x.c': 'xx\n' });
  const third = commit(git, { 'doc/x.c': 'xxx\n' });
  git.must('worktree', 'add', '-q', 'elsewhere', first);
  const below = await opened(t, join(git.folder, 'linux'));
  assert.equal(textOf(await below.textAt(first, 'drivers/a.c')), 'a\n');
  assert.deepEqual(await pathsIn(below, first, ['drivers/a.c']), { 'drivers/a.c': 'a\n' });
  assert.deepEqual((await below.commitsBetween(first, third, 9, neverCancelled)).commits, [second]);
  const changes = (await below.changesOf([second], neverCancelled)).get(second);
  assert.deepEqual(
    changes?.map(({ newPath }) => newPath),
    ['drivers/a.c'],
  );
  const blob = git.must('rev-parse', `${first}:linux/drivers/a.c`).trim();
  assert.equal(await below.commitWithBlobs([{ path: 'drivers/a.c', blob }], neverCancelled), first);
  assert.equal((await below.blame(third, 'drivers/a.c', 1, neverCancelled))?.commit, second);
  const other = await opened(t, join(git.folder, 'elsewhere/linux'));
  assert.equal(await other.head(), first);
  assert.deepEqual(await pathsIn(other, second, ['drivers/a.c']), { 'drivers/a.c': 'aa\n' });
});

test('what a sparse checkout leaves out is no difference', async (t) => {
  const git = newGit(t);
  const first = commit(git, { 'drivers/a.c': 'a\n', 'net/b.c': 'b\n', 'net/c.c': 'c\n' });
  const second = commit(git, { 'drivers/a.c': 'aa\n' });
  git.must('sparse-checkout', 'set', '--no-cone', '/drivers/');
  const repository = await opened(t, git.folder);
  assert.deepEqual(Object.keys(git.files()), ['drivers/a.c']);
  assert.deepEqual(await pathsIn(repository, second, ['drivers/a.c']), {});
  assert.deepEqual(await pathsIn(repository, first, ['drivers/a.c']), { 'drivers/a.c': 'a\n' });
  assert.deepEqual((await repository.uncommitted(neverCancelled)).changes, []);
});

test('without git there is no repository', async (t) => {
  const git = newGit(t);
  commit(git, { 'a.c': 'a\n' });
  const path = process.env['PATH'];
  t.after(() => (process.env['PATH'] = path));
  process.env['PATH'] = git.folder;
  assert.equal(await openRepository(git.folder), undefined);
  process.env['PATH'] = path;
});

test('a cancelled question ends so, and questions after the end have no answer', async (t) => {
  const git = newGit(t);
  const id = commit(git, { 'a.c': 'a\n' });
  mkdirSync(join(git.folder, 'sub'));
  const repository = await opened(t, git.folder);
  await assert.rejects(repository.uncommitted({ isCancellationRequested: true }), CancelledError);
  repository.dispose();
  assert.equal(await repository.head(), undefined);
  assert.equal(await repository.textAt(id, 'a.c'), undefined);
});

test('a repository with SHA-256 is read alike', async (t) => {
  const git = new TemporaryGit();
  t.after(() => git[Symbol.dispose]());
  git.must('init', '-q', '--object-format=sha256');
  const id = commit(git, { 'a.c': 'a\n', 'b/c.c': 'c\n' });
  git.write('a.c', 'b\n');
  const repository = await opened(t, git.folder);
  assert.equal(textOf(await repository.textAt(id, 'b/c.c')), 'c\n');
  assert.deepEqual(await pathsIn(repository, id, ['a.c', 'b/c.c']), { 'a.c': 'a\n' });
  const { changes } = await repository.uncommitted(neverCancelled);
  assert.equal(changes[0]?.newBlob, git.must('hash-object', 'a.c').trim());
});
