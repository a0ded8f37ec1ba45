// findings.ts
// Keeps what is found around each open file up to date: looks when everything has been at rest for a moment, at one file
// at a time, and stops at once when somebody types on.

import type { Disposable } from '../base/disposable.ts';
import { CancelledError } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { Analyst } from './environment.ts';
import { describeError } from './failures.ts';
import type { EditedDocument } from './openTexts.ts';
import type { LookedAround } from './fileFindings.ts';
import type { FindingsAnswer, FindingsParams, LocksAnswer } from './protocol.ts';
import type { Tree } from './tree.ts';
import type { PlaceInTree } from './trees.ts';
import { withoutFinding } from './usedLocks.ts';

export interface FindingsListener {
  /** What is known about this open file has changed. */
  changed(uri: string): void;
  complain(message: string): void;
}

// Lenses, and whatever else one asks at the sight of a file, come first.
const restMilliseconds = 1000;

interface Watched {
  readonly document: EditedDocument;
  readonly place: PlaceInTree;
  /** What was found last, and stays until something else is. */
  found: LookedAround | undefined;
  isOutdated: boolean;
  /** Somebody cancelled the search, and has not asked since. */
  isLeft: boolean;
  /** Told as soon as it is not outdated any more. */
  waiting: Waiting[];
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const noAnalyst = { kind: 'not-available' } as const;
const noTree = { kind: 'no-kernel-tree' } as const;

export class Findings implements Disposable {
  readonly #listener: FindingsListener;
  readonly #rest: number;
  /** The one that was touched last comes last. */
  readonly #watched = new Map<string, Watched>();
  readonly #encoder = new TextEncoder();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #working: { isCancellationRequested: boolean } | undefined;

  constructor(listener: FindingsListener, rest = restMilliseconds) {
    this.#listener = listener;
    this.#rest = rest;
  }

  /** From now on what is found around this file is kept up to date. */
  open(document: EditedDocument, place: PlaceInTree): void {
    const known = this.#watched.get(document.uri);
    if (known?.place.tree === place.tree) return;
    // Of a tree that was opened anew: whoever waits is told by the new one.
    const waiting = known?.waiting ?? [];
    const watched = { document, place, found: undefined, isOutdated: true, isLeft: false, waiting };
    this.#watched.set(document.uri, watched);
    this.#schedule();
  }

  close(uri: string): void {
    const closed = this.#watched.get(uri);
    if (!closed) return;
    this.#watched.delete(uri);
    fail(closed, new CancelledError('the file was closed'));
    // Without its editor the file counts again, which may say something else.
    this.#outdate(closed.place.tree, [closed.place.path]);
  }

  edited(uri: string): void {
    const watched = this.#watched.get(uri);
    if (!watched) return;
    this.#watched.delete(uri);
    this.#watched.set(uri, watched);
    watched.isOutdated = true;
    this.#outdate(watched.place.tree, [watched.place.path]);
  }

  filesChanged(tree: Tree, paths: readonly string[]): void {
    this.#outdate(tree, paths);
  }

  /** It need not be told any more, and nobody has to look again to know that. */
  forget(tree: Tree, id: string): void {
    for (const [uri, watched] of this.#watched) {
      const { found } = watched;
      if (watched.place.tree !== tree || !found?.findings.some(({ view }) => view.id === id)) continue;
      const findings = found.findings.filter(({ view }) => view.id !== id);
      watched.found = { ...found, findings, locks: withoutFinding(found.locks, id) };
      this.#listener.changed(uri);
    }
  }

  /** What was found last around this file; the text may have been edited since. */
  of(uri: string): LookedAround | undefined {
    return this.#watched.get(uri)?.found;
  }

  /** Waits until it is up to date, or, where the last is enough, until something is known. */
  async answer(params: FindingsParams): Promise<FindingsAnswer> {
    const watched = await this.#settled(params);
    if (!watched) return noTree;
    const { found, place } = watched;
    if (!found) return noAnalyst;
    const { locks: _, ...findings } = found;
    return { kind: 'findings', root: place.tree.root, ...findings };
  }

  /** The same for locks. */
  async locks(params: FindingsParams): Promise<LocksAnswer> {
    const watched = await this.#settled(params);
    if (!watched) return noTree;
    const { found, place } = watched;
    if (!found) return noAnalyst;
    const { locks, files, note } = found;
    const answer = { kind: 'locks', root: place.tree.root, files, ...locks } as const;
    return note === undefined ? answer : { ...answer, note };
  }

