// changeFile.test.ts
// Changing one file as a whole: nobody sees half of it, nobody's change is lost, and nothing elsewhere is written.

import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { changeFile } from '../../../src/hosts/node/changeFile.ts';
import {
  configFolder,
  personalSuppressions,
  readPersonalFile,
} from '../../../src/hosts/node/configFolder.ts';

const scratch = mkdtempSync(join(tmpdir(), 'holdwait-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

const inTree = { isOwn: false } as const;
const own = { isOwn: true } as const;

let folders = 0;
function newFolder(): string {
  const folder = join(scratch, String(folders++));
  mkdirSync(folder);
  return folder;
}

const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

test('a file is made, and changed with its permissions kept', async () => {
  const folder = newFolder();
  const path = join(folder, 'list.json');
  await changeFile(path, (bytes) => `${bytes === undefined ? 'none' : 'some'}`, inTree);
  assert.equal(readFileSync(path, 'utf8'), 'none');
  chmodSync(path, 0o640);
  await changeFile(path, (bytes) => `${textOf(bytes)}+`, inTree);
  assert.equal(readFileSync(path, 'utf8'), 'none+');
  assert.equal(statSync(path).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(folder), ['list.json']);
});

test('a change that throws leaves everything as it was', async () => {
  const folder = newFolder();
  const path = join(folder, 'list.json');
  writeFileSync(path, 'before');
  const change = (): string => {
    throw new TypeError('no');
  };
  await assert.rejects(changeFile(path, change, inTree), {
    name: 'UserError',
    message: /^cannot write list\.json in .*: no$/,
  });
  assert.equal(readFileSync(path, 'utf8'), 'before');
  assert.deepEqual(readdirSync(folder), ['list.json']);
});

test('of many changes at once none is lost', async () => {
  const path = join(newFolder(), 'list.json');
  const add = (i: number): Promise<void> =>
    changeFile(path, (bytes) => `${textOf(bytes)}${i};`, { ...inTree, pauseMs: 2, attempts: 2000 });
  await Promise.all(Array.from({ length: 20 }, (_, i) => add(i)));
  const numbers = readFileSync(path, 'utf8').split(';').slice(0, -1).map(Number);
  assert.deepEqual(
    numbers.sort((a, b) => a - b),
    [...Array(20).keys()],
  );
});

test('a lock that stays is named, and not broken', async () => {
  const path = join(newFolder(), 'list.json');
  writeFileSync(`${path}.lock`, '');
  await assert.rejects(
    changeFile(path, () => 'x', { ...inTree, attempts: 3, pauseMs: 1 }),
    {
      message: /list\.json\.lock is there: another holdwait is writing; wait for it, or remove that file if/,
    },
  );
  assert.ok(existsSync(`${path}.lock`));
  assert.ok(!existsSync(path));
});

test('in a tree no link is followed, wherever it leads, and nothing but a file is replaced', async () => {
  const folder = newFolder();
  const outside = join(newFolder(), 'precious');
  writeFileSync(outside, 'precious');
  const path = join(folder, 'list.json');
  symlinkSync(outside, path);
  await assert.rejects(
    changeFile(path, () => 'x', inTree),
    { message: /is a symbolic link and is not written/ },
  );
  rmSync(path);
  symlinkSync(join(scratch, 'nowhere'), path);
  await assert.rejects(
    changeFile(path, () => 'x', inTree),
    { message: /is a symbolic link/ },
  );
  rmSync(path);
  mkdirSync(path);
  await assert.rejects(
    changeFile(path, () => 'x', inTree),
    { message: /is no regular file/ },
  );
  rmSync(path, { recursive: true });
  // The name beside it may be a trap too.
  symlinkSync(outside, `${path}.lock`);
  await assert.rejects(
    changeFile(path, () => 'x', { ...inTree, attempts: 2, pauseMs: 1 }),
    { message: /is there/ },
  );
  assert.equal(readFileSync(outside, 'utf8'), 'precious');
});

test("a person's own file has its folder made and may be a link", async () => {
  const folder = newFolder();
  const real = join(newFolder(), 'kept.json');
  const path = join(folder, 'config', 'holdwait', 'list.json');
  await changeFile(path, () => 'a', own);
  assert.equal(statSync(join(folder, 'config')).mode & 0o077, 0);
  writeFileSync(real, 'b');
  rmSync(path);
  symlinkSync(real, path);
  await changeFile(path, (bytes) => `${textOf(bytes)}c`, own);
  assert.equal(readFileSync(real, 'utf8'), 'bc');
});

test('where nothing can be written, the reason is said', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'file'), '');
  await assert.rejects(
    changeFile(join(folder, 'none', 'list.json'), () => 'x', inTree),
    { name: 'UserError' },
  );
  await assert.rejects(
    changeFile(join(folder, 'file', 'list.json'), () => 'x', own),
    {
      name: 'UserError',
      message: /^cannot write list\.json in .*file: /,
    },
  );
});

test('settings lie where the system has them', () => {
  assert.equal(
    personalSuppressions(configFolder({ XDG_CONFIG_HOME: '/x' }, 'linux')),
    '/x/holdwait/suppressions.json',
  );
  assert.match(configFolder({ XDG_CONFIG_HOME: 'x' }, 'linux'), /\/\.config\/holdwait$/);
  assert.match(configFolder({}, 'darwin'), /\/Library\/Application Support\/holdwait$/);
  assert.match(configFolder({ APPDATA: '/roaming' }, 'win32'), /roaming.holdwait$/);
});

test('a list that is not there is none; one that cannot be read is said', async () => {
  const folder = newFolder();
  assert.equal(await readPersonalFile(join(folder, 'none', 'list.json')), undefined);
  await assert.rejects(readPersonalFile(folder), { name: 'UserError', message: /^cannot read .*: EISDIR$/ });
});
