// chains.test.ts
// Chains of functions of two real kernels, where it is known from reading them what the answer is. The places are
// not checked: distributions move lines between updates of the same version.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const kernels = process.env['HOLDWAIT_KERNELS'];

interface JsonRow {
  readonly kind: string;
  readonly effect?: string;
  readonly object?: { readonly kind: string; readonly name: string };
  readonly function?: string;
  readonly rows?: readonly JsonRow[];
}

/** Each row as one line: `acquire intf_mutex`, `mlx4_remove_device: acquire mlx4_priv.ctx_lock`. */
function rowsOf(version: '6.1' | '6.12', name: string, file: string): readonly string[] {
  const tree = join(kernels ?? '', `linux-source-${version}`);
  const words = [resolve('dist', 'cli.js'), 'chains', name, '--tree', tree, '--format', 'json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    encoding: 'utf8',
    timeout: 300_000,
  });
  assert.equal(status, 0, stderr);
  const answer = JSON.parse(stdout) as { functions: { file: string; rows: JsonRow[] }[] };
  const found = answer.functions.find((fn) => fn.file === file);
  assert.ok(found, `${name} in ${file}`);
  return found.rows.flatMap((row) => lines(row));
}

function lines(row: JsonRow): string[] {
  if (row.kind === 'operation') return [`${row.effect} ${row.object?.name}`];
  return (row.rows ?? []).flatMap((inner) => lines(inner).map((line) => `${row.function}: ${line}`));
}

const mlx4 = 'drivers/net/ethernet/mellanox/mlx4';

const expectations: readonly {
  readonly version: '6.1' | '6.12';
  readonly name: string;
  readonly file: string;
  readonly rows: readonly string[];
}[] = [
  {
    version: '6.1',
    name: 'mlx4_unregister_device',
    file: `${mlx4}/intf.c`,
    rows: [
      'mlx4_stop_catas_poll: wait mlx4_priv.catas_err.timer',
      'mlx4_stop_catas_poll: wait mlx4_dev_persistent.catas_wq',
      'acquire intf_mutex',
      'mlx4_remove_device: acquire mlx4_priv.ctx_lock',
      'release intf_mutex',
    ],
  },
  {
    version: '6.1',
    name: 'mlx4_en_queue_bond_work',
    file: `${mlx4}/en_netdev.c`,
    rows: ['init mlx4_en_bond.work', 'get net_device references', 'queue mlx4_en_bond.work'],
  },
  {
    version: '6.1',
    name: 'mlx4_en_destroy_netdev',
    file: `${mlx4}/en_netdev.c`,
    rows: ['wait net_device references', 'wait mlx4_en_dev.workqueue', 'acquire mlx4_en_dev.state_lock'],
  },
  {
    version: '6.12',
    name: 'mlx4_do_bond',
    file: `${mlx4}/intf.c`,
    rows: [
      'acquire intf_mutex',
      'acquire device.mutex',
      'del_adev: wait auxiliary_device',
      'release intf_mutex',
    ],
  },
  {
    version: '6.12',
    name: 'mlx4_bond_work',
    file: `${mlx4}/main.c`,
    rows: ['mlx4_bond: acquire mlx4_priv.bond_mutex', 'put device references'],
  },
  {
    version: '6.12',
    name: 'ieee80211_do_stop',
    file: 'net/mac80211/iface.c',
    rows: [
      'assert wiphy.mtx',
      'ieee80211_mgd_stop: wait ieee80211_if_managed.timer',
      'acquire ieee80211_local.filter_lock',
    ],
  },
  {
    version: '6.12',
    name: 'netdev_run_todo',
    file: 'net/core/dev.c',
    rows: ['release rtnl_mutex', 'wait rcu', 'netdev_wait_allrefs_any: acquire rtnl_mutex'],
  },
];

for (const { version, name, file, rows } of expectations) {
  test(`${name} of ${version}`, { skip: !kernels }, () => {
    const actual = rowsOf(version, name, file);
    const inOrder = rows.filter(
      (row, i) => actual.indexOf(row) > (i === 0 ? -1 : actual.indexOf(rows[i - 1] ?? '')),
    );
    assert.deepEqual(inOrder, rows, `in order, among others, in:\n${actual.join('\n')}`);
  });
}
