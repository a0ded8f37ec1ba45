// fileContent.ts
// What can be said of a file by its bytes alone: its git blob id, and whether it is C at all.

const headerSizeWorthLooking = 1024 * 1024;
const defineLine = [0x23, 0x64, 0x65, 0x66, 0x69, 0x6e, 0x65];
const newline = 0x0a;

/** The id that git gives a file of this content. */
export function blobIdOf(bytes: Uint8Array, sha1: (parts: readonly Uint8Array[]) => string): string {
  return sha1([encoder.encode(`blob ${bytes.length}\0`), bytes]);
}

const encoder = new TextEncoder();

/** Why the file is not worth reading further; `undefined` if it is. */
export function reasonToSkip(path: string, bytes: Uint8Array): string | undefined {
  if (bytes.subarray(0, 1024).includes(0)) return 'binary: has a NUL byte';
  const large = path.endsWith('.h') && bytes.length > headerSizeWorthLooking;
  if (large && isAllDefines(bytes)) return 'header over 1 MB that is all #define';
  return undefined;
}

/** At least nine of ten lines that say anything are a `#define`; looks at the last 256 KB, past the licence. */
function isAllDefines(bytes: Uint8Array): boolean {
  let defines = 0;
  let others = 0;
  let lineStart = bytes.indexOf(newline, Math.max(0, bytes.length - 256 * 1024)) + 1;
  while (lineStart > 0 && lineStart < bytes.length) {
    const first = bytes[lineStart]!;
    const isBlankOrComment = first === newline || first === 0x2f || first === 0x20 || first === 0x0d;
    if (defineLine.every((byte, i) => bytes[lineStart + i] === byte)) defines++;
    else if (!isBlankOrComment) others++;
    lineStart = bytes.indexOf(newline, lineStart) + 1;
  }
  return defines > 1000 && defines > others * 9;
}
