// declarations.ts
// Where a lock, work or completion is declared: a global, or a member of a struct.

import type { Token } from '../base/cancel.ts';
import { lineOf, positionAt } from '../base/position.ts';
import type { Position } from '../base/position.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { namesOf } from '../program/fileNames.ts';
import { aggregates, globals, nearest } from '../program/resolve.ts';
import type { Place } from './results.ts';

// Longer structs have their locks near the top, too.
const mostLines = 2000;

/** `object` as operations name it: `acme_mutex`, `acme.port[].lock`. */
export async function declarationOf(
  index: TreeIndex,
  object: string,
  from: string,
  token: Token,
): Promise<Place | undefined> {
  const [first = '', ...members] = object.replaceAll('[]', '').split('.');
  if (!/^\w+$/.test(first)) return undefined;
  const includes = (await index.facts([from], token)).get(from)?.includes ?? [];
  const kinds = members.length === 0 ? globals : [...aggregates, ...globals];
  const found = nearest(index.definitionsOf(first), kinds, { path: from, includes });
  if (!found) return undefined;
  const { path, at } = found;
  const facts = (await index.facts([path], token)).get(path);
  const struct = facts && namesOf(facts).structs.get(first);
  const member = members.at(-1);
  if (!struct || member === undefined) return { path, at };
  const bytes = await index.text(path);
  return { path, at: (bytes && memberIn(bytes, struct.at, member)) ?? struct.at };
}

/** The first line below that declares a member of this name. */
function memberIn(bytes: Uint8Array, struct: Position, name: string): Position | undefined {
  const lines = new TextDecoder('latin1').decode(bytes).split('\n');
  const declares = new RegExp(`\\b${name}\\b\\s*(?:\\[[^\\]]*\\]\\s*)*[;,:]`);
  const start = lineOf(struct);
  for (let line = start; line <= Math.min(lines.length, start + mostLines); line++) {
    const column = declares.exec(lines[line - 1] ?? '')?.index;
    if (column !== undefined) return positionAt(line, column);
    if (line > start && lines[line - 1]?.startsWith('}') === true) return undefined;
  }
  return undefined;
}
