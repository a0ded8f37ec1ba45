// A whole thread of mails, and series that are not as they should be.

import assert from 'node:assert/strict';
import test from 'node:test';
import type { Patch } from '../../../src/patch/change.ts';
import { acmeMailbox, acmeMails, acmeTree, acmeTreeAfter, diff1 } from './acmeSeries.ts';
import { applied, read, said, shown } from './support.ts';

test('five patches in all encodings are read, put in order and applied', async () => {
  const series = read(acmeMailbox);
  assert.equal(series.cover, 'acme: mend the reset');
  assert.equal(series.baseCommit, '0123456789abcdef0123456789abcdef01234567');
  assert.deepEqual(
    series.patches.map(({ number, total, version, subject }) => [number, total, version, subject]),
    [
      [1, 5, 2, 'acme: stop the reset before suspending'],
      [2, 5, 2, 'acme: name Jürgen in a "long" subject'],
      [3, 5, 2, 'acme: rename'],
      [4, 5, 2, 'acme: clean up'],
      [5, 5, 2, 'acme: a file whose lines end in CRLF'],
    ],
  );
  assert.deepEqual(series.patches.map(changesOf), [
    ['modified drivers/acme/core.c'],
    ['modified drivers/acme/core.c', 'added drivers/acme/new file.c'],
    ['renamed drivers/acme/old_name.c to drivers/acme/fresh.c', 'modified drivers/acme/gen.sh'],
    ['deleted drivers/acme/obsolete.c', 'added drivers/acme/logo.png'],
    ['modified drivers/acme/windows.inf'],
  ]);
  let tree = acmeTree;
  for (const patch of series.patches) {
    const outcome = await applied(patch.changes, tree);
    assert.deepEqual(outcome.refused, []);
    tree = outcome.tree;
  }
  assert.deepEqual(tree, acmeTreeAfter);
});

test('what was left out is said, and nothing else', () => {
  assert.equal(
    said(acmeMailbox),
    [
      `note ${lineOf(`Subject: Re: [PATCH net v2 1/5]`) - 2}: 2 replies are left out`,
      `note ${lineOf(`Subject: Re: Re:`) - 2}: the reply "Re: Re: [PATCH net v2 1/5] acme: stop the reset before suspending" holds a diff of its own, which is not taken`,
      `note ${read(acmeMailbox).patches[3]!.changes[1]!.line}: drivers/acme/logo.png is binary: its content is not read`,
    ].join('\n'),
  );
});

test('places are those of the mailbox, in encoded mails too', () => {
  const [first, second, , fourth] = read(acmeMailbox).patches;
  const lines = acmeMailbox.split('\n');
  assert.match(lines[first!.changes[0]!.hunks[0]!.line - 1]!, /^@@ -8,6 \+8,7 @@/);
  // Behind a line that was broken softly.
  assert.match(lines[second!.changes[1]!.line - 1]!, /^diff --git a\/drivers\/acme\/new file\.c/);
  assert.match(lines[second!.changes[1]!.hunks[0]!.line - 1]!, /^@@ -0,0/);
  const { line } = fourth!.changes[0]!;
  assert.match(Buffer.from(lines.slice(line - 2, line + 1).join(''), 'base64').toString(), /obsolete|ob/);
});

test('a mail has what an answer needs', () => {
  const { mail } = read(acmeMailbox).patches[1]!;
  assert.equal(mail?.from, 'A Developer <dev@example.com>');
  assert.equal(mail.author, 'Jürgen Example <juergen@example.com>');
  assert.equal(mail.to, 'list@example.com');
  assert.equal(mail.cc, 'Someone Else <else@example.com>, Third Person <third@example.com>');
  assert.equal(mail.date, 'Tue, 2 Feb 2024 10:02:00 +0100');
  assert.equal(mail.messageId, '<20240206-2@example.com>');
  assert.equal(mail.references, '<20240206-0@example.com>');
  assert.equal(
    mail.message,
    "A name with an umlaut: Jürgen. And a line that was longer than a mail's line may be.",
  );
});

test('text behind the padding of base64 is read too', () => {
  const encoded = [diff1, 'A footer of the list.\n'].map((text) =>
    Buffer.from(`${text}x`).toString('base64'),
  );
  const text = `From: a@b\nContent-Transfer-Encoding: base64\n\n${encoded.join('\n')}\n`;
  assert.deepEqual(read(text).patches.map(changesOf), [['modified drivers/acme/core.c']]);
  const subject = `From: a@b\nSubject: =?utf-8?b?QQ==QUI=?= x\n\n${diff1}`;
  assert.equal(read(subject).patches[0]?.subject, 'AAB x');
});

test('quoting of From lines is taken back', () => {
  const message = read(acmeMails.patch1).patches[0]?.mail?.message ?? '';
  assert.match(message, /^From the work any more\.$/m);
  assert.match(message, /^>From here on it is stopped\.$/m);
});

test('a mail needs no line of a mailbox before it', () => {
  const { patches } = read(acmeMails.patch2.slice(acmeMails.patch2.indexOf('\n') + 1));
  assert.deepEqual(patches.map(changesOf), [
    ['modified drivers/acme/core.c', 'added drivers/acme/new file.c'],
  ]);
  assert.equal(patches[0]?.fullSubject, '[PATCH net v2 2/5] acme: name Jürgen in a "long" subject');
});

