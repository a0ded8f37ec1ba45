// mailHeader.ts
// Fields of a mail's header as they are sent: folded, in ASCII (RFC 5322, RFC 2047), and never more lines than one field.

import { onOneLine } from './printable.ts';

const widest = 78;

/** `Cc: a, b`, addresses on as many lines as they need. Nothing where there is no address. */
export function addressField(name: string, addresses: readonly string[]): string[] {
  if (addresses.length === 0) return [];
  const parts = addresses.map(
    (address, i) => encodedAddress(address) + (i < addresses.length - 1 ? ',' : ''),
  );
  return folded(`${name}:`, parts);
}

/** `References: <a> <b>`. Nothing where there is none. */
export function idField(name: string, ids: readonly string[]): string[] {
  return ids.length === 0 ? [] : folded(`${name}:`, ids);
}

export const textField = (name: string, text: string): string[] =>
  folded(`${name}:`, encodedWords(onOneLine(text)).split(' '));

/** Addresses of a field, as they stand there, decoded. */
export function addressesIn(field: string): readonly string[] {
  const addresses: string[] = [];
  let rest = '';
  for (const part of onOneLine(field).split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)) {
    // A name may have had a comma before it was decoded.
    rest = rest === '' ? part.trim() : `${rest}, ${part.trim()}`;
    if (!rest.includes('@')) continue;
    addresses.push(rest);
    rest = '';
  }
  return addresses;
}

/** `<...>` ids of a field, in order, without repeats. */
export const idsIn = (field: string): readonly string[] => [
  ...new Set(field.match(/<[^<>\s]{1,500}>/g) ?? []),
];

/** `jane@example.org` of `Jane <jane@example.org>`, by which equal addresses are known. */
export const mailboxOf = (address: string): string =>
  (/<([^<>]*)>\s*$/.exec(address)?.[1] ?? address).trim().toLowerCase();

/** `Jane Driver` of `"Jane Driver" <jane@example.org>`; an address without a name as it is. */
export function nameOf(address: string): string {
  const name = onOneLine(address)
    .replace(/<[^<>]*>\s*$/, '')
    .trim()
    .replace(/^"(.*)"$/, '$1');
  return name === '' ? mailboxOf(onOneLine(address)) : name;
}

function folded(name: string, parts: readonly string[]): string[] {
  const lines: string[] = [];
  let line = name;
  for (const part of parts) {
    if (line !== name && line.length + 1 + part.length > widest) {
      lines.push(line);
      line = '';
    }
    line += ` ${part}`;
  }
  return [...lines, line];
}

function encodedAddress(address: string): string {
  const match = /^(.*?)\s*<([^<>]*)>$/.exec(address);
  if (!match) return address;
  const [, name = '', mailbox = ''] = match;
  if (name === '') return `<${mailbox}>`;
  const bare = name.replace(/^"(.*)"$/, '$1');
  if (isPlain(bare))
    return `${/[^\w !#$%&'*+\-/=?^`{|}~]/.test(bare) ? `"${bare.replace(/["\\]/g, '\\$&')}"` : bare} <${mailbox}>`;
  return `${encodedWords(bare)} <${mailbox}>`;
}

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

// An encoded word may be 75 characters long; with these the name of the field has room on its line. A letter is not cut.
const longestWord = 60 - '=?UTF-8?q??='.length;

/** As it is where ASCII will do; otherwise all of it in encoded words. */
function encodedWords(text: string): string {
  if (isPlain(text) && !text.includes('=?')) return text;
  const words: string[] = [];
  let word = '';
  for (const letter of text) {
    const encoded = encodedLetter(letter);
    if (word.length + encoded.length > longestWord) {
      words.push(word);
      word = '';
    }
    word += encoded;
  }
  return [...words, word].map((encoded) => `=?UTF-8?q?${encoded}?=`).join(' ');
}

function encodedLetter(letter: string): string {
  if (letter === ' ') return '_';
  if (/[A-Za-z0-9!*+\-/]/.test(letter)) return letter;
  const bytes = [...new TextEncoder().encode(letter)];
  return bytes.map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
