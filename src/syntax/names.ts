// names.ts
// Turns the names of C text into small numbers, straight from bytes, and remembers what each name means to the
// pre-pass. One table per thread: a name is classified once, however often it is read.

/** Says what a name means; the bits are those of words.ts. */
export type ClassifyName = (name: string) => number;

const emptySlot = -1;

/** The hash that `NameTable.intern` expects: fed byte by byte by the tokeniser, closed by `finishNameHash`. */
export const startNameHash = (firstByte: number): number => firstByte;
export const addToNameHash = (hash: number, byte: number): number => (Math.imul(hash, 31) + byte) | 0;
// The low bits pick the slot; without the fold, names that differ only near their start would share slots.
export const finishNameHash = (hash: number): number => hash ^ (hash >>> 15);

/** Open addressing over a pool of bytes: no JavaScript string is made for a name that was seen before. */
export class NameTable {
  readonly #classify: ClassifyName;
  #slots = new Int32Array(1 << 16).fill(emptySlot);
  #pool = new Uint8Array(1 << 18);
  #poolLength = 0;
  #hashes = new Int32Array(1 << 15);
  #flags = new Uint32Array(1 << 15);
  #starts = new Uint32Array(1 << 15);
  #lengths = new Uint32Array(1 << 15);
  #count = 0;

  constructor(classify: ClassifyName) {
    this.#classify = classify;
  }

  get count(): number {
    return this.#count;
  }

  /** What the classify function said, by name. Replaced when the table grows: fetch it again after `intern`. */
  get flags(): Uint32Array {
    return this.#flags;
  }

  /** The number of the name at `start` to `end` of `bytes`. */
  intern(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const length = end - start;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const name = this.#slots[slot]!;
      if (name === emptySlot) break;
      if (this.#hashes[name] === hash && this.#lengths[name] === length && this.#equals(name, bytes, start)) {
        return name;
      }
      slot = (slot + 1) & mask;
    }
    return this.#add(bytes, start, length, hash);
  }

  /** The number of a name given as text. */
  internText(text: string): number {
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    let hash = startNameHash(bytes[0] ?? 0);
    for (let i = 1; i < bytes.length; i++) hash = addToNameHash(hash, bytes[i]!);
    return this.intern(bytes, 0, bytes.length, finishNameHash(hash));
  }

  /** The name as latin-1 text. */
  text(name: number): string {
    const start = this.#starts[name]!;
    return latin1Text(this.#pool, start, start + this.#lengths[name]!);
  }

  /** Forgets every name; numbers handed out before mean nothing afterwards. */
  clear(): void {
    this.#slots.fill(emptySlot);
    this.#poolLength = 0;
    this.#count = 0;
  }

  #equals(name: number, bytes: Uint8Array, start: number): boolean {
    const pool = this.#pool;
    const from = this.#starts[name]!;
    const length = this.#lengths[name]!;
    for (let i = 0; i < length; i++) {
      if (pool[from + i] !== bytes[start + i]) return false;
    }
    return true;
  }

  #add(bytes: Uint8Array, start: number, length: number, hash: number): number {
    if (this.#count === this.#hashes.length) this.#grow();
    if (this.#poolLength + length > this.#pool.length) this.#growPool(length);
    const name = this.#count++;
    this.#pool.set(bytes.subarray(start, start + length), this.#poolLength);
    this.#starts[name] = this.#poolLength;
    this.#lengths[name] = length;
    this.#hashes[name] = hash;
    this.#poolLength += length;
    this.#place(name);
    this.#flags[name] = this.#classify(this.text(name));
    return name;
  }

  #place(name: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hashes[name]! & mask;
    while (this.#slots[slot] !== emptySlot) slot = (slot + 1) & mask;
    this.#slots[slot] = name;
  }

  #grow(): void {
    const size = this.#hashes.length * 2;
    const hashes = new Int32Array(size);
    const flags = new Uint32Array(size);
    const starts = new Uint32Array(size);
    const lengths = new Uint32Array(size);
    hashes.set(this.#hashes);
    flags.set(this.#flags);
    starts.set(this.#starts);
    lengths.set(this.#lengths);
    this.#hashes = hashes;
    this.#flags = flags;
    this.#starts = starts;
    this.#lengths = lengths;
    this.#slots = new Int32Array(size * 2).fill(emptySlot);
    for (let name = 0; name < this.#count; name++) this.#place(name);
  }

  #growPool(needed: number): void {
    const pool = new Uint8Array(Math.max(this.#pool.length * 2, this.#poolLength + needed));
    pool.set(this.#pool);
    this.#pool = pool;
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
