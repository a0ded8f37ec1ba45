// fingerprint.ts
// The name of a finding that stays when lines move, locals are renamed and another path to the same cycle becomes the
// shortest: rule and classes. Two paths that close the same cycle are one finding, since a reviewer has one order of
// locks to repair; the functions of the best path are left out, since a patch that touches another path may make that
// one the best. Findings inside one function have that function and its file too: static functions have namesakes.

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
