// nameTable.ts
// Names as small numbers, taken straight from bytes: making a JavaScript string for every identifier of the kernel
// would cost more than reading it.

// So many arguments are passed at once; a name is far shorter.
const longestAscii = 512;

/**
 * Reads bytes as text: ASCII quickly, anything else as UTF-8. A text put together letter by letter would be a chain of
 * pieces that takes six times the memory.
 */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  const part = bytes.subarray(start, end);
  if (part.length > longestAscii) return utf8.decode(part);
  for (let i = 0; i < part.length; i++) if (part[i]! >= 0x80) return utf8.decode(part);
  return String.fromCharCode.apply(undefined, part as unknown as number[]);
}

const utf8 = new TextDecoder('utf-8');
const encoder = new TextEncoder();
/** Where short ASCII strings become bytes: several times quicker than the encoder. */
const scratch = new Uint8Array(256);

/** The hash of a name: begun with its first byte, fed with the others, closed. A tokeniser computes it as it reads. */
export const startNameHash = (firstByte: number): number => firstByte;
export const addToNameHash = (hash: number, byte: number): number => (Math.imul(hash, 31) + byte) | 0;
// The low bits pick the slot; without the fold, names that differ only near their start would share slots.
export const finishNameHash = (hash: number): number => hash ^ (hash >>> 15);

export function nameHash(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return 0;
  let hash = startNameHash(bytes[start]!);
  for (let i = start + 1; i < end; i++) hash = addToNameHash(hash, bytes[i]!);
  return finishNameHash(hash);
}

const emptySlot = -1;

/** Open addressing over a pool of bytes. Ids count from 0; equal strings have equal ids. */
export class NameTable {
  #pool = new Uint8Array(1 << 12);
  /** Where each name ends in the pool; it begins where the one before ends. */
  #ends = new Uint32Array(1 << 8);
  #hashes = new Int32Array(1 << 8);
  #slots = new Int32Array(1 << 9).fill(emptySlot);
  #count = 0;
  #texts: (string | undefined)[] = [];

  get count(): number {
    return this.#count;
  }

  idOfBytes(bytes: Uint8Array, start: number, end: number): number {
    return this.idOfHashed(bytes, start, end, nameHash(bytes, start, end));
  }

  /** `hash` is what `nameHash` gives. */
  idOfHashed(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const length = end - start;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let id = this.#slots[slot]!; id !== emptySlot; id = this.#slots[slot]!) {
      if (this.#hashes[id] === hash && this.#equals(id, bytes, start, length)) return id;
      slot = (slot + 1) & mask;
    }
    return this.#add(bytes, start, length, hash, slot);
  }

  idOfText(text: string): number {
    const { length } = text;
    if (length > scratch.length) return this.#idOfEncoded(text);
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0x80) return this.#idOfEncoded(text);
      scratch[i] = code;
    }
    return this.idOfBytes(scratch, 0, length);
  }

  text(id: number): string {
    return (this.#texts[id] ??= textOf(this.#pool, this.#start(id), this.#ends[id]!));
  }

  /** The bytes of one name; a view that is valid until the next name is added. */
  bytes(id: number): Uint8Array {
    return this.#pool.subarray(this.#start(id), this.#ends[id]!);
  }

  /** Forgets every name; ids handed out before mean nothing afterwards. */
  clear(): void {
    this.#slots.fill(emptySlot);
    this.#texts = [];
    this.#count = 0;
  }

  #idOfEncoded(text: string): number {
    const bytes = encoder.encode(text);
    return this.idOfBytes(bytes, 0, bytes.length);
  }

  #start(id: number): number {
    return id === 0 ? 0 : this.#ends[id - 1]!;
  }

  #equals(id: number, bytes: Uint8Array, start: number, length: number): boolean {
    const from = this.#start(id);
    if (this.#ends[id]! - from !== length) return false;
    for (let i = 0; i < length; i++) if (this.#pool[from + i] !== bytes[start + i]) return false;
    return true;
  }

  #add(bytes: Uint8Array, start: number, length: number, hash: number, slot: number): number {
    const id = this.#count++;
    const from = this.#start(id);
    if (from + length > this.#pool.length) this.#pool = grown(this.#pool, from + length);
    if (id >= this.#ends.length) {
      this.#ends = grown(this.#ends, id + 1);
      this.#hashes = grown(this.#hashes, id + 1);
    }
    for (let i = 0; i < length; i++) this.#pool[from + i] = bytes[start + i]!;
    this.#ends[id] = from + length;
    this.#hashes[id] = hash;
    this.#slots[slot] = id;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(emptySlot);
    const mask = slots.length - 1;
    for (let id = 0; id < this.#count; id++) {
      let slot = this.#hashes[id]! & mask;
      while (slots[slot]! !== emptySlot) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

/** A copy of at least twice the size. */
export function grown<T extends Uint8Array | Int32Array | Uint32Array>(array: T, needed: number): T {
  const make = array.constructor as new (length: number) => T;
  const larger = new make(Math.max(array.length * 2, needed));
  larger.set(array);
  return larger;
}
