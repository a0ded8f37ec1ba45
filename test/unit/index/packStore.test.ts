// Packs: what comes back after kills, flipped bytes, cut files, two writers, and a bound on the size.

import assert from 'node:assert/strict';
import test from 'node:test';
import { sha1 } from '../../../src/hosts/node/sha1.ts';
import type { CacheFiles } from '../../../src/index/host.ts';
import { MemoryCacheFiles } from '../../../src/index/memoryHost.ts';
import { scanPack } from '../../../src/index/packFormat.ts';
import { PackStore } from '../../../src/index/packStore.ts';
import { seeded } from './support.ts';

let names = 0;

function open(
  files: CacheFiles,
  options: { largestTotal?: number; nowMs?: number; troubles?: unknown[] } = {},
): Promise<PackStore> {
  return PackStore.open({
    files,
    folder: 'facts-1',
    uniqueName: () => `writer-${names++}`,
    now: () => options.nowMs ?? Date.now(),
    largestTotal: options.largestTotal ?? 1 << 30,
    onUnwritable: (error) => void options.troubles?.push(error),
  });
}

const payloadOf = (i: number, size = 100): Uint8Array =>
  new Uint8Array(size + (i % 7)).map((_, at) => i * 31 + at);
const keyOf = (i: number): string => sha1([new TextEncoder().encode(String(i))]);

async function filled(files: CacheFiles, from: number, to: number, size?: number): Promise<PackStore> {
  const store = await open(files);
  for (let i = from; i < to; i++) store.add(keyOf(i), payloadOf(i, size));
  return store;
}

async function packFile(files: CacheFiles): Promise<{ readonly path: string; readonly bytes: Uint8Array }> {
  const entry = (await files.list('facts-1')).find(({ name }) => name.endsWith('.pack'));
  const path = `facts-1/${entry?.name}`;
  return { path, bytes: (await files.read(path))! };
}

test('what was added comes back, before and after writing and in the next process', async () => {
  const files = new MemoryCacheFiles();
  const store = await filled(files, 0, 50);
  assert.deepEqual(await store.get(keyOf(3)), payloadOf(3));
  await store.flush();
  assert.deepEqual(await store.get(keyOf(4)), payloadOf(4));
  await store.close();
  const next = await open(files);
  for (let i = 0; i < 50; i++) assert.deepEqual(await next.get(keyOf(i)), payloadOf(i));
  assert.equal(await next.get(keyOf(50)), undefined);
  assert.equal(next.has(keyOf(50)), false);
});

test('a killed writer leaves a pack without index, which is read up to its cut', async () => {
  const random = seeded(1);
  for (let round = 0; round < 60; round++) {
    const files = new MemoryCacheFiles();
    const store = await filled(files, 0, 20);
    await store.flush();
    const { path, bytes } = await packFile(files);
    const cut = random(bytes.length + 1);
    await files.replace(path, [bytes.slice(0, cut)]);
    const next = await open(files);
    const whole = scanPack(bytes.subarray(0, cut)).length;
    for (let i = 0; i < 20; i++) {
      assert.deepEqual(
        await next.get(keyOf(i)),
        i < whole ? payloadOf(i) : undefined,
        `cut at ${cut}, record ${i}`,
      );
    }
  }
});

test('a cut pack with an index, and flipped bytes anywhere, never give a wrong payload', async () => {
  const random = seeded(2);
  let lost = 0;
  for (let round = 0; round < 150; round++) {
    const files = new MemoryCacheFiles();
    await (await filled(files, 0, 20)).close();
    for (const { name } of await files.list('facts-1')) {
      const bytes = (await files.read(`facts-1/${name}`))!.slice();
      const damaged = round % 3 === 0 ? bytes.slice(0, random(bytes.length)) : bytes;
      if (round % 3 !== 0) damaged[random(damaged.length)]! ^= 1 << random(8);
      if (random(2) === 0) await files.replace(`facts-1/${name}`, [damaged]);
    }
    const next = await open(files);
    for (let i = 0; i < 20; i++) {
      const payload = await next.get(keyOf(i));
      if (payload) assert.deepEqual(payload, payloadOf(i));
      else {
        lost++;
        next.add(keyOf(i), payloadOf(i));
      }
    }
    await next.close();
    const healed = await open(files);
    for (let i = 0; i < 20; i++) assert.deepEqual(await healed.get(keyOf(i)), payloadOf(i), 'made again');
  }
  assert.ok(lost > 100, 'the test has damaged something');
});

test('two writers at once do not disturb each other', async () => {
  const files = new MemoryCacheFiles();
  const [one, two] = [await filled(files, 0, 30), await filled(files, 20, 60)];
  await Promise.all([one.flush(), two.flush()]);
  await Promise.all([one.close(), two.close()]);
  const next = await open(files);
  for (let i = 0; i < 60; i++) assert.deepEqual(await next.get(keyOf(i)), payloadOf(i));
});

test('many small packs become one, and nothing is lost', async () => {
  const files = new MemoryCacheFiles();
  for (let i = 0; i < 20; i++) await (await filled(files, i * 5, i * 5 + 5)).close();
  const packs = (await files.list('facts-1')).filter(({ name }) => name.endsWith('.pack'));
  assert.ok(packs.length <= 13, `${packs.length} packs`);
  const next = await open(files);
  for (let i = 0; i < 100; i++) assert.deepEqual(await next.get(keyOf(i)), payloadOf(i));
});

test('the oldest packs go when the bound is reached', async () => {
  const files = new MemoryCacheFiles();
  for (let i = 0; i < 8; i++) {
    const store = await open(files, { largestTotal: 50_000 });
    for (let k = 0; k < 10; k++) store.add(keyOf(i * 10 + k), payloadOf(i * 10 + k, 1000));
    await store.close();
    // Time stamps in memory are in milliseconds.
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  const total = (await files.list('facts-1')).reduce((sum, { size }) => sum + size, 0);
  assert.ok(total <= 50_000, `${total} bytes`);
  const next = await open(files);
  assert.equal(await next.get(keyOf(0)), undefined);
  assert.deepEqual(await next.get(keyOf(79)), payloadOf(79, 1000));
});

test('a full disk is said once, and reading goes on', async () => {
  const files = new MemoryCacheFiles();
  await (await filled(files, 0, 5)).close();
  files.append = () => Promise.reject(new Error('ENOSPC: no space left on device'));
  const troubles: unknown[] = [];
  const store = await open(files, { troubles });
  for (let i = 5; i < 10; i++) store.add(keyOf(i), payloadOf(i));
  await store.flush();
  for (let i = 10; i < 15; i++) store.add(keyOf(i), payloadOf(i));
  await store.flush();
  await store.close();
  assert.equal(troubles.length, 1);
  assert.deepEqual(await store.get(keyOf(2)), payloadOf(2));
  assert.equal(await store.get(keyOf(7)), undefined);
});

test('an abandoned pack gets its index, one that may still be written to does not', async () => {
  const files = new MemoryCacheFiles();
  await (await filled(files, 0, 5)).flush();
  const indices = async (): Promise<number> =>
    (await files.list('facts-1')).filter(({ name }) => name.endsWith('.index')).length;
  await open(files);
  assert.equal(await indices(), 0);
  await open(files, { nowMs: Date.now() + 3_600_000 });
  assert.equal(await indices(), 1);
});
