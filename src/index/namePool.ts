// namePool.ts
// Names of a whole tree as bytes with a hash table beside them. The three arrays are what lies in the cache, so a
// table of a million names is there as soon as it is read, and no JavaScript string is made until one is asked for.

export interface NameArrays {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
  /** Open addressing, size a power of two: name index + 1, 0 for an empty slot. */
  readonly slots: Uint32Array;
}

/** Index of the name, or -1. */
export function findName(names: NameArrays, name: string): number {
  if (names.slots.length === 0) return -1;
  const wanted = encoder.encode(name);
  const mask = names.slots.length - 1;
  let slot = hashOf(wanted, 0, wanted.length) & mask;
  for (let entry = names.slots[slot]!; entry !== 0; entry = names.slots[slot]!) {
    if (isSame(names.bytes, names.ends, entry - 1, wanted, 0, wanted.length)) return entry - 1;
    slot = (slot + 1) & mask;
  }
  return -1;
}

export function nameText(names: NameArrays, index: number): string {
  return decoder.decode(names.bytes.subarray(index === 0 ? 0 : names.ends[index - 1]!, names.ends[index]));
}

/** A table that still grows. Equal names get equal indices, counted from 0. */
export class NamePool {
  #bytes: Uint8Array;
  #ends: Uint32Array;
  /**
   * Pairs of name index + 1 and hash. With the hash beside it, only a name that is the same is looked at: in a table of
   * millions each look elsewhere waits for memory.
   */
  #slots: Uint32Array;
  #count: number;

  /** Starts with the names of `from`, under the same indices, or with room for as many as are expected. */
  constructor(from?: NameArrays, expected = 0) {
    this.#count = from?.ends.length ?? 0;
    this.#bytes = from && from.bytes.length > 0 ? from.bytes.slice() : new Uint8Array(1 << 16);
    this.#ends = from && from.ends.length > 0 ? from.ends.slice() : new Uint32Array(1 << 12);
    this.#slots = from && from.slots.length > 0 ? withHashes(from) : new Uint32Array(cellsFor(expected));
  }

  get count(): number {
    return this.#count;
  }

  /** `hash` is that of the name, by `hashOf`. */
  indexOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (hash << 1) & mask;
    for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
      if (slots[slot + 1] === hash && isSame(this.#bytes, this.#ends, entry - 1, bytes, start, end))
        return entry - 1;
      slot = (slot + 2) & mask;
    }
    slots[slot] = this.#count + 1;
    slots[slot + 1] = hash;
    return this.#add(bytes, start, end);
  }

  /** Copies of just the used parts. */
  arrays(): NameArrays {
    const ends = this.#ends.slice(0, this.#count);
    const slots = new Uint32Array(this.#slots.length / 2);
    for (let i = 0; i < slots.length; i++) slots[i] = this.#slots[i * 2]!;
    return { bytes: this.#bytes.slice(0, ends.at(-1) ?? 0), ends, slots };
  }

  #add(bytes: Uint8Array, start: number, end: number): number {
    const index = this.#count++;
    const from = index === 0 ? 0 : this.#ends[index - 1]!;
    const to = from + end - start;
    if (to > this.#bytes.length) this.#bytes = larger(this.#bytes, to);
    if (index >= this.#ends.length) this.#ends = larger(this.#ends, index + 1);
    for (let i = start; i < end; i++) this.#bytes[from + i - start] = bytes[i]!;
    this.#ends[index] = to;
    if (isTooFull(this.#count, this.#slots.length)) this.#rehash();
    return index;
  }

  /** In the order of the names: which of two comes first in the table is part of the cache's format. */
  #rehash(): void {
    const hashes = new Uint32Array(this.#count);
    for (let slot = 0; slot < this.#slots.length; slot += 2) {
      const entry = this.#slots[slot]!;
      if (entry !== 0) hashes[entry - 1] = this.#slots[slot + 1]!;
    }
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 2;
    for (const [index, hash] of hashes.entries()) {
      let slot = (hash << 1) & mask;
      while (slots[slot] !== 0) slot = (slot + 2) & mask;
      slots[slot] = index + 1;
      slots[slot + 1] = hash;
    }
    this.#slots = slots;
  }
}

// Three quarters full at most: probes stay short, and the table of a whole kernel stays under 10 MB.
const isTooFull = (names: number, cells: number): boolean => names * 8 > cells * 3;

function cellsFor(names: number): number {
  let cells = 1 << 14;
  while (isTooFull(names, cells)) cells *= 2;
  return cells;
}

function withHashes({ bytes, ends, slots }: NameArrays): Uint32Array {
  const pairs = new Uint32Array(slots.length * 2);
  for (const [slot, entry] of slots.entries()) {
    if (entry === 0) continue;
    pairs[slot * 2] = entry;
    pairs[slot * 2 + 1] = hashOf(bytes, entry === 1 ? 0 : ends[entry - 2]!, ends[entry - 1]!);
  }
  return pairs;
}

/** A copy of at least twice the size. */
export function larger<T extends Uint8Array | Uint32Array>(array: T, needed: number): T {
  const make = array.constructor as new (length: number) => T;
  const copy = new make(Math.max(array.length * 2, needed));
  copy.set(array);
  return copy;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Part of the cache's format: the slots lie in it. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 5381;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 33) ^ bytes[i]!) | 0;
  return (hash ^ (hash >>> 15)) >>> 0;
}

function isSame(
  pool: Uint8Array,
  ends: Uint32Array,
  index: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  const from = index === 0 ? 0 : ends[index - 1]!;
  if (ends[index]! - from !== end - start) return false;
  for (let i = start; i < end; i++) if (pool[from + i - start] !== bytes[i]) return false;
  return true;
}
