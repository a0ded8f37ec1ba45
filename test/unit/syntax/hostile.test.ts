// hostile.test.ts
// Text that is no C, or that is made to hurt: it is read within bounds, or given up with an error that says so.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ParseLimitError, parseLimitMs } from '../../../src/syntax/parseLimit.ts';
import { prepare } from '../../../src/syntax/prepare.ts';
import { Tokeniser } from '../../../src/syntax/tokens.ts';
import { createTestParser } from '../../support/factsReader.ts';
import { latin1 } from '../../support/sourceBytes.ts';

const parser = await createTestParser();
const tokeniser = new Tokeniser();

// Generous, as other tests run beside this one; what costs the square of its length takes minutes.
const prepareLimitMs = 6000;
const many = 200_000;

const texts: Readonly<Record<string, string>> = {
  nothing: '',
  'NUL bytes': '\0'.repeat(many),
  'a lone backslash': '\\',
  backslashes: '\\'.repeat(many),
  'continued lines': '\\\n'.repeat(many),
  'a lone hash': '#',
  'an open comment': '/* a',
  'open parentheses': '('.repeat(many),
  'open braces': '{'.repeat(many),
  'closing parentheses': ')'.repeat(many),
  'mixed brackets': '{(['.repeat(many / 4),
  'deep blocks': `void f(void)${'{'.repeat(many)}${'}'.repeat(many)}`,
  'deep initialisers': `int a[] = ${'{'.repeat(many)}1${'}'.repeat(many)};`,
  'deep calls': `int f(void) { ${'a('.repeat(20_000)}${')'.repeat(20_000)}; }`,
  '#if without #endif': '#if A\n'.repeat(many),
  '#endif without #if': '#endif\n'.repeat(many),
  'deep #if': `${'#if A\n'.repeat(20_000)}${'#endif\n'.repeat(20_000)}`,
  'deep #if in parentheses': `${'('.repeat(20_000)}${'#if A\n'.repeat(20_000)}${'#endif\n'.repeat(20_000)}`,
  'open attributes': '__aligned('.repeat(20_000),
  'quotes in one line': '"'.repeat(20_000),
  'all bytes': Array.from({ length: many }, (_, i) =>
    String.fromCharCode((Math.imul(i, 40_503) >>> 8) & 255),
  ).join(''),
};

for (const [what, text] of Object.entries(texts)) {
  test(what, () => {
    const bytes = latin1(text);
    const started = performance.now();
    const prepared = prepare(bytes, tokeniser);
    assert.ok(performance.now() - started < prepareLimitMs, 'the pre-pass takes too long');
    assert.equal(prepared.text.length, bytes.length);
    try {
      parser.parse(prepared.text, (tree) => assert.ok(tree.count >= 1 && tree.next[0] === tree.count));
    } catch (error) {
      assert.ok(ParseLimitError.is(error), String(error));
    }
    // The parser is as good as new.
    assert.equal(
      parser.parse(latin1('int a;'), (tree) => tree.count),
      5,
    );
  });
}

test('a text that takes too long is given up, and names its length', () => {
  const text = latin1("'".repeat(3_000_000));
  const started = performance.now();
  assert.throws(() => parser.parse(text, () => {}), {
    name: 'ParseLimitError',
    message: /bytes were not parsed within 5 s/,
  });
  assert.ok(performance.now() - started < 4 * parseLimitMs);
});

test('memory does not grow with the number of texts', () => {
  const text = latin1(`${'int f(int a) { return g(a, "b", c->d[1]); }\n'.repeat(2000)}`);
  const parseMany = (times: number): number => {
    for (let i = 0; i < times; i++) parser.parse(text, () => {});
    return process.memoryUsage().rss;
  };
  const before = parseMany(20);
  const after = parseMany(200);
  assert.ok(after - before < 100e6, `${Math.round((after - before) / 1e6)} MB more after 200 texts`);
});
