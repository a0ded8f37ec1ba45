// trees.test.ts
// Flat trees: read from memory they are those of the cursor, and shortening the text first does not change them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Kind } from '../../../src/syntax/cSymbols.ts';
import type { FlatTree } from '../../../src/syntax/flatTree.ts';
import { prepare } from '../../../src/syntax/prepare.ts';
import { sameTrees } from '../../../src/syntax/selfCheck.ts';
import { Tokeniser } from '../../../src/syntax/tokens.ts';
import { createTestParser } from '../../support/factsReader.ts';
import { sampleC } from '../../support/sampleC.ts';
import { anyBytes, latin1, likeC } from '../../support/sourceBytes.ts';
import { parsePlain, throughCursor, throughMemory } from '../../support/wasmTrees.ts';

const parser = await createTestParser();
const tokeniser = new Tokeniser();

test('trees are read from memory', () => {
  assert.equal(parser.access, 'memory');
});

test('memory and cursor give the same tree', () => {
  checkBothWays(latin1(sampleC));
  checkBothWays(latin1(`int ${'long_name'.repeat(50)};${' '.repeat(300)}\n${'\n'.repeat(70_000)}int b = ;`));
});

for (const [what, bytes] of [
  ['any bytes', anyBytes],
  ['what looks like C', likeC],
] as const) {
  test(`${what}: memory and cursor give the same tree`, () => {
    fc.assert(fc.property(bytes, checkBothWays), { numRuns: 400 });
  });

  test(`${what}: a flat tree is well formed`, () => {
    fc.assert(
      fc.property(bytes, (text) => parser.parse(text, (tree) => checkShape(tree, text.length))),
      { numRuns: 400 },
    );
  });
}

test('the text that the parser shortens gives the tree of the text', () => {
  const { text } = prepare(latin1(sampleC), tokeniser);
  const plain = parsePlain(text);
  try {
    const expected = describe(throughCursor(plain), text);
    const actual = parser.parse(text, (tree) => describe(tree, text));
    assert.ok(expected.length > 500);
    assert.deepEqual(actual, expected);
  } finally {
    plain.delete();
  }
});

test('a missing token stands inside the node that it begins', () => {
  const text = latin1('foo(a, b); ? int "');
  parser.parse(text, (tree) => checkShape(tree, text.length));
});

test('what the parser leaves out leaves no gap', () => {
  const text = latin1('int a; /* b */ struct {\n#define X 1\n int b; } c = { "d\\n", \'\\n\' };');
  const words = parser.parse(text, (tree) =>
    leaves(tree).map((node) => Buffer.from(text).toString('latin1', tree.start[node], tree.end[node])),
  );
  assert.deepEqual(words, [
    ...[
      'int',
      'a',
      ';',
      'struct',
      '{',
      'int',
      'b',
      ';',
      '}',
      'c',
      '=',
      '{',
      '"',
      '"',
      ',',
      "'",
      '\\n',
      "'",
      '}',
      ';',
    ],
  ]);
});

test('a cast to a known type is no call', () => {
  const kinds = parser.parse(latin1('int a = (u32)(b) + (dma_addr_t)(c) + (fn)(d);'), (tree) => [
    count(tree, Kind.castExpression),
    count(tree, Kind.callExpression),
  ]);
  assert.deepEqual(kinds, [2, 1]);
});

test('a label before #endif has a statement', () => {
  const text = latin1('void f(void)\n{\n\tgoto out;\n#ifdef A\nout:\n#endif\n}\n');
  assert.ok(
    parser.parse(text, (tree) => count(tree, Kind.labeledStatement) === 1 && !tree.kind.includes(65535)),
  );
});

function checkBothWays(text: Uint8Array): void {
  const tree = parsePlain(text);
  try {
    assert.ok(sameTrees(throughMemory(tree), throughCursor(tree)));
  } finally {
    tree.delete();
  }
}

/** Children lie within their parents and in order; subtrees end where the next node begins. */
function checkShape(tree: FlatTree, length: number): void {
  assert.equal(tree.next[0], tree.count);
  for (let node = 0; node < tree.count; node++) {
    assert.ok(tree.start[node]! <= tree.end[node]! && tree.end[node]! <= length);
    let last = tree.start[node]!;
    for (let child = node + 1; child < tree.next[node]!; child = tree.next[child]!) {
      assert.ok(tree.next[child]! > child && tree.next[child]! <= tree.next[node]!);
      assert.ok(tree.start[child]! >= last && tree.end[child]! <= tree.end[node]!);
      last = tree.end[child]!;
    }
  }
}

// What shortening leaves out.
const leftOut: ReadonlySet<number> = new Set([
  ...[Kind.comment, Kind.stringContent, Kind.escapeSequence, Kind.character],
  ...[Kind.preprocDef, Kind.preprocFunctionDef, Kind.preprocInclude, Kind.preprocCall],
]);

function describe(tree: FlatTree, text: Uint8Array): readonly string[] {
  const lines: string[] = [];
  // The root covers what was left out before its first and after its last token.
  for (let node = 1; node < tree.count; node++) {
    const kind = tree.kind[node]!;
    if (leftOut.has(kind)) {
      node = tree.next[node]! - 1;
      continue;
    }
    const [start, end] = [tree.start[node]!, tree.end[node]!];
    lines.push(
      `${kind} ${start}-${end} ${tree.flags[node]} ${Buffer.from(text).toString('latin1', start, end)}`,
    );
  }
  return lines;
}

function leaves(tree: FlatTree): readonly number[] {
  return Array.from({ length: tree.count }, (_, node) => node).filter((node) => tree.next[node] === node + 1);
}

function count(tree: FlatTree, kind: number): number {
  return tree.kind.subarray(0, tree.count).filter((other) => other === kind).length;
}
