// A repository whose configuration and attributes name programs: whatever is asked of it, none of them runs, and nothing
// in it changes.

import assert from 'node:assert/strict';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { neverCancelled } from '../../../src/base/cancel.ts';
import { patchesOf, uncommittedPatch } from '../../../src/engine/reviewInput.ts';
import { openRepository } from '../../../src/hosts/node/gitRepository.ts';
import type { Repository } from '../../../src/index/repository.ts';
import { TemporaryGit } from '../../support/temporaryGit.ts';

// prettier-ignore
const settings = [
  'core.fsmonitor', 'core.pager', 'core.editor', 'core.sshCommand', 'core.gitProxy', 'core.askPass',
  'core.alternateRefsCommand', 'credential.helper', 'diff.external', 'diff.evil.command', 'diff.evil.textconv',
  'filter.evil.clean', 'filter.evil.smudge', 'filter.evil.process', 'merge.evil.driver', 'gpg.program',
  'gpg.ssh.program', 'pager.log', 'pager.blame', 'pager.diff', 'sequence.editor', 'uploadpack.packObjectsHook',
  'remote.origin.uploadpack', 'alias.cat-file', 'alias.rev-list', 'trailer.evil.command', 'sendemail.toCmd',
];

const hooks = ['post-index-change', 'reference-transaction', 'fsmonitor-watchman', 'post-checkout'];

interface Hostile {
  readonly git: TemporaryGit;
  readonly wasRun: () => boolean;
}

function hostileRepository(t: TestContext): Hostile {
  const git = new TemporaryGit();
  t.after(() => git[Symbol.dispose]());
  git.must('init', '-q');
  git.write('drivers/acme.c', 'int acme;\n\nint other;\n');
  git.write('moved.c', 'one\ntwo\nthree\nfour\nfive\n');
  git.must('add', '.');
  git.must('commit', '-qm', 'one');
  git.write('drivers/acme.c', 'int acme_two;\n\nint other;\n');
  git.must('mv', 'moved.c', 'there.c');
  git.must('commit', '-qam', 'two');
  const program = join(git.folder, '.git', 'evil.sh');
  const marker = join(git.folder, '.git', 'was-run');
  git.write('.git/evil.sh', `#!/bin/sh\ntouch '${marker}'\nexit 1\n`);
  chmodSync(program, 0o755);
  for (const name of settings) git.must('config', name, program);
  for (const hook of hooks) {
    git.write(`.git/hooks/${hook}`, `#!/bin/sh\ntouch '${marker}'\n`);
    chmodSync(join(git.folder, '.git/hooks', hook), 0o755);
  }
  git.must('config', 'core.hooksPath', join(git.folder, '.git/hooks'));
  git.must('config', 'log.showSignature', 'true');
  git.must('config', 'remote.origin.url', `ext::${program} %S`);
  git.must('config', 'protocol.ext.allow', 'always');
  git.must('config', 'remote.origin.promisor', 'true');
  git.must('config', 'extensions.partialClone', 'origin');
  git.write('.gitattributes', '* filter=evil diff=evil merge=evil ident text=auto\n');
  // As young as the index: git would have to look into it.
  git.write('drivers/acme.c', 'int acme_six;\n\nint other;\n');
  rmSync(marker, { force: true });
  return { git, wasRun: () => existsSync(marker) };
}

async function askEverything(repository: Repository): Promise<void> {
  const head = (await repository.head())!;
  const first = (await repository.commitOf('HEAD^'))!;
  const wants = (path: string): boolean => path.endsWith('.c');
  const missing = '1234567890123456789012345678901234567890';
  await repository.commit(head);
  await repository.commitOf(missing);
  await repository.blobText(missing);
  await repository.blobText('1234567');
  await repository.textAt(first, 'moved.c');
  await repository.differing(
    first,
    { onDisk: ['drivers/acme.c', 'there.c'], blobOf: () => undefined, wants },
    neverCancelled,
  );
  await repository.commitWithBlobs([{ path: 'moved.c', blob: missing.slice(0, 12) }], neverCancelled);
  await repository.commitWithBlobs(
    [{ path: 'there.c', blob: (await blobOf(repository, first))! }],
    neverCancelled,
  );
  await repository.blame(head, 'drivers/acme.c', 1, neverCancelled);
  await patchesOf(repository, 'HEAD', neverCancelled);
  await patchesOf(repository, 'HEAD^..HEAD', neverCancelled);
  await uncommittedPatch(repository, neverCancelled);
}

