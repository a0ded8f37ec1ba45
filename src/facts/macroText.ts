// macroText.ts
// Turns the body of a `#define` into text of the same length that reads as plain C: continuation lines are joined,
// `a ## b` becomes one identifier, and `#x` becomes `x`.

const newline = 10;
const carriageReturn = 13;
const blank = 32;
const hash = 35;
const backslash = 92;
const underscore = 95;

export function plainMacroBody(original: Uint8Array, start: number, end: number): Uint8Array {
  // A copy: the slice of a Buffer would be the file's own bytes.
  const text = Uint8Array.from(original.subarray(start, end));
  for (let i = 0; i < text.length; i++) {
    const byte = text[i];
    if (byte === backslash && isLineEnd(text[i + 1])) text[i] = blank;
    else if (isLineEnd(byte)) text[i] = blank;
  }
  for (let at = text.indexOf(hash); at >= 0; at = text.indexOf(hash, at + 1)) {
    if (text[at + 1] === hash) paste(text, at);
    else text[at] = blank;
  }
  return text;
}

/** Joins the names on both sides of `##`; without a name on each side (`, ##args`) the operator only goes. */
function paste(text: Uint8Array, at: number): void {
  let left = at;
  while (left > 0 && text[left - 1] === blank) left--;
  let right = at + 2;
  while (right < text.length && (text[right] === blank || text[right] === hash)) right++;
  const joins = left > 0 && isWordByte(text[left - 1]!) && right < text.length && isWordByte(text[right]!);
  text.fill(joins ? underscore : blank, joins ? left : at, joins ? right : at + 2);
}

const isLineEnd = (byte: number | undefined): boolean => byte === newline || byte === carriageReturn;

function isWordByte(byte: number): boolean {
  return (
    byte === underscore ||
    (byte >= 48 && byte <= 57) ||
    (byte >= 65 && byte <= 90) ||
    (byte >= 97 && byte <= 122)
  );
}
