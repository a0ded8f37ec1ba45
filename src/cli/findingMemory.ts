// findingMemory.ts
// What the reports on a tree told, kept between runs, so that `holdwait suppress` knows a finding by the beginning of its
// id.

import { defaultCacheFolder, NodeCacheFiles } from '../hosts/node/cacheFiles.ts';
import { sha1 } from '../hosts/node/sha1.ts';
import { knownFinding, knownFindings, rememberFindings } from '../review/knownFindings.ts';
import type { KnownFinding } from '../review/knownFindings.ts';
import type { Finding } from '../waits/finding.ts';
import type { Arguments } from './arguments.ts';

/** `root` as the index has it; `files`: what was asked about. */
export async function keepInMemory(
  args: Arguments,
  root: string,
  { findings, files }: { readonly findings: readonly Finding[]; readonly files: readonly string[] },
): Promise<void> {
  const asked = new Set(files);
  const cache = cacheOf(args);
  if (cache)
    await rememberFindings(
      cache,
      keyOf(root),
      findings.map((finding) => knownFinding(finding, asked)),
    );
}

export async function lastFindings(args: Arguments, root: string): Promise<readonly KnownFinding[]> {
  const cache = cacheOf(args);
  return cache ? knownFindings(cache, keyOf(root)) : [];
}

const cacheOf = (args: Arguments): NodeCacheFiles | undefined =>
  args.has('--no-cache') ? undefined : new NodeCacheFiles(args.value('--cache-dir') ?? defaultCacheFolder());

const keyOf = (root: string): string => sha1([new TextEncoder().encode(root)]).slice(0, 16);
