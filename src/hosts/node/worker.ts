// worker.ts
// A reader thread: takes jobs, answers with blocks. Which file it is at stands in shared memory, so that the pool
// knows it even if the thread dies on it.

import { parentPort, workerData } from 'node:worker_threads';
import { FactsReader } from '../../facts/factsReader.ts';
import { FileReader } from '../../index/fileReader.ts';
import type { JobResult } from '../../index/host.ts';
import { standBack } from './modesty.ts';
import { createParser } from './parser.ts';
import { sha1 } from './sha1.ts';
import { FileBuffer } from './treeFiles.ts';
import type { ToWorker, FromWorker, WorkerSetup } from './workerProtocol.ts';

function serve(port: NonNullable<typeof parentPort>, setup: WorkerSetup): void {
  if (setup.isModest) standBack('reads-ahead');
  const buffer = new FileBuffer(setup.root);
  const reader = new FileReader({
    read: (path) => buffer.read(path),
    sha1,
    openFacts: async () => new FactsReader(await createParser(setup.parser)),
    atFile: (index) => void Atomics.store(setup.progress, 0, index),
  });
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'end') return port.close();
    reader.run(message.job).then(
      (result) => port.postMessage({ kind: 'result', result } satisfies FromWorker, buffersOf(result)),
      (error: unknown) => port.postMessage({ kind: 'failure', message: String(error) } satisfies FromWorker),
    );
  });
}

/** Moved to the other thread, not copied. */
function buffersOf(result: JobResult): ArrayBuffer[] {
  const arrays: readonly unknown[] =
    result.kind === 'sketch' ? Object.values(result.block) : result.block.files.map(({ payload }) => payload);
  return arrays.filter((part) => ArrayBuffer.isView(part)).map(({ buffer }) => buffer as ArrayBuffer);
}

if (parentPort) serve(parentPort, workerData as WorkerSetup);
