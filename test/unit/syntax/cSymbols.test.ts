// cSymbols.test.ts
// The generated table is that of the grammar that is installed.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { grammarVersion, Kind } from '../../../src/syntax/cSymbols.ts';
import { latin1 } from '../../support/sourceBytes.ts';
import { parsePlain } from '../../support/wasmTrees.ts';

test('the table was made from the installed version', () => {
  const require = createRequire(join(process.cwd(), 'package.json'));
  const manifest = JSON.parse(readFileSync(require.resolve('tree-sitter-c/package.json'), 'utf8')) as {
    version: string;
  };
  assert.equal(grammarVersion, manifest.version, 'run node scripts/generate-c-symbols.mjs');
});

test('numbers are those that nodes carry', () => {
  const tree = parsePlain(latin1('void f(void) { if (a->b) goto out; out:; }'));
  const found = new Map(
    tree.rootNode
      .descendantsOfType(['if', '->', 'if_statement', 'statement_identifier'])
      .map((node) => [node.type, node.typeId]),
  );
  tree.delete();
  assert.deepEqual(Object.fromEntries(found), {
    if: Kind.ifKeyword,
    '->': Kind.arrow,
    if_statement: Kind.ifStatement,
    statement_identifier: Kind.statementIdentifier,
  });
});
