// sketchWriter.ts
// Collects the rows of a sketch block: every name of the block once, numbers for the rest.

import { columnOf, lineOf, positionAt, type Position } from '../base/position.ts';
import { hashOf, larger } from './namePool.ts';
import { NameSet } from './nameSet.ts';
import { definitionKinds, staticFlag, type SketchBlock, type SketchedFile } from './sketchBlock.ts';
import type { DefinitionKind } from './treeIndex.ts';

/** A name in the text that is read: its number in the tokeniser's table, and where its bytes stand. */
export interface NameInText {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

export class SketchWriter {
  /** Of the function and of the macro that are read; kept here since one writer reads all files of a thread. */
  readonly locals = new NameSet();
  readonly parameters = new NameSet();
  #files: SketchedFile[] = [];
  #definitions = new NumberList();
  #definitionEnds = new NumberList();
  #calls = new NumberList();
  #callEnds = new NumberList();
  #fieldUses = new NumberList();
  #fieldUseEnds = new NumberList();
  #nameBytes: Uint8Array = new Uint8Array(1 << 16);
  #nameLength = 0;
  #nameEnds = new NumberList();
  #nameHashes = new NumberList();
  /** By tokeniser name: index in this block + 1, if the name's block is this one. */
  #blockIndex = new Uint32Array(1 << 16);
  #blockOfName = new Uint32Array(1 << 16);
  /** By tokeniser name: the file in which it was last called. */
  #fileOfCall = new Uint32Array(1 << 16);
  #fieldNames = new Map<string, number>();
  #block = 1;
  #fileNumber = 1;
  #bytes: Uint8Array = new Uint8Array(0);
  #words: Uint32Array = new Uint32Array(0);
  #line = 1;
  #lineStart = 0;

  beginFile(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#words = wordsOf(bytes);
    this.#line = 1;
    this.#lineStart = 0;
    this.#fileNumber++;
    this.locals.clear();
  }

  endFile(path: string, blob: string): void {
    this.#endRows({ path, blob, skipped: undefined });
  }

  skipFile(path: string, blob: string, reason: string): void {
    this.#endRows({ path, blob, skipped: reason });
  }

  /** `prefix` is put before the name where a macro does so. */
  define(name: NameInText, kind: DefinitionKind, isStatic: boolean, prefix = ''): void {
    const flag = isStatic ? staticFlag : 0;
    this.#definitions.add(prefix === '' ? this.#indexOf(name) : this.#indexOfText(prefix + this.#text(name)));
    this.#definitions.add(definitionKinds.indexOf(kind) + flag);
    this.#definitions.add(this.#positionOf(name.start));
  }

  call(name: NameInText): void {
    this.#makeRoomFor(name.id);
    if (this.#fileOfCall[name.id] === this.#fileNumber) return;
    this.#fileOfCall[name.id] = this.#fileNumber;
    this.#calls.add(this.#indexOf(name));
  }

  useInField(name: NameInText, field: NameInText | string): void {
    this.#fieldUses.add(this.#indexOf(name));
    this.#fieldUses.add(typeof field === 'string' ? this.#indexOfText(field) : this.#indexOf(field));
    this.#fieldUses.add(this.#positionOf(name.start));
  }

  /** The block so far; the writer starts a new one. */
  take(): SketchBlock {
    const block: SketchBlock = {
      files: this.#files,
      nameBytes: this.#nameBytes.slice(0, this.#nameLength),
      nameEnds: this.#nameEnds.take(),
      nameHashes: this.#nameHashes.take(),
      definitions: this.#definitions.take(),
      definitionEnds: this.#definitionEnds.take(),
      calls: this.#calls.take(),
      callEnds: this.#callEnds.take(),
      fieldUses: this.#fieldUses.take(),
      fieldUseEnds: this.#fieldUseEnds.take(),
    };
    this.#files = [];
    this.#nameLength = 0;
    this.#fieldNames.clear();
    this.#block++;
    return block;
  }

  /** To be called when the tokeniser has forgotten its names: its numbers now mean other names. */
  forgetNames(): void {
    this.#blockOfName.fill(0);
    this.#fileOfCall.fill(0);
  }

  #endRows(file: SketchedFile): void {
    this.#files.push(file);
    this.#definitionEnds.add(this.#definitions.count / 3);
    this.#callEnds.add(this.#calls.count);
    this.#fieldUseEnds.add(this.#fieldUses.count / 3);
  }

