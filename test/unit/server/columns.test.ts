// columns.test.ts
// Byte columns to UTF-16, in letters of one to four bytes and in bytes that are no UTF-8 at all.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { positionAt } from '../../../src/base/position.ts';
import { ColumnConverter } from '../../../src/server/columns.ts';

function characterAt(text: string, line: number, part: string): number {
  const bytes = new TextEncoder().encode(text);
  const row = text.split('\n')[line] ?? '';
  const column = new TextEncoder().encode(row.slice(0, row.indexOf(part))).length;
  return new ColumnConverter(bytes).toEditor(positionAt(line + 1, column)).character;
}

test('letters before a place count as the editor counts them', () => {
  const text = 'int a;\n\tx = /* é€🔒 */ y;\r\nß';
  assert.equal(characterAt(text, 0, 'a'), 4);
  assert.equal(characterAt(text, 1, 'y'), '\tx = /* é€🔒 */ '.length);
  assert.equal(characterAt(text, 1, 'x'), 1);
});

test('bytes that are no UTF-8 count one each', () => {
  const bytes = Buffer.from('/* M\xfcller */ x', 'latin1');
  assert.equal(new ColumnConverter(bytes).toEditor(positionAt(1, 13)).character, 13);
});

test('places behind the end are kept as they are', () => {
  const converter = new ColumnConverter(new TextEncoder().encode('é\n'));
  assert.deepEqual(converter.toEditor(positionAt(9, 3)), { line: 8, character: 3 });
  assert.deepEqual(converter.toEditor(positionAt(1, 3)), { line: 0, character: 2 });
});
