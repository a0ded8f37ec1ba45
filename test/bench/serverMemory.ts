// serverMemory.ts
// Memory of the language server on Linux 6.1: with one driver open, with the symbols of the whole tree, and after the
// facts of the whole tree were read in the background. Starts with an empty cache; takes minutes.
//
// npm run memory

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kernelsFolder } from '../../scripts/kernels.mjs';
import { StdioClient } from '../server/stdioClient.ts';

const file = 'drivers/net/ethernet/mellanox/mlx4/intf.c';
const folder = join(kernelsFolder(), 'linux-source-6.1');
const started = performance.now();

const client = await StdioClient.start({ folder, settings: { index: { background: true } } });
try {
  const uri = await client.open(file, readFileSync(join(folder, file), 'utf8'));
  await client.lenses(uri);
  await report('the driver of the open file is read');
  await client.status(({ state }) => state.kind === 'indexing' || state.kind === 'ready', 120);
  await report('the symbols of the whole tree are read');
  await client.status(({ state }) => state.kind === 'ready', 900);
  await report('the facts of the whole tree are read');
} finally {
  await client.leave();
}

/** The server's own process; its threads are in it. */
async function report(what: string): Promise<void> {
  const status = readFileSync(`/proc/${client.process.pid}/status`, 'utf8');
  const now = megabytes(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]);
  const peak = megabytes(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`after ${seconds} s, ${what}: ${now}, at most ${peak} so far`);
}

function megabytes(kilobytes: string | undefined): string {
  return `${Math.round(Number(kilobytes) / 1024)} MB`;
}
