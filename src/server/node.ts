// node.ts
// The language server as a program: over the standard streams (--stdio) or the channel of a parent process
// (--node-ipc), with files from disk and threads to read them.

import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createConnection } from 'vscode-languageserver/node';
import { openNodeIndex } from '../hosts/node/openTree.ts';
import type { ServerEnvironment } from './environment.ts';
import { describeError } from './failures.ts';
import { IndexedOpenTree } from './indexedOpenTree.ts';
import { findKernelRoot } from './kernelRoot.ts';
import { startServer } from './server.ts';

const connection = createConnection();

// A bug in the background must not end the answers; an exception that nobody awaited leaves the state unknown.
process.on('unhandledRejection', (error) => connection.console.error(describeError('internal error', error)));
process.on('uncaughtException', (error) => {
  console.error(error);
  process.exit(1);
});
process.on('SIGTERM', () => process.exit(0));

startServer(connection, () => nodeEnvironment);
connection.listen();

const nodeEnvironment: ServerEnvironment = {
  findTree: (address) =>
    // Files of other file systems (git:, untitled:, vscode-vfs:) lie in no tree on this disk.
    isFile(address) ? findKernelRoot(address, { readFile: read, exists }) : Promise.resolve(undefined),
  openTree: async (root, settings, events) => {
    const index = await openNodeIndex({
      root: fileURLToPath(root),
      architecture: settings.architecture,
      largestCache: settings.cacheMegabytes * 1024 * 1024,
      log: (line) => events.log(line),
      onProgress: ({ done, total }) => events.progress({ kind: 'naming', files: done, total }),
    });
    return new IndexedOpenTree(index, events, { background: settings.backgroundIndexing });
  },
  memory: () => {
    const { rss, heapUsed } = process.memoryUsage();
    return { residentBytes: rss, heapBytes: heapUsed };
  },
};

const isFile = (address: string): boolean => address.startsWith('file:');

async function read(address: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(fileURLToPath(address));
  } catch {
    return undefined;
  }
}

async function exists(address: string): Promise<boolean> {
  try {
    await stat(fileURLToPath(address));
    return true;
  } catch {
    return false;
  }
}
