// reviewMail.test.ts
// Answers for the list as mail programs read them, and what a hostile or odd patch does to them.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { PatchResult, ReviewReport } from '../../../src/engine/reviewReport.ts';
import type { PatchMail } from '../../../src/patch/change.ts';
import { addressesIn, nameOf } from '../../../src/report/mailHeader.ts';
import { replyText, reviewMail } from '../../../src/report/reviewMail.ts';
import type { ReviewedFinding } from '../../../src/review/reviewed.ts';
import { reviewFixture, reviewSituations } from '../../support/reviewedFixture.ts';

const cycle = await reviewFixture(reviewSituations['cycle']!);

/** The second patch of the series, which introduces the cycle, with another mail or subject. */
function withPatch(change: (result: PatchResult) => Partial<PatchResult['patch']>): ReviewReport {
  const patches = cycle.patches.map((result) =>
    result.patch.number === 2 ? { ...result, patch: { ...result.patch, ...change(result) } } : result,
  );
  return { ...cycle, patches };
}

const withMail = (over: Partial<PatchMail>): string =>
  reviewMail(withPatch(({ patch }) => ({ mail: { ...patch.mail!, ...over } })));

const withFindings = (findings: readonly ReviewedFinding[]): string => reviewMail({ ...cycle, findings });

const headerOf = (mail: string): string => mail.slice(0, mail.indexOf('\n\n'));

for (const [situation, fixture] of Object.entries(reviewSituations)) {
  test(`${situation}: 78 columns but for what is quoted`, async () => {
    const lines = reviewMail(await reviewFixture(fixture)).split('\n');
    assert.deepEqual(
      lines.filter((line) => line.length > 78 && !line.startsWith('> ')),
      [],
    );
    assert.deepEqual(
      lines.filter((line) => /\s$/.test(line)),
      [],
    );
  });
}

test('one answer to each patch that introduces something, as an mbox', () => {
  const [finding] = cycle.findings;
  const mail = withFindings([finding!, { ...finding!, id: 'another', introducedBy: 5, closedBy: [] }]);
  const mails = mail.split(/^From mboxrd@z Thu Jan {2}1 00:00:00 1970\n/m).slice(1);
  assert.equal(mails.length, 2);
  assert.match(mails[0]!, /^To: Jane/);
  assert.match(mails[0]!, /\nSubject: Re: \[PATCH net v2 2\/5\]/);
  assert.match(mails[1]!, /\nSubject: Re: \[PATCH net v2 5\/5\]/);
  assert.match(mails[1]!, /patch 5\/5 introduces it\.\n\n$/);
});

test('a line that begins with From is no new mail', () => {
  const [finding] = cycle.findings;
  const one = { ...finding!, confidence: 'medium' as const, reasons: ['From here it is a guess.'] };
  assert.match(withFindings([one]), /\nHow sure: medium\. {2}From here/);
  const assumed = { ...one, unseenByLockdep: 'From there lockdep sees nothing.' };
  const several = withFindings([assumed, { ...assumed, introducedBy: 5 }]);
  assert.match(several, /\n>From there lockdep/);
});

test('names in headers are ASCII when they are sent', () => {
  const header = headerOf(withMail({ from: 'J\u00fcrgen "J" M\u00fcller <jm@example.org>' }));
  assert.match(header, /^To: =\?UTF-8\?q\?J=C3=BCrgen_=22J=22_M=C3=BCller\?= <jm@example\.org>$/m);
  assert.doesNotMatch(header, /[^\x20-\x7e\n]/);
  const long = headerOf(
    reviewMail(withPatch(() => ({ fullSubject: `[PATCH] ${'\u00e4\u{1f512}'.repeat(40)}` }))),
  );
  const subject = /^Subject:[^]*?(?=\n\S)/m.exec(long)![0];
  for (const line of subject.split('\n')) assert.ok(line.length <= 78, line);
  assert.equal(decoded(subject), `Re: [PATCH] ${'\u00e4\u{1f512}'.repeat(40)}`);
});

