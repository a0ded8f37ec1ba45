// mailDraft.test.ts
// Answers for the list that somebody has put into other words.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailText, wordsAbout } from '../../../src/report/mailDraft.ts';
import type { MailAnswers, MailDraft } from '../../../src/report/mailDraft.ts';

const draft = (finding: string): MailDraft => ({
  header: ['To: a@example.org', 'Subject: Re: [PATCH] foo'],
  body: [{ lines: ['> +\tx();', ''] }, { finding, lines: ['Can this deadlock?'] }, { lines: [''] }],
});

const one: MailAnswers = { kind: 'answers', drafts: [draft('a')] };
const two: MailAnswers = { kind: 'answers', drafts: [draft('a'), draft('b')] };

test('other words stand where the words about the finding stood', () => {
  const text = mailText(one, (id) => (id === 'a' ? 'I wonder.\n\nDoes it?  \n' : undefined));
  assert.match(text, /\n\n> \+\tx\(\);\n\nI wonder\.\n\nDoes it\?\n\n$/);
  assert.doesNotMatch(text, /deadlock/);
});

test('the header says what the words are made of', () => {
  assert.match(mailText(one), /charset=us-ascii\nContent-Transfer-Encoding: 7bit\n/);
  const text = mailText(one, () => 'Sch\u00f6n?');
  assert.match(text, /charset=UTF-8\nContent-Transfer-Encoding: 8bit\n/);
});

test('a line that begins with From is no new mail, whoever wrote it', () => {
  const text = mailText(two, () => 'From here on it waits.');
  assert.equal(text.match(/^From /gm)?.length, 2);
  assert.match(text, /^>From here on it waits\.$/m);
  assert.match(
    mailText(one, () => 'From here on it waits.'),
    /^From here on it waits\.$/m,
  );
});

test('the words about a finding are its paragraph alone', () => {
  assert.equal(wordsAbout(two, 'b'), 'Can this deadlock?\n');
  assert.equal(wordsAbout(two, 'c'), undefined);
  assert.equal(wordsAbout({ kind: 'nothing', lines: ['Nothing introduced.'] }, 'a'), undefined);
});
