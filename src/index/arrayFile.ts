// arrayFile.ts
// A file of typed arrays: one read, one check, and the arrays are views of what was read. No parsing.
//
// Layout, little endian: magic, format number, checksum of the table, number of sections; the table: per section its
// type, its length in bytes and its checksum; then the sections, each starting at a multiple of eight.

const magic = 0x31415748; // "HWA1"
const headerWords = 4;
const tableWords = 3;

const types = [Uint8Array, Uint32Array, Int32Array, Float64Array] as const;
export type FileArray = Uint8Array | Uint32Array | Int32Array | Float64Array;

/** In chunks to be written one after the other: the arrays themselves are not copied. */
export function encodeArrays(format: number, arrays: readonly FileArray[]): readonly Uint8Array[] {
  const header = new Uint32Array(paddedSize((headerWords + arrays.length * tableWords) * 4) / 4);
  const chunks = [bytesOf(header)];
  for (const [i, array] of arrays.entries()) {
    const section = paddedSection(array);
    const type = types.findIndex((candidate) => array instanceof candidate);
    header.set([type, array.byteLength, checksumOf(wordsOf(section))], headerWords + i * tableWords);
    chunks.push(section);
  }
  header.set([magic, format, 0, arrays.length]);
  header[2] = checksumOf(header.subarray(3));
  return chunks;
}

/** The arrays in their order; `undefined` for a file of another format, a cut one or one with flipped bits. */
export function decodeArrays(format: number, file: Uint8Array): FileArray[] | undefined {
  if (file.byteLength < headerWords * 4 || file.byteLength % 8 !== 0) return undefined;
  const bytes = file.byteOffset % 8 === 0 ? file : file.slice();
  const header = wordsOf(bytes);
  const count = header[3]!;
  if (header[0] !== magic || header[1] !== format || count > header.length / tableWords) return undefined;
  let offset = paddedSize((headerWords + count * tableWords) * 4);
  if (header[2] !== checksumOf(header.subarray(3, offset / 4))) return undefined;
  const arrays: FileArray[] = [];
  for (let i = headerWords; i < headerWords + count * tableWords; i += tableWords) {
    const type = types[header[i]!];
    const length = header[i + 1]!;
    const section = bytes.subarray(offset, offset + paddedSize(length));
    if (!type || section.length !== paddedSize(length) || checksumOf(wordsOf(section)) !== header[i + 2])
      return undefined;
    arrays.push(new type(bytes.buffer as ArrayBuffer, section.byteOffset, length / type.BYTES_PER_ELEMENT));
    offset += section.length;
  }
  return arrays;
}

function paddedSection(array: FileArray): Uint8Array {
  const bytes = bytesOf(array);
  if (bytes.length % 8 === 0 && bytes.byteOffset % 4 === 0) return bytes;
  const padded = new Uint8Array(paddedSize(bytes.length));
  padded.set(bytes);
  return padded;
}

const bytesOf = (array: FileArray): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
const wordsOf = (bytes: Uint8Array): Uint32Array =>
  new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);

/** Strings as bytes with their ends, so that they can lie in an array file. */
export function packStrings(strings: Iterable<string>): readonly [bytes: Uint8Array, ends: Uint32Array] {
  const ends: number[] = [];
  const parts: string[] = [];
  let end = 0;
  for (const text of strings) {
    // Lengths in bytes: names and paths are nearly always ASCII, but nobody promises that.
    end += isAscii(text) ? text.length : encoder.encode(text).length;
    parts.push(text);
    ends.push(end);
  }
  return [encoder.encode(parts.join('')), Uint32Array.from(ends)];
}

export function unpackStrings(bytes: Uint8Array, ends: Uint32Array): string[] {
  const whole = decoder.decode(bytes);
  const isPlain = whole.length === bytes.length;
  const strings: string[] = [];
  let start = 0;
  for (const end of ends) {
    strings.push(isPlain ? whole.slice(start, end) : decoder.decode(bytes.subarray(start, end)));
    start = end;
  }
  return strings;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

// oxlint-disable-next-line no-control-regex
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

const paddedSize = (size: number): number => (size + 7) & ~7;

/**
 * Four multiplicative sums side by side: any single changed bit changes the result, and 60 MB take some 20 ms,
 * which a bytewise CRC does not reach.
 */
function checksumOf(words: Uint32Array): number {
  let a = 0x811c9dc5;
  let b = 0x9e3779b1;
  let c = 0x85ebca6b;
  let d = 0xc2b2ae35;
  const prime = 0x01000193;
  const whole = words.length - (words.length % 4);
  for (let i = 0; i < whole; i += 4) {
    a = Math.imul(a ^ words[i]!, prime);
    b = Math.imul(b ^ words[i + 1]!, prime);
    c = Math.imul(c ^ words[i + 2]!, prime);
    d = Math.imul(d ^ words[i + 3]!, prime);
  }
  for (let i = whole; i < words.length; i++) a = Math.imul(a ^ words[i]!, prime);
  const mixed = Math.imul(Math.imul(a, 31) ^ b, 31) ^ c;
  return (Math.imul(mixed, 31) ^ d ^ words.length) >>> 0;
}
