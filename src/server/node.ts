// node.ts
// The language server as a program: over the standard streams (--stdio) or the channel of a parent process
// (--node-ipc), with files from disk and threads to read them, and with those of the editor where folders lie on no disk.
// The same bundle, started as a thread, is the one of these that looks for findings.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { createConnection } from 'vscode-languageserver/node';
import type { Connection } from 'vscode-languageserver/node';
import type { Token } from '../base/cancel.ts';
import { diskFiles } from '../hosts/near/diskFiles.ts';
import { NearTreeHost } from '../hosts/near/nearTreeHost.ts';
import { changeFile } from '../hosts/node/changeFile.ts';
import { personalSuppressions } from '../hosts/node/configFolder.ts';
import { openRepository } from '../hosts/node/gitRepository.ts';
import { nodeIndexHost, openNodeIndex } from '../hosts/node/openTree.ts';
import type { IndexHost } from '../index/host.ts';
import { openIndex } from '../index/indexedTree.ts';
import { suppressionsFile } from '../review/suppressionList.ts';
import type { AnalysisSetup } from './analysisMessages.ts';
import { serveAnalysis } from './analysisThread.ts';
import { editorFiles } from './editorFiles.ts';
import type { EditorFiles } from './editorFiles.ts';
import type { Analyst, OpenTree, ServerEnvironment, TreeDisk, TreeEvents } from './environment.ts';
import { describeError } from './failures.ts';
import { IndexedOpenTree } from './indexedOpenTree.ts';
import { findKernelRoot } from './kernelRoot.ts';
import { nearOpenTree, restBeforeNearFindings } from './nearOpenTree.ts';
import type { ServerOptions } from './protocol.ts';
import { startServer } from './server.ts';
import type { ServerSettings } from './settings.ts';
import { threadAnalyst } from './threadAnalyst.ts';

// A tree that took longer to open was read for the first time, and what was read is still being written.
const quickMs = 5000;

if (parentPort) serveAnalysis(parentPort, workerData as AnalysisSetup);
else serveEditor();

function serveEditor(): void {
  const connection = createConnection();
  // A bug in the background must not end the answers; an exception that nobody awaited leaves the state unknown.
  process.on('unhandledRejection', (error) =>
    connection.console.error(describeError('internal error', error)),
  );
  process.on('uncaughtException', (error) => {
    console.error(error);
    process.exit(1);
  });
  process.on('SIGTERM', () => process.exit(0));
  startServer(connection, (params) =>
    nodeEnvironment(connection, (params.initializationOptions as ServerOptions | undefined) ?? {}),
  );
  connection.listen();
}

const onDisk = (address: string): boolean => address.startsWith('file:');

function nodeEnvironment(connection: Connection, { servedSchemes = [] }: ServerOptions): ServerEnvironment {
  const files = editorFiles(connection, (sent) => Buffer.from(sent as string, 'base64'));
  const isServed = (address: string): boolean =>
    servedSchemes.some((scheme) => address.startsWith(`${scheme}:`));
  return {
    findTree: (address) => {
      if (onDisk(address)) return findKernelRoot(address, diskFiles);
      // Others (git:, untitled:) are states of files and no places.
      return isServed(address) ? findKernelRoot(address, files) : Promise.resolve(undefined);
    },
    openTree: (root, settings, events, token) =>
      onDisk(root)
        ? openWhole(root, settings, events, token)
        : openServed(root, files, settings, events, token),
    openNear: (root, settings, events) => (onDisk(root) ? openNear(root, settings, events) : undefined),
    diskOf: (root) => (onDisk(root) ? diskOf(root) : undefined),
    ...(servedSchemes.length > 0 && { restMilliseconds: restBeforeNearFindings }),
    rulePage: (rule) => {
      const page = new URL(`../docs/rules/${rule}.md`, import.meta.url);
      return existsSync(page) ? page.href : undefined;
    },
    memory: () => {
      const { rss, heapUsed } = process.memoryUsage();
      return { residentBytes: rss, heapBytes: heapUsed };
    },
  };
}

async function openWhole(
  root: string,
  settings: ServerSettings,
  events: TreeEvents,
  token: Token,
): Promise<OpenTree> {
  const started = performance.now();
  const index = await openNodeIndex({
    root: fileURLToPath(root),
    architecture: settings.architecture,
    largestCache: settings.cacheMegabytes * 1024 * 1024,
    isModest: true,
    log: (line) => events.log(line),
    onProgress: ({ done, total }) => events.progress({ kind: 'naming', files: done, total }),
    token,
  });
  const { files, kernelVersion = 'no kernel' } = index;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  events.log(
    `Linux ${kernelVersion}, ${files.length} files of ${settings.architecture}, open after ${seconds} s`,
  );
  const ready = performance.now() - started < quickMs ? Promise.resolve() : delay(quickMs);
  const analyst = analystFor(root, settings, events, ready);
  return new IndexedOpenTree(index, events, { background: settings.backgroundIndexing, analyst });
}

/** On this thread, for it is small. Facts are kept by content, so both find in the cache what the other has written. */
async function openNear(root: string, settings: ServerSettings, events: TreeEvents): Promise<OpenTree> {
  const tree = new NearTreeHost(root, diskFiles);
  const index = await openIndex(nearHost(tree, events), { architecture: settings.architecture });
  return new IndexedOpenTree(index, events, {
    background: false,
    addFolder: (folder) => tree.addFolder(folder),
    forget: (path) => tree.forget(path),
  });
}

async function openServed(
  root: string,
  files: EditorFiles,
  settings: ServerSettings,
  events: TreeEvents,
  token: Token,
): Promise<OpenTree> {
  const tree = new NearTreeHost(root, files);
  const index = await openIndex(nearHost(tree, events), { architecture: settings.architecture, token });
  return nearOpenTree(index, tree, settings, events);
}

/** Other threads could not read what this one is given. */
function nearHost(tree: NearTreeHost, events: TreeEvents): IndexHost {
  const { root } = tree;
  return { ...nodeIndexHost(root, { root, jobs: 0, log: (line) => events.log(line) }), tree };
}

const diskOf = (root: string): TreeDisk => ({
  recentCommits: async (most, token) => {
    const repository = await openRepository(fileURLToPath(root));
    try {
      const commits = await repository?.recent(most, token);
      return commits?.map(({ id, subject, author, date }) => ({ id, subject, author, date }));
    } finally {
      repository?.dispose();
    }
  },
  changeList: (list, change) => {
    const isOwn = list === 'personal';
    const path = isOwn ? personalSuppressions() : join(fileURLToPath(root), suppressionsFile);
    return changeFile(path, change, { isOwn });
  },
});

function analystFor(
  root: string,
  { architecture, cacheMegabytes }: ServerSettings,
  events: TreeEvents,
  ready: Promise<void>,
): Analyst {
  return threadAnalyst({
    script: new URL(import.meta.url),
    root: fileURLToPath(root),
    architecture,
    largestCache: cacheMegabytes * 1024 * 1024,
    log: (line) => events.log(line),
    ready,
  });
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
