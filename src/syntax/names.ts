// names.ts
// The names of C text as small numbers, and what each means to the pre-pass. One table per thread: a name is
// classified once, however often it is read.

import { grown, NameTable } from '../base/nameTable.ts';

/** Says what a name means; the bits are those of words.ts. */
export type ClassifyName = (bytes: Uint8Array, start: number, end: number) => number;

export class ClassifiedNames {
  readonly #classify: ClassifyName;
  readonly #table = new NameTable();
  #flags = new Uint32Array(1 << 12);
  #classified = 0;
  /** Of those that were asked for. */
  #texts: (string | undefined)[] = [];

  constructor(classify: ClassifyName) {
    this.#classify = classify;
  }

  get count(): number {
    return this.#table.count;
  }

  /** What the classify function said, by name. Replaced when the table grows: fetch it again after `intern`. */
  get flags(): Uint32Array {
    return this.#flags;
  }

  /** The number of the name at `start` to `end` of `bytes`. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const name = this.#table.idOfBytes(bytes, start, end);
    if (name === this.#classified) this.#classifyNext(name, bytes, start, end);
    return name;
  }

  /** The name as latin-1 text. */
  text(name: number): string {
    const known = this.#texts[name];
    if (known !== undefined) return known;
    const bytes = this.#table.bytes(name);
    return (this.#texts[name] = latin1Text(bytes, 0, bytes.length));
  }

  /** Forgets every name; numbers handed out before mean nothing afterwards. */
  clear(): void {
    this.#table.clear();
    this.#texts = [];
    this.#classified = 0;
  }

  #classifyNext(name: number, bytes: Uint8Array, start: number, end: number): void {
    if (name >= this.#flags.length) this.#flags = grown(this.#flags, name + 1);
    this.#flags[name] = this.#classify(bytes, start, end);
    this.#classified++;
  }
}

/** Bytes as text, one character each. */
export function latin1Text(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let from = start; from < end; from += 4096) {
    text += String.fromCharCode.apply(
      null,
      bytes.subarray(from, Math.min(end, from + 4096)) as unknown as number[],
    );
  }
  return text;
}
