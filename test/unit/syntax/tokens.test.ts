// tokens.test.ts

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ClassifiedNames, latin1Text } from '../../../src/syntax/names.ts';
import { directiveToken, nameToken, Tokeniser } from '../../../src/syntax/tokens.ts';
import { anyBytes, latin1, likeC } from '../../support/sourceBytes.ts';

const kinds = ['name', 'number', 'string', 'character', 'punctuator', 'directive'];
const tokeniser = new Tokeniser();

/** Each token as its kind and its text. */
function tokensOf(text: string): readonly string[] {
  const bytes = latin1(text);
  const count = tokeniser.run(bytes, bytes.length);
  return Array.from(
    { length: count },
    (_, i) => `${kinds[tokeniser.kind[i]!]} ${text.slice(tokeniser.start[i], tokeniser.end[i])}`,
  );
}

const commentsOf = (text: string): readonly string[] => {
  tokensOf(text);
  return Array.from({ length: tokeniser.commentCount }, (_, i) =>
    text.slice(tokeniser.commentStart[i], tokeniser.commentEnd[i]),
  );
};

test('names, numbers, strings, characters and punctuators', () => {
  assert.deepEqual(tokensOf(`a->b1 = 0x1fUL + 1.5e-3 + "s\\"t" 'c' L'\\'';`), [
    ...['name a', 'punctuator -', 'punctuator >', 'name b1', 'punctuator =', 'number 0x1fUL', 'punctuator +'],
    ...['number 1.5e-3', 'punctuator +', 'string "s\\"t"', `character 'c'`, 'name L', `character '\\''`],
    'punctuator ;',
  ]);
});

test('a range of numbers is three tokens and three dots', () => {
  assert.deepEqual(tokensOf('1...5'), [
    'number 1',
    'punctuator .',
    'punctuator .',
    'punctuator .',
    'number 5',
  ]);
});

test('a directive is one token up to the end of its logical line', () => {
  assert.deepEqual(tokensOf('# define A(b) \\\n b /* c\n d */ e\nf'), [
    'directive # define A(b) \\\n b /* c\n d */ e',
    'name f',
  ]);
  assert.deepEqual(tokensOf('a # b\n#if c \\\r\n d // e\ng'), [
    ...['name a', 'punctuator #', 'name b', 'directive #if c \\\r\n d // e', 'name g'],
  ]);
});

test('comments are kept aside, unless they run over lines of a directive', () => {
  assert.deepEqual(commentsOf('a /* b */ c // d\n#if e /* f */\n#define g /* h\n i */\n/* j'), [
    ...['/* b */', '// d', '/* f */', '/* j'],
  ]);
});

test('what does not end, ends with its line or with the text', () => {
  assert.deepEqual(tokensOf('"a\nb\'\nc\\'), ['string "a', 'name b', `character '`, 'name c']);
  assert.deepEqual(tokensOf('#define a \\'), ['directive #define a \\']);
  assert.deepEqual(tokensOf('"\\'), ['string "\\']);
});

for (const [what, bytes] of [
  ['any bytes', anyBytes],
  ['what looks like C', likeC],
] as const) {
  test(`${what}: tokens and comments come in order, apart, and with nothing but blanks between them`, () => {
    fc.assert(fc.property(bytes, checkSpans), { numRuns: 1500 });
  });
}

function checkSpans(bytes: Uint8Array): void {
  const count = tokeniser.run(bytes, bytes.length);
  assert.equal(count, tokeniser.count);
  const isCovered = new Uint8Array(bytes.length);
  for (let i = 0; i < tokeniser.commentCount; i++) {
    isCovered.fill(1, tokeniser.commentStart[i], tokeniser.commentEnd[i]);
  }
  let last = 0;
  for (let i = 0; i < count; i++) {
    const [start, end] = [tokeniser.start[i]!, tokeniser.end[i]!];
    assert.ok(last <= start && start < end && end <= bytes.length);
    const isApart =
      tokeniser.kind[i] === directiveToken || isCovered.subarray(start, end).every((byte) => byte === 0);
    assert.ok(isApart, 'a token lies in a comment');
    if (tokeniser.kind[i] === nameToken) {
      assert.equal(
        tokeniser.names.text(tokeniser.name[i]!),
        Buffer.from(bytes).toString('latin1', start, end),
      );
    }
    isCovered.fill(1, start, end);
    last = end;
  }
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    assert.ok(
      isCovered[at] || byte === 32 || (byte >= 9 && byte <= 13) || byte === 92,
      `byte ${byte} was skipped`,
    );
  }
}

test('a name has one number, through growth of the table, and is classified once', () => {
  const classified: string[] = [];
  const names = new ClassifiedNames((bytes, start, end) => classified.push(latin1Text(bytes, start, end)));
  const words = Array.from({ length: 100_000 }, (_, i) => `name_${i}_${'x'.repeat(i % 40)}`);
  const numbers = words.map((word) => intern(names, word));
  assert.deepEqual(
    words.map((word) => intern(names, word)),
    numbers,
  );
  assert.deepEqual(classified, words);
  assert.equal(names.count, words.length);
  for (const i of [0, 1, 4095, 65_535, 99_999]) {
    assert.equal(names.text(numbers[i]!), words[i]);
    assert.equal(names.flags[numbers[i]!], i + 1);
  }
  names.clear();
  assert.equal(names.count, 0);
  assert.equal(names.text(intern(names, 'again')), 'again');
});

function intern(names: ClassifiedNames, word: string): number {
  const bytes = new TextEncoder().encode(word);
  return names.intern(bytes, 0, bytes.length);
}
