// manyDrivers.test.ts
// A scope of many drivers, looked at by one thread and by several: the same bytes, cold and warm.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';

const scratch = mkdtempSync(join(tmpdir(), 'holdwait-many-'));
const tree = join(scratch, 'linux');
const drivers = 110;
after(() => rmSync(scratch, { recursive: true, force: true }));

/** Two locks in both orders, in two files that share a header; some drivers also wait for a work under a lock. */
function writeDriver(i: number): void {
  const folder = join(tree, 'drivers', 'acme', `a${i}`);
  const name = `a${i}`;
  const wait = i % 3 === 0 ? `\tcancel_work_sync(&${name}->work);\n` : '';
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'acme.h'),
    `#include <linux/acme_core.h>\nstruct ${name} { struct mutex a; struct mutex b; struct work_struct work; };\nint ${name}_slow(struct ${name} *${name});\n`,
  );
  writeFileSync(
    join(folder, 'main.c'),
    `#include "acme.h"\nstatic void ${name}_work(struct work_struct *work)\n{\n\tstruct ${name} *${name} = container_of(work, struct ${name}, work);\n\tmutex_lock(&${name}->a);\n\tmutex_unlock(&${name}->a);\n}\n` +
      `int ${name}_fast(struct ${name} *${name})\n{\n\tINIT_WORK(&${name}->work, ${name}_work);\n\tacme_core_enter();\n\tmutex_lock(&${name}->a);\n\tmutex_lock(&${name}->b);\n\tmutex_unlock(&${name}->b);\n\tmutex_unlock(&${name}->a);\n\treturn ${name}_slow(${name});\n}\n`,
  );
  writeFileSync(
    join(folder, 'slow.c'),
    `#include "acme.h"\nint ${name}_slow(struct ${name} *${name})\n{\n\tmutex_lock(&${name}->b);\n\tmutex_lock(&${name}->a);\n${wait}\tmutex_unlock(&${name}->a);\n\tmutex_unlock(&${name}->b);\n\treturn 0;\n}\n`,
  );
}

function makeTree(): void {
  mkdirSync(join(tree, 'include', 'linux'), { recursive: true });
  writeFileSync(join(tree, 'Makefile'), 'VERSION = 6\nPATCHLEVEL = 99\nSUBLEVEL = 0\n');
  for (const file of ['Kconfig', 'MAINTAINERS', 'Kbuild']) writeFileSync(join(tree, file), '');
  writeFileSync(
    join(tree, 'include', 'linux', 'acme_core.h'),
    'struct mutex { int x; };\nstruct work_struct { int x; };\nextern struct mutex acme_core;\nstatic inline void acme_core_enter(void)\n{\n\tmutex_lock(&acme_core);\n\tmutex_unlock(&acme_core);\n}\n',
  );
  for (let i = 0; i < drivers; i++) writeDriver(i);
}

function check(jobs: number): string {
  const env = { ...process.env, XDG_CACHE_HOME: join(scratch, 'cache'), XDG_CONFIG_HOME: scratch };
  const words = ['check', '--tree', tree, '--scope', 'drivers', '--format', 'json', '--jobs', String(jobs)];
  const run = spawnSync(process.execPath, [resolve('dist', 'cli.js'), ...words], {
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 28,
    timeout: 120_000,
  });
  assert.deepEqual([run.status, run.stderr], [1, '']);
  return run.stdout;
}

test('many drivers: the same bytes for 1, 2 and 3 threads', () => {
  makeTree();
  const cold = check(2);
  const { findings } = JSON.parse(cold) as { findings: readonly unknown[] };
  assert.ok(findings.length > drivers, `${findings.length} findings`);
  for (const jobs of [1, 2, 3]) {
    // What was found before is kept, and would be told again without a look.
    rmSync(join(scratch, 'cache', 'holdwait', 'index', 'derived-1'), { recursive: true, force: true });
    assert.equal(check(jobs), cold, `${jobs} threads`);
  }
});
