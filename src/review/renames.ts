// renames.ts
// What a patch calls by another name. A word that is gone from the files that it touches, and one that was in none of
// them before, may be the same thing: two findings that differ in nothing else are one.

import type { Finding } from '../waits/finding.ts';

export interface Renames {
  /** Old path to new path. */
  readonly files: ReadonlyMap<string, string>;
  /** Words that are there before and not after. */
  readonly gone: ReadonlySet<string>;
  readonly fresh: ReadonlySet<string>;
}

export function renamesBetween(
  before: Iterable<string>,
  after: Iterable<string>,
  files: ReadonlyMap<string, string>,
): Renames {
  const [old, now] = [new Set(before), new Set(after)];
  return {
    files,
    gone: new Set([...old].filter((word) => !now.has(word))),
    fresh: new Set([...now].filter((word) => !old.has(word))),
  };
}

/** Whether `after` is what `before` was, under other names. */
export function isRenamed(before: Finding, after: Finding, renames: Renames): boolean {
  if (before.rule !== after.rule || before.edges.length !== after.edges.length) return false;
  return before.edges.some((_, turn) => isSameFrom(before, after, turn, renames));
}

/** Cycles are written down from the edge whose name comes first, which a new name changes. */
function isSameFrom(before: Finding, after: Finding, turn: number, renames: Renames): boolean {
  const meant = new Map<string, string>();
  return after.edges.every((_, i) => {
    const old = identityOf(before, (i + turn) % before.edges.length);
    const now = identityOf(after, i);
    return old.every((text, part) => isSameText(text, now[part]!, renames, meant));
  });
}

/** What makes this edge of a finding what it is: the same words as in its fingerprint. */
function identityOf({ rule, edges }: Finding, index: number): readonly string[] {
  const { holds, wants, steps, root } = edges[index]!;
  if (rule !== 'lock-leak' && rule !== 'sleep-in-atomic') return [holds.key, wants.key];
  const { path, fn } = steps.find((step) => step.action === 'acquire') ?? root;
  return [holds.key, path, fn];
}

function isSameText(old: string, now: string, renames: Renames, meant: Map<string, string>): boolean {
  const [a, b] = [wordsOf(moved(old, renames)), wordsOf(now)];
  return a.length === b.length && a.every((word, i) => isSameWord(word, b[i]!, renames, meant));
}

function isSameWord(old: string, now: string, { gone, fresh }: Renames, meant: Map<string, string>): boolean {
  if (old === now) return true;
  const known = meant.get(old);
  if (known !== undefined) return known === now;
  if (!gone.has(old) || !fresh.has(now) || [...meant.values()].includes(now)) return false;
  meant.set(old, now);
  return true;
}

function moved(text: string, { files }: Renames): string {
  let result = text;
  for (const [from, to] of files) result = result.replace(from, to);
  return result;
}

const wordsOf = (text: string): readonly string[] => text.match(/\w+|\W+/g) ?? [];
