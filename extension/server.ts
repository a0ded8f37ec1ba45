// server.ts
// The language server as the extension sees it: running or not, what it last said, and typed requests. A server that
// ends by itself is started again a few times; then it stays down, and the status says so.

import type * as ClientPackage from 'vscode-languageclient';
import type { BaseLanguageClient, LanguageClientOptions, MessageSignature } from 'vscode-languageclient';
import * as vscode from 'vscode';
import { describeFailure } from './failures.ts';
import type { NotificationsToClient, RequestsToServer, StatusParams } from '../src/server/protocol.ts';
import { serverOptions } from './settings.ts';

export type ServerState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly status: StatusParams }
  | { readonly kind: 'failed'; readonly message: string };

export type MakeClient = (options: LanguageClientOptions) => Promise<BaseLanguageClient>;

const mostRestarts = 4;
const restartWindowMs = 3 * 60 * 1000;

export class Server implements vscode.Disposable {
  readonly #makeClient: MakeClient;
  readonly #log: vscode.LogOutputChannel;
  readonly #stateChanged = new vscode.EventEmitter<ServerState>();
  readonly onDidChangeState = this.#stateChanged.event;
  readonly #findingsChanged = new vscode.EventEmitter<string>();
  /** Of this file, by its address. */
  readonly onDidChangeFindings = this.#findingsChanged.event;
  #state: ServerState = { kind: 'starting' };
  #client: Promise<BaseLanguageClient> | undefined;
  #loaded: Promise<typeof ClientPackage> | undefined;
  #ends: number[] = [];
  #isPaused = false;
  #progressCount = 0;

  constructor(makeClient: MakeClient, log: vscode.LogOutputChannel) {
    this.#makeClient = makeClient;
    this.#log = log;
  }

  get state(): ServerState {
    return this.#state;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Never rejects: a server that does not start is a state. */
  async start(): Promise<void> {
    this.#setState({ kind: 'starting' });
    this.#client ??= this.#prepareClient();
    try {
      await (await this.#client).start();
    } catch (error) {
      this.#fail(vscode.l10n.t('the server did not start: {0}', describeFailure(error)));
    }
  }

  /** At the user's wish: earlier ends no longer count. */
  async restart(): Promise<void> {
    this.#ends = [];
    this.#log.info('restarting the server');
    try {
      await (await this.#client)?.stop();
    } catch (error) {
      // A server that hangs does not say goodbye; its process is ended all the same.
      this.#log.warn(`the server did not stop in order: ${describeFailure(error)}`);
    }
    await this.start();
  }

  async request<M extends keyof RequestsToServer>(
    method: M,
    params: RequestsToServer[M]['params'],
    token?: vscode.CancellationToken,
  ): Promise<RequestsToServer[M]['result']> {
    if (this.#state.kind === 'failed') throw new Error(this.#state.message);
    const client = await this.#client;
    if (!client) throw new Error(vscode.l10n.t('the server was not started'));
    return client.sendRequest<RequestsToServer[M]['result']>(method, params, token);
  }

  /** `tell` hears what the server says about how far it is. */
  async requestWithProgress<M extends keyof RequestsToServer>(
    method: M,
    params: RequestsToServer[M]['params'],
    token: vscode.CancellationToken,
    tell: (message: string) => void,
  ): Promise<RequestsToServer[M]['result']> {
    const workDoneToken = `holdwait-${++this.#progressCount}`;
    const client = await this.#client;
    const { WorkDoneProgress } = await this.#package();
    const heard = client?.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind === 'report') tell(value.message ?? '');
    });
    try {
      return await this.request(method, { ...params, workDoneToken }, token);
    } finally {
      heard?.dispose();
    }
  }

  async setPaused(paused: boolean): Promise<void> {
    await this.request('holdwait/setPaused', { paused });
    this.#isPaused = paused;
    this.#stateChanged.fire(this.#state);
  }

  dispose(): void {
    this.#stateChanged.dispose();
    this.#findingsChanged.dispose();
    this.#client?.then((client) => client.dispose()).catch(() => undefined);
  }

  async #prepareClient(): Promise<BaseLanguageClient> {
    const needed = await this.#package();
    const { State } = needed;
    const client = await this.#makeClient(this.#options(needed));
    client.onNotification('holdwait/status', (status: NotificationsToClient['holdwait/status']) =>
      this.#setState({ kind: 'running', status }),
    );
    client.onNotification(
      'holdwait/findingsChanged',
      ({ uri }: NotificationsToClient['holdwait/findingsChanged']) => this.#findingsChanged.fire(uri),
    );
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) this.#setState({ kind: 'starting' });
      // A server that was started anew knows nothing of the pause.
      if (newState === State.Running && this.#isPaused) void this.#pauseAgain();
    });
    return client;
  }

  /**
   * Loading it keeps the extension host busy for longer than all of ours: in a turn of its own, so that VS Code and other
   * extensions come in between.
   */
  #package(): Promise<typeof ClientPackage> {
    this.#loaded ??= new Promise((resolve) => setTimeout(resolve, 0)).then(
      () => import('vscode-languageclient'),
    );
    return this.#loaded;
  }

  #options({ CloseAction, ErrorAction }: typeof ClientPackage): LanguageClientOptions {
    return {
      documentSelector: [{ language: 'c' }, { language: 'cpp', pattern: '**/*.h' }],
      outputChannel: this.#log,
      initializationOptions: serverOptions,
      synchronize: { configurationSection: 'holdwait' },
      // Nothing of this may become a notification: the status shows it, and the log tells more.
      revealOutputChannelOn: 4,
      initializationFailedHandler: (error: unknown) => {
        this.#log.error(`the server was not initialised: ${describeFailure(error)}`);
        return false;
      },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({
          action: this.#mayRestart() ? CloseAction.Restart : CloseAction.DoNotRestart,
          handled: true,
        }),
      },
      middleware: {
        sendRequest: (type, params, token, next) => this.#logRejection(type, next(type, params, token)),
      },
    };
  }

  #mayRestart(): boolean {
    const now = Date.now();
    this.#ends = [...this.#ends.filter((end) => now - end < restartWindowMs), now];
    if (this.#ends.length <= mostRestarts) {
      this.#log.warn(`the server ended and is started again (${this.#ends.length} of ${mostRestarts})`);
      return true;
    }
    this.#fail(
      vscode.l10n.t(
        'the server ended {0} times in {1} minutes and stays down',
        this.#ends.length,
        restartWindowMs / 60_000,
      ),
    );
    return false;
  }

  async #logRejection<R>(type: string | MessageSignature, answer: Promise<R>): Promise<R> {
    try {
      return await answer;
    } catch (error) {
      const method = typeof type === 'string' ? type : type.method;
      this.#log.debug(`${method} was rejected: ${describeFailure(error)}`);
      throw error;
    }
  }

  async #pauseAgain(): Promise<void> {
    try {
      await this.setPaused(true);
    } catch (error) {
      this.#log.warn(`indexing could not be paused: ${describeFailure(error)}`);
    }
  }

  #fail(message: string): void {
    this.#log.error(message);
    this.#setState({ kind: 'failed', message });
  }

  #setState(state: ServerState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}
