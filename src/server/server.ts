// server.ts
// The language server: wires a connection to the trees. Knows no files, processes or threads; see environment.ts.

import {
  CodeActionKind,
  CodeLensRefreshRequest,
  DidChangeWatchedFilesNotification,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocumentSyncKind, WatchKind, WorkDoneProgress } from 'vscode-languageserver';
import type {
  CancellationToken,
  CodeLens,
  Connection,
  InitializeParams,
  InitializeResult,
  PublishDiagnosticsParams,
  SymbolInformation,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CancelledError } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import { Answers } from './answers.ts';
import type { Question } from './answers.ts';
import { calledItem, incomingCalls, outgoingCalls, prepareCalls } from './callHierarchy.ts';
import { orCancelled } from './cancellation.ts';
import { answerChains } from './chains.ts';
import { actionsFor } from './diagnostics.ts';
import { EditorFindings } from './editorFindings.ts';
import type { ServerEnvironment } from './environment.ts';
import { heldHere, heldSections } from './held.ts';
import { hoverAt } from './hover.ts';
import { lockSymbols } from './lockSymbols.ts';
import { OpenTexts } from './openTexts.ts';
import type {
  CancelAnswer,
  CancellableWork,
  FindingsParams,
  NotificationsToClient,
  RequestsToServer,
  ServerOptions,
  SetPausedParams,
} from './protocol.ts';
import { Reviews } from './reviews.ts';
import { RunningWork } from './runningWork.ts';
import { readSettings } from './settings.ts';
import { suppress } from './suppress.ts';
import type { ServerSettings } from './settings.ts';
import { answerSplat } from './splats.ts';
import { StatusSender } from './statusSender.ts';
import { TreeProgress } from './treeProgress.ts';
import { folderOf, Trees } from './trees.ts';
import { describeError } from './failures.ts';

// Editors end a server that takes two seconds to leave.
const longestGoodbyeMs = 1500;

const notOpen = { kind: 'not-open' } as const;

/** Serves one editor until it leaves. The caller makes the connection and calls `listen` on it afterwards. */
export function startServer(
  connection: Connection,
  environmentFor: (params: InitializeParams) => ServerEnvironment,
): void {
  connection.onInitialize((params) => {
    const server = new Server(connection, environmentFor(params), params);
    return server.initializeResult;
  });
}

class Server {
  readonly #connection: Connection;
  readonly #params: InitializeParams;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #texts: OpenTexts;
  readonly #status: StatusSender;
  readonly #trees: Trees;
  readonly #findings: EditorFindings;
  readonly #reviews: Reviews;
  readonly #work = new RunningWork();
  /** Files whose lenses were asked for before they were opened, which nobody asks again by themselves. */
  readonly #askedTooEarly = new Set<string>();
  /** An editor with our extension in it, which asks for lenses of every file that it shows. */
  readonly #isOurs: boolean;
  #workspaceOpened: Promise<void> = Promise.resolve();
  #settings: ServerSettings;

