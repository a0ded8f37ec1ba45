// renames.ts
// What a patch calls by another name. A word that is gone from the files that it touches, and one that was in none of
// them before, may be the same thing: two findings that differ in nothing else are one.

import type { Finding } from '../waits/finding.ts';

/** What some files say. */
export interface Vocabulary {
  readonly words: ReadonlySet<string>;
  /** Members and globals that they declare: see declaredObjects.ts. */
  readonly objects: ReadonlySet<string>;
}

export interface Renames {
  /** Old path to new path. */
  readonly files: ReadonlyMap<string, string>;
  /** What is there before and not after, and the other way round. */
  readonly gone: Vocabulary;
  readonly fresh: Vocabulary;
}

export function renamesBetween(
  before: Vocabulary,
  after: Vocabulary,
  files: ReadonlyMap<string, string>,
): Renames {
  return { files, gone: without(before, after), fresh: without(after, before) };
}

const without = (here: Vocabulary, there: Vocabulary): Vocabulary => ({
  words: new Set([...here.words].filter((word) => !there.words.has(word))),
  objects: new Set([...here.objects].filter((object) => !there.objects.has(object))),
});

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
    return old.every(
      (text, part) =>
        isSameText(text, now[part]!, renames, meant) ||
        (part === functionPart && isCutOut(after, i, text, now[part]!, renames)),
    );
  });
}

/** The function takes the lock in a new one now, which it calls. */
function isCutOut({ edges }: Finding, index: number, old: string, now: string, { fresh }: Renames): boolean {
  const { root, steps } = edges[index]!;
  return fresh.words.has(now) && (root.fn === old || steps.some(({ fn }) => fn === old));
}

const functionPart = 2;

/** What makes this edge of a finding what it is: the same words as in its fingerprint. */
function identityOf({ rule, edges }: Finding, index: number): readonly string[] {
  const { holds, wants, steps, root } = edges[index]!;
  if (rule !== 'lock-leak' && rule !== 'sleep-in-atomic') return [holds.key, wants.key];
  const { path, fn } = steps.find((step) => step.action === 'acquire') ?? root;
  return [holds.key, path, fn];
}

function isSameText(old: string, now: string, renames: Renames, meant: Map<string, string>): boolean {
  const from = moved(old, renames);
  const [a, b] = [wordsOf(from), wordsOf(now)];
  const tried = new Map(meant);
  if (a.length !== b.length || !a.every((word, i) => isSameWord(word, b[i]!, renames, tried)))
    return isSameObject(from, now, renames, meant);
  for (const [word, other] of tried) meant.set(word, other);
  return true;
}

/** A word that is used for other things too tells nothing; a member that is declared nowhere any longer does. */
function isSameObject(
  old: string,
  now: string,
  { gone, fresh }: Renames,
  meant: Map<string, string>,
): boolean {
  for (const object of gone.objects) {
    const at = indexOfObject(old, object);
    if (at < 0) continue;
    const [before, after] = [old.slice(0, at), old.slice(at + object.length)];
    if (!now.startsWith(before) || !now.endsWith(after)) continue;
    const other = now.slice(before.length, now.length - after.length);
    if (fresh.objects.has(other) && isMeant(object, other, meant)) return true;
  }
  return false;
}

/** As a whole: `acme.lock` is not in `acme.lock_irq`. */
function indexOfObject(text: string, object: string): number {
  const at = text.indexOf(object);
  const isWhole = !/\w/.test(text[at - 1] ?? '') && !/\w/.test(text[at + object.length] ?? '');
  return isWhole ? at : -1;
}

function isSameWord(old: string, now: string, { gone, fresh }: Renames, meant: Map<string, string>): boolean {
  if (old === now) return true;
  const isNew = gone.words.has(old) && fresh.words.has(now);
  return (isNew || meant.has(old)) && isMeant(old, now, meant);
}

/** One thing has one new name, and no two have the same. */
function isMeant(old: string, now: string, meant: Map<string, string>): boolean {
  const known = meant.get(old);
  if (known !== undefined) return known === now;
  if ([...meant.values()].includes(now)) return false;
  meant.set(old, now);
  return true;
}

function moved(text: string, { files }: Renames): string {
  let result = text;
  for (const [from, to] of files) result = result.replace(from, to);
  return result;
}

const wordsOf = (text: string): readonly string[] => text.match(/\w+|\W+/g) ?? [];
