// touchedCode.ts
// What a series changes in the code of its files: functions, and names between functions, over all of its states.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { codePieces } from '../review/codePieces.ts';
import type { CodePieces } from '../review/codePieces.ts';
import { declaredObjects } from '../review/declaredObjects.ts';
import type { Vocabulary } from '../review/renames.ts';
import { mentions, touchedIn } from '../review/touched.ts';

export interface TouchedCode {
  /** Source files that some patch changes, in order. */
  readonly paths: readonly string[];
  /** By path: functions whose code differs between two states that follow each other. */
  readonly functions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names between functions that differ. */
  readonly names: ReadonlySet<string>;
  /** Words that some function has more often before a patch than after it. */
  readonly taken: ReadonlySet<string>;
  /** Whether the code of a state differs from that of the one before; false for the first. */
  readonly differs: readonly boolean[];
  /** What is said in the touched files, before the series and after it. */
  readonly before: Vocabulary;
  readonly after: Vocabulary;
}

/** `indexes[i]` is the tree after the i-th patch, `pathsOf[i]` what that patch changes. */
export async function touchedBetween(
  indexes: readonly TreeIndex[],
  paths: readonly string[],
  token: Token,
): Promise<TouchedCode> {
  const functions = new Map<string, Set<string>>(paths.map((path) => [path, new Set()]));
  const names = new Set<string>();
  const taken = new Set<string>();
  const differs = [false];
  const first = await piecesOf(indexes[0]!, paths, token);
  let last = first;
  for (const index of indexes.slice(1)) {
    const next = await piecesOf(index, paths, token);
    let changes = false;
    for (const path of paths) {
      const touched = touchedIn(last.get(path), next.get(path));
      changes ||= touched.functions.size > 0 || touched.names.size > 0;
      for (const name of touched.functions) functions.get(path)?.add(name);
      for (const name of touched.names) names.add(name);
      for (const word of touched.taken) taken.add(word);
    }
    differs.push(changes);
    last = next;
  }
  const before = await vocabularyOf(indexes[0]!, paths, first, token);
  const after = await vocabularyOf(indexes.at(-1)!, paths, last, token);
  return { paths, functions, names, taken, differs, before, after };
}

/** Whether a function is touched itself, or uses what has changed between functions. */
export type IsTouched = (path: string, fn: string) => boolean;

/** For these files in one state. */
export async function touchedFunctions(
  index: TreeIndex,
  files: readonly string[],
  touched: TouchedCode,
  token: Token,
): Promise<IsTouched> {
  const using = new Map<string, Set<string>>();
  if (touched.names.size > 0) {
    for (const [path, { functions }] of await piecesOf(index, files, token)) {
      const found = [...functions].filter(([, code]) => mentions(code, touched.names)).map(([name]) => name);
      using.set(path, new Set(found));
    }
  }
  return (path, fn) => touched.functions.get(path)?.has(fn) === true || using.get(path)?.has(fn) === true;
}

async function piecesOf(
  index: TreeIndex,
  paths: readonly string[],
  token: Token,
): Promise<ReadonlyMap<string, CodePieces>> {
  const facts = await index.facts(paths, token);
  const pieces = new Map<string, CodePieces>();
  for (const [path, file] of facts) {
    throwIfCancelled(token);
    const bytes = await index.text(path);
    if (bytes) pieces.set(path, codePieces(bytes, file));
  }
  return pieces;
}

async function vocabularyOf(
  index: TreeIndex,
  paths: readonly string[],
  pieces: ReadonlyMap<string, CodePieces>,
  token: Token,
): Promise<Vocabulary> {
  const facts = await index.facts(paths, token);
  const objects = [...facts].flatMap(([path, file]) => declaredObjects(path, file));
  return { words: wordsOf(pieces), objects: new Set(objects) };
}

function wordsOf(pieces: ReadonlyMap<string, CodePieces>): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { functions, outside } of pieces.values())
    for (const code of [...functions.values(), ...outside.map(({ text }) => text)])
      for (const word of code.match(/[A-Za-z_]\w*/g) ?? []) words.add(word);
  return words;
}
