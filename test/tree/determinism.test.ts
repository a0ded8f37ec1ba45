// determinism.test.ts
// The same bytes whatever the number of threads, whether the cache is cold or warm, and as often as one asks.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inProject } from '../../scripts/project.mjs';

const kernels = process.env['HOLDWAIT_KERNELS'];
const skip = kernels === undefined ? 'no kernel trees here' : false;

const scope = 'drivers/net/ethernet/realtek';

test('check prints the same bytes for 1 and 2 threads, cold and warm', { skip, timeout: 300_000 }, (t) => {
  const cache = mkdtempSync(join(tmpdir(), 'holdwait-same-'));
  t.after(() => rmSync(cache, { recursive: true, force: true, maxRetries: 10 }));
  const check = (jobs: number): string => {
    const tree = join(kernels ?? '', 'linux-source-6.12');
    const words = ['check', '--tree', tree, '--scope', scope, '--format', 'json', '--cache-dir', cache];
    const run = spawnSync(process.execPath, [inProject('dist/cli.js'), ...words, '--jobs', String(jobs)], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    assert.ok(run.status === 0 || run.status === 1, run.stderr);
    return run.stdout;
  };
  const cold = check(2);
  const { files, functions } = (JSON.parse(cold) as { tree: { files: number; functions: number } }).tree;
  assert.ok(files > 4 && functions > 500, `${files} files, ${functions} functions`);
  assert.equal(check(2), cold, 'warm, 2 threads');
  assert.equal(check(1), cold, 'warm, 1 thread');
  rmSync(cache, { recursive: true, force: true, maxRetries: 10 });
  assert.equal(check(1), cold, 'cold, 1 thread');
});