  constructor(connection: Connection, environment: ServerEnvironment, params: InitializeParams) {
    this.#connection = connection;
    this.#params = params;
    const options = params.initializationOptions as ServerOptions | undefined;
    this.#settings = this.#readSettings(options?.settings);
    this.#texts = new OpenTexts((error) =>
      this.#complain(describeError('an edit was not taken over', error)),
    );
    this.#isOurs = options?.showsStatus === true;
    const showsProgress = !this.#isOurs && params.capabilities.window?.workDoneProgress === true;
    const progress = showsProgress
      ? new TreeProgress(connection, () => this.#trees.setPaused(true))
      : undefined;
    this.#status = new StatusSender(() => {
      const status: NotificationsToClient['holdwait/status'] = this.#trees.status;
      connection.sendNotification('holdwait/status', status).catch(() => undefined);
      progress?.tell(status);
    });
    this.#trees = new Trees(environment, this.#settings, {
      statusChanged: () => this.#status.changed(),
      log: (message) => connection.console.info(message),
      complain: (message) => this.#complain(message),
    });
    const answers = new Answers(this.#trees, this.#texts, environment, {
      complain: (message) => this.#complain(message),
      lensesOutdated: () => this.#refreshLenses(),
    });
    this.#findings = this.#makeFindings(environment, answers);
    this.#reviews = new Reviews(this.#trees, environment, (workToken, value) => {
      connection.sendProgress(WorkDoneProgress.type, workToken, value).catch(() => undefined);
    });
    this.#listenToEditor();
    this.#listenToDocuments(answers);
    this.#serve(answers, environment);
  }

  get initializeResult(): InitializeResult {
    return {
      serverInfo: { name: 'holdwait' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        codeLensProvider: { resolveProvider: false },
        hoverProvider: true,
        workspaceSymbolProvider: true,
        callHierarchyProvider: this.#settings.callHierarchyEnabled,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      },
    };
  }

  #makeFindings(environment: ServerEnvironment, answers: Answers): EditorFindings {
    const functionsOf = answers.functionsIn.bind(answers);
    const listener = {
      publish: (diagnostics: PublishDiagnosticsParams) => {
        this.#connection.sendDiagnostics(diagnostics).catch(() => undefined);
      },
      findingsChanged: (uri: string) => {
        const params: NotificationsToClient['holdwait/findingsChanged'] = { uri };
        this.#connection.sendNotification('holdwait/findingsChanged', params).catch(() => undefined);
      },
      lensesOutdated: () => this.#refreshLenses(),
      complain: (message: string) => this.#complain(message),
    };
    return new EditorFindings(environment, functionsOf, listener, this.#settings.diagnosticsEnabled);
  }

  #listenToEditor(): void {
    this.#connection.onInitialized(() => {
      this.#workspaceOpened = this.#openWorkspace();
      this.#watchFiles();
    });
    this.#connection.onDidChangeConfiguration(({ settings }) => {
      const ours = (settings as { readonly holdwait?: unknown } | null | undefined)?.holdwait;
      if (ours !== undefined) this.#changeSettings(this.#readSettings(ours));
    });
    this.#connection.onDidChangeWatchedFiles(({ changes }) => {
      void this.#refreshFiles(changes.map((change) => change.uri));
    });
    this.#connection.onShutdown(async () => {
      this.#status.dispose();
      this.#texts.dispose();
      this.#findings.dispose();
      // What the index has not written by then is worked out again at the next start.
      await Promise.race([
        this.#trees.close(),
        new Promise((resolve) => setTimeout(resolve, longestGoodbyeMs)),
      ]);
    });
  }

  #listenToDocuments(answers: Answers): void {
    this.#documents.onDidOpen(({ document }) => {
      if (this.#settings.codeLensEnabled) void answers.expectLenses(document.uri, this.#isOurs);
      void this.#documentOpened(document);
      if (this.#askedTooEarly.delete(document.uri)) this.#refreshLenses();
    });
    this.#documents.onDidChangeContent(({ document }) => {
      this.#texts.edited();
      this.#findings.edited(document.uri);
    });
    // Not every editor watches files.
    this.#documents.onDidSave(({ document }) => void this.#refreshFiles([document.uri]));
    this.#documents.onDidClose(({ document }) => {
      this.#findings.close(document.uri);
      this.#texts.close(document.uri).catch((error: unknown) => {
        this.#complain(describeError(`${document.uri} was not closed`, error));
      });
    });
    this.#documents.listen(this.#connection);
  }

  #serve(answers: Answers, environment: ServerEnvironment): void {
    this.#connection.onCodeLens(({ textDocument }, token) => {
      const document = this.#documents.get(textDocument.uri);
      if (!document) this.#askedTooEarly.add(textDocument.uri);
      if (!this.#settings.codeLensEnabled || !document) return [];
      return this.#lenses(answers, document, token);
    });
    this.#connection.onCodeAction(({ context, textDocument }) =>
      actionsFor(context.diagnostics, textDocument.uri),
    );
    this.#onRequest('holdwait/findings', (params, token) =>
      orCancelled(() => this.#ofShown(params, () => this.#findings.answer(params)), token),
    );
    this.#onRequest('holdwait/locks', (params, token) =>
      orCancelled(() => this.#ofShown(params, () => this.#findings.locks(params)), token),
    );
    this.#onRequest('holdwait/chains', async (params, token) => {
      const question = this.#questionOf(params.uri, 'chains');
      const chains = await answers.ask(question, token, (asked) => answerChains(asked, params, token));
      return chains ?? { kind: 'no-kernel-tree' };
    });
    this.#connection.onHover(async ({ textDocument: { uri }, position }, token) => {
      const found = this.#findings.known(uri);
      const question = this.#questionOf(uri, 'hover');
      return answers.ask(question, token, (asked) => hoverAt(asked, position, found, token));
    });
    this.#serveCalls(answers);
    this.#connection.onWorkspaceSymbol(({ query }, token) => this.#lockSymbols(answers, query, token));
    this.#onRequest('holdwait/heldHere', async (params, token) => {
      const question = this.#questionOf(params.uri, 'what is held');
      const held = await answers.ask(question, token, (asked) => heldHere(asked, params, token));
      return held ?? { kind: 'no-kernel-tree' };
    });
    this.#onRequest('holdwait/heldSections', async (params, token) => {
      const question = this.#questionOf(params.uri, 'critical sections');
      const sections = await answers.ask(question, token, (asked) => heldSections(asked, params, token));
      return sections ?? { kind: 'no-kernel-tree' };
    });
    this.#onRequest('holdwait/review', async (params, token) => {
      await this.#workspaceOpened;
      return this.#work.run('review', token, (own) => this.#reviews.answer(params, own));
    });
    this.#onRequest('holdwait/suppress', async (params) => {
      await this.#workspaceOpened;
      const answer = await suppress(params, this.#trees, environment);
      const tree = await this.#trees.treeFor(params.uri);
      if (answer.kind === 'suppressed' && tree) this.#findings.forget(tree, params.finding.id);
      return answer;
    });
    this.#onRequest('holdwait/splat', async (params, token) => {
      await this.#workspaceOpened;
      return this.#work.run('splat', token, (own) => answerSplat(this.#trees, params, own));
    });
    this.#onRequest('holdwait/commits', async (params, token) => {
      await this.#workspaceOpened;
      return this.#reviews.commits(params, token);
    });
    this.#onRequest('holdwait/reviewedText', (params) => Promise.resolve(this.#reviews.text(params)));
    this.#onRequest('holdwait/toldChains', async (params, token) => {
      await this.#workspaceOpened;
      return this.#work.run('chains', token, (own) => answers.toldChains(params, own));
    });
    this.#onRequest('holdwait/memory', () => Promise.resolve(answers.memory()));
    this.#onRequest('holdwait/setPaused', ({ paused }: SetPausedParams) => {
      this.#trees.setPaused(paused);
      return Promise.resolve(null);
    });
    this.#onRequest('holdwait/clearCache', () => answers.clearCache());
    this.#onRequest('holdwait/indexedFiles', () => Promise.resolve(answers.indexedFiles()));
    this.#onRequest('holdwait/cancel', () => Promise.resolve(this.#cancelWork()));
    this.#onRequest('holdwait/rescan', async () => {
      await this.#rescan();
      return null;
    });
  }

  #serveCalls(answers: Answers): void {
    const { callHierarchy } = this.#connection.languages;
    callHierarchy.onPrepare(async ({ textDocument: { uri }, position }, token) => {
      const question = this.#questionOf(uri, 'calls');
      return (await answers.ask(question, token, (asked) => prepareCalls(asked, position, token))) ?? null;
    });
    callHierarchy.onIncomingCalls(async ({ item }, token) => {
      const called = calledItem(item.data);
      const question = this.#questionOf(item.uri, `callers of ${item.name}`);
      if (!called) return null;
      return (await answers.ask(question, token, (asked) => incomingCalls(asked, called, token))) ?? null;
    });
    callHierarchy.onOutgoingCalls(async ({ item }, token) => {
      const called = calledItem(item.data);
      const question = this.#questionOf(item.uri, `calls of ${item.name}`);
      if (!called) return null;
      return (await answers.ask(question, token, (asked) => outgoingCalls(asked, called, token))) ?? null;
    });
  }

  /** Of all trees that have an open file, the folders of those files first. */
  async #lockSymbols(answers: Answers, query: string, token: Token): Promise<SymbolInformation[]> {
    const byTree = new Map<string, { readonly uri: string; readonly paths: string[] }>();
    for (const { uri } of this.#documents.all()) {
      const place = await this.#trees.placeOf(uri);
      if (!place) continue;
      const known = byTree.get(place.tree.root) ?? { uri, paths: [] };
      known.paths.push(place.path);
      byTree.set(place.tree.root, known);
    }
    const found = [...byTree.values()].map(({ uri, paths }) =>
      answers.ask(this.#questionOf(uri, 'lock classes'), token, (asked) =>
        lockSymbols(asked, query, paths, token),
      ),
    );
    return (await Promise.all(found)).flatMap((symbols) => symbols ?? []);
  }

  #questionOf(uri: string, what: string): Question {
    return { uri, document: this.#documents.get(uri), what };
  }

  async #lenses(answers: Answers, document: TextDocument, token: Token): Promise<CodeLens[]> {
    const lenses = await answers.lenses(document, token);
    return [...lenses, ...(await this.#findings.lenses(document, token))];
  }

  async #ofShown<T>({ uri }: FindingsParams, answer: () => Promise<T>): Promise<T | typeof notOpen> {
    const document = this.#documents.get(uri);
    if (!document) return notOpen;
    // It may have been opened a moment ago.
    await this.#documentOpened(document);
    return answer();
  }

  /** A request of our own, typed by the protocol. */
  #onRequest<M extends keyof RequestsToServer>(
    method: M,
    answer: (
      params: RequestsToServer[M]['params'],
      token: CancellationToken,
    ) => Promise<RequestsToServer[M]['result']>,
  ): void {
    const handler = async (
      params: RequestsToServer[M]['params'],
      token: CancellationToken,
    ): Promise<unknown> => {
      try {
        return await answer(params, token);
      } catch (error) {
        if (!CancelledError.is(error)) throw error;
        return new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
      }
    };
    this.#connection.onRequest(method as string, handler);
  }

  async #openWorkspace(): Promise<void> {
    const { workspaceFolders, rootUri } = this.#params;
    const folders = workspaceFolders?.map((folder) => folder.uri) ?? (rootUri === null ? [] : [rootUri]);
    for (const folder of folders) {
      try {
        await this.#trees.openAround(folder);
      } catch (error) {
        this.#complain(describeError(`${folder} could not be looked at`, error));
      }
    }
    this.#status.changed();
  }

  #cancelWork(): CancelAnswer {
    const isReading = this.#trees.cancelReading();
    const isLooking = this.#findings.cancel();
    const cancelled: CancellableWork[] = [...this.#work.cancel()];
    if (isReading) cancelled.push('reading');
    if (isLooking) cancelled.push('findings');
    return { cancelled };
  }

  /** A folder may have become a kernel tree since, or ceased to be one. */
  async #rescan(): Promise<void> {
    this.#trees.rescan();
    await this.#openWorkspace();
    this.#reopenDocuments();
    this.#refreshLenses();
  }

  #reopenDocuments(): void {
    for (const document of this.#documents.all()) void this.#documentOpened(document);
  }

  async #documentOpened(document: TextDocument): Promise<void> {
    try {
      const place = await this.#trees.placeOf(document.uri);
      if (!place) return;
      if (this.#documents.get(document.uri) !== document) return;
      this.#texts.open(document, place);
      this.#findings.open(document, place);
      const open = await place.tree.opened;
      await open.prefer(folderOf(place.path));
    } catch (error) {
      if (CancelledError.is(error)) return;
      this.#complain(describeError(`${document.uri} could not be opened`, error));
    }
  }

  /** Editors that leave file watching to the server are asked to tell of changes on disk. */
  #watchFiles(): void {
    if (this.#params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return;
    const kind = WatchKind.Create | WatchKind.Change | WatchKind.Delete;
    this.#connection.client
      .register(DidChangeWatchedFilesNotification.type, {
        watchers: ['**/*.{c,h}', '**/.holdwait*.json'].map((globPattern) => ({ globPattern, kind })),
      })
      .catch((error: unknown) => this.#complain(describeError('files cannot be watched', error)));
  }

  async #refreshFiles(addresses: readonly string[]): Promise<void> {
    for (const tree of this.#trees.all) {
      const inside = addresses.flatMap((address) => {
        const place = this.#trees.openPlaceOf(address);
        return place?.tree === tree ? [place.path] : [];
      });
      if (inside.length === 0) continue;
      try {
        await tree.filesChanged(inside);
        this.#findings.filesChanged(tree, inside);
      } catch (error) {
        tree.reportTrouble(describeError('changed files were not read again', error));
      }
    }
  }

  #changeSettings(settings: ServerSettings): void {
    const before = this.#settings;
    this.#settings = settings;
    this.#findings.showDiagnostics(settings.diagnosticsEnabled);
    const needsReopening =
      before.architecture !== settings.architecture ||
      before.backgroundIndexing !== settings.backgroundIndexing ||
      before.cacheMegabytes !== settings.cacheMegabytes;
    if (needsReopening) {
      this.#trees.reopen(settings);
      this.#reopenDocuments();
    }
    if (needsReopening || before.codeLensEnabled !== settings.codeLensEnabled) this.#refreshLenses();
  }

  #refreshLenses(): void {
    if (this.#params.capabilities.workspace?.codeLens?.refreshSupport !== true) return;
    this.#connection.sendRequest(CodeLensRefreshRequest.type).catch((error: unknown) => {
      this.#complain(describeError('lenses were not refreshed', error));
    });
  }

  #readSettings(input: unknown): ServerSettings {
    const { settings, problems } = readSettings(input);
    for (const problem of problems) this.#complain(problem);
    return settings;
  }

  #complain(message: string): void {
    this.#connection.console.error(message);
  }
}
