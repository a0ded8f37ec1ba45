// splat.test.ts
// Splats as kernels from 6.1 to 6.12 write them, about a driver that the tree has: what the command tells of each.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { neverCancelled } from '../../src/base/cancel.ts';
import { explainSplat } from '../../src/engine/explainSplat.ts';
import { splatJson } from '../../src/report/splatJson.ts';
import { splatText } from '../../src/report/splatText.ts';
import { readSplat } from '../../src/review/readSplat.ts';
import { checkGolden } from '../support/golden.ts';
import { memoryIndex } from '../support/memoryIndex.ts';

const folder = join('test', 'golden', 'splat');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

const index = await memoryIndex({ 'drivers/net/acme/acme.c': read('acme.c') });

for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt'))) {
  const name = file.replace(/\.txt$/, '');
  test(name, async () => {
    const answer = readSplat(read(file));
    assert.equal(answer.kind, 'splat');
    const explained = await explainSplat(index, answer.splat, neverCancelled);
    checkGolden(join(folder, `${name}.told`), splatText(explained));
    if (name === 'circular') checkGolden(join(folder, `${name}.json`), splatJson(explained));
  });
}

test('a tree without the driver says so', async () => {
  const other = await memoryIndex({ 'drivers/net/foo.c': 'int foo_open(void) { return 0; }' });
  const answer = readSplat(read('circular.txt'));
  assert.equal(answer.kind, 'splat');
  const text = splatText(await explainSplat(other, answer.splat, neverCancelled));
  assert.match(text, /acme_open\(\) is not found in this tree\./);
  assert.match(text, /None of its functions is one of a driver in this tree\./);
});
