// frailWorker.ts
// A reader thread that dies on files called deadly.c and never ends on files called endless.c.

import { parentPort, workerData } from 'node:worker_threads';
import { sha1 } from '../../../../src/hosts/node/sha1.ts';
import { FileBuffer } from '../../../../src/hosts/node/treeFiles.ts';
import type { ToWorker, WorkerSetup } from '../../../../src/hosts/node/workerProtocol.ts';
import { FileReader } from '../../../../src/index/fileReader.ts';

const setup = workerData as WorkerSetup;
const buffer = new FileBuffer(setup.root);
const reader = new FileReader({
  read: (path) => {
    if (path.endsWith('deadly.c')) process.exit(7);
    while (path.endsWith('endless.c'));
    return buffer.read(path);
  },
  sha1,
  openFacts: () => Promise.reject(new Error('no parser here')),
  atFile: (index) => void Atomics.store(setup.progress, 0, index),
});
parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'end') return;
  reader.run(message.job).then(
    (result) => parentPort?.postMessage({ kind: 'result', result }),
    (error: unknown) => parentPort?.postMessage({ kind: 'failure', message: String(error) }),
  );
});
