// Diffs as they come: names in all forms, files that come and go, lines that are not there, and what is refused.

import assert from 'node:assert/strict';
import test from 'node:test';
import { hunkHeader } from '../../../src/patch/hunkHeader.ts';
import { changesIn, read, said } from './support.ts';

const body = '@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n';

const plain = (old: string, now: string): string => `--- ${old}\n+++ ${now}\n${body}`;

const named = (text: string): readonly string[] =>
  changesIn(text).map(
    ({ kind, oldPath, newPath }) => `${kind} ${oldPath === newPath ? newPath : `${oldPath} ${newPath}`}`,
  );

test('names of plain diffs lose what they have in front', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['a/drivers/x.c', 'b/drivers/x.c', 'modified drivers/x.c'],
    ['drivers/x.c', 'drivers/x.c', 'modified drivers/x.c'],
    ['linux-6.1.orig/drivers/x.c', 'linux-6.1/drivers/x.c', 'modified drivers/x.c'],
    ['a/linux-6.1/drivers/x.c', 'b/linux-6.12/drivers/x.c', 'modified drivers/x.c'],
    ['a/x.c\t2024-01-01 10:00:00.000000000 +0100', 'b/x.c\t2024-01-02 10:00:00 +0100', 'modified x.c'],
    ['a/x.c 2024-01-01 10:00:00', 'b/x.c\tMon Jan  1 10:00:00 2024', 'modified x.c'],
    ['drivers/x.c.orig', 'drivers/x.c', 'modified drivers/x.c'],
    ['drivers/x.c', 'drivers/x.c~', 'modified drivers/x.c'],
    ['a/with blank.c', 'b/with blank.c\t', 'modified with blank.c'],
    ['"a/\\303\\244\\t.c"', '"b/\\303\\244\\t.c"', 'modified ä\t.c'],
    ['/dev/null', 'b/x.c', 'added x.c'],
    ['a/x.c', '/dev/null', 'deleted x.c'],
    ['a/x.c\t1970-01-01 01:00:00.000000000 +0100', 'b/x.c\t2024-01-02 10:00:00 +0100', 'added x.c'],
    ['a/x.c\t2024-01-02 10:00:00 +0000', 'b/x.c\t1969-12-31 19:00:00.000000000 -0500', 'deleted x.c'],
  ];
  for (const [old, now, expected] of rows) assert.deepEqual(named(plain(old, now)), [expected], old);
});

test('a name on one side only is cut as the others are', () => {
  const text = plain('first/a/x.c', 'second/a/x.c') + plain('/dev/null', 'second/a/y.c');
  assert.deepEqual(named(text), ['modified a/x.c', 'added a/y.c']);
  assert.deepEqual(named(plain('x/y.c', 'x/y.c') + plain('/dev/null', 'x/z.c')), [
    'modified x/y.c',
    'added x/z.c',
  ]);
});

test('headers of git', () => {
  const git = (first: string, ...lines: readonly string[]): string =>
    [`diff --git ${first}`, ...lines, ''].join('\n');
  assert.deepEqual(named(git('a/with blank.c b/with blank.c', 'old mode 100644', 'new mode 100755')), [
    'modified with blank.c',
  ]);
  assert.deepEqual(named(git('a/x b/y', 'similarity index 100%', 'rename from x', 'rename to y')), [
    'renamed x y',
  ]);
  assert.deepEqual(named(git('a/x b/y', 'similarity index 100%', 'copy from x', 'copy to y')), [
    'copied x y',
  ]);
  assert.deepEqual(
    named(git('"a/\\303\\244" "b/\\303\\244"', 'deleted file mode 100644', 'index 123456..000000')),
    ['deleted ä'],
  );
  assert.deepEqual(named(git('a/x b/x', 'new file mode 100644', 'index 0000000..e69de29')), ['added x']);
  const [change] = changesIn(
    git('a/x b/x', 'index 12345678..abcdef01 100755', '--- a/x', '+++ b/x', body.trimEnd()),
  );
  assert.equal(change?.oldBlob, '12345678');
  assert.equal(change.newBlob, 'abcdef01');
  assert.deepEqual([change.oldMode, change.newMode], ['100755', '100755']);
});

