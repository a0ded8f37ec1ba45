// editorFindings.ts
// What is found around the open files, as an editor shows it: lenses, diagnostics, and answers to those who ask.

import type { CodeLens, PublishDiagnosticsParams } from 'vscode-languageserver';
import type { Token } from '../base/cancel.ts';
import type { Disposable } from '../base/disposable.ts';
import { cyclesByFunction, cyclesTitle, cycleLenses } from './cycleLenses.ts';
import type { PlacedFunction } from './cycleLenses.ts';
import { diagnosticsFor } from './diagnostics.ts';
import type { ServerEnvironment } from './environment.ts';
import { Findings } from './findings.ts';
import type { EditedDocument } from './openTexts.ts';
import type { FindingsAnswer, FindingsParams, FoundCycle, LocksAnswer } from './protocol.ts';
import type { Tree } from './tree.ts';
import type { PlaceInTree } from './trees.ts';

export interface EditorFindingsListener {
  publish(diagnostics: PublishDiagnosticsParams): void;
  findingsChanged(uri: string): void;
  lensesOutdated(): void;
  complain(message: string): void;
}

type FunctionsOf = (document: EditedDocument, token: Token) => Promise<readonly PlacedFunction[]>;

interface Shown {
  readonly document: EditedDocument;
  readonly place: PlaceInTree;
  hasDiagnostics: boolean;
  /** What the lenses say, without their places. */
  lenses: string;
}

export class EditorFindings implements Disposable {
  readonly #environment: ServerEnvironment;
  readonly #functionsOf: FunctionsOf;
  readonly #listener: EditorFindingsListener;
  readonly #findings: Findings;
  readonly #shown = new Map<string, Shown>();
  #showsDiagnostics: boolean;

  constructor(
    environment: ServerEnvironment,
    functionsOf: FunctionsOf,
    listener: EditorFindingsListener,
    showsDiagnostics: boolean,
  ) {
    this.#environment = environment;
    this.#functionsOf = functionsOf;
    this.#listener = listener;
    this.#showsDiagnostics = showsDiagnostics;
    const changed = (uri: string): void => this.#changed(uri);
    const complain = (message: string): void => listener.complain(message);
    this.#findings = new Findings({ changed, complain }, environment.restMilliseconds);
  }

  open(document: EditedDocument, place: PlaceInTree): void {
    const { uri } = document;
    const shown = this.#shown.get(uri);
    // What a tree before this one has put into the editor stands there until it is replaced.
    if (shown?.place.tree !== place.tree)
      this.#shown.set(uri, { hasDiagnostics: false, lenses: '', ...shown, document, place });
    this.#findings.open(document, place);
  }

  close(uri: string): void {
    const shown = this.#shown.get(uri);
    this.#shown.delete(uri);
    this.#findings.close(uri);
    if (shown?.hasDiagnostics === true) this.#listener.publish({ uri, diagnostics: [] });
  }

  edited(uri: string): void {
    this.#findings.edited(uri);
  }

  filesChanged(tree: Tree, paths: readonly string[]): void {
    this.#findings.filesChanged(tree, paths);
  }

  forget(tree: Tree, id: string): void {
    this.#findings.forget(tree, id);
  }

  /** Nobody looks until something is edited, or asked about again. `false`: nobody was about to. */
  cancel(): boolean {
    return this.#findings.cancel();
  }

  showDiagnostics(isOn: boolean): void {
    if (isOn === this.#showsDiagnostics) return;
    this.#showsDiagnostics = isOn;
    for (const [uri, shown] of this.#shown) this.#publish(uri, shown);
  }

  answer(params: FindingsParams): Promise<FindingsAnswer> {
    return this.#findings.answer(params);
  }

  locks(params: FindingsParams): Promise<LocksAnswer> {
    return this.#findings.locks(params);
  }

  /** What was found last around an open file; `undefined`: nobody has looked yet. */
  known(uri: string): readonly FoundCycle[] | undefined {
    return this.#findings.of(uri)?.findings;
  }

  /** None before something is found; then the editor is asked to fetch lenses anew. */
  async lenses(document: EditedDocument, token: Token): Promise<readonly CodeLens[]> {
    const { uri } = document;
    const path = this.#shown.get(uri)?.place.path ?? '';
    const cycles = cyclesByFunction(this.#findings.of(uri)?.findings ?? [], path);
    if (cycles.size === 0) return [];
    return cycleLenses(cycles, await this.#functionsOf(document, token), uri);
  }

  dispose(): void {
    this.#findings.dispose();
  }

  #changed(uri: string): void {
    const shown = this.#shown.get(uri);
    if (!shown) return;
    this.#publish(uri, shown);
    const cycles = cyclesByFunction(this.#findings.of(uri)?.findings ?? [], shown.place.path);
    const lenses = JSON.stringify(
      [...cycles].map(([name, found]) => [name, cyclesTitle(found), found.map(({ view }) => view.id)]),
    );
    if (lenses !== shown.lenses && (cycles.size > 0 || shown.lenses !== '')) this.#listener.lensesOutdated();
    shown.lenses = cycles.size === 0 ? '' : lenses;
    this.#listener.findingsChanged(uri);
  }

  #publish(uri: string, shown: Shown): void {
    const { document, place } = shown;
    const found = this.#showsDiagnostics ? (this.#findings.of(uri)?.findings ?? []) : [];
    const diagnostics = diagnosticsFor(found, {
      root: place.tree.root,
      path: place.path,
      text: document.getText(),
      rulePage: (rule) => this.#environment.rulePage?.(rule),
    });
    if (diagnostics.length === 0 && !shown.hasDiagnostics) return;
    shown.hasDiagnostics = diagnostics.length > 0;
    this.#listener.publish({ uri, version: document.version, diagnostics });
  }
}
