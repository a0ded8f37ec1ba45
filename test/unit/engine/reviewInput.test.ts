// Commits and the uncommitted change as patches: what our reader and applier make of them is what git has.

import assert from 'node:assert/strict';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { neverCancelled } from '../../../src/base/cancel.ts';
import { UserError } from '../../../src/base/errors.ts';
import { fixesLineFor } from '../../../src/engine/fixesLine.ts';
import { patchesOf, uncommittedPatch } from '../../../src/engine/reviewInput.ts';
import { openRepository } from '../../../src/hosts/node/gitRepository.ts';
import type { Repository } from '../../../src/index/repository.ts';
import { readPatches } from '../../../src/patch/readPatches.ts';
import { TemporaryGit } from '../../support/temporaryGit.ts';
import { edited, pick, randomLines, seeded } from '../../support/unifiedDiff.ts';

function newGit(t: TestContext): TemporaryGit {
  const git = new TemporaryGit();
  t.after(() => git[Symbol.dispose]());
  git.must('init', '-q', '-b', 'main');
  git.must('config', 'core.autocrlf', 'false');
  return git;
}

async function opened(t: TestContext, git: TemporaryGit): Promise<Repository> {
  const repository = await openRepository(git.folder);
  assert.ok(repository);
  t.after(() => repository.dispose());
  return repository;
}

