// document.test.ts
// A document that is edited gives the trees of its states, as if each were parsed as a whole.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { errorKind, missingFlag } from '../../../src/syntax/flatTree.ts';
import type { FlatTree } from '../../../src/syntax/flatTree.ts';
import { prepare } from '../../../src/syntax/prepare.ts';
import { changeBetween } from '../../../src/syntax/textChange.ts';
import { Tokeniser } from '../../../src/syntax/tokens.ts';
import { createTestParser } from '../../support/factsReader.ts';
import { sampleC } from '../../support/sampleC.ts';
import { latin1, likeC } from '../../support/sourceBytes.ts';

const parser = await createTestParser();
const tokeniser = new Tokeniser();

const nodesOf = (tree: FlatTree): readonly string[] =>
  Array.from(
    { length: tree.count },
    (_, i) => `${tree.kind[i]} ${tree.start[i]} ${tree.end[i]} ${tree.next[i]} ${tree.flags[i]}`,
  );

const hasError = (tree: FlatTree): boolean =>
  Array.from({ length: tree.count }, (_, i) => i).some(
    (i) => tree.kind[i] === errorKind || (tree.flags[i]! & missingFlag) !== 0,
  );

interface Change {
  /** From 0 to 1. */
  readonly place: number;
  readonly removed: number;
  readonly added: Uint8Array;
}

const place = fc.double({ min: 0, max: 1, noNaN: true });

const anyChange: fc.Arbitrary<Change> = fc.record({
  place,
  removed: fc.integer({ min: 0, max: 60 }),
  added: likeC,
});

const lines = [
  'foo(a, b);\n',
  'if (a)\n\tb = c;\n',
  '/* d */\n',
  'int e;\n',
  '#define G 1\n',
  'while (h) { i++; }\n',
  '\n',
];
const lineChange: fc.Arbitrary<Change> = fc.record({
  place,
  removed: fc.constant(0),
  added: fc.constantFrom(...lines).map(latin1),
});

/** Whole lines go where a line ends with `;`, so that the text mostly stays free of errors. */
function apply(text: Uint8Array, { place, removed, added }: Change): Uint8Array {
  const from = Math.floor(place * text.length);
  const at = removed > 0 ? from : Math.max(0, Buffer.from(text).indexOf(';\n', from) + 2);
  return Buffer.concat([text.subarray(0, at), added, text.subarray(at + removed)]);
}

/**
 * Where a text has errors, tree-sitter may recover in another way when it starts from an old tree; such states are only
 * gone through. Gives how many states were compared.
 */
function checkEdits(changes: readonly Change[]): number {
  const document = parser.openDocument();
  let compared = 0;
  let text = latin1(sampleC);
  const check = (): void => {
    const prepared = prepare(text, tokeniser).text;
    const incremental = document.update(prepared, nodesOf);
    parser.parse(prepared, (tree) => {
      if (hasError(tree)) return;
      compared++;
      assert.deepEqual(incremental, nodesOf(tree));
    });
  };
  try {
    check();
    for (const next of changes) {
      text = apply(text, next);
      check();
    }
    text = latin1(sampleC);
    check();
  } finally {
    document.dispose();
  }
  return compared;
}

test('after random edits, the tree is that of a parse from scratch', () => {
  fc.assert(
    fc.property(fc.array(anyChange, { minLength: 1, maxLength: 6 }), (changes) => {
      checkEdits(changes);
    }),
    { numRuns: 60 },
  );
});

test('the same for edits of whole lines', () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.array(lineChange, { minLength: 5, maxLength: 8 }), (changes) => {
      compared += checkEdits(changes);
    }),
    { numRuns: 60 },
  );
  assert.ok(compared > 200, `only ${compared} states were free of errors`);
});

test('a document keeps its tree while other texts are parsed', () => {
  const document = parser.openDocument();
  const other = parser.openDocument();
  const text = latin1('int a;\nint b;\n');
  const before = document.update(text, nodesOf);
  parser.parse(latin1('struct { int c; } d;'), nodesOf);
  other.update(latin1('int e(void) { }'), nodesOf);
  assert.deepEqual(document.update(text, nodesOf), before);
  // Only a name changed, so that the short text is the same: the places must still be new.
  const renamed = latin1('int longer;\nint b;\n');
  assert.deepEqual(document.update(renamed, nodesOf), parser.parse(renamed, nodesOf));
  document.dispose();
  other.dispose();
});

test('the change between two texts is the stretch in which they differ', () => {
  const between = (before: string, after: string): readonly number[] | undefined => {
    const found = changeBetween(latin1(before), latin1(after));
    return found && [found.startIndex, found.oldEndIndex, found.newEndIndex];
  };
  assert.equal(between('abc', 'abc'), undefined);
  assert.deepEqual(between('abc', 'abXc'), [2, 2, 3]);
  assert.deepEqual(between('aaa', 'aaaa'), [3, 3, 4]);
  assert.deepEqual(between('aaaa', 'aaa'), [3, 4, 3]);
  assert.deepEqual(between('', 'a'), [0, 0, 1]);
  assert.deepEqual(between('abcd', 'axyd'), [1, 3, 3]);
});
