// sketcher.ts
// Sketches of many files: on the workers where that pays, on this thread for a few.

import type { Token } from '../base/cancel.ts';
import { batchesOf, forEachLimited } from './batches.ts';
import type { ListedFile } from './fileList.ts';
import type { FileReader } from './fileReader.ts';
import type { IndexHost } from './host.ts';
import type { SketchBlock } from './sketchBlock.ts';

/** Below, starting a thread costs more than reading: some 45 ms a thread against 0.3 ms a file. */
const fewFiles = 200;

/** Blocks come in any order. A file that cannot be read is in its block, with a reason. */
export async function sketchFiles(
  files: readonly ListedFile[],
  host: IndexHost,
  reader: FileReader,
  onBlock: (block: SketchBlock) => void,
  token: Token,
): Promise<void> {
  const { workers } = host;
  if (!workers || files.length < fewFiles) {
    await forEachLimited(
      batchesOf(files, 16, 1 << 20),
      1,
      async (batch) => {
        const result = await reader.run({ kind: 'sketch', paths: batch.map(({ path }) => path) });
        if (result.kind === 'sketch') onBlock(result.block);
        await host.breathe();
      },
      token,
    );
    return;
  }
  await forEachLimited(
    batchesOf(files, 512, 8 << 20),
    workers.size * 2,
    async (batch) => {
      const result = await workers.run(
        { kind: 'sketch', paths: batch.map(({ path }) => path) },
        'background',
      );
      if (result.kind === 'sketch') onBlock(result.block);
    },
    token,
  );
}
