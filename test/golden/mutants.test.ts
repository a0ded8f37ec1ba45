// mutants.test.ts
// One slip at a time in every fixture that comes out right: an unlock less, two locks the other way round, a wait
// moved under a lock. Each has to change the findings. Those that go unnoticed are listed in mutants.txt, so that the
// list is read when it grows; UPDATE_GOLDEN=1 rewrites it, a mismatch leaves `.actual`.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import type { CParser } from '../../src/syntax/parser.ts';
import { checkOneFile, fixtureBytes, fixturePaths } from '../support/checkedFixtures.ts';
import { readFixture, textOf } from '../support/checkFixture.ts';
import { bytesOf, createTestParser } from '../support/factsReader.ts';
import { mutantsOf } from '../support/mutations.ts';

const golden = join('test', 'golden', 'mutants.txt');

test('slips in the fixtures change their findings', async () => {
  const parser = await createTestParser();
  const tallies = new Map<string, { count: number; readonly unnoticed: Map<string, number[]> }>();
  for (const path of fixturePaths()) {
    const text = new TextDecoder('latin1').decode(fixtureBytes(path));
    if (readFixture(text).knownWrong) continue;
    const before = await findingsIn(path, text, parser);
    for (const { kind, line, text: mutated } of mutantsOf(text)) {
      const tally = tallies.get(kind) ?? { count: 0, unnoticed: new Map<string, number[]>() };
      tallies.set(kind, tally);
      tally.count++;
      if ((await findingsIn(path, mutated, parser)) !== before) continue;
      tally.unnoticed.set(path, [...(tally.unnoticed.get(path) ?? []), line]);
    }
  }
  const parts = [...tallies]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, { count, unnoticed }]) => {
      const lines = [...unnoticed].map(([path, numbers]) => `  ${path}: ${numbers.join(', ')}`);
      const missed = [...unnoticed.values()].flat().length;
      return [`${kind}: ${count}, unnoticed ${missed}`, ...lines].join('\n');
    });
  checkGolden(`${parts.join('\n')}\n`);
});

async function findingsIn(path: string, text: string, parser: CParser): Promise<string> {
  const { findings } = await checkOneFile(path, bytesOf(text), parser);
  return findings.map(textOf).sort().join('\n');
}

function checkGolden(actual: string): void {
  const wrong = `${golden}.actual`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, actual);
  const expected = existsSync(golden) ? readFileSync(golden, 'utf8') : '';
  if (expected === actual) rmSync(wrong, { force: true });
  else writeFileSync(wrong, actual);
  assert.equal(actual, expected, `${golden} differs: compare it with ${wrong}, or set UPDATE_GOLDEN=1`);
}