test('lines are counted by the header of the hunk', () => {
  const text = `${plain('a/x.c', 'b/x.c')}-- \n2.39.2\n\n--- a/y.c\n+++ b/y.c\n@@ -1,2 +1,2 @@ int f(void)\n---- a/z\n-+++ b/z\n+++ b/q\n+\n`;
  const [x, y] = changesIn(text);
  assert.equal(x?.hunks[0]?.lines.length, 4);
  assert.deepEqual(
    y?.hunks[0]?.lines.map(({ kind, text: line }) => `${kind} ${line}`),
    ['removed --- a/z', 'removed +++ b/z', 'added ++ b/q', 'added '],
  );
  assert.equal(said(text), '');
  assert.equal(hunkHeader(y.hunks[0]), '@@ -1,2 +1,2 @@ int f(void)');
  assert.equal(
    hunkHeader({ oldStart: 0, oldCount: 0, newStart: 1, newCount: 1, heading: '' }),
    '@@ -0,0 +1 @@',
  );
});

test('a last line without newline is told on the side that it belongs to', () => {
  const text = `--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\n-two\n\\ No newline at end of file\n+2\n`;
  const [change] = changesIn(text);
  assert.deepEqual(
    change?.hunks[0]?.lines.map(({ endsWithoutNewline }) => endsWithoutNewline),
    [false, true, false],
  );
  const both = text.replace('+2\n', '+2\n\\ Kein Zeilenumbruch am Dateiende.\n');
  assert.equal(changesIn(both)[0]?.hunks[0]?.lines[2]?.endsWithoutNewline, true);
});

test('an empty line of context may have lost its blank', () => {
  const [change] = changesIn('--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n\n-two\n+2\n three\n');
  assert.deepEqual(change?.hunks[0]?.lines[0], { kind: 'context', text: '', endsWithoutNewline: false });
});

test('carriage returns are of the mail where all lines have one, of the file where only its lines do', () => {
  const lines = (text: string): readonly string[] =>
    changesIn(text)[0]!.hunks[0]!.lines.map((line) => line.text);
  const text = plain('a/x', 'b/x');
  assert.deepEqual(lines(text.replaceAll('\n', '\r\n')), ['one', 'two', '2', 'three']);
  assert.deepEqual(lines(text.replace(/^[ +-](\w+)$/gm, '$&\r')), ['one\r', 'two\r', '2\r', 'three\r']);
});

test('binary files are known to change and no more', () => {
  const text =
    'diff --git a/x.png b/x.png\nindex 1111111..2222222 100644\nBinary files a/x.png and b/x.png differ\n';
  assert.equal(changesIn(text)[0]?.isBinary, true);
  const literal = text.replace(
    /Binary.*/,
    `GIT binary patch\ndelta 5\nMcmZ\n\ndelta 6\nNcmZ\n\n${plain('a/y', 'b/y')}`,
  );
  assert.deepEqual(
    changesIn(literal).map(({ isBinary, newPath }) => [newPath, isBinary]),
    [
      ['x.png', true],
      ['y', false],
    ],
  );
  assert.deepEqual(named('Binary files a/x.png and b/x.png differ\n'), ['modified x.png']);
  assert.match(said(text), /^note 1: x.png is binary: its content is not read$/);
});

test('links and submodules are named', () => {
  const link =
    'diff --git a/l b/l\nnew file mode 120000\nindex 0000000..1111111\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+../../etc/passwd\n\\ No newline at end of file\n';
  assert.match(said(link), /^note 1: l is a symbolic link, which is not followed$/);
  assert.match(said(link.replace('120000', '160000')), /^note 1: l is a submodule/);
});

