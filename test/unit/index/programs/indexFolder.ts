// indexFolder.ts
// A process that indexes a folder, for tests that kill it or run two at once: prints a line when it is half done,
// and one with what it found at the end.

import { openNodeIndex } from '../../../../src/hosts/node/openTree.ts';

const [root, cacheDir, workerScript] = process.argv.slice(2) as [string, string, string];
const index = await openNodeIndex({ root, cacheDir, workerScript, jobs: 2 });
let isHalfTold = false;
await index.indexFacts({
  onProgress: ({ done, total }) => {
    if (done * 2 < total || isHalfTold) return;
    isHalfTold = true;
    console.log('half');
  },
});
await index.close();
console.log(JSON.stringify({ files: index.files.length, withFacts: index.counts.filesWithFacts }));
