// Trees on disk: links and loops, git, what cannot be read, and folders around a file.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { UserError } from '../../../src/base/errors.ts';
import { defaultCacheFolder } from '../../../src/hosts/node/cacheFiles.ts';
import { findTreeRoot, kernelVersion } from '../../../src/hosts/node/kernelRoot.ts';
import { openNodeIndex } from '../../../src/hosts/node/openTree.ts';
import { ringOfFiles, temporaryFolder, writeFiles } from './folders.ts';

const makefile = '# SPDX\nVERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 192\nEXTRAVERSION = -rc1\n';

function git(folder: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore' });
}

test('links are not followed, so loops do no harm; special files are left out', async (t) => {
  const root = await temporaryFolder(t);
  await writeFiles(root, { 'a/a.c': 'int a;', 'b.h': 'int b;', 'x.txt': 'int x;' });
  await symlink('..', join(root, 'a/loop'));
  await symlink('a.c', join(root, 'a/link.c'));
  await symlink('nowhere', join(root, 'dangling.c'));
  execFileSync('mkfifo', [join(root, 'pipe.c')]);
  await mkdir(join(root, 'folder.c'));
  const index = await openNodeIndex({ root, cacheDir: 'none', jobs: 0 });
  assert.deepEqual(index.files, ['a/a.c', 'b.h']);
  assert.equal(await index.text('a/link.c'), undefined);
  assert.equal(await index.text('a/../b.h'), undefined);
  assert.equal((await index.text('b.h'))?.length, 6);
  await index.close();
});

test('a work tree lists what git knows and does not ignore, and follows a switch of branches', async (t) => {
  const root = await temporaryFolder(t);
  await writeFiles(root, {
    'kept.c': 'int kept;',
    'changed.c': 'int before;',
    'build/out.c': 'int generated;',
    '.gitignore': 'build/\n',
    'new.c': 'int untracked;',
  });
  git(root, 'init');
  git(root, 'add', 'kept.c', 'changed.c', '.gitignore');
  git(root, 'commit', '-m', 'first');
  const cacheDir = await temporaryFolder(t);
  const index = await openNodeIndex({ root, cacheDir, jobs: 0 });
  assert.deepEqual(index.files, ['changed.c', 'kept.c', 'new.c']);
  git(root, 'checkout', '-b', 'other');
  await writeFiles(root, { 'changed.c': 'int after;', 'added.c': 'int added;' });
  git(root, 'add', 'changed.c', 'added.c');
  git(root, 'commit', '-m', 'second');
  await index.refresh();
  assert.equal(index.definitionsOf('after').length, 1);
  assert.equal(index.definitionsOf('added').length, 1);
  git(root, 'checkout', 'main');
  await index.refresh();
  assert.deepEqual(index.files, ['changed.c', 'kept.c', 'new.c']);
  assert.equal(index.definitionsOf('before').length, 1);
  assert.equal(index.definitionsOf('after').length, 0);
  await rm(join(root, 'kept.c'));
  await index.refresh();
  assert.deepEqual(index.files, ['changed.c', 'new.c'], 'git still lists it');
  await index.close();
});

test('a repository cannot make git run its programs', async (t) => {
  const root = await temporaryFolder(t);
  await writeFiles(root, { 'a.c': 'int a;' });
  git(root, 'init');
  await writeFiles(root, { 'evil.sh': `#!/bin/sh\ntouch ${root}/was-run\n` });
  await chmod(join(root, 'evil.sh'), 0o755);
  git(root, 'config', 'core.fsmonitor', join(root, 'evil.sh'));
  const index = await openNodeIndex({ root, cacheDir: 'none', jobs: 0 });
  assert.deepEqual(index.files, ['a.c']);
  const after = execFileSync('ls', [root], { encoding: 'utf8' });
  assert.doesNotMatch(after, /was-run/);
  await index.close();
});

test('a folder inside an ignored folder is walked', async (t) => {
  const outer = await temporaryFolder(t);
  git(outer, 'init');
  await writeFiles(outer, { '.gitignore': 'trees/\n', 'trees/linux/a.c': 'int a;' });
  const index = await openNodeIndex({ root: join(outer, 'trees/linux'), cacheDir: 'none', jobs: 0 });
  assert.deepEqual(index.files, ['a.c']);
  await index.close();
});

