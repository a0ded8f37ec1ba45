// keystroke.ts
// How long one keystroke takes to reach the lens: a letter is typed in tg3.c of Linux 6.12 (18,000 lines) and the lenses
// of the file are asked for at once, over the standard streams, at 30 places; then while the thread for findings is at work;
// and what is held at the cursor, with each move of it. Prints medians and the slowest.
// Bundle and run:
//   npx esbuild test/bench/keystroke.ts --bundle --platform=node --format=esm --packages=external --outfile=build/keystroke.mjs
//   node build/keystroke.mjs [path in the tree]

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { kernelsFolder } from '../../scripts/kernels.mjs';
import { StdioClient } from '../server/stdioClient.ts';

const file = process.argv[2] ?? 'drivers/net/ethernet/broadcom/tg3.c';
const places = 30;
// After this the server looks for findings, which takes it seconds.
const restMs = 1500;
const folder = join(kernelsFolder(), 'linux-source-6.12');
const text = readFileSync(join(folder, file), 'utf8');

const started = performance.now();
const client = await StdioClient.start({
  folder,
  settings: { index: { background: false } },
});
try {
  const uri = await client.open(file, text);
  const first = await client.lenses(uri);
  console.log(`${file}: ${text.split('\n').length} lines, ${first.length} lenses`);
  console.log(`first lens after the start of the server: ${since(started)} ms`);
  await client.status(({ state }) => state.kind === 'ready', 120);
  console.log(`the whole tree is open after ${since(started)} ms`);
  await client.lenses(uri);
  const again = performance.now();
  await client.lenses(uri);
  console.log(`the same once more: ${since(again)} ms`);
  const before = processorMs();
  report('a letter typed in a statement', await measure(uri, 'x'));
  report('a line added in a function', await measure(uri, '\n\tmutex_lock(&tp->lock);'));
  // On a busy machine the figure to trust; there are four edits to each place, all threads count.
  console.log(`processor time for one edit: ${((processorMs() - before) / (4 * places)).toFixed(1)} ms`);
  report('a letter typed while findings are looked for', await measure(uri, 'x', restMs));
  const moves = statements(text).filter((_, i) => i % 40 === 0);
  report('what is held at the cursor, everywhere for the first time', await measureMoves(uri, moves));
  report('what is held at the cursor, once more', await measureMoves(uri, moves));
  const memory = await client.connection.sendRequest<{ residentBytes: number }>('holdwait/memory');
  console.log(`memory of the server: ${Math.round(memory.residentBytes / 1024 / 1024)} MB`);
} finally {
  await client.leave();
}

/** Types and takes back again, at lines with a statement, spread over the file. */
async function measure(uri: string, typed: string, pauseMs = 0): Promise<number[]> {
  const lines = text.split('\n');
  const all = statements(text);
  const times: number[] = [];
  const added = typed.split('\n').length - 1;
  for (let i = 0; i < places; i++) {
    const line = all[Math.floor(((i + 0.5) / places) * all.length)] ?? 0;
    if (pauseMs > 0) await delay(pauseMs);
    const end = lines[line]?.length ?? 0;
    const version = performance.now();
    const before = performance.now();
    await client.edit(uri, version, line, end, end, typed);
    await client.lenses(uri);
    times.push(performance.now() - before);
    const range = {
      start: { line, character: end },
      end: {
        line: line + added,
        character: added === 0 ? end + typed.length : typed.length - typed.lastIndexOf('\n') - 1,
      },
    };
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: version + 0.5 },
      contentChanges: [{ range, text: '' }],
    });
    await client.lenses(uri);
  }
  return times;
}

async function measureMoves(uri: string, lines: readonly number[]): Promise<number[]> {
  const times: number[] = [];
  for (const line of lines) {
    const before = performance.now();
    await client.heldAt(uri, line, 2);
    times.push(performance.now() - before);
  }
  return times;
}

function statements(source: string): readonly number[] {
  return source.split('\n').flatMap((line, i) => (/^\t+\w.*;$/.test(line) ? [i] : []));
}

/** Of the server, all threads; Linux counts in steps of 10 ms. */
function processorMs(): number {
  const fields = readFileSync(`/proc/${client.process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function report(what: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
  console.log(`${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(1)} ms`);
}

function since(start: number): string {
  return (performance.now() - start).toFixed(0);
}
