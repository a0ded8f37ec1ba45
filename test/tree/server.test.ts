// server.test.ts
// The language server on a real tree, from an empty cache: the file that is open is answered long before the tree is.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lineWith } from '../server/smallTree.ts';
import { StdioClient } from '../server/stdioClient.ts';

const kernels = process.env['HOLDWAIT_KERNELS'] ?? '';
const folder = join(kernels, 'linux-source-6.1');
const file = 'drivers/net/ethernet/mellanox/mlx4/intf.c';

test('lenses and chains of mlx4 in Linux 6.1', { skip: kernels === '' }, async () => {
  const text = readFileSync(join(folder, file), 'utf8');
  const client = await StdioClient.start({ folder, settings: { index: { background: false } } });
  try {
    const uri = await client.open(file, text);
    const line = lineWith(text, 'void mlx4_unregister_device');
    const titleThere = async (): Promise<string> => {
      const lenses = await client.lenses(uri);
      return lenses.find(({ range }) => range.start.line === line)?.command?.title ?? '';
    };
    assert.match(await titleThere(), /^takes intf_mutex/);
    assert.equal(
      client.statuses.at(-1)?.trees[0]?.state.kind,
      'starting',
      'answered before the tree is open',
    );

    const answer = await client.chains(uri, line);
    assert.ok(answer.kind === 'chains');
    const taken = answer.chains.rows.find((row) => row.kind === 'operation' && row.object === 'intf_mutex');
    const lines = text.split('\n');
    assert.equal(
      taken?.line,
      lines.findIndex((other, i) => i > line && other.includes('mutex_lock(&intf_mutex)')),
    );

    const place = { line: taken.line, start: 1, end: 1 };
    await client.edit(uri, 2, place.line, place.start, place.end, '// ');
    assert.doesNotMatch(await titleThere(), /^takes intf_mutex/);

    const whole = await client.status(({ state }) => state.kind === 'ready', 240);
    assert.ok(whole.state.kind === 'ready' && whole.state.files > 30_000);
    await client.edit(uri, 3, place.line, 1, 4, '');
    assert.match(await titleThere(), /^takes intf_mutex/);

    const locks = await client.locks(uri);
    assert.ok(locks.kind === 'locks' && locks.files.includes(file));
    assert.ok(locks.locks.length > 30, `${locks.locks.length} lock classes`);
    const takers = (name: string): readonly string[] =>
      (locks.locks.find((lock) => lock.name === name)?.takings ?? []).map(
        ({ step }) => locks.steps[step]?.functionName ?? '',
      );
    assert.ok(takers('intf_mutex').includes('mlx4_unregister_device'));
    const orders = locks.orders.map(
      ({ held, wanted }) => `${locks.locks[wanted]?.name} under ${locks.locks[held]?.name}`,
    );
    assert.ok(orders.includes('mlx4_en_dev.state_lock under rtnl_mutex'), orders.join('\n'));
    assert.ok(orders.includes('mlx4_bitmap.lock under intf_mutex'), orders.join('\n'));
    assert.equal(await client.leave(), 0);
  } finally {
    await client.dispose();
  }
});