test('paths that lead anywhere else are refused, and the rest is read', () => {
  const bad = [
    '/etc/passwd',
    'a/../../x',
    '../x',
    'b/.git/config',
    'b/sub/.GIT/hooks/x',
    'C:/x',
    'b\\..\\x',
    'b/./x',
    'b//x',
    '"b/x\\000y"',
  ];
  for (const name of bad) {
    const text = plain(name, name) + plain('a/good.c', 'b/good.c');
    assert.deepEqual(named(text), ['modified good.c'], name);
    assert.match(said(text), /^error 1: a change is left out: the path .* (?:is|leads|lies|holds) /, name);
  }
  const rename = 'diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to ../../y\n';
  assert.match(said(rename), /the path \.\.\/\.\.\/y leads out of the tree/);
  assert.deepEqual(read(rename).patches[0]?.changes, []);
});

test('damage is said with its line and its likely reason', () => {
  const text = plain('a/x.c', 'b/x.c');
  const rows: readonly (readonly [text: string, expected: RegExp])[] = [
    [text.replace(' three\n', ''), /^error 7: hunk 1 of x\.c is cut off/],
    [
      text.replace('-two', 'two'),
      /^error 5: hunk 1 of x\.c is damaged: the line after its line 1 begins with none of/,
    ],
    [text.replace('1,3 @@', '1,1 @@'), /^error 6: hunk 1 of x\.c has other numbers of lines/],
    ['@@ -1 +1 @@\n-a\n+b\n', /^error 1: a hunk without the name of its file is left out/],
    [
      'diff --git a/x b/x\nindex 1111111..2222222 100644\n',
      /^error 1: x: the diff has a header and nothing more/,
    ],
    [text.replace(/^([+-].*)$/gm, (line) => line.replace(/^[+-]([^+-])/, ' $1')), /hunk 1 of x\.c/],
  ];
  for (const [damaged, expected] of rows) assert.match(said(damaged), expected);
});

test('a last line that may be cut off is told where nothing else would tell', () => {
  const added = '--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n one\n two\n+thr';
  assert.equal(said(added), 'note 6: the last line of x has no end in the text, and may be cut off');
  assert.equal(said(`${added}\n`), '');
  assert.equal(said(`${added}\n\\ No newline at end of file`), '');
  assert.equal(said(plain('a/x', 'b/x').trimEnd()), '');
});

const mail = (fields: string, diff: string): string =>
  `From: a@b\nSubject: [PATCH] x\n${fields}\n---\n${diff}`;

const long = `--- a/x.c
+++ b/x.c
@@ -1,8 +1,8 @@
 int f(void)
 {
 	first();
 	second();
-	third();
+	a_call_with_many_arguments(one, two, three, four, five, six, seven, eight);
 	fourth();
 	fifth();
 }
`;

test('what programs for mail do to a diff is recognised', () => {
  assert.equal(said(mail('', long)), '');
  const wrapped = long.replace(', five', ',\nfive');
  assert.match(said(mail('', wrapped)), /the sender's program seems to have wrapped long lines of the diff/);
  const flowed = 'Content-Type: text/plain; charset=utf-8; format=flowed\n';
  assert.match(said(mail(flowed, wrapped)), /the mail is format=flowed, and that has wrapped lines/);
  assert.match(said(mail(flowed, long.replace(/^ /gm, '  '))), /the mail is format=flowed/);
  assert.equal(said(mail(flowed, long)), '');
  assert.match(said(mail('', long.replaceAll('\t', '        '))), /^note 4: no line of the diff has a tab/);
});

test('marks of encodings are taken away, and what is compressed is told so', () => {
  const text = plain('a/x.c', 'b/x.c');
  assert.deepEqual(named(`\xef\xbb\xbf${text}`), ['modified x.c']);
  const wide = Buffer.from(`\ufeff${text}`, 'utf16le').toString('latin1');
  assert.deepEqual(named(wide), ['modified x.c']);
  assert.match(said(wide), /^note 0: the text is in UTF-16/);
  assert.equal(said('\x1f\x8b\x08\0'), 'error 0: this is compressed; unpack it with gunzip first');
});

test('what holds no diff is no patch', () => {
  assert.match(said(''), /^error 0: there is nothing to read$/);
  assert.match(said('hello\nworld\n'), /^error 0: no diff was found$/);
  assert.deepEqual(read('hello\n').patches, []);
});