test('a subject cannot add a header, nor move the cursor', () => {
  const evil = 'x\r\nBcc: all@example.org\u001b[2J\u202e';
  const mail = reviewMail(withPatch(() => ({ fullSubject: `[PATCH] ${evil}` })));
  assert.doesNotMatch(mail, /^Bcc/m);
  for (const letter of ['\u001b', '\u202e', '\r']) assert.ok(!mail.includes(letter), JSON.stringify(letter));
  assert.doesNotMatch(withMail({ from: 'a\nBcc: b@c <d@example.org>' }), /^Bcc/m);
  assert.doesNotMatch(withMail({ date: 'today\n\nFrom nobody' }), /^From nobody/m);
});

test('everybody who got the patch gets the answer, once', () => {
  const header = headerOf(
    withMail({ to: 'netdev@vger.kernel.org', cc: 'Jane <JANE@example.org>, netdev@vger.kernel.org, x@y.z' }),
  );
  assert.match(header, /^To: Jane Driver <jane@example\.org>\nCc: netdev@vger\.kernel\.org, x@y\.z\n/);
});

test('a commit without a mail gets the text alone, a mail without an id no reference to it', () => {
  const bare = reviewMail(withPatch(() => ({ mail: undefined })));
  assert.match(bare, /^> @@ /);
  const header = headerOf(withMail({ messageId: '', references: '', to: '', cc: '' }));
  assert.doesNotMatch(header, /In-Reply-To|References|Cc/);
});

test('who wrote it is named, and not who sent it on', () => {
  const mail = withMail({ from: 'List <list@example.org>', author: 'Ann Author <ann@example.org>' });
  assert.match(mail, /^To: List <list@example\.org>$/m);
  assert.match(mail, / Ann Author wrote:\n> @@/);
});

test('what is of low confidence is told only if asked for', () => {
  const [finding] = cycle.findings;
  const low = [{ ...finding!, confidence: 'low' as const }];
  assert.match(withFindings(low), /^1 cycle introduced by 2\/5\. Of low confidence only/);
  assert.match(reviewMail({ ...cycle, findings: low }, { tellsAll: true }), /^To: /);
});

test('where the patch only takes lines away, those are quoted', () => {
  const report = withPatch(({ patch }) => ({
    changes: patch.changes.map((change) => ({
      ...change,
      hunks: change.hunks.map((hunk) => ({
        ...hunk,
        lines: hunk.lines.map((line) =>
          line.kind === 'added' ? { ...line, kind: 'removed' as const } : line,
        ),
      })),
    })),
  }));
  const findings = cycle.findings.map((finding) => ({ ...finding, closedBy: [] }));
  const mail = reviewMail({ ...report, findings, isAdded: () => false });
  assert.match(mail, /\n> -\tcancel_work_sync\(&acme->reset_work\);\n> {2}\}\n>\n> {2}int acme_suspend/);
  assert.doesNotMatch(mail, /\bhere\b/);
});

test('an answer about one finding has no header', () => {
  assert.match(replyText(cycle.findings[0]!, cycle), /^On Tue, 3 Nov 2026 .* wrote:\n> @@ /);
  assert.equal(replyText({ ...cycle.findings[0]!, introducedBy: undefined }, cycle), '');
});

test('addresses are told apart', () => {
  assert.deepEqual(addressesIn('"Doe, Jon" <jon@example.org>, Jane <jane@example.org>,x@y.z'), [
    '"Doe, Jon" <jon@example.org>',
    'Jane <jane@example.org>',
    'x@y.z',
  ]);
  assert.deepEqual(addressesIn('Doe, J\u00f6n <jon@example.org>, x@y.z'), [
    'Doe, J\u00f6n <jon@example.org>',
    'x@y.z',
  ]);
  assert.deepEqual(addressesIn(''), []);
  assert.equal(nameOf('"Doe, Jon" <jon@example.org>'), 'Doe, Jon');
  assert.equal(nameOf('jon@example.org'), 'jon@example.org');
});

/** The text of a field in encoded words. */
function decoded(field: string): string {
  const text = field.replace(/^Subject: /, '').replace(/\n /g, ' ');
  const bytes: number[] = [];
  for (const [, word = ''] of text.matchAll(/=\?UTF-8\?q\?([^?]*)\?=/g))
    for (const [letter] of word.matchAll(/=[0-9A-F]{2}|./g))
      bytes.push(
        letter.length === 3 ? parseInt(letter.slice(1), 16) : letter === '_' ? 32 : letter.charCodeAt(0),
      );
  return new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(bytes));
}
