// grammarWords.ts
// The words that the C grammar knows by their letters. Every other name is just an identifier to it, whatever it says.

import { kindTypes } from './cSymbols.ts';
import { latin1Text } from './names.ts';

// Words inside the grammar's own tokens, which its list of kinds does not show.
const wordsInTokens = [
  ...['bool', 'char', 'int', 'float', 'double', 'void', 'size_t', 'ssize_t', 'ptrdiff_t', 'intptr_t'],
  ...[
    'uintptr_t',
    'charptr_t',
    'nullptr_t',
    'max_align_t',
    'true',
    'false',
    'TRUE',
    'FALSE',
    'NULL',
    'nullptr',
  ],
  ...[8, 16, 32, 64].flatMap((bits) => [`int${bits}_t`, `uint${bits}_t`, `char${bits}_t`]),
  ...['__restrict', '__uptr', '__sptr', '_unaligned', '__unaligned'],
];

const wordPattern = /^[A-Za-z_]\w*$/;

const grammarWords = new Set([
  ...Object.values(kindTypes)
    .filter(([type, isNamed]) => !isNamed && wordPattern.test(type))
    .map(([type]) => type),
  ...wordsInTokens,
]);

// Types by convention: `dma_addr_t`, and the kernel's integers, which no suffix tells.
const typeSuffix = Uint8Array.of(95, 116);
const integerTypes = new Set([
  ...['u', 's', '__u', '__s'].flatMap((sign) => [8, 16, 32, 64].map((bits) => `${sign}${bits}`)),
  ...['le', 'be'].flatMap((order) => [16, 32, 64].map((bits) => `__${order}${bits}`)),
  ...['uint', 'ulong', 'ushort', 'u_int', 'u_long', 'u_short', 'u_char', 'uchar', '__poll_t'],
]);
const longestIntegerType = Math.max(...[...integerTypes].map((word) => word.length));

const slotCount = 1 << 10;
const longestWord = Math.max(...[...grammarWords].map((word) => word.length));

/** Words by a hash of length, first and last letter; a slot holds all that share it. */
const slots: Uint8Array[][] = Array.from({ length: slotCount }, () => []);

for (const word of grammarWords) {
  const letters = Uint8Array.from(word, (letter) => letter.charCodeAt(0));
  slots[slotOf(letters, 0, letters.length)]!.push(letters);
}

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start]!;
  const second = bytes[start + 1] ?? 0;
  return (first * 7 + second * 61 + bytes[end - 1]! * 31 + (end - start) * 127) & (slotCount - 1);
}

/** Whether the name at `start` to `end` is a word of the grammar. */
export function isGrammarWord(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length > longestWord || length < 2) return false;
  const candidates = slots[slotOf(bytes, start, end)]!;
  for (const word of candidates) {
    if (word.length !== length) continue;
    let i = 0;
    while (i < length && word[i] === bytes[start + i]) i++;
    if (i === length) return true;
  }
  return false;
}

/** Whether the name at `start` to `end` is one that kernel code gives to types only. */
export function isTypeName(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length > 2 && bytes[end - 2] === typeSuffix[0] && bytes[end - 1] === typeSuffix[1]) return true;
  return length <= longestIntegerType && integerTypes.has(latin1Text(bytes, start, end));
}
