// threeWay.ts
// Patches for another tree than the one at hand: the text that a patch was made for is found by the id on its `index`
// line, and what the patch does to it is merged with what the tree has become since.

import type { ReadFile } from '../patch/applied.ts';
import { applyHunks, textOfFile } from '../patch/applyHunks.ts';
import { byteStringOf, bytesOf } from '../patch/byteText.ts';
import type { ByteString, FileChange, Hunk, Patch } from '../patch/change.ts';
import { hunksBetween } from '../patch/hunksBetween.ts';
import { mergeThree } from '../patch/mergeThree.ts';

export interface Rebased {
  /** With the hunks that lead to the merged text; changes that fit, or cannot be merged, are as they were. */
  readonly patch: Patch;
  /** Sentences without a full stop, for people: what was merged. */
  readonly notes: readonly string[];
}

/** For the patches of one series, in order: what an earlier one makes is what a later one was made for. */
export class ThreeWay {
  readonly #readBlob: (id: string) => Promise<Uint8Array | undefined>;
  /** What the author's files were after each patch, by the id that the patch gives. */
  readonly #made = new Map<string, ByteString>();

  /** `readBlob` takes abbreviated ids. */
  constructor(readBlob: (id: string) => Promise<Uint8Array | undefined>) {
    this.#readBlob = readBlob;
  }

  /** `read`: the state before this patch. */
  async rebased(patch: Patch, read: ReadFile): Promise<Rebased> {
    const changes: FileChange[] = [];
    const notes: string[] = [];
    for (const change of patch.changes) {
      const merged = await this.#rebasedChange(change, read);
      changes.push(merged ?? change);
      if (merged) notes.push(`${change.newPath}: merged with the tree`);
    }
    return notes.length === 0 ? { patch, notes } : { patch: { ...patch, changes }, notes };
  }

  async #rebasedChange(change: FileChange, read: ReadFile): Promise<FileChange | undefined> {
    const base = await this.#textBefore(change);
    if (base === undefined) return undefined;
    const meant = applyHunks(textOfFile(base), change.hunks);
    if (meant.kind === 'failed') return undefined;
    if (change.newBlob !== undefined) this.#made.set(change.newBlob, meant.text);
    if (change.kind !== 'modified' && change.kind !== 'renamed') return undefined;
    const bytes = await read(change.oldPath);
    if (!bytes) return undefined;
    const current = byteStringOf(bytes);
    if (applyHunks(textOfFile(bytes), change.hunks).kind === 'applied') return undefined;
    const merged = mergeThree(byteStringOf(base), current, meant.text);
    if (merged.kind === 'conflict') return undefined;
    return { ...change, hunks: inInput(hunksBetween(current, merged.text), change.hunks) };
  }

  async #textBefore({ oldBlob, isBinary, hunks, kind }: FileChange): Promise<Uint8Array | undefined> {
    if (isBinary || hunks.length === 0) return undefined;
    if (kind === 'added') return new Uint8Array();
    return oldBlob === undefined ? undefined : (this.#madeBefore(oldBlob) ?? this.#readBlob(oldBlob));
  }

  /** Of two abbreviations either may be the longer one. */
  #madeBefore(id: string): Uint8Array | undefined {
    const found = [...this.#made].findLast(([known]) => known.startsWith(id) || id.startsWith(known));
    return found && bytesOf(found[1]);
  }
}

/** Each with the line of the hunk of the input that it most likely comes from: the one with the same added line. */
function inInput(hunks: readonly Hunk[], given: readonly Hunk[]): readonly Hunk[] {
  return hunks.map((hunk, i) => {
    const texts = new Set(hunk.lines.filter(({ kind }) => kind !== 'context').map(({ text }) => text));
    const same = ({ lines }: Hunk): number =>
      lines.filter(({ kind, text }) => kind !== 'context' && texts.has(text)).length;
    const nearest = given[Math.min(i, given.length - 1)];
    const best = given.reduce((a, b) => (same(b) > same(a) ? b : a), nearest ?? hunk);
    return { ...hunk, line: best.line, heading: best.heading || hunk.heading };
  });
}