  #indexOf(name: NameInText): number {
    this.#makeRoomFor(name.id);
    if (this.#blockOfName[name.id] === this.#block) return this.#blockIndex[name.id]!;
    const index = this.#addName(this.#bytes, name.start, name.end);
    this.#blockOfName[name.id] = this.#block;
    this.#blockIndex[name.id] = index;
    return index;
  }

  #text({ start, end }: NameInText): string {
    return decoder.decode(this.#bytes.subarray(start, end));
  }

  #indexOfText(text: string): number {
    const known = this.#fieldNames.get(text);
    if (known !== undefined) return known;
    const bytes = encoder.encode(text);
    const index = this.#addName(bytes, 0, bytes.length);
    this.#fieldNames.set(text, index);
    return index;
  }

  #addName(bytes: Uint8Array, start: number, end: number): number {
    const to = this.#nameLength + end - start;
    if (to > this.#nameBytes.length) this.#nameBytes = larger(this.#nameBytes, to);
    for (let i = start; i < end; i++) this.#nameBytes[this.#nameLength + i - start] = bytes[i]!;
    this.#nameLength = to;
    this.#nameHashes.add(hashOf(bytes, start, end));
    return this.#nameEnds.add(to);
  }

  #makeRoomFor(id: number): void {
    if (id < this.#blockOfName.length) return;
    this.#blockOfName = larger(this.#blockOfName, id + 1);
    this.#blockIndex = larger(this.#blockIndex, id + 1);
    this.#fileOfCall = larger(this.#fileOfCall, id + 1);
  }

  /** Rows come nearly in order, so lines are counted from the last one, in either direction. */
  #positionOf(offset: number): Position {
    const bytes = this.#bytes;
    while (this.#lineStart > offset) {
      this.#line--;
      this.#lineStart = this.#lineStart < 2 ? 0 : bytes.lastIndexOf(newline, this.#lineStart - 2) + 1;
    }
    const lines = newlinesIn(bytes, this.#words, this.#lineStart, offset);
    if (lines > 0) {
      this.#line += lines;
      this.#lineStart = bytes.lastIndexOf(newline, offset - 1) + 1;
    }
    return positionAt(this.#line, offset - this.#lineStart);
  }
}

/**
 * Four bytes at a time and without a branch: nobody can guess where lines end, and all text of a kernel passes here.
 * `words` are the same bytes, from the first on.
 */
function newlinesIn(bytes: Uint8Array, words: Uint32Array, start: number, end: number): number {
  let count = 0;
  let at = start;
  for (; at < end && (at & 3) !== 0; at++) if (bytes[at] === newline) count++;
  const lastWord = Math.min(end >>> 2, words.length);
  for (let i = at >>> 2; i < lastWord; i++, at += 4) {
    const differing = words[i]! ^ 0x0a0a0a0a;
    // The highest bit of each byte that is a newline, and no other bit.
    const found = ~(((differing & 0x7f7f7f7f) + 0x7f7f7f7f) | differing | 0x7f7f7f7f);
    count += Math.imul(found >>> 7, 0x01010101) >>> 24;
  }
  for (; at < end; at++) if (bytes[at] === newline) count++;
  return count;
}

/** As many whole words as the bytes have; none where they do not begin at one. */
function wordsOf({ buffer, byteOffset, length }: Uint8Array): Uint32Array {
  return byteOffset % 4 === 0 ? new Uint32Array(buffer, byteOffset, length >>> 2) : new Uint32Array(0);
}

class NumberList {
  #numbers: Uint32Array = new Uint32Array(1 << 10);
  count = 0;

  /** Gives the index of the new number. */
  add(value: number): number {
    if (this.count === this.#numbers.length) this.#numbers = larger(this.#numbers, this.count + 1);
    this.#numbers[this.count] = value;
    return this.count++;
  }

  take(): Uint32Array {
    const taken = this.#numbers.slice(0, this.count);
    this.count = 0;
    return taken;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const newline = 0x0a;

/** For messages and tests: `12:4`. */
export const positionText = (at: Position): string => `${lineOf(at)}:${columnOf(at)}`;
