// check.test.ts
// Textbook cases in kernel and in pthread dress: each file of test/fixtures/check says in its head comment what has
// to be found in it. What we get wrong is kept with the wrong answer, and fails as soon as it comes right.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkOneFile, fixtureBytes, fixturePaths } from '../support/checkedFixtures.ts';
import { disagreements, readFixture } from '../support/checkFixture.ts';
import { createTestParser } from '../support/factsReader.ts';

const parser = await createTestParser();

for (const path of fixturePaths()) {
  test(path, async () => {
    const bytes = fixtureBytes(path);
    const fixture = readFixture(new TextDecoder('latin1').decode(bytes));
    const { findings, givenUp } = await checkOneFile(path, bytes, parser);
    const wrong = disagreements(fixture.expectation, findings);
    for (const fn of fixture.givesUp)
      assert.ok(
        givenUp.some((given) => given.fn === fn),
        `${fn} is not given up`,
      );
    if (fixture.knownWrong === undefined) {
      assert.deepEqual(wrong, []);
    } else {
      assert.notDeepEqual(wrong, [], 'is right now: take check-known-wrong and check-today out');
      assert.deepEqual(disagreements(fixture.knownWrong.today, findings), [], 'is wrong in another way now');
    }
  });
}

test('the same file gives the same findings again', async () => {
  const path = 'waits/netdev_references.c';
  const [first, second] = [
    await checkOneFile(path, fixtureBytes(path), parser),
    await checkOneFile(path, fixtureBytes(path), parser),
  ];
  assert.ok(first.findings.length > 0);
  assert.deepEqual(second.findings, first.findings);
});
