// serverHarness.ts
// The server and a client of it in one process, joined by two streams, over a stand-in engine.

import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { createConnection, createProtocolConnection } from 'vscode-languageserver/node';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import type { CodeLens, ProtocolConnection } from 'vscode-languageserver/node';
import type { Analyst, OpenTree, ServerEnvironment, TreeEvents } from '../../../src/server/environment.ts';
import type {
  FindingsAnswer,
  FindingsParams,
  StatusParams,
  TreeStatus,
} from '../../../src/server/protocol.ts';
import type { ServerSettings } from '../../../src/server/settings.ts';
import { startServer } from '../../../src/server/server.ts';
import { StandInEngine } from './standInEngine.ts';

export const root = 'file:///kernel';

export class ServerHarness {
  readonly engine: StandInEngine;
  readonly client: ProtocolConnection;
  readonly statuses: StatusParams[] = [];
  readonly logged: string[] = [];
  readonly changedFiles: string[] = [];
  readonly preferred: string[] = [];
  openedWith: ServerSettings[] = [];
  isPaused = false;
  /** What answers until the tree is open. */
  part: StandInEngine | undefined;
  /** The tree opens after this. */
  wholeGate: Promise<void> = Promise.resolve();
  refreshes = 0;
  /** Looks for findings, after a rest that is short here. */
  analyst: Analyst | undefined;
  /** Addresses of files for which findings changed. */
  readonly findingsChanged: string[] = [];
  events: TreeEvents | undefined;
  /** Set before a file is opened to let the tree fail. */
  openFailure: Error | undefined;

  constructor(files: Readonly<Record<string, string>>) {
    this.engine = new StandInEngine(files);
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const connection = createConnection(toServer, toClient);
    startServer(connection, () => this.#environment());
    connection.listen();
    this.client = createProtocolConnection(
      new StreamMessageReader(toClient),
      new StreamMessageWriter(toServer),
    );
    this.client.onNotification('holdwait/status', (status: StatusParams) => void this.statuses.push(status));
    this.client.onNotification(
      'window/logMessage',
      ({ message }: { message: string }) => void this.logged.push(message),
    );
    this.client.onNotification(
      'holdwait/findingsChanged',
      ({ uri }: FindingsParams) => void this.findingsChanged.push(uri),
    );
    this.client.onRequest('client/registerCapability', () => null);
    this.client.onRequest('workspace/codeLens/refresh', () => {
      this.refreshes++;
      return null;
    });
    this.client.listen();
  }

  async initialize(
    settings?: unknown,
    folders: readonly string[] = [root],
    showsStatus = false,
  ): Promise<void> {
    await this.client.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {
        workspace: {
          didChangeWatchedFiles: { dynamicRegistration: true },
          codeLens: { refreshSupport: true },
        },
      },
      workspaceFolders: folders.map((uri) => ({ uri, name: 'kernel' })),
      initializationOptions: { settings, showsStatus },
    });
    await this.client.sendNotification('initialized', {});
  }

  async open(path: string, text = this.engine.files.get(path) ?? ''): Promise<string> {
    const uri = path.includes('://') ? path : `${root}/${path}`;
    await this.client.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'c', version: 1, text },
    });
    return uri;
  }

  lenses(uri: string): Promise<CodeLens[]> {
    return this.client.sendRequest('textDocument/codeLens', { textDocument: { uri } });
  }

  findings(uri: string, isLastEnough = false): Promise<FindingsAnswer> {
    return this.client.sendRequest('holdwait/findings', { uri, isLastEnough });
  }

  /** Puts a text in front of all others. */
  async type(uri: string, version: number, text: string): Promise<void> {
    const at = { line: 0, character: 0 };
    await this.client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: at, end: at }, text }],
    });
  }

  /** Waits until the only tree's status is as told; statuses come a few times a second. */
  async status(isExpected: (status: TreeStatus) => boolean): Promise<TreeStatus> {
    for (let i = 0; i < 100; i++) {
      const status = this.statuses.at(-1)?.trees[0];
      if (status && isExpected(status)) return status;
      await delay(10);
    }
    throw new Error(`the status stays ${JSON.stringify(this.statuses.at(-1))}`);
  }

  dispose(): void {
    this.client.dispose();
  }

  #environment(): ServerEnvironment {
    return {
      findTree: (address) => Promise.resolve(address.startsWith(root) ? root : undefined),
      openTree: (_root, settings, events) => {
        this.openedWith.push(settings);
        this.events = events;
        const open = this.#openTree(this.engine);
        return this.openFailure ? Promise.reject(this.openFailure) : this.wholeGate.then(() => open);
      },
      ...(this.part ? { openNear: () => Promise.resolve(this.#openTree(this.part ?? this.engine)) } : {}),
      restMilliseconds: 20,
      memory: () => ({ residentBytes: 1, heapBytes: 1 }),
    };
  }

  #openTree(engine: StandInEngine): OpenTree {
    return {
      engine,
      ...(this.analyst ? { analyst: this.analyst } : {}),
      prefer: (folder) => {
        if (!this.preferred.includes(folder)) this.preferred.push(folder);
        return Promise.resolve();
      },
      cancelReading: () => false,
      indexedFiles: () => ({ files: 1, read: [], skipped: [] }),
      setPaused: (paused) => void (this.isPaused = paused),
      filesChanged: (paths) => {
        this.changedFiles.push(...paths);
        return Promise.resolve();
      },
      clearCache: () => Promise.resolve(),
      memoryLines: () => ['1 file'],
      close: () => Promise.resolve(),
    };
  }
}
