// fingerprint.ts
// The name of a finding that stays when lines move, locals are renamed and another path to the same cycle becomes the
// shortest: rule and classes, and for findings inside one function that function. Two paths that close the same cycle
// are one finding: a reviewer has one order of locks to repair.

export function fingerprint(parts: readonly string[]): string {
  return hex(hash(parts.join('\n'), 0x811c9dc5)) + hex(hash(parts.join('\r'), 0x9dc5811c)).slice(0, 4);
}

/** FNV-1a over UTF-16 units: no secret is kept, names only have to differ. */
function hash(text: string, seed: number): number {
  let value = seed;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');
