// fixesLine.ts
// The `Fixes:` line of a fix for something old: the commit that brought the line.

import type { Token } from '../base/cancel.ts';
import type { Repository } from '../index/repository.ts';

/** `Fixes: 54a4f0239f2e ("acme: take the lock")`, as the kernel's rules want it. `undefined` where history does not tell. */
export async function fixesLineFor(
  repository: Repository,
  { commit, path, line }: { readonly commit: string; readonly path: string; readonly line: number },
  token: Token,
): Promise<string | undefined> {
  const blamed = await repository.blame(commit, path, line, token);
  return blamed && `Fixes: ${blamed.commit.slice(0, 12)} ("${blamed.subject}")`;
}
