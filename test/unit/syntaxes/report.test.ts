// report.test.ts
// The grammar of reports and replies: that it knows every word that they are made of.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hopWords } from '../../../src/report/words.ts';
import { confidences, rules } from '../../../src/waits/finding.ts';
import { reviewsFolder } from '../../support/reviewedFixture.ts';

interface GrammarRule {
  readonly name?: string;
  readonly match?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly include?: string;
  readonly patterns?: readonly GrammarRule[];
}

const grammar = JSON.parse(readFileSync('syntaxes/holdwait-report.tmLanguage.json', 'utf8')) as {
  readonly patterns: readonly GrammarRule[];
  readonly repository: Readonly<Record<string, GrammarRule>>;
};

type Piece = readonly [text: string, scope: string];

/** Pieces of a line that get a scope, as the editor finds them: the leftmost match, of equal ones the first rule. */
function pieces(line: string): readonly Piece[] {
  const found: Piece[] = [];
  for (let at = 0; at < line.length;) {
    const [next] = flat(grammar.patterns)
      .flatMap((rule) => matchesIn(rule, line, at))
      .sort((a, b) => a.match.index - b.match.index);
    if (!next) return found;
    const { rule, match } = next;
    if (rule.name !== undefined) found.push([match[0], plain(rule.name)]);
    for (const [group, { name }] of Object.entries(rule.captures ?? {})) {
      const text = match[Number(group)];
      if (text !== undefined) found.push([text, plain(name)]);
    }
    at = match.index + Math.max(1, match[0].length);
  }
  return found;
}

function matchesIn(
  rule: GrammarRule,
  line: string,
  from: number,
): readonly { readonly rule: GrammarRule; readonly match: RegExpExecArray }[] {
  const expression = new RegExp(rule.match ?? '(?!)', 'g');
  expression.lastIndex = from;
  const match = expression.exec(line);
  return match ? [{ rule, match }] : [];
}

function flat(patterns: readonly GrammarRule[]): readonly GrammarRule[] {
  return patterns.flatMap((rule) => {
    if (rule.include?.startsWith('#') === true) return flat([grammar.repository[rule.include.slice(1)]!]);
    return rule.patterns ? flat(rule.patterns) : rule.match === undefined ? [] : [rule];
  });
}

const plain = (scope: string): string => scope.replace('.holdwait-report', '');

const scopeOf = (line: string, text: string): string | undefined =>
  pieces(line).find(([piece]) => piece === text)?.[1];

const goldens = (name: string): readonly string[] =>
  readdirSync(reviewsFolder).flatMap((situation) => {
    const text = readFileSync(join(reviewsFolder, situation, name), 'utf8');
    return text.trimEnd().split('\n');
  });

test('every rule and confidence below a title', () => {
  for (const rule of rules)
    for (const confidence of confidences) {
      const line = `  ${rule}, ${confidence} confidence, introduced by 2/5: Every class is known.`;
      assert.equal(scopeOf(line, rule), 'keyword.other.rule');
      assert.equal(scopeOf(line, `${confidence} confidence`), 'constant.language.confidence');
    }
});

test('every word of a step, with and without a sign of the patch', () => {
  for (const word of [...Object.values(hopWords), 'wants', 'returns', 'sleeps in'])
    for (const sign of ['  + ', '  - ', '    ']) {
      const line = `${sign}${word}  mutex_lock(&acme->lock)  drivers/net/acme/main.c:42`;
      assert.equal(scopeOf(line, word), 'keyword.control.step', line);
      assert.equal(scopeOf(line, 'drivers/net/acme/main.c:42'), 'string.other.link', line);
    }
});

test('steps of real reports', () => {
  const steps = goldens('text.txt').filter((line) => /^ {2}[ +-] [a-z].* {2}drivers\/\S+:\d+$/.test(line));
  assert.ok(steps.length > 20);
  for (const line of steps)
    assert.ok(
      pieces(line).some(([, scope]) => scope === 'keyword.control.step'),
      line,
    );
});

test('headings and answers of real reports', () => {
  const headings = goldens('text.txt').filter((line) => /^[A-Z][^.]*:$/.test(line));
  for (const line of headings) assert.equal(scopeOf(line, line.slice(0, -1)), 'markup.heading', line);
  const isAnswer = (line: string): boolean => /^(?:Nothing|\d+ \S+) .*(?:introduced|fixed)/.test(line);
  const answers = goldens('text.txt').filter(isAnswer);
  assert.ok(answers.length >= 6);
  for (const line of answers) assert.equal(scopeOf(line, line), 'markup.bold', line);
});

test('what is quoted from a patch keeps the colours of a patch', () => {
  const scopes = {
    '> +\tx();': 'markup.inserted',
    '> -\tx();': 'markup.deleted',
    '> @@ -1 +2 @@ f': 'meta.diff.range',
  };
  for (const [line, scope] of Object.entries(scopes)) assert.equal(scopeOf(line, line), scope);
});

test('the question of a reply stands out', () => {
  const questions = goldens('mail.txt').filter((line) => /^[A-Z].*\? {2}/.test(line));
  assert.ok(questions.length > 3);
  for (const line of questions) assert.equal(pieces(line)[0]?.[1], 'markup.bold', line);
});
