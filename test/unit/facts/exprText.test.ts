// exprText.test.ts
// Expressions and types, read from C and printed again: what goes in comes out, with no parenthesis too many.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { declarationText, exprText } from '../../../src/facts/exprText.ts';
import { FactsReader } from '../../../src/facts/factsReader.ts';
import { createTestParser } from '../../support/factsReader.ts';

const reader = new FactsReader(await createTestParser());

function printed(expression: string): string {
  const bytes = new TextEncoder().encode(
    `int f(struct s *p, int a, int b, int c)\n{\n\treturn ${expression};\n}\n`,
  );
  const facts = reader.read(bytes);
  const fn = facts.functions[0];
  assert.ok(fn, expression);
  for (let i = 0; i < fn.flow.count; i++) {
    const op = fn.flow.op(i);
    if (op.kind === 'return' && op.value !== undefined) return exprText(facts.terms, op.value, fn.locals);
  }
  return '(no value)';
}

// prettier-ignore
const expressions = [
  'a', '17', '"text"', 'p->lock', '&p->lock', 'p->port[a].lock', '*p->next', '(*p)->x', '(&x)->y', 'f(a, b)', 'p->ops->open(p, a + b)',
  'a + b * c', '(a + b) * c', 'a - (b - c)', 'a - b - c', 'a << 2 | b', '(a | b) & c', '!(a && b) || c', '!a', '-a', '~a & b', 'a == b',
  'a ? b : c', 'a ? b : c ? a : b', '(a ? b : c) + 1', '(struct s *)p', '(u32)a + b', '((struct s *)p)->x', 'sizeof(*p)',
];

for (const expression of expressions) {
  test(`expression ${expression}`, () => assert.equal(printed(expression), expression));
}

test('types are printed around names', () => {
  const declarations = [
    'struct foo *bar',
    'int (*open)(struct inode *)',
    'struct list_head table[]',
    'char **names',
  ];
  const text = `struct t {\n${declarations.map((line) => `\t${line.replace('[]', '[4]')};\n`).join('')}};\n`;
  const facts = reader.read(new TextEncoder().encode(text));
  const fields = facts.structs[0]?.fields ?? [];
  assert.deepEqual(
    fields.map((field) => declarationText(facts.terms, field.type, field.name)),
    declarations,
  );
});
