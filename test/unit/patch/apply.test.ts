// Applying: hunks that lie elsewhere, what stands in the way, and what is said then.

import assert from 'node:assert/strict';
import test from 'node:test';
import { applyChanges } from '../../../src/patch/applyPatch.ts';
import { applied, changesIn, numberedLines, reader } from './support.ts';

const diff = (hunks: string, path = 'x.c'): string => `--- a/${path}\n+++ b/${path}\n${hunks}`;
const hunk = (at: number, word = 'changed'): string =>
  `@@ -${at},3 +${at},3 @@\n line ${at}\n-line ${at + 1}\n+${word}\n line ${at + 2}\n`;
const tree = { 'x.c': numberedLines(40) };

test('a hunk says where it went', async () => {
  const changes = changesIn(diff(`${hunk(5)}${hunk(20)}`));
  const moved = {
    'x.c': `one\ntwo\n${numberedLines(10)}three\n${tree['x.c'].split('\n').slice(10).join('\n')}`,
  };
  const { placed, conflicts } = await applyChanges(changes, reader(moved));
  assert.deepEqual(conflicts, []);
  assert.deepEqual(placed, [
    { path: 'x.c', hunk: 0, oldStart: 7, newStart: 7, offset: 2 },
    { path: 'x.c', hunk: 1, oldStart: 23, newStart: 23, offset: 3 },
  ]);
});

test('a conflict names the line and what is there', async () => {
  const changes = changesIn(diff(`${hunk(5)}${hunk(20)}`));
  const other = { 'x.c': tree['x.c'].replace('line 21\n', 'other\n') };
  const { files, conflicts } = await applyChanges(changes, reader(other));
  assert.equal(files.size, 0);
  const [conflict] = conflicts;
  assert.equal(conflict?.text, 'x.c:21 is not what hunk 2 expects');
  assert.deepEqual(
    [conflict.path, conflict.line, conflict.expected, conflict.found],
    ['x.c', 21, 'line 21', 'other'],
  );
});

test('what differs in blanks, ends of lines or at the end of the file is told so', async () => {
  const text = (changed: string): Promise<readonly string[]> =>
    applied(changesIn(diff(hunk(20))), { 'x.c': changed }).then(({ refused }) => refused);
  assert.deepEqual(await text(tree['x.c'].replace('line 21', 'line  21')), [
    'x.c:21 is what hunk 1 expects but for blanks and tabs',
  ]);
  assert.deepEqual(await text(tree['x.c'].replaceAll('\n', '\r\n')), [
    'x.c:20 and hunk 1 differ in a carriage return',
  ]);
  assert.deepEqual(await text(numberedLines(20)), [
    'x.c:21 is behind the end of the file, and hunk 1 expects a line there',
  ]);
  assert.deepEqual(await text(numberedLines(22).trimEnd()), [
    'x.c:22 and hunk 1 differ in the newline at the end of the file',
  ]);
  const atEnd = diff('@@ -20,2 +20,3 @@\n line 20\n line 21\n+more\n');
  assert.deepEqual((await applied(changesIn(atEnd), tree)).refused, [
    'x.c:20 is as hunk 1 expects it, but the file should end there',
  ]);
});

test('of two places that are equally near the one behind is taken', async () => {
  const block = 'start\nold\nend\n';
  const text = `${numberedLines(6)}${block}${numberedLines(7)}${block}${numberedLines(6)}`;
  const changes = changesIn(diff('@@ -12,3 +12,3 @@\n start\n-old\n+new\n end\n'));
  const { placed } = await applyChanges(changes, reader({ 'x.c': text }));
  assert.deepEqual(placed, [{ path: 'x.c', hunk: 0, oldStart: 17, newStart: 17, offset: 5 }]);
  const bare = await applied(changesIn(diff('@@ -12 +12 @@\n-old\n+new\n')), { 'x.c': text });
  assert.deepEqual(bare.refused, ['x.c:8 may not be the place of hunk 1, which has no context']);
});

