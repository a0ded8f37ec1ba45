// sha1.ts
// SHA-1, for names of content and not for secrets: the browser's own is asynchronous, and the index needs one that is not.

/** Of the parts in a row, as 40 hexadecimal digits. */
export function sha1(parts: readonly Uint8Array[]): string {
  const message = padded(parts);
  const words = new DataView(message.buffer);
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const schedule = new Uint32Array(80);
  for (let block = 0; block < message.length; block += 64) {
    for (let i = 0; i < 16; i++) schedule[i] = words.getUint32(block + i * 4);
    for (let i = 16; i < 80; i++) {
      schedule[i] = rotate(
        at(schedule, i - 3) ^ at(schedule, i - 8) ^ at(schedule, i - 14) ^ at(schedule, i - 16),
        1,
      );
    }
    mixBlock(state, schedule);
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

function mixBlock(state: Uint32Array, schedule: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let i = 0; i < 80; i++) {
    const next = (rotate(a, 5) + choose(i, b, c, d) + e + constantOf(i) + at(schedule, i)) | 0;
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  for (const [i, value] of [a, b, c, d, e].entries()) state[i] = (at(state, i) + value) | 0;
}

function choose(round: number, b: number, c: number, d: number): number {
  if (round < 20) return (b & c) | (~b & d);
  if (round < 40 || round >= 60) return b ^ c ^ d;
  return (b & c) | (b & d) | (c & d);
}

function constantOf(round: number): number {
  if (round < 20) return 0x5a827999;
  if (round < 40) return 0x6ed9eba1;
  return round < 60 ? 0x8f1bbcdc : 0xca62c1d6;
}

/** The message, a one bit, zeros, and its length in bits in the last eight bytes of a block. */
function padded(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const message = new Uint8Array((((length + 8) >> 6) + 1) << 6);
  let offset = 0;
  for (const part of parts) {
    message.set(part, offset);
    offset += part.length;
  }
  message[length] = 0x80;
  new DataView(message.buffer).setBigUint64(message.length - 8, BigInt(length) * 8n);
  return message;
}

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
const at = (words: Uint32Array, index: number): number => words[index] ?? 0;
