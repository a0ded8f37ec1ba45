// knownFindings.ts
// What the server has found around the files that are open, and around those that were: kept here so that views and
// commands go through it without asking.

import * as vscode from 'vscode';
import type { FindingsAnswer, FoundCycle } from '../src/server/protocol.ts';
import { describeFailure, isCancellation } from './failures.ts';
import type { Server } from './server.ts';

export type Known = Extract<FindingsAnswer, { readonly kind: 'findings' }>;

export class KnownFindings implements vscode.Disposable {
  readonly #server: Server;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable;
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, vscode.CancellationTokenSource>();
  #isRunning = false;
  /** The server of a browser does not look for any. */
  isAvailable = true;

  constructor(server: Server, log: vscode.LogOutputChannel) {
    this.#server = server;
    this.#log = log;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      server.onDidChangeFindings((uri) => void this.#ask(uri)),
      server.onDidChangeState(() => this.#serverChanged()),
      vscode.workspace.onDidOpenTextDocument((document) => this.#opened(document)),
    );
  }

  /** Each finding once, with what was looked at around the file that it was found from. */
  get all(): readonly { readonly finding: FoundCycle; readonly uri: string; readonly known: Known }[] {
    const byId = new Map(
      [...this.#known].flatMap(([uri, known]) =>
        known.findings.map((finding) => [finding.view.id, { finding, uri, known }] as const),
      ),
    );
    return [...byId.values()];
  }

  around(uri: string | undefined): Known | undefined {
    return uri === undefined ? undefined : this.#known.get(uri);
  }

  isAsking(uri: string): boolean {
    return this.#asking.has(uri);
  }

  /** Of this list too it is gone at once. */
  forget(id: string): void {
    for (const [uri, known] of this.#known)
      this.#known.set(uri, { ...known, findings: known.findings.filter(({ view }) => view.id !== id) });
    this.#changed.fire();
  }

  dispose(): void {
    for (const asking of this.#asking.values()) asking.cancel();
    this.#subscriptions.dispose();
  }

  #opened({ languageId, uri }: vscode.TextDocument): void {
    if (this.#isRunning && isC(languageId)) void this.#ask(uri.toString());
  }

  #serverChanged(): void {
    const isRunning = this.#server.state.kind === 'running';
    if (isRunning === this.#isRunning) return;
    this.#isRunning = isRunning;
    if (isRunning) for (const document of vscode.workspace.textDocuments) this.#opened(document);
    else this.#known.clear();
    this.#changed.fire();
  }

  /** Never rejects. */
  async #ask(uri: string): Promise<void> {
    this.#asking.get(uri)?.cancel();
    const asking = new vscode.CancellationTokenSource();
    this.#asking.set(uri, asking);
    this.#changed.fire();
    try {
      const params = { uri, isLastEnough: true };
      const answer = await this.#server.request('holdwait/findings', params, asking.token);
      if (!asking.token.isCancellationRequested) this.#answered(uri, answer);
    } catch (error) {
      if (!asking.token.isCancellationRequested && !isCancellation(error))
        this.#log.warn(`findings were not listed: ${describeFailure(error)}`);
    } finally {
      if (this.#asking.get(uri) === asking) this.#asking.delete(uri);
      this.#changed.fire();
    }
  }

  #answered(uri: string, answer: FindingsAnswer): void {
    if (answer.kind === 'findings') this.#known.set(uri, answer);
    this.isAvailable = answer.kind !== 'not-available';
  }
}

export const isC = (languageId: string): boolean => languageId === 'c' || languageId === 'cpp';
