// golden.test.ts
// Small kernel-shaped files, and beside each what the tools say about it: `x.facts.txt` is `holdwait facts`,
// `x.chains.txt` the chains and lenses of its functions. UPDATE_GOLDEN=1 rewrites them; a mismatch leaves `.actual`.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { neverCancelled } from '../../src/base/cancel.ts';
import { createEngine } from '../../src/engine/treeEngine.ts';
import { FactsReader } from '../../src/facts/factsReader.ts';
import { chainsText } from '../../src/report/chainsText.ts';
import { factsText } from '../../src/report/factsText.ts';
import { factsIndex } from '../support/factsIndex.ts';
import { createTestParser } from '../support/factsReader.ts';

const folder = join('test', 'golden', 'acme');
const folderInTree = 'drivers/net/ethernet/acme';

const parser = await createTestParser();
const files = readdirSync(folder)
  .filter((name) => /\.[ch]$/.test(name))
  .sort();
const texts = new Map(files.map((name) => [`${folderInTree}/${name}`, new Uint8Array(readFileSync(join(folder, name)))]));
const engine = createEngine(factsIndex(texts, parser));

for (const name of files) {
  test(`facts of ${name}`, () => {
    const facts = new FactsReader(parser).read(texts.get(`${folderInTree}/${name}`) ?? new Uint8Array());
    checkGolden(`${name}.facts.txt`, factsText(facts));
  });
}

for (const name of files.filter((file) => file.endsWith('.c'))) {
  test(`chains of ${name}`, async () => {
    const path = `${folderInTree}/${name}`;
    const facts = (await engine.index.facts([path], neverCancelled)).get(path);
    const lenses = await engine.lenses(path, neverCancelled);
    const parts: string[] = [];
    for (const fn of facts?.functions ?? []) {
      const reports = await engine.report(fn.name, neverCancelled);
      const title = lenses.find((lens) => lens.functionName === fn.name)?.title ?? '(no lens)';
      parts.push(`${title}\n${chainsText(reports.filter((report) => report.path === path))}`);
    }
    checkGolden(`${name}.chains.txt`, parts.join('\n'));
  });
}

function checkGolden(name: string, actual: string): void {
  const golden = join(folder, name);
  const wrong = `${golden}.actual`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, actual);
  const expected = existsSync(golden) ? readFileSync(golden, 'utf8') : '';
  if (expected === actual) rmSync(wrong, { force: true });
  else writeFileSync(wrong, actual);
  assert.equal(actual, expected, `${golden} differs: compare it with ${wrong}, or set UPDATE_GOLDEN=1`);
}