test('a reply alone is read for its own diff, never for one that it quotes', () => {
  assert.match(said(acmeMails.reply), /^error 0: no diff was found: this is a reply/);
  assert.deepEqual(read(acmeMails.replyToReply).patches.map(changesOf), [['modified drivers/acme/core.c']]);
});

const mail = (subject: string, body: string, fields = ''): string =>
  `From a@b Mon Sep 17 00:00:00 2001\nFrom: a@b\nSubject: ${subject}\n${fields}\n${body}\n`;

const diffOf = (path: string, word: string): string =>
  `--- a/${path}\n+++ b/${path}\n@@ -1,3 +1,3 @@\n one\n-two\n+${word}\n three\n`;

test('a patch that is missing or there twice is said', () => {
  const text =
    mail('[PATCH 1/4] one', diffOf('x.c', '1')) +
    mail('[PATCH 2/4] two', diffOf('x.c', '2')) +
    mail('[PATCH 2/4] two', diffOf('x.c', 'again'));
  const { patches, problems } = read(text);
  assert.deepEqual(
    patches.map(({ number }) => number),
    [1, 2],
  );
  assert.equal(patches[1]?.changes[0]?.hunks[0]?.lines[2]?.text, 'again');
  assert.equal(
    shown(problems),
    'note 25: patch 2/4 is there twice; the later one is taken\nerror 0: patches 3/4, 4/4 are missing from the series',
  );
  assert.match(
    said(mail('[PATCH 2/4] two', diffOf('x.c', '2'))),
    /^note 0: patches 1\/4, 3\/4, 4\/4 are missing/,
  );
});

test('of several versions the newest is taken, of several series all', () => {
  const versions = mail('[PATCH v2] x: y', diffOf('x.c', 'new')) + mail('[PATCH] x: y', diffOf('x.c', 'old'));
  assert.deepEqual(
    read(versions).patches.map(({ version }) => version),
    [2],
  );
  assert.match(said(versions), /version 1 of the series is left out: version 2 is there too/);

  const series = [1, 2].flatMap((n) => [mail(`[PATCH ${n}/2] a${n}`, diffOf(`a${n}.c`, '1'))]);
  const others = [1, 2].flatMap((n) => [mail(`[PATCH v3 ${n}/2] b${n}`, diffOf(`b${n}.c`, '1'))]);
  const { patches } = read([...series, ...others].join(''));
  assert.deepEqual(
    patches.map(({ number, total, subject }) => [number, total, subject]),
    [
      [1, undefined, 'a1'],
      [2, undefined, 'a2'],
      [3, undefined, 'b1'],
      [4, undefined, 'b2'],
    ],
  );
});

test('mails without numbers keep their order, and mails without a diff are left out', () => {
  const text =
    mail('[PATCH] b', diffOf('b.c', '1')) +
    mail('Thanks', 'Thank you.') +
    mail('[PATCH] a', diffOf('a.c', '1'));
  const { patches } = read(text);
  assert.deepEqual(
    patches.map(({ number, subject }) => [number, subject]),
    [
      [1, 'b'],
      [2, 'a'],
    ],
  );
  assert.equal(said(text), 'note 13: 1 mail without a diff is left out');
});

test('a patch without its diff is kept and said', () => {
  const html = mail('[PATCH] x', '<pre>diff</pre>', 'Content-Type: text/html\n');
  assert.match(said(html), /error 1: the mail is HTML only/);
  assert.equal(read(html).patches.length, 1);
});

test('patches that are attached as whole mails are read, and answers go to who sent them', () => {
  const inner = `From: In Ner <in@ner>\nSubject: [PATCH 1/1] inner\n\nText.\n---\n${diff1}`;
  const outer = `From: Out Er <out@er>\nMessage-ID: <outer@er>\nSubject: please apply\nContent-Type: multipart/mixed; boundary=xx\n
--xx
Content-Type: text/plain

See the attached patch.
--xx
Content-Type: application/octet-stream; name="0001.patch"
Content-Transfer-Encoding: base64

${Buffer.from(inner).toString('base64')}
--xx--
`;
  const { patches } = read(outer);
  assert.equal(patches.length, 1);
  assert.equal(patches[0]?.subject, 'inner');
  assert.equal(patches[0].mail?.from, 'Out Er <out@er>');
  assert.equal(patches[0].mail.messageId, '<outer@er>');
  assert.equal(patches[0].mail.message, 'Text.');
});

test('commits are put in the order in which they were made', () => {
  const commit = (id: string, old: string, now: string, date: string): string =>
    `commit ${id.repeat(40)}\nAuthor: A <a@b>\nDate:   ${date}\n\n    Subject ${id}\n\n    More.\n\ndiff --git a/x.c b/x.c\nindex ${old}..${now} 100644\n${diffOf('x.c', id)}\n`;
  const a = commit('a', '1111111', '2222222', 'Mon Sep 17 10:00:00 2001 +0200');
  const b = commit('b', '2222222', '3333333', 'Mon Sep 17 09:00:00 2001 +0200');
  for (const text of [a + b, b + a])
    assert.deepEqual(
      read(text).patches.map(({ subject }) => subject),
      ['Subject a', 'Subject b'],
    );
  assert.equal(said(a + b), '');
});

function changesOf({ changes }: Patch): readonly string[] {
  return changes.map(
    ({ kind, oldPath, newPath }) => `${kind} ${oldPath}${oldPath === newPath ? '' : ` to ${newPath}`}`,
  );
}

const lineOf = (start: string): number => acmeMailbox.slice(0, acmeMailbox.indexOf(start)).split('\n').length;
