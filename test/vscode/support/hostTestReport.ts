// hostTestReport.ts
// Turns the results from an extension host into tests of node's own runner, so that each one counts.

import { strict as assert } from 'node:assert';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { inProject } from '../../../scripts/project.mjs';
import type { HostTest } from '../host/results.ts';
import { runHostTests } from './hostTests.ts';
import type { HostTestOptions } from './hostTests.ts';

export async function reportHostTests(
  t: TestContext,
  options: Omit<HostTestOptions, 'folder'>,
): Promise<void> {
  // On a copy: a test may edit and save.
  const folder = mkdtempSync(join(tmpdir(), 'hwt-'));
  try {
    cpSync(inProject('test/vscode/tree'), folder, { recursive: true });
    const { tests, outside } = await runHostTests({ ...options, folder });
    for (const result of tests) await t.test(result.title, (subtest) => replay(subtest, result));
    await t.test('nothing left the machine', () => assert.deepEqual(outside, []));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function replay(subtest: TestContext, { state, reason }: HostTest): void {
  switch (state) {
    case 'passed':
      return;
    case 'skipped':
      subtest.skip();
      return;
    case 'failed':
      assert.fail(reason);
  }
}
