// translations.test.ts
// Words for people can be translated: those of the manifest stand in package.nls.json, those of the extension go
// through l10n.t and stand in l10n/bundle.l10n.json, which UPDATE_GOLDEN=1 rewrites.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inProject } from '../../scripts/project.mjs';
import { checkGolden } from '../support/golden.ts';
import { manifestText, manifestWords, writtenTexts } from './manifest.ts';
import { sourceFilesIn } from './sources.ts';

const extension = sourceFilesIn('extension');

/** Where a person reads what the manifest says. */
const readable =
  /\.(?:title|shortTitle|category|name|contents|description|label|enumDescriptions\.\d+|markdownDescription|markdownEnumDescriptions\.\d+|deprecationMessage|userDescription|displayName|altText)$/;
/** Names that are the same in every language. */
const untranslated =
  /\.languageModelTools\.\d+\.name$|\.menus\.|\.grammars\.|\.languages\.\d+\.aliases|\.inputSchema\./;

test('the manifest takes its words from package.nls.json', () => {
  const words = writtenTexts().filter(([place]) => readable.test(place) && !untranslated.test(place));
  assert.ok(words.length > 0);
  assert.deepEqual(
    words.filter(([, text]) => !/^%[\w.]+%$/.test(text)),
    [],
    'write "%some.key%" in package.json and the words in package.nls.json',
  );
});

test('package.nls.json holds the words that the manifest asks for, and no others', () => {
  const asked = new Set([...manifestText.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] ?? ''));
  assert.deepEqual([...asked].sort(), Object.keys(manifestWords).sort());
});

test('l10n/bundle.l10n.json holds the words of the extension', () => {
  const words = new Set(extension.flatMap(({ text }) => translatedIn(text)));
  const bundle = Object.fromEntries([...words].sort().map((word) => [word, word]));
  checkGolden(inProject('l10n/bundle.l10n.json'), `${JSON.stringify(bundle, null, 2)}\n`);
});

test('words to be translated are plain strings, with {0} for what is filled in', () => {
  for (const { path, text } of extension) {
    const calls = [...text.matchAll(/\bl10n\.t\(/g)].length;
    assert.equal(translatedIn(text).length, calls, `${path}: l10n.t takes one string in quotes first`);
  }
});

// What people read is set by these; a string right after one of them is not translated. What is put together of words of
// the analysis is in English like them, so of texts with `${}` only the sentences of commands count.
const shown =
  /(?:\b(?:title|label|placeHolder|prompt|tooltip|sentence|message|ariaLabel|detail|openLabel|saveLabel):|\.(?:tooltip|message|title|placeholder|name) =|\bnew vscode\.TreeItem\()\s*(['"])((?:(?!\1).)*)\1/g;
const said =
  /\b(?:show(?:Error|Warning|Information)Message|setStatusBarMessage|new Error|runCommand)\(\s*(['"`])((?:(?!\1).)*)\1/g;

test('what people read goes through l10n.t', () => {
  // The pages of panels are in English, like the reports that they show and the mails that come of them.
  const translated = extension.filter(({ path }) => !path.endsWith('Page.ts'));
  const literal = translated.flatMap(({ path, text }) =>
    [...text.matchAll(shown), ...text.matchAll(said)].flatMap(([, , words = '']) =>
      /[a-z]{2}/.test(withoutCode(words)) ? [`${path}: ${words}`] : [],
    ),
  );
  assert.deepEqual(literal, [], "write vscode.l10n.t('…', …) around it");
});

/** The first arguments of `l10n.t`, unescaped. */
function translatedIn(text: string): readonly string[] {
  const calls = text.matchAll(/\bl10n\.t\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/g);
  return [...calls].map(([, single, double]) => (single ?? double ?? '').replace(/\\(.)/g, '$1'));
}

/** What is left of a text without our name, icons, and what is filled in. */
const withoutCode = (words: string): string =>
  words
    .replace(/\$\{[^}]*\}/g, '')
    .replace(/\$\([\w~-]+\)/g, '')
    .replace(/\bHoldwait\b/g, '');
