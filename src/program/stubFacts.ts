// stubFacts.ts
// Reads stubs with the reader that reads the tree, so that linking takes both alike.

import type { Token } from '../base/cancel.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { StubSource } from '../kernel/stubs.ts';

export interface StubFile {
  readonly path: string;
  readonly facts: FileFacts;
}

// The stubs that ship are the same for every tree and every question.
const known = new Map<string, FileFacts>();
/** A user's stubs change while they are written. */
const mostKnown = 200;

/** In the given order. One that cannot be read is left out. */
export async function readStubs(
  sources: readonly StubSource[],
  index: TreeIndex,
  token: Token,
): Promise<readonly StubFile[]> {
  const unknown = sources.filter(({ text }) => !known.has(text));
  if (unknown.length > 0) await read(unknown, index, token);
  return sources.flatMap(({ path, text }) => {
    const facts = known.get(text);
    return facts ? [{ path, facts }] : [];
  });
}

async function read(sources: readonly StubSource[], index: TreeIndex, token: Token): Promise<void> {
  const encoder = new TextEncoder();
  const facts = await index.factsOfTexts(
    sources.map(({ text }) => encoder.encode(text)),
    token,
  );
  if (known.size + sources.length > mostKnown) known.clear();
  for (const [i, { text }] of sources.entries()) {
    const read = facts[i];
    if (read) known.set(text, read);
  }
}