  async #settled({ uri, isLastEnough }: FindingsParams): Promise<Watched | undefined> {
    const watched = this.#watched.get(uri);
    if (!watched?.isOutdated || (isLastEnough === true && watched.found)) return watched;
    watched.isLeft = false;
    await new Promise<void>((resolve, reject) => {
      watched.waiting.push({ resolve, reject });
      this.#schedule();
    });
    return watched;
  }

  /** Nobody looks until something is edited, or asked about again. `false`: nobody was about to. */
  cancel(): boolean {
    const left = [...this.#watched.values()].filter(({ isOutdated, isLeft }) => isOutdated && !isLeft);
    for (const watched of left) {
      watched.isLeft = true;
      fail(watched, new CancelledError('cancelled'));
    }
    if (this.#working) this.#working.isCancellationRequested = true;
    return left.length > 0;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    if (this.#working) this.#working.isCancellationRequested = true;
    for (const watched of this.#watched.values()) fail(watched, new CancelledError('the server leaves'));
    this.#watched.clear();
  }

  /** Files that belong together are looked at together; what a header says may reach any of them. */
  #outdate(tree: Tree, paths: readonly string[]): void {
    const isForAll = paths.some((path) => !path.endsWith('.c'));
    for (const watched of this.#watched.values()) {
      const files = watched.found?.files;
      const isConcerned = isForAll || files === undefined || paths.some((path) => files.includes(path));
      if (watched.place.tree !== tree || !isConcerned) continue;
      watched.isOutdated = true;
      watched.isLeft = false;
    }
    if (this.#working) this.#working.isCancellationRequested = true;
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#work(), this.#rest);
  }

  async #work(): Promise<void> {
    // Whoever is at work goes on with what is left.
    if (this.#working) return;
    for (let next = this.#next(); next; next = this.#next()) {
      const token = (this.#working = { isCancellationRequested: false });
      await this.#lookAround(next, token);
      this.#working = undefined;
      // Something was edited, and rest comes before the next try.
      if (token.isCancellationRequested) return this.#schedule();
    }
  }

  #next(): Watched | undefined {
    return [...this.#watched.values()].findLast(({ isOutdated, isLeft }) => isOutdated && !isLeft);
  }

  /** Never rejects. */
  async #lookAround(watched: Watched, token: Token): Promise<void> {
    const { tree, path } = watched.place;
    try {
      const { analyst } = await tree.opened;
      const found = await (analyst && this.#ask(analyst, watched, token));
      if (token.isCancellationRequested) return;
      if (found) this.#found(tree, found, watched);
      else settle(watched);
    } catch (error) {
      if (token.isCancellationRequested || CancelledError.is(error)) return;
      // The next edit tries again; what was found before is still the best that is known.
      watched.isOutdated = false;
      fail(watched, error);
      this.#listener.complain(describeError(`${path} was not looked at for cycles`, error));
    }
  }

  #ask(analyst: Analyst, { place }: Watched, token: Token): Promise<LookedAround> {
    const texts = new Map<string, Uint8Array>();
    for (const { document, place: other } of this.#watched.values()) {
      if (other.tree === place.tree) texts.set(other.path, this.#encoder.encode(document.getText()));
    }
    return analyst.findings(place.path, texts, token);
  }

  /** The other open files of the same driver need not be looked at again. */
  #found(tree: Tree, found: LookedAround, asked: Watched): void {
    for (const [uri, watched] of this.#watched) {
      const isOfUnit = watched.place.tree === tree && found.files.includes(watched.place.path);
      if (watched !== asked && !isOfUnit) continue;
      const isNew = shownOf(watched.found) !== shownOf(found);
      watched.found = found;
      settle(watched);
      if (isNew) this.#listener.changed(uri);
    }
  }
}

function settle(watched: Watched): void {
  watched.isOutdated = false;
  for (const { resolve } of watched.waiting.splice(0)) resolve();
}

function fail(watched: Watched, error: unknown): void {
  for (const { reject } of watched.waiting.splice(0)) reject(error);
}

const shownOf = (found: LookedAround | undefined): string =>
  found ? JSON.stringify([found.findings, found.locks]) : '';
