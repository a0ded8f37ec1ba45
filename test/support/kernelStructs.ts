// kernelStructs.ts
// Structs of a kernel tree as its headers and sources declare them, read without a parser: which names a struct has,
// and of which struct each is.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface StructText {
  /** Names of all members, those of anonymous parts included, with the struct that they are or point at. */
  readonly members: ReadonlyMap<string, string | undefined>;
  /** Of pointers to functions: the struct that each argument points at. */
  readonly methods: ReadonlyMap<string, readonly (string | undefined)[]>;
}

/** A name may have several definitions: for other machines, or in files of their own. */
export function structsIn(
  root: string,
  folders: readonly string[],
): ReadonlyMap<string, readonly StructText[]> {
  const found = new Map<string, StructText[]>();
  for (const folder of folders) {
    for (const path of sources(join(root, folder))) {
      const text = readFileSync(path, 'latin1').replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, ' ');
      for (const match of text.matchAll(/\bstruct\s+(\w+)\s*\{/g)) {
        const body = text.slice(match.index + match[0].length, closing(text, match.index + match[0].length));
        const known = found.get(match[1] ?? '');
        if (known) known.push(structOf(body));
        else found.set(match[1] ?? '', [structOf(body)]);
      }
    }
  }
  return found;
}

/** C files and headers below a folder, sorted. */
export function sources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[ch]$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function structOf(body: string): StructText {
  const members = new Map<string, string | undefined>();
  const methods = new Map<string, readonly (string | undefined)[]>();
  for (const [, name = '', args = ''] of body.matchAll(
    /\(\s*\*\s*(?:const\s+)?(\w+)\s*\)\s*\(([^;]*?)\)[^;()]*;/g,
  )) {
    methods.set(
      name,
      args.split(',').map((arg) => /\bstruct\s+(\w+)\s*\*/.exec(arg)?.[1]),
    );
    members.set(name, undefined);
  }
  for (const [, type, name = ''] of body.matchAll(
    /(?:\bstruct\s+(\w+)\s+|\b\w+\s+)?(?:__\w+\s+|const\s+|\*\s*)*(\w+)\s*(?:\[[^\]]*\]\s*)*(?::\s*\d+\s*)?(?:__\w+(?:\([^)]*\))?\s*)*;/g,
  )) {
    if (!members.has(name) || type !== undefined) members.set(name, type);
  }
  return { members, methods };
}

function closing(text: string, start: number): number {
  let depth = 1;
  let end = start;
  for (; end < text.length && depth > 0; end++) {
    if (text[end] === '{') depth++;
    else if (text[end] === '}') depth--;
  }
  return end - 1;
}