test('a change that is there already is told so', async () => {
  const changes = changesIn(diff(`${hunk(5)}${hunk(20)}`));
  const once = await applied(changes, tree);
  const { conflicts } = await applyChanges(changes, reader(once.tree));
  assert.deepEqual(
    conflicts.map(({ text, isAlreadyThere }) => [text, isAlreadyThere]),
    [['x.c has this change already', true]],
  );
});

test('all hunks of a file are put in or none, and other files go their own way', async () => {
  const changes = changesIn(
    diff(`${hunk(5)}${hunk(20, 'x').replace('line 21', 'nothing')}`) + diff(hunk(3), 'y.c'),
  );
  const { files, conflicts } = await applyChanges(changes, reader({ ...tree, 'y.c': tree['x.c'] }));
  assert.deepEqual([...files.keys()], ['y.c']);
  assert.deepEqual(
    conflicts.map(({ path }) => path),
    ['x.c'],
  );
});

test('files that are in the way, or not there', async () => {
  const added = changesIn('--- /dev/null\n+++ b/n.c\n@@ -0,0 +1 @@\n+new\n');
  const deleted = changesIn('--- a/n.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-new\n');
  const refused = async (changes: typeof added, text: string | undefined): Promise<unknown> => {
    const { conflicts } = await applyChanges(changes, reader(text === undefined ? {} : { 'n.c': text }));
    return conflicts.map((conflict) => `${conflict.text}${conflict.isAlreadyThere ? ', already' : ''}`);
  };
  assert.deepEqual(await refused(added, undefined), []);
  assert.deepEqual(await refused(added, 'old\n'), ['n.c is there already']);
  assert.deepEqual(await refused(added, 'new\n'), ['n.c is there already, as the patch makes it, already']);
  assert.deepEqual(await refused(deleted, 'new\n'), []);
  assert.deepEqual(await refused(deleted, undefined), ['n.c is not there, already']);
  assert.deepEqual(await refused(deleted, 'new\nmore\n'), [
    'n.c:1 may not be the place of hunk 1, which has no context',
  ]);
  assert.deepEqual(await refused(changesIn(diff(hunk(3), 'n.c')), undefined), ['n.c is not there']);
});

test('the order of changes within a patch is of no importance', async () => {
  const rename = (from: string, to: string): string =>
    `diff --git a/${from} b/${to}\nsimilarity index 100%\nrename from ${from}\nrename to ${to}\n`;
  const texts = [rename('a', 'b') + rename('b', 'a'), rename('b', 'a') + rename('a', 'b')];
  for (const text of texts)
    assert.deepEqual(await applied(changesIn(text), { a: 'A\n', b: 'B\n' }), {
      tree: { a: 'B\n', b: 'A\n' },
      refused: [],
    });
  const replaced =
    'diff --git a/a b/a\nnew file mode 100644\n--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+fresh\n' +
    rename('a', 'b');
  assert.deepEqual((await applied(changesIn(replaced), { a: 'A\n' })).tree, { a: 'fresh\n', b: 'A\n' });
});

test('links are not followed and submodules not looked into', async () => {
  const link =
    'diff --git a/l b/l\nindex 1111111..2222222 120000\n--- a/l\n+++ b/l\n@@ -1 +1 @@\n-/etc/passwd\n\\ No newline at end of file\n+/etc/shadow\n\\ No newline at end of file\n';
  const asked: string[] = [];
  const spy = async (path: string): Promise<Uint8Array | undefined> => {
    asked.push(path);
    return undefined;
  };
  const { files, conflicts } = await applyChanges(changesIn(link), spy);
  assert.deepEqual([files.size, conflicts.length, asked], [0, 0, []]);
});

test('a damaged hunk leaves its file as it is', async () => {
  const { refused } = await applied(
    changesIn(diff(`${hunk(5)}@@ -20,3 +20,3 @@\n line 20\n-line 21\n`)),
    tree,
  );
  assert.deepEqual(refused, ['x.c is left as it is: hunk 2 of its change is damaged']);
});
