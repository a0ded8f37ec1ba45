// situations.test.ts
// The case that Holdwait was made for, on the two real kernels: bond work of mlx4 that keeps a reference while it
// wants the mutex under which that reference is waited for. Five states of the driver, two of them broken by patches.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { neverCancelled } from '../../src/base/cancel.ts';
import { lineOf } from '../../src/base/position.ts';
import type { CheckReport, ReportedFinding } from '../../src/engine/checkReport.ts';
import { checkTree } from '../../src/engine/check.ts';
import { openNodeIndex } from '../../src/hosts/node/openTree.ts';
import type { IndexedTree } from '../../src/index/indexedTree.ts';

const kernels = process.env['HOLDWAIT_KERNELS'];
const skip = kernels === undefined ? 'HOLDWAIT_KERNELS is not set' : false;
const scope = ['drivers/net/ethernet/mellanox/mlx4'];
const scratch = await mkdtemp(join(tmpdir(), 'holdwait-situations-'));
after(() => rm(scratch, { recursive: true, force: true, maxRetries: 10 }));

type Version = '6.1' | '6.12';
const trees = new Map<Version, Promise<IndexedTree>>();
const rootOf = (version: Version): string => join(kernels ?? '', `linux-source-${version}`);

function tree(version: Version): Promise<IndexedTree> {
  const known = trees.get(version);
  if (known) return known;
  const opened = openNodeIndex({ root: rootOf(version), cacheDir: join(scratch, version) });
  trees.set(version, opened);
  return opened;
}

/** What the driver would be with a patch applied: the files that the patch names, in a folder of their own. */
async function patched(version: Version, patch: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const file = resolve('test', 'tree', 'patches', patch);
  const names = [...(await readFile(file, 'utf8')).matchAll(/^\+\+\+ b\/(\S+)/gm)].map(
    (match) => match[1] ?? '',
  );
  const folder = join(scratch, patch);
  for (const name of names) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await copyFile(join(rootOf(version), name), join(folder, name));
  }
  const applied = spawnSync('git', ['apply', file], { cwd: folder, encoding: 'utf8' });
  assert.equal(applied.status, 0, applied.stdout + applied.stderr);
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, new Uint8Array(await readFile(join(folder, name)))] as const),
    ),
  );
}

async function check(version: Version, patch?: string): Promise<CheckReport> {
  const index = await tree(version);
  const view = patch === undefined ? index : await index.overlay(await patched(version, patch));
  return checkTree(view, { scope, kernel: version }, neverCancelled);
}

const namesOf = ({ edges }: ReportedFinding): readonly string[] =>
  edges.map((edge) => edge.holds.name).sort();

/** Cycles between the mutex and something that only the bond work keeps. */
function seedCycles({ findings }: CheckReport, handler: string): readonly ReportedFinding[] {
  return findings.filter(
    (finding) =>
      namesOf(finding).includes('intf_mutex') && finding.edges.some((edge) => edge.root.fn === handler),
  );
}

/** `intf.c mlx4_do_bond acquire mutex_lock`, and that the line of each hop says so. */
function hops(report: CheckReport, finding: ReportedFinding): readonly string[] {
  return finding.edges.flatMap((edge) =>
    edge.steps.map(({ path, at, fn, action, target }) => {
      const text = report.lines(path, lineOf(at));
      // What a core function does in a way that is told in other words stands at its head.
      const isThere = text.includes(target) || text.includes(`${fn}(`);
      if (action !== 'indirect-call') assert.ok(isThere, `${path}:${lineOf(at)} ${text}`);
      return `${path.slice(path.lastIndexOf('/') + 1)} ${fn} ${action} ${target}`;
    }),
  );
}

function inOrder(found: readonly string[], expected: readonly string[]): void {
  let from = 0;
  for (const hop of expected) {
    const at = found.indexOf(hop, from);
    assert.ok(at >= 0, `${hop} after step ${from} of:\n${found.join('\n')}`);
    from = at + 1;
  }
}

for (const [version, handler] of [
  ['6.1', 'mlx4_en_bond_work'],
  ['6.12', 'mlx4_bond_work'],
] as const) {
  test(
    `no cycle through the mutex and the bond work in ${version} as it is`,
    { skip, timeout: 300_000 },
    async () => {
      const report = await check(version);
      assert.ok(report.findings.length > 0);
      assert.deepEqual(seedCycles(report, handler).map(namesOf), []);
    },
  );
}

test('6.1 with the mutex in mlx4_do_bond', { skip, timeout: 300_000 }, async () => {
  const report = await check('6.1', 'take-intf-mutex.patch');
  const cycles = seedCycles(report, 'mlx4_en_bond_work');
  assert.deepEqual(cycles.map((cycle) => namesOf(cycle).join(', ')).sort(), [
    'intf_mutex, mlx4_en_dev.workqueue',
    'intf_mutex, net_device references',
  ]);
  const told = cycles.find((finding) => namesOf(finding).includes('net_device references'));
  assert.ok(told);
  assert.equal(told.rule, 'wait-cycle');
  inOrder(hops(report, told), [
    'en_main.c mlx4_en_remove call mlx4_en_destroy_netdev',
    'en_netdev.c mlx4_en_destroy_netdev call unregister_netdev',
    'en_netdev.c mlx4_en_netdev_event call mlx4_en_queue_bond_work',
    'en_netdev.c mlx4_en_queue_bond_work get dev_hold',
    'en_netdev.c mlx4_en_queue_bond_work queue queue_work',
    'intf.c mlx4_do_bond acquire guard(mutex)',
  ]);
});

test('6.12 with a work of mlx4_en that holds the device', { skip, timeout: 300_000 }, async () => {
  const report = await check('6.12', 'rebond-in-en.patch');
  const cycles = seedCycles(report, 'mlx4_en_rebond_work');
  const told = cycles.find((finding) => namesOf(finding).includes('net_device references'));
  assert.ok(told, cycles.map((cycle) => cycle.title).join('\n'));
  inOrder(hops(report, told), [
    'intf.c del_adev call auxiliary_device_delete',
    'en_main.c mlx4_en_remove call mlx4_en_destroy_netdev',
    'en_netdev.c mlx4_en_destroy_netdev call unregister_netdev',
    'en_netdev.c mlx4_en_queue_rebond get dev_hold',
    'en_netdev.c mlx4_en_queue_rebond queue queue_work',
    'intf.c mlx4_do_bond acquire mutex_lock',
  ]);
});

test('the fix takes the cycle of 6.12 away again', { skip, timeout: 300_000 }, async () => {
  const broken = await check('6.12', 'rebond-in-en.patch');
  const fixed = await check('6.12');
  const left = new Set(fixed.findings.map((finding) => finding.id));
  const gone = seedCycles(broken, 'mlx4_en_rebond_work').filter((finding) => !left.has(finding.id));
  assert.ok(gone.some((finding) => namesOf(finding).includes('net_device references')));
});