function commit(git: TemporaryGit, message: string): string {
  git.must('add', '-A');
  git.must('commit', '-q', '--allow-empty', '-m', message);
  return git.must('rev-parse', 'HEAD').trim();
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

test('git am makes the same commits of the mails of a range', async (t) => {
  const git = newGit(t);
  const random = seeded(7);
  const names = ['a.c', 'drivers/b.c', 'drivers/with blank.c', 'ü.h'];
  const texts = new Map(names.map((name) => [name, randomLines(random, 60)]));
  for (const [name, lines] of texts) git.write(name, lines.join(''));
  const first = commit(git, 'first');
  for (let i = 1; i <= 12; i++) {
    const name = pick(random, names);
    const lines = edited(random, texts.get(name)!);
    texts.set(name, lines);
    git.write(name, lines.join(''));
    if (i === 4) git.write('new.c', 'int x;\n');
    if (i === 6) git.must('mv', 'new.c', 'moved.c');
    if (i === 8) git.must('rm', '-q', '-f', 'moved.c');
    commit(git, `change ${i}\n\nWhy: ${i}.`);
  }
  const tree = git.must('rev-parse', 'HEAD^{tree}');
  const repository = await opened(t, git);
  const { bytes, base, notes } = await patchesOf(repository, `${first}..`, neverCancelled);
  assert.deepEqual([base, notes], [{ kind: 'commit', commit: first, from: 'range' }, []]);
  git.must('checkout', '-q', '-b', 'again', first);
  const am = git.run(['am', '-q', '--keep-cr', '--whitespace=nowarn'], latin1(bytes));
  assert.ok(am.isFine, am.errors);
  assert.equal(git.must('rev-parse', 'HEAD^{tree}'), tree);
  assert.equal(
    git.must('log', '--format=%an %s %b', '-1', 'main'),
    git.must('log', '--format=%an %s %b', '-1'),
  );
  const { patches, problems } = readPatches(bytes);
  assert.deepEqual([patches.length, problems], [12, []]);
  assert.deepEqual(
    patches.map(({ subject, number }) => `${number} ${subject}`),
    patches.map((_, i) => `${i + 1} change ${i + 1}`),
  );
  assert.equal(patches[0]?.mail?.from, 'Jürgen Example <juergen@example.com>');
});

test('a message that looks like a mail or a diff is none', async (t) => {
  const git = newGit(t);
  git.write('a.c', 'a\n');
  commit(git, 'first');
  git.write('a.c', 'b\n');
  const body = [
    'From nobody Mon Sep 17 00:00:00 2001',
    'From: x <x@y>',
    'Subject: [PATCH 2/2] more',
    '',
    '---',
    'diff --git a/z.c b/z.c',
    '--- a/z.c',
    '+++ b/z.c',
    '@@ -1 +1 @@',
    '-a',
    '+b',
    'base-commit: 1234567890123456789012345678901234567890',
    '',
    'From here on',
  ];
  git.must('add', '-A');
  git.run(['commit', '-q', '--cleanup=verbatim', '-F', '-'], `acme: do it\n\n${body.join('\n')}\n`);
  const repository = await opened(t, git);
  const { bytes } = await patchesOf(repository, 'HEAD', neverCancelled);
  const series = readPatches(bytes);
  assert.deepEqual(
    series.patches.map(({ subject, changes }) => [subject, changes.map(({ newPath }) => newPath)]),
    [['acme: do it', ['a.c']]],
  );
  assert.equal(series.baseCommit, undefined);
  assert.match(series.patches[0]?.mail?.message ?? '', /From here on/);
});

test('what is no series is refused with what to give instead', async (t) => {
  const git = newGit(t);
  git.write('a.c', 'a\n');
  const first = commit(git, 'first');
  git.must('checkout', '-q', '-b', 'side');
  git.write('s.c', 's\n');
  commit(git, 'side');
  git.must('checkout', '-q', 'main');
  git.write('a.c', 'b\n');
  commit(git, 'second');
  git.must('merge', '-q', '--no-ff', '-m', 'merge', 'side');
  const repository = await opened(t, git);
  const cases: readonly (readonly [string, RegExp])[] = [
    ['main...side', /^main\.\.\.side has commits of two sides.*; give main\.\.side/],
    ['nothing', /^nothing is no commit of this repository/],
    ['nothing..main', /^nothing is no commit of this repository/],
    ['HEAD', /^HEAD is a merge; give the range that it merged: HEAD\^1\.\.HEAD\^2$/],
    ['main..main', /^there is no commit in main\.\.main/],
    [first, /has no parent here/],
  ];
  for (const [range, message] of cases)
    await assert.rejects(patchesOf(repository, range, neverCancelled), (error: unknown) => {
      assert.ok(UserError.is(error));
      assert.match(error.message, message);
      return true;
    });
  const { notes, bytes } = await patchesOf(repository, `${first}..HEAD`, neverCancelled);
  assert.deepEqual(notes, ['1 merge is left out']);
  assert.equal(readPatches(bytes).patches.length, 2);
});

test('more commits than anybody reviews are refused by their number', async (t) => {
  const git = newGit(t);
  const tree = git.must('write-tree').trim();
  let id = git.must('commit-tree', '-m', 'root', tree).trim();
  const root = id;
  const stream = Array.from({ length: 501 }, (_, i) => [
    `commit refs/heads/many\nmark :${i + 1}\ncommitter a <a@b> ${1.7e9 + i} +0000\ndata 1\nx`,
    `${i === 0 ? `from ${root}\n` : ''}M 100644 inline a.c\ndata <<E\nint v${i};\nE\n`,
  ]);
  assert.ok(git.run(['fast-import', '--quiet'], stream.flat().join('\n')).isFine);
  id = git.must('rev-parse', 'many').trim();
  const repository = await opened(t, git);
  await assert.rejects(
    patchesOf(repository, `${root}..many`, neverCancelled),
    /holds more than 500 commits; give a shorter range/,
  );
  const { bytes } = await patchesOf(repository, 'many~500..many', neverCancelled);
  assert.equal(readPatches(bytes).patches.length, 500);
  assert.equal(readPatches(bytes).patches.at(-1)?.fullSubject, '[PATCH 500/500] x');
});

test('the uncommitted change applies to HEAD, and untracked files are named', async (t) => {
  const git = newGit(t);
  git.write('a.c', 'a\nb\nc\n');
  git.write('gone.c', 'g\n');
  git.write('firmware.bin', '\0\x01');
  const head = commit(git, 'first');
  git.write('a.c', 'a\nB\nc');
  git.clear('gone.c');
  git.write('firmware.bin', '\0\x02');
  git.write('loose.c', 'l\n');
  git.write('staged.c', 's\n');
  git.must('add', 'staged.c');
  const repository = await opened(t, git);
  const { bytes, base, notes } = await uncommittedPatch(repository, neverCancelled);
  assert.deepEqual(base, { kind: 'commit', commit: head, from: 'range' });
  assert.deepEqual(notes, [
    'loose.c, which git does not track, is no part of the change; git add -N makes them one',
  ]);
  const [patch] = readPatches(bytes).patches;
  assert.deepEqual(
    patch?.changes.map(({ kind, newPath, isBinary }) => [kind, newPath, isBinary]),
    [
      ['modified', 'a.c', false],
      ['modified', 'firmware.bin', true],
      ['deleted', 'gone.c', false],
      ['added', 'staged.c', false],
    ],
  );
  const theirs = git.must('diff', '--full-index', 'HEAD', '--', 'a.c', 'gone.c', 'staged.c');
  const ours = latin1(bytes).replace(/diff --git a\/firmware[^]*?(?=diff --git)/, '');
  assert.equal(ours, theirs, 'as git writes it');
});

test('a Fixes line has twelve digits and the subject', async (t) => {
  const git = newGit(t);
  git.write('a.c', 'one\ntwo\n');
  const id = commit(git, 'acme: add the "a" driver');
  git.write('a.c', 'one\ntwo\nthree\n');
  const head = commit(git, 'acme: more');
  const repository = await opened(t, git);
  const line = await fixesLineFor(repository, head, [{ path: 'a.c', line: 2 }], neverCancelled);
  assert.equal(line, `Fixes: ${id.slice(0, 12)} ("acme: add the "a" driver")`);
  assert.equal(await fixesLineFor(repository, head, [{ path: 'b.c', line: 2 }], neverCancelled), undefined);
});
