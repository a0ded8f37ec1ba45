// threadAnalyst.test.ts
// The thread that looks for findings, with a script that dies in place of ours: the question fails with the reason, and
// the next one starts a thread anew.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { neverCancelled } from '../../../src/base/cancel.ts';
import type { Analyst } from '../../../src/server/environment.ts';
import { threadAnalyst } from '../../../src/server/threadAnalyst.ts';

// Answers about `good.c`, and dies of everything else.
const script = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ kind, number, path }) => {
  if (kind === 'end') parentPort.close();
  else if (path === 'good.c')
    parentPort.postMessage({ kind: 'answer', number, answer: { kind: 'findings', findings: { files: [path], findings: [] } } });
  else if (path === 'exit.c') process.exit(3);
  else throw new Error('a bug in the analysis');
});
`;

let folder: string;
let analyst: Analyst;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'hwa-'));
  const file = join(folder, 'thread.mjs');
  writeFileSync(file, script);
  analyst = threadAnalyst({
    script: pathToFileURL(file),
    root: folder,
    architecture: 'x86',
    largestCache: 0,
    log: () => undefined,
    ready: Promise.resolve(),
  });
});
after(() => {
  analyst.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

const ask = async (path: string): Promise<readonly string[]> =>
  (await analyst.findings(path, new Map(), neverCancelled)).files;

test('a thread that throws fails its question with the reason, and the next question is answered', async () => {
  assert.deepEqual(await ask('good.c'), ['good.c']);
  await assert.rejects(
    ask('bug.c'),
    /the thread that looks for findings ended: Error: a bug in the analysis/,
  );
  assert.deepEqual(await ask('good.c'), ['good.c']);
});

test('a thread that ends without a word fails its question too, and questions behind it are answered', async () => {
  const answers = await Promise.allSettled([ask('exit.c'), ask('good.c')]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['rejected', 'fulfilled'],
  );
});
