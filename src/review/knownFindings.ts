// knownFindings.ts
// What the last reports on a tree told: id, title and files of each finding, kept in the cache, so that a person may name
// a finding by the beginning of its id, and need not say again what it is about.

import type { CacheFiles } from '../index/host.ts';
import type { Finding } from '../waits/finding.ts';

export interface KnownFinding {
  readonly id: string;
  readonly title: string;
  /** Those of the files that were asked about in which its threads run. */
  readonly files: readonly string[];
}

type Cache = Pick<CacheFiles, 'read' | 'replace'>;

/** As much as the reports of a few weeks; 1 kB each at most. */
const mostKept = 2000;

export function knownFinding({ id, title, edges }: Finding, lookedAt: ReadonlySet<string>): KnownFinding {
  const paths = [...new Set(edges.flatMap(({ root, steps }) => [root, ...steps].map(({ path }) => path)))];
  const asked = paths.filter((path) => lookedAt.has(path));
  return { id, title, files: (asked.length > 0 ? asked : paths).sort() };
}

/** The latest first. A cache that cannot be written forgets, which is no failure. `key` stands for the tree. */
export async function rememberFindings(
  cache: Cache,
  key: string,
  findings: readonly KnownFinding[],
): Promise<void> {
  if (findings.length === 0) return;
  const told = new Set(findings.map(({ id }) => id));
  const before = (await knownFindings(cache, key)).filter(({ id }) => !told.has(id));
  const kept = [...findings, ...before].slice(0, mostKept);
  try {
    await cache.replace(pathOf(key), [new TextEncoder().encode(JSON.stringify(kept))]);
  } catch {
    // Full, or read-only.
  }
}

export async function knownFindings(cache: Cache, key: string): Promise<readonly KnownFinding[]> {
  const bytes = await cache.read(pathOf(key));
  if (!bytes) return [];
  try {
    const kept: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return Array.isArray(kept) ? kept.filter(isKnownFinding) : [];
  } catch {
    return [];
  }
}

const pathOf = (key: string): string => `findings-1/${key}.json`;

function isKnownFinding(value: unknown): value is KnownFinding {
  const { id, title, files } = (value ?? {}) as Partial<Record<keyof KnownFinding, unknown>>;
  return (
    typeof id === 'string' &&
    typeof title === 'string' &&
    Array.isArray(files) &&
    files.every((path) => typeof path === 'string')
  );
}
