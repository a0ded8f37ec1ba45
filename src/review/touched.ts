// touched.ts
// Which functions a change is about: those whose code differs, and those that use what was changed between functions: a
// macro, a member, an entry of a table.

import type { CodePieces, OutsideLine } from './codePieces.ts';

export interface Touched {
  /** Functions of the file whose code differs, in either state. */
  readonly functions: ReadonlySet<string>;
  /** Names that stand on lines outside of functions that differ: macros, members, globals, entries of tables. */
  readonly names: ReadonlySet<string>;
  /** Words that a function has more often before than after. */
  readonly taken: ReadonlySet<string>;
}

const nothing: CodePieces = { functions: new Map(), outside: [] };

/** `undefined`: the file is not there in that state. */
export function touchedIn(before = nothing, after = nothing): Touched {
  const all = new Set([...before.functions.keys(), ...after.functions.keys()]);
  const functions = [...all].filter((name) => before.functions.get(name) !== after.functions.get(name));
  const lines = [...linesOnlyIn(before, after), ...linesOnlyIn(after, before)];
  const taken = functions.flatMap((name) =>
    wordsOnlyIn(before.functions.get(name) ?? '', after.functions.get(name) ?? ''),
  );
  return { functions: new Set(functions), names: new Set(lines.flatMap(namesOn)), taken: new Set(taken) };
}

function wordsOnlyIn(here: string, there: string): readonly string[] {
  const left = new Map<string, number>();
  for (const word of wordsIn(there)) left.set(word, (left.get(word) ?? 0) + 1);
  return wordsIn(here).filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  });
}

const wordsIn = (code: string): readonly string[] => code.match(/[A-Za-z_]\w*/g) ?? [];

/** Whether the code of a function mentions one of the names. */
export const mentions = (code: string, names: ReadonlySet<string>): boolean =>
  names.size > 0 && wordsIn(code).some((word) => names.has(word));

function linesOnlyIn(here: CodePieces, there: CodePieces): readonly OutsideLine[] {
  const counts = new Map<string, number>();
  const key = ({ head, text }: OutsideLine): string => `${headWord(head)}\n${text}`;
  for (const line of there.outside) counts.set(key(line), (counts.get(key(line)) ?? 0) + 1);
  return here.outside.filter((line) => {
    const left = counts.get(key(line)) ?? 0;
    counts.set(key(line), left - 1);
    return left <= 0;
  });
}

/** The same line in another struct is another member. */
const headWord = (head: string): string => head.slice(0, 60);

function namesOn({ head, text }: OutsideLine): readonly string[] {
  const define = /^#\s*define\s+(\w+)/.exec(text);
  if (define) return [define[1]!];
  if (text.startsWith('#')) return [];
  const all = `${head} ${text}`;
  if (/^(?:typedef\s+)?(?:struct|union|enum)\b[^=(]*\{/.test(all)) return membersOn(text);
  if (all.includes('=') || isMacroCall(all)) return wordsOf(text);
  // A prototype: nothing but its name matters, and only for those who call it.
  const name = /(\w+)\s*\(/.exec(all);
  return name ? [name[1]!] : wordsOf(text).slice(-1);
}

/** `DEFINE_MUTEX(lock);`, `module_init(start);` */
const isMacroCall = (item: string): boolean => /^(?:static\s+)?[A-Za-z_]\w*\s*\(/.test(item);

const membersOn = (text: string): readonly string[] =>
  [...text.matchAll(/([A-Za-z_]\w*)\s*(?=[;,[:=)]|$)/g)].map((match) => match[1]!);

const wordsOf = (text: string): readonly string[] => wordsIn(text).filter((word) => !meaningless.has(word));

// Words that every file is full of.
const meaningless: ReadonlySet<string> = new Set([
  'static',
  'const',
  'struct',
  'union',
  'enum',
  'extern',
  'inline',
  'void',
  'int',
  'char',
  'long',
  'short',
  'unsigned',
  'bool',
  'NULL',
  'true',
  'false',
]);
