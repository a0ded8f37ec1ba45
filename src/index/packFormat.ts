// packFormat.ts
// How facts lie in a pack: records one after the other, each with its length, key and checksum, so that a pack can
// be read up to the point where its writer was killed. A finished pack has an index beside it.

import { decodeArrays, encodeArrays } from './arrayFile.ts';
import { crc32 } from './crc32.ts';

const recordMagic = 0x31465748; // "HWF1"
const indexFormat = 1;
const keyLength = 20;

/** Magic, length of the payload, key, CRC-32 of key and payload. */
export const recordHeader = 32;

export interface RecordPlace {
  /** 40 hexadecimal digits. */
  readonly key: string;
  /** Where the record starts in the pack. */
  readonly offset: number;
  /** Of the payload. */
  readonly length: number;
}

export function encodeRecord(key: string, payload: Uint8Array): Uint8Array {
  const record = new Uint8Array(recordHeader + payload.length);
  const view = new DataView(record.buffer);
  const keyBytes = bytesOfKey(key);
  view.setUint32(0, recordMagic, true);
  view.setUint32(4, payload.length, true);
  record.set(keyBytes, 8);
  view.setUint32(28, crc32(payload, crc32(keyBytes)), true);
  record.set(payload, recordHeader);
  return record;
}

/** The payload of a record; `undefined` if it is cut, damaged or another one. */
export function decodeRecord(record: Uint8Array, key: string): Uint8Array | undefined {
  if (record.length < recordHeader) return undefined;
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  const payload = record.subarray(recordHeader);
  const keyBytes = record.subarray(8, 8 + keyLength);
  if (view.getUint32(0, true) !== recordMagic || view.getUint32(4, true) !== payload.length) return undefined;
  if (keyOfBytes(keyBytes) !== key || view.getUint32(28, true) !== crc32(payload, crc32(keyBytes)))
    return undefined;
  return payload;
}

/** Walks a pack without an index, up to its end or to the first byte that makes no sense. */
export function scanPack(pack: Uint8Array): readonly RecordPlace[] {
  const view = new DataView(pack.buffer, pack.byteOffset, pack.length);
  const places: RecordPlace[] = [];
  let offset = 0;
  while (offset + recordHeader <= pack.length && view.getUint32(offset, true) === recordMagic) {
    const length = view.getUint32(offset + 4, true);
    if (offset + recordHeader + length > pack.length) break;
    places.push({ key: keyOfBytes(pack.subarray(offset + 8, offset + 8 + keyLength)), offset, length });
    offset += recordHeader + length;
  }
  return places;
}

export function encodePackIndex(places: readonly RecordPlace[]): readonly Uint8Array[] {
  const keys = new Uint8Array(places.length * keyLength);
  for (const [i, { key }] of places.entries()) keys.set(bytesOfKey(key), i * keyLength);
  const numbers = Uint32Array.from(places.flatMap(({ offset, length }) => [offset, length]));
  return encodeArrays(indexFormat, [keys, numbers]);
}

export function decodePackIndex(bytes: Uint8Array): readonly RecordPlace[] | undefined {
  const arrays = decodeArrays(indexFormat, bytes);
  if (arrays?.length !== 2) return undefined;
  const [keys, numbers] = arrays as [Uint8Array, Uint32Array];
  const digits = hexOf(keys);
  const places: RecordPlace[] = [];
  for (let i = 0; i * 2 < numbers.length; i++) {
    const key = digits.slice(i * keyLength * 2, (i + 1) * keyLength * 2);
    places.push({ key, offset: numbers[i * 2]!, length: numbers[i * 2 + 1]! });
  }
  return places;
}

const hexDigits = new TextEncoder().encode('0123456789abcdef');

/** All at once: keys put together digit by digit are ten times slower. */
function hexOf(bytes: Uint8Array): string {
  const digits = new Uint8Array(bytes.length * 2);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    digits[i * 2] = hexDigits[byte >> 4]!;
    digits[i * 2 + 1] = hexDigits[byte & 15]!;
  }
  return new TextDecoder().decode(digits);
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function keyOfBytes(bytes: Uint8Array): string {
  let key = '';
  for (const byte of bytes) key += hexOfByte[byte]!;
  return key;
}

function bytesOfKey(key: string): Uint8Array {
  const bytes = new Uint8Array(keyLength);
  for (let i = 0; i < keyLength; i++) bytes[i] = Number.parseInt(key.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}
