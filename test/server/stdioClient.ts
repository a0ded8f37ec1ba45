// stdioClient.ts
// A client of the real server: starts dist/server.js as editors do, and talks to it over the standard streams.

import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type {
  ClientCapabilities,
  CodeLens,
  Diagnostic,
  Hover,
  ProtocolConnection,
  PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import type {
  ChainsAnswer,
  FindingsAnswer,
  HeldHereAnswer,
  HeldSectionsAnswer,
  LocksAnswer,
  StatusParams,
  TreeStatus,
  ReviewAnswer,
  SplatAnswer,
} from '../../src/server/protocol.ts';

export interface ClientOptions {
  readonly folder: string;
  readonly settings?: unknown;
  /** A cache folder to keep; a fresh one, removed afterwards, where left out. */
  readonly cache?: string;
  readonly server?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly showsStatus?: boolean;
  /** Before anything is said: for what the server asks of its editor. */
  readonly prepare?: (connection: ProtocolConnection) => void;
}

export class StdioClient {
  readonly process: ChildProcessWithoutNullStreams;
  readonly connection: ProtocolConnection;
  readonly statuses: StatusParams[] = [];
  readonly logged: string[] = [];
  /** The last ones of each file, by its address. */
  readonly diagnostics = new Map<string, readonly Diagnostic[]>();
  readonly exited: Promise<number | null>;
  readonly #root: string;
  readonly #ownCache: string | undefined;

  static async start(options: ClientOptions): Promise<StdioClient> {
    const client = new StdioClient(options);
    options.prepare?.(client.connection);
    await client.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: client.#root,
      capabilities: options.capabilities ?? {},
      workspaceFolders: [{ uri: client.#root, name: 'tree' }],
      initializationOptions: { settings: options.settings, showsStatus: options.showsStatus },
    });
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  private constructor({ folder, cache, server = ['dist/server.js', '--stdio'] }: ClientOptions) {
    this.#root = pathToFileURL(folder).href;
    this.#ownCache = cache === undefined ? mkdtempSync(join(tmpdir(), 'hws-')) : undefined;
    const environment = { ...process.env, XDG_CACHE_HOME: cache ?? this.#ownCache };
    this.process = spawn(process.execPath, server, { env: environment });
    this.process.stderr.setEncoding('utf8').on('data', (text: string) => void this.logged.push(text));
    this.exited = new Promise((resolve) => this.process.once('exit', resolve));
    const { stdout, stdin } = this.process;
    const reader = new StreamMessageReader(stdout);
    // A server killed within a message leaves it unfinished, and a timer that asks after the rest would run for good.
    reader.partialMessageTimeout = 0;
    this.connection = createProtocolConnection(reader, new StreamMessageWriter(stdin));
    this.connection.onNotification(
      'holdwait/status',
      (status: StatusParams) => void this.statuses.push(status),
    );
    this.connection.onNotification(
      'window/logMessage',
      ({ message }: { message: string }) => void this.logged.push(message),
    );
    this.connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: PublishDiagnosticsParams) => void this.diagnostics.set(uri, diagnostics),
    );
    this.connection.onClose(() => undefined);
    this.connection.listen();
  }

  uriOf(path: string): string {
    return `${this.#root}/${path}`;
  }

  async open(path: string, text: string): Promise<string> {
    const uri = this.uriOf(path);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'c', version: 1, text },
    });
    return uri;
  }

  /** Replaces a stretch of one line. */
  async edit(
    uri: string,
    version: number,
    line: number,
    start: number,
    end: number,
    text: string,
  ): Promise<void> {
    const range = { start: { line, character: start }, end: { line, character: end } };
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
  }

  lenses(uri: string): Promise<CodeLens[]> {
    return this.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } });
  }

  async titles(uri: string): Promise<readonly string[]> {
    return (await this.lenses(uri)).map((lens) => lens.command?.title ?? '');
  }

  splat(text: string): Promise<SplatAnswer> {
    return this.connection.sendRequest('holdwait/splat', { uri: '', text });
  }

  /** Waits until the unit around the file was looked at. */
  locks(uri: string): Promise<LocksAnswer> {
    return this.connection.sendRequest('holdwait/locks', { uri });
  }

  chains(uri: string, line: number): Promise<ChainsAnswer> {
    return this.connection.sendRequest('holdwait/chains', { uri, line });
  }

  /** The text that is shown; empty for none. */
  async hover(uri: string, line: number, character: number): Promise<string> {
    const found = await this.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position: { line, character },
    });
    return found && typeof found.contents === 'object' && 'value' in found.contents
      ? found.contents.value
      : '';
  }

  heldAt(uri: string, line: number, character: number): Promise<HeldHereAnswer> {
    return this.connection.sendRequest('holdwait/heldHere', { uri, line, character });
  }

  heldSections(uri: string, firstLine: number, lastLine: number): Promise<HeldSectionsAnswer> {
    return this.connection.sendRequest('holdwait/heldSections', { uri, firstLine, lastLine });
  }

  /** Waits until the file was looked at as it is now. */
  findings(uri: string): Promise<FindingsAnswer> {
    return this.connection.sendRequest('holdwait/findings', { uri });
  }

  /** Of a mail, a mailbox or a diff, on the tree that is open. */
  review(text: string): Promise<ReviewAnswer> {
    const source = { kind: 'text', text, name: 'the patch' } as const;
    return this.connection.sendRequest('holdwait/review', { uri: '', source });
  }

  async status(isExpected: (status: TreeStatus) => boolean, seconds = 20): Promise<TreeStatus> {
    for (let i = 0; i < seconds * 50; i++) {
      const found = this.statuses.at(-1)?.trees.find(isExpected);
      if (found) return found;
      await delay(20);
    }
    throw new Error(
      `the status stays ${JSON.stringify(this.statuses.at(-1))}; log:\n${this.logged.join('\n')}`,
    );
  }

  /** Leaves in order; gives the exit status. */
  async leave(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      await this.connection.sendRequest('shutdown');
      await this.connection.sendNotification('exit');
    }
    const status = await this.exited;
    await this.dispose();
    return status;
  }

  /** A server that still runs would write into its cache while that is removed. */
  async dispose(): Promise<void> {
    this.connection.dispose();
    this.process.kill('SIGKILL');
    await this.exited;
    // A program that it had begun may live on with its streams, and nobody is to wait for that.
    for (const stream of this.process.stdio) stream?.destroy();
    if (this.#ownCache !== undefined)
      rmSync(this.#ownCache, { recursive: true, force: true, maxRetries: 10 });
  }
}
