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

const emptySlot = -1;

/** Open addressing over a pool of bytes. Ids count from 0; equal strings have equal ids. */
export class NameTable {
  #pool = new Uint8Array(1 << 12);
  /** Where each name begins in the pool; it ends where the next one begins. */
  #starts = new Uint32Array(1 << 8);
  /** Pairs of an id and its hash, side by side: a look-up of one among many names waits for memory, not for sums. */
  #slots = new Int32Array(1 << 10).fill(emptySlot);
  #count = 0;
  #texts: (string | undefined)[] = [];

  get count(): number {
    return this.#count;
  }

  idOfBytes(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const slot = this.#slotOf(bytes, start, end, hash);
    const id = this.#slots[slot]!;
    return id === emptySlot ? this.#add(bytes, start, end, hash, slot) : id;
  }

  /** The id of a name that is there, else -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.#slots[this.#slotOf(bytes, start, end, hashOf(bytes, start, end))]!;
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
    return (this.#texts[id] ??= textOf(this.#pool, this.#starts[id]!, this.#starts[id + 1]!));
  }

  /** The bytes of one name; a view that is valid until the next name is added. */
  bytes(id: number): Uint8Array {
    return this.#pool.subarray(this.#starts[id]!, this.#starts[id + 1]!);
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

  /** Where the name is, or where it would be put. */
  #slotOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (hash << 1) & mask;
    for (let id = slots[slot]!; id !== emptySlot; id = slots[slot]!) {
      if (slots[slot + 1] === hash && this.#equals(id, bytes, start, end)) return slot;
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  #equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const pool = this.#pool;
    const from = this.#starts[id]!;
    if (this.#starts[id + 1]! - from !== end - start) return false;
    for (let i = start, j = from; i < end; i++, j++) if (pool[j] !== bytes[i]) return false;
    return true;
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const id = this.#count++;
    const from = this.#starts[id]!;
    const to = from + end - start;
    if (to > this.#pool.length) this.#pool = grown(this.#pool, to);
    if (id + 1 >= this.#starts.length) this.#starts = grown(this.#starts, id + 2);
    for (let i = start; i < end; i++) this.#pool[from + i - start] = bytes[i]!;
    this.#starts[id + 1] = to;
    this.#slots[slot] = id;
    this.#slots[slot + 1] = hash;
    if (this.#count * 4 > this.#slots.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    const older = this.#slots;
    const slots = new Int32Array(older.length * 2).fill(emptySlot);
    const mask = slots.length - 2;
    for (let from = 0; from < older.length; from += 2) {
      if (older[from] === emptySlot) continue;
      const hash = older[from + 1]!;
      let slot = (hash << 1) & mask;
      while (slots[slot] !== emptySlot) slot = (slot + 2) & mask;
      slots[slot] = older[from]!;
      slots[slot + 1] = hash;
    }
    this.#slots = slots;
  }
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  // Rotated and not multiplied: each byte waits for the one before, and a multiplication takes three times as long.
  for (let i = start; i < end; i++) hash = ((hash << 5) | (hash >>> 27)) ^ bytes[i]!;
  // The low bits pick the slot; without the mixing, names that differ only near their start would share slots.
  const mixed = Math.imul(hash, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/** A copy of at least twice the size. */
export function grown<T extends Uint8Array | Int32Array | Uint32Array>(array: T, needed: number): T {
  const make = array.constructor as new (length: number) => T;
  const larger = new make(Math.max(array.length * 2, needed));
  larger.set(array);
  return larger;
}
