// memoryTree.ts
// Copies a syntax tree out of WebAssembly memory by reading tree-sitter's own records: twenty times quicker than asking
// for node after node. The layout below is that of tree-sitter 0.25 to 0.27 built for wasm32; wasmParser.ts compares the
// result with tree-sitter's cursor before it trusts this file.
//
// A Subtree is 8 bytes. If bit 0 of the first byte is set it is a leaf in place:
//   byte 0 bits: 0 inline, 1 visible, 2 named, 3 extra, 4 has changes, 5 missing; byte 1: symbol;
//   byte 6: padding in bytes; byte 7: size in bytes.
// Otherwise its first word points to a record:
//   +4 padding in bytes, +16 size in bytes, +36 child count, +40 symbol (2 bytes),
//   +44 bits: 0 visible, 1 named, 2 extra; +45 bit 1 missing; +66 production (2 bytes);
//   its children, 8 bytes each, lie directly before it.
// "Bytes" are those of UTF-16: twice our offsets.

import type { FlatArrays } from './flatArrays.ts';
import { errorKind, missingFlag, namedFlag } from './flatTree.ts';

const inlineBit = 1;
const inlineVisible = 2;
const inlineNamed = 4;
const inlineExtra = 8;
const inlineMissing = 32;

const recordVisible = 1;
const recordNamed = 2;
const recordExtra = 4;
const recordMissing = 2;

/** One open node of the walk. */
const frameSize = 6;
const frameChild = 0;
const frameChildrenLeft = 1;
const frameAliases = 2;
const framePlace = 3;
const frameNode = 4;
const frameEnd = 5;

export class MemoryTreeReader {
  readonly #memory: WebAssembly.Memory;
  readonly #publicSymbols: number;
  readonly #aliasSequences: number;
  readonly #longestAliasSequence: number;
  #bytes = new Uint8Array(0);
  #shorts = new Uint16Array(0);
  #words = new Uint32Array(0);
  #frames = new Int32Array(frameSize * 256);

  /** `language` is the address of the grammar's TSLanguage record. */
  constructor(memory: WebAssembly.Memory, language: number) {
    this.#memory = memory;
    this.#refresh();
    this.#longestAliasSequence = this.#shorts[(language + 36) >> 1]!;
    this.#publicSymbols = this.#words[(language >> 2) + 19]! >> 1;
    this.#aliasSequences = this.#words[(language >> 2) + 21]! >> 1;
  }

  /**
   * `tree` is the address of a TSTree record, whose first word is the root. One long function on locals: a tree of a
   * hundred thousand nodes is read while somebody types, and split into calls this takes twice as long.
   */
  read(tree: number, into: FlatArrays): void {
    this.#refresh();
    const words = this.#words;
    const bytes = this.#bytes;
    const shorts = this.#shorts;
    const publicSymbols = this.#publicSymbols;
    const longestAliasSequence = this.#longestAliasSequence;
    let frames = this.#frames;
    let { kind, start, end, next, flags } = into;
    let count = 0;
    let position = 0;
    let depth = 0;
    let subtree = tree;
    let alias = 0;
    for (;;) {
      if (count === kind.length) {
        into.count = count;
        into.grow();
        ({ kind, start, end, next, flags } = into);
      }
      const first = words[subtree >> 2]!;
      if (first & inlineBit) {
        const second = words[(subtree >> 2) + 1]!;
        const from = position + ((second >>> 16) & 255);
        position = from + (second >>> 24);
        if (first & inlineVisible || alias) {
          kind[count] = shorts[publicSymbols + (alias || (first >>> 8) & 255)]!;
          start[count] = from >>> 1;
          end[count] = position >>> 1;
          flags[count] = (first & inlineMissing ? missingFlag : 0) | (first & inlineNamed ? namedFlag : 0);
          next[count] = ++count;
        }
      } else {
        const record = first >> 2;
        const from = position + words[record + 1]!;
        const to = from + words[record + 4]!;
        const children = words[record + 9]!;
        const bits = bytes[first + 44]!;
        let node = -1;
        if (bits & recordVisible || alias) {
          const symbol = alias || shorts[(first + 40) >> 1]!;
          const isMissing = children === 0 && bytes[first + 45]! & recordMissing;
          node = count;
          kind[count] = symbol === errorKind ? errorKind : shorts[publicSymbols + symbol]!;
          start[count] = from >>> 1;
          end[count] = to >>> 1;
          flags[count] = (isMissing ? missingFlag : 0) | (bits & recordNamed ? namedFlag : 0);
          next[count] = ++count;
        }
        if (children > 0) {
          const production = shorts[(first + 66) >> 1]!;
          const frame = depth++ * frameSize;
          if (frame + frameSize > frames.length) frames = this.#growFrames();
          frames[frame + frameChild] = first - 8 * children;
          frames[frame + frameChildrenLeft] = children;
          frames[frame + frameAliases] =
            production > 0 ? this.#aliasSequences + production * longestAliasSequence : 0;
          frames[frame + framePlace] = 0;
          frames[frame + frameNode] = node;
          frames[frame + frameEnd] = to;
        } else {
          position = to;
        }
      }
      let frame = (depth - 1) * frameSize;
      while (depth > 0 && frames[frame + frameChildrenLeft] === 0) {
        position = frames[frame + frameEnd]!;
        if (frames[frame + frameNode]! >= 0) next[frames[frame + frameNode]!] = count;
        depth--;
        frame -= frameSize;
      }
      if (depth === 0) break;
      subtree = frames[frame + frameChild]!;
      frames[frame + frameChild] = subtree + 8;
      frames[frame + frameChildrenLeft]!--;
      alias = 0;
      const aliases = frames[frame + frameAliases]!;
      if (aliases === 0) continue;
      // Extras, such as comments, have no place in the production and so no alias.
      const child = words[subtree >> 2]!;
      const isExtra = child & inlineBit ? child & inlineExtra : bytes[child + 44]! & recordExtra;
      if (isExtra) continue;
      const place = frames[frame + framePlace]!++;
      if (place < longestAliasSequence) alias = shorts[aliases + place]!;
    }
    into.count = count;
  }

  /** Memory that grew has a new buffer. */
  #refresh(): void {
    if (this.#bytes.buffer === this.#memory.buffer) return;
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#shorts = new Uint16Array(this.#memory.buffer);
    this.#words = new Uint32Array(this.#memory.buffer);
  }

  #growFrames(): Int32Array<ArrayBuffer> {
    const frames = new Int32Array(this.#frames.length * 2);
    frames.set(this.#frames);
    this.#frames = frames;
    return frames;
  }
}