async function blobOf(repository: Repository, commit: string): Promise<string | undefined> {
  const changes = await repository.changesOf([commit], neverCancelled);
  return changes.get(commit)?.[0]?.newBlob;
}

test('no question makes git run a program that a repository names', async (t) => {
  const { git, wasRun } = hostileRepository(t);
  git.run(['-c', 'core.fsmonitor=false', 'diff', '--no-ext-diff', 'HEAD']);
  assert.ok(wasRun(), 'the programs would run: git diff starts one');
  rmSync(join(git.folder, '.git/was-run'));
  const repository = await openRepository(git.folder);
  assert.ok(repository);
  await askEverything(repository);
  repository.dispose();
  assert.equal(wasRun(), false);
});

test('a missing object of a partial clone is not fetched', async (t) => {
  const { git, wasRun } = hostileRepository(t);
  const { output } = git.run(['rev-parse', 'HEAD^:moved.c']);
  const id = output.trim();
  rmSync(join(git.folder, '.git/objects', id.slice(0, 2), id.slice(2)));
  git.run(['-c', 'core.fsmonitor=false', 'cat-file', '-p', id]);
  assert.ok(wasRun(), 'git would fetch it');
  rmSync(join(git.folder, '.git/was-run'));
  const repository = (await openRepository(git.folder))!;
  assert.equal(await repository.blobText(id), undefined);
  await repository.changesOf([(await repository.head())!], neverCancelled);
  await repository.blame((await repository.head())!, 'there.c', 2, neverCancelled);
  repository.dispose();
  assert.equal(wasRun(), false);
});

test('attributes cannot hide a change as binary', async (t) => {
  const { git } = hostileRepository(t);
  git.write('.git/info/attributes', '*.c -diff binary\n');
  const repository = (await openRepository(git.folder))!;
  const { bytes } = await patchesOf(repository, 'HEAD', neverCancelled);
  assert.match(Buffer.from(bytes).toString(), /^\+int acme_two;$/m);
  const { bytes: now } = await uncommittedPatch(repository, neverCancelled);
  assert.match(Buffer.from(now).toString(), /^-int acme_two;\n\+int acme_six;$/m);
  repository.dispose();
});

test('an object that a ref puts in the place of another is not taken for it', async (t) => {
  const { git } = hostileRepository(t);
  const blob = git.must('rev-parse', 'HEAD:drivers/acme.c').trim();
  const { output } = git.run(['hash-object', '-w', '--stdin', '--no-filters'], 'int nothing;\n');
  git.must('replace', blob, output.trim());
  const repository = (await openRepository(git.folder))!;
  const text = await repository.textAt((await repository.head())!, 'drivers/acme.c');
  assert.equal(text && Buffer.from(text).toString(), 'int acme_two;\n\nint other;\n');
  repository.dispose();
});

test('what looks like an option, or leads elsewhere, is no revision', async (t) => {
  const { git } = hostileRepository(t);
  const repository = (await openRepository(git.folder))!;
  const out = join(git.folder, 'out.txt');
  for (const revision of [`--output=${out}`, '-h', '--all', '', ' ', 'HEAD\nHEAD', 'HEAD\0', '../..', 'a b'])
    assert.equal(await repository.commitOf(revision), undefined, revision);
  for (const revision of [`--output=${out}`, '--all..HEAD', `HEAD..--output=${out}`, `-O${out}`])
    await assert.rejects(patchesOf(repository, revision, neverCancelled), /is no commit of this repository/);
  assert.equal(await repository.commitOf(`HEAD ${' '.repeat(5)}`), await repository.head());
  assert.equal(await repository.textAt((await repository.head())!, '../there.c'), undefined);
  assert.equal(existsSync(out), false);
  repository.dispose();
});

test('nothing in the repository or the work tree is written', async (t) => {
  const { git } = hostileRepository(t);
  const before = snapshot(git);
  const repository = (await openRepository(git.folder))!;
  await askEverything(repository);
  repository.dispose();
  assert.deepEqual(snapshot(git), before);
});

function snapshot(git: TemporaryGit): Record<string, string> {
  return { ...git.files(), ...git.files('.git') };
}