test('binary, very large and unreadable files are skipped by name, invalid UTF-8 is read', async (t) => {
  const root = await temporaryFolder(t);
  await writeFiles(root, {
    'binary.c': Uint8Array.of(0x7f, 0x45, 0, 0),
    'large.c': new Uint8Array(10 << 20).fill(0x20),
    'latin1.c': Uint8Array.from('/* caf\xe9 */ int latin1(void) { }', (letter) => letter.charCodeAt(0)),
    'defines.h': Array.from(
      { length: 40_000 },
      (_, i) => `#define REGISTER_NUMBER_${i} 0x${i.toString(16)}`,
    ).join('\n'),
    'secret.c': 'int secret;',
  });
  await chmod(join(root, 'secret.c'), 0);
  const index = await openNodeIndex({ root, cacheDir: 'none', jobs: 0 });
  const reasons = new Map(index.counts.skipped.map(({ path, reason }) => [path, reason]));
  assert.equal(reasons.get('binary.c'), 'binary: has a NUL byte');
  assert.equal(reasons.get('large.c'), 'larger than 8 MB');
  assert.equal(reasons.get('defines.h'), 'header over 1 MB that is all #define');
  // The super-user may read everything.
  if (process.getuid?.() !== 0) assert.match(reasons.get('secret.c') ?? '', /permission/);
  assert.equal(index.definitionsOf('latin1').length, 1);
  await index.close();
});

test('the kernel tree around a place, and its version', async (t) => {
  const root = await temporaryFolder(t);
  await writeFiles(root, {
    Makefile: makefile,
    Kconfig: '',
    'drivers/net/a.c': 'int a;',
    'drivers/Makefile': 'obj-y += net/',
  });
  assert.equal(await kernelVersion(root), '6.1.192-rc1');
  assert.equal(await kernelVersion(join(root, 'drivers')), undefined);
  assert.equal(await findTreeRoot(join(root, 'drivers/net/a.c')), root);
  assert.equal(await findTreeRoot(join(root, 'drivers/not/there.c')), root);
  assert.equal(await findTreeRoot(join(root, '..')), undefined);
});

test('what is no folder is said in words', async (t) => {
  const root = await temporaryFolder(t);
  await writeFile(join(root, 'a.c'), 'int a;');
  for (const path of [join(root, 'a.c'), join(root, 'nowhere')]) {
    await assert.rejects(
      openNodeIndex({ root: path, cacheDir: 'none' }),
      (error) => UserError.is(error) && error.message.includes(path),
    );
  }
});

test('a read-only cache is said once, and the index works', async (t) => {
  const root = await temporaryFolder(t);
  await writeFiles(root, { 'a.c': 'int a(void) { }' });
  // A file where the folder should be: not even the super-user can write below it.
  const cacheDir = join(await temporaryFolder(t), 'file');
  await writeFile(cacheDir, '');
  const logged: string[] = [];
  const index = await openNodeIndex({ root, cacheDir, jobs: 0, log: (line) => void logged.push(line) });
  assert.equal((await index.facts(['a.c'], { isCancellationRequested: false })).size, 1);
  await index.close();
  assert.equal(logged.length, 1);
});

test('where the cache lies', () => {
  assert.equal(defaultCacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux'), '/x/holdwait/index');
  assert.match(defaultCacheFolder({ XDG_CACHE_HOME: 'relative' }, 'linux'), /\/\.cache\/holdwait\/index$/);
  assert.match(defaultCacheFolder({}, 'darwin'), /Library\/Caches\/holdwait\/index$/);
  assert.match(defaultCacheFolder({ LOCALAPPDATA: '/local' }, 'win32'), /^\/local\/holdwait\/Cache\/index$/);
});

test('a tree of hard links to a known one is not read again', async (t) => {
  const root = await temporaryFolder(t);
  const cacheDir = await temporaryFolder(t);
  await writeFiles(root, ringOfFiles(30));
  await (await openNodeIndex({ root, cacheDir, jobs: 0 })).close();
  const copy = join(await temporaryFolder(t), 'tree');
  execFileSync('cp', ['-al', root, copy]);
  await rm(join(copy, 'd0/f0.c'));
  await writeFiles(copy, { 'd0/f0.c': 'int patched(void)\n{\n\treturn 0;\n}\n' });
  const read: number[] = [];
  const index = await openNodeIndex({
    root: copy,
    cacheDir,
    jobs: 0,
    onProgress: ({ phase, total }) => void (phase === 'symbols' && read.push(total)),
  });
  assert.equal(Math.max(...read), 1);
  assert.equal(index.definitionsOf('patched').length, 1);
  assert.equal(index.definitionsOf('f_0').length, 0);
  assert.equal(index.definitionsOf('f_7').length, 1);
  await index.close();
  const again = await openNodeIndex({ root, cacheDir, jobs: 0 });
  assert.equal(again.definitionsOf('f_0').length, 1);
  await again.close();
});
