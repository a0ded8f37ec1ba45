// Threads that die and processes that are killed: what is lost is made again, what is bad is named.

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import test from 'node:test';
import { createInterface } from 'node:readline';
import { openNodeIndex } from '../../../src/hosts/node/openTree.ts';
import { NodeWorkerPool } from '../../../src/hosts/node/workerPool.ts';
import { bundledProgram, ringOfFiles, temporaryFolder, writeFiles } from './folders.ts';

const worker = 'src/hosts/node/worker.ts';
const indexFolder = 'test/unit/index/programs/indexFolder.ts';
const frailWorker = 'test/unit/index/programs/frailWorker.ts';

function lines(child: ChildProcess): AsyncIterable<string> {
  assert.ok(child.stdout);
  return createInterface({ input: child.stdout });
}

async function lastLine(child: ChildProcess): Promise<string> {
  let last = '';
  for await (const line of lines(child)) last = line;
  return last;
}

test(
  'a process killed in the middle leaves a cache that the next one goes on with',
  { timeout: 60_000 },
  async (t) => {
    const root = await temporaryFolder(t);
    const cacheDir = await temporaryFolder(t);
    await writeFiles(root, ringOfFiles(600));
    const program = await bundledProgram(t, indexFolder);
    const workerScript = await bundledProgram(t, worker);
    const child = spawn(process.execPath, [program, root, cacheDir, workerScript], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of lines(child)) if (line === 'half') child.kill('SIGKILL');
    const index = await openNodeIndex({ root, cacheDir, workerScript, jobs: 2 });
    t.after(() => index.close());
    assert.equal(index.files.length, 600);
    assert.deepEqual(
      index.definitionsOf('f_599').map(({ path }) => path),
      ['d9/f599.c'],
    );
    await index.indexFacts();
    assert.equal(index.counts.filesWithFacts, 600);
    const facts = await index.facts(index.files, { isCancellationRequested: false });
    assert.equal(facts.size, 600);
    for (const [path, { functions }] of facts)
      assert.equal(
        path,
        `d${Number(functions[0]!.name.slice(2)) % 10}/${functions[0]!.name.replace('_', '')}.c`,
      );
  },
);

test('two processes at once share a cache', { timeout: 60_000 }, async (t) => {
  const root = await temporaryFolder(t);
  const cacheDir = await temporaryFolder(t);
  await writeFiles(root, ringOfFiles(300));
  const program = await bundledProgram(t, indexFolder);
  const workerScript = await bundledProgram(t, worker);
  const run = (): Promise<string> =>
    lastLine(
      spawn(process.execPath, [program, root, cacheDir, workerScript], {
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
  const expected = JSON.stringify({ files: 300, withFacts: 300 });
  assert.deepEqual(await Promise.all([run(), run()]), [expected, expected]);
  const index = await openNodeIndex({ root, cacheDir, workerScript, jobs: 0 });
  await index.indexFacts();
  assert.equal(index.counts.filesWithFacts, 300);
  await index.close();
});

test(
  'a file that kills or stops its thread is named, and all others are read',
  { timeout: 60_000 },
  async (t) => {
    const root = await temporaryFolder(t);
    await writeFiles(root, {
      ...ringOfFiles(250),
      'a/deadly.c': 'int a;',
      'z/endless.c': 'int z;',
      'z/fine.c': 'int fine;',
    });
    const script = await bundledProgram(t, frailWorker);
    const logged: string[] = [];
    const pool = new NodeWorkerPool({
      script,
      root,
      parser: 'wasm',
      size: 2,
      log: (line) => void logged.push(line),
      patienceMs: 3000,
    });
    t.after(() => pool.dispose());
    const paths = ['d1/f1.c', 'a/deadly.c', 'd2/f2.c', 'z/endless.c', 'z/fine.c'];
    const result = await pool.run({ kind: 'sketch', paths }, 'background');
    assert.equal(result.kind, 'sketch');
    const reasons = new Map(
      result.kind === 'sketch' ? result.block.files.map(({ path, skipped }) => [path, skipped]) : [],
    );
    assert.deepEqual([...reasons.keys()].sort(), [...paths].sort());
    assert.match(reasons.get('a/deadly.c') ?? '', /ended on it: exit status 7/);
    assert.match(reasons.get('z/endless.c') ?? '', /no end after/);
    assert.equal(reasons.get('z/fine.c'), undefined);
    assert.equal(logged.length, 2);
  },
);

test('threads that die on everything do not go on for ever', { timeout: 60_000 }, async (t) => {
  const root = await temporaryFolder(t);
  const script = await bundledProgram(t, frailWorker);
  const pool = new NodeWorkerPool({ script, root, parser: 'wasm', size: 2, log: () => {} });
  t.after(() => pool.dispose());
  const paths = Array.from({ length: 60 }, (_, i) => `${i}deadly.c`);
  const result = await pool.run({ kind: 'sketch', paths }, 'background');
  assert.equal(
    result.kind === 'sketch' && result.block.files.filter(({ skipped }) => skipped !== undefined).length,
    60,
  );
});

test(
  'a failure of the parser in a thread is an error, not a hang; closing ends what waits',
  { timeout: 60_000 },
  async (t) => {
    const root = await temporaryFolder(t);
    await writeFiles(root, { 'a.c': 'int a;' });
    const script = await bundledProgram(t, frailWorker);
    const pool = new NodeWorkerPool({ script, root, parser: 'wasm', size: 1, log: () => {} });
    await assert.rejects(pool.run({ kind: 'facts', paths: ['a.c'] }, 'urgent'), /no parser here/);
    const waiting = pool.run({ kind: 'sketch', paths: [join('z', 'endless.c')] }, 'background');
    pool.dispose();
    await assert.rejects(waiting, /closed/);
  },
);
