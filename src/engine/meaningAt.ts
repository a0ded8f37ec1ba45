// meaningAt.ts
// From a place in a text to what it means: the function that is named there, or what a primitive there works on.

import type { Token } from '../base/cancel.ts';
import { lineOf } from '../base/position.ts';
import type { Position } from '../base/position.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { ObjectKind } from '../kernel/primitive.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { namesOf } from '../program/fileNames.ts';
import { LoadedFacts } from '../program/loadedFacts.ts';
import type { CallbackTable } from '../program/ownTables.ts';
import { resolveCall } from '../program/resolve.ts';
import { Bodies } from './bodies.ts';
import type { HeldStep } from './heldInside.ts';
import { declarationOf } from './declarations.ts';
import type { AskedObject } from './objectInside.ts';
import { usesOf } from './objectUses.ts';
import type { ObjectReport, Place } from './results.ts';
import { endOfCall, offsetOf, wordAt } from './underCursor.ts';

// What locks are behind the names of calls, the types of the locks, and who calls whom.
const rounds = 4;
// Of a folder with more, the nearest.
const mostFiles = 60;

export interface AskedFile {
  readonly index: TreeIndex;
  readonly path: string;
  readonly facts: FileFacts;
  readonly text: Uint8Array;
}

/** The function whose name stands there: where it is defined. */
export function functionAt(
  { index, path, facts, text }: AskedFile,
  place: Position,
): (Place & { readonly name: string }) | undefined {
  const name = wordAt(text, offsetOf(text, place));
  if (name === '') return undefined;
  const own = namesOf(facts).functions.get(name);
  if (own) return { name, path, at: own.at };
  const target = resolveCall(index, name, { path, includes: facts.includes });
  return target?.kind === 'function' ? { name, path: target.path, at: target.at } : undefined;
}

export function functionAround(
  { path, facts }: AskedFile,
  place: Position,
): (Place & { readonly name: string }) | undefined {
  const line = lineOf(place);
  const fn = facts.functions.find((one) => lineOf(one.start) <= line && line <= lineOf(one.end));
  return fn && { name: fn.name, path, at: fn.at };
}

/** `known`: what was found out about objects of this state of the tree; added to. */
export async function objectAt(
  file: AskedFile,
  place: Position,
  known: Map<string, ObjectReport>,
  callbackOf: CallbackTable,
  token: Token,
): Promise<ObjectReport | undefined> {
  const { index, path, facts } = file;
  const loaded = new LoadedFacts(index);
  loaded.add(path, facts);
  const asked = await loaded.ask(() => objectUnder(file, loaded, place), rounds, token);
  if (!asked) return undefined;
  const files = filesAround(index, path);
  const key = [asked.objectKind, asked.object, ...files].join();
  const report = known.get(key) ?? (await reportOf(asked, files, file, callbackOf, token));
  known.set(key, report);
  return report;
}

async function reportOf(
  asked: AskedObject,
  files: readonly string[],
  { index, path }: AskedFile,
  callbackOf: CallbackTable,
  token: Token,
): Promise<ObjectReport> {
  const loaded = new LoadedFacts(index);
  await loaded.load(files, token);
  const report = await usesOf({ loaded, files, callbackOf }, asked, token);
  const declared = await declarationOf(index, asked.object, path, token);
  return declared ? { ...report, declared } : report;
}

function objectUnder(
  { path, facts, text }: AskedFile,
  loaded: LoadedFacts,
  place: Position,
): AskedObject | undefined {
  const line = lineOf(place);
  const word = wordAt(text, offsetOf(text, place));
  const fn = facts.functions.find((one) => lineOf(one.start) <= line && line <= lineOf(one.end));
  if (!fn) return globalNamed(word, facts, new Bodies(loaded), path);
  const { steps } = new Bodies(loaded).ofFunction(path, facts, fn);
  const offset = offsetOf(text, place);
  const operations = steps.flatMap((step) => (step.kind === 'operation' ? [step] : []));
  const around = operations.findLast((step) => {
    const start = offsetOf(text, step.at);
    return start <= offset && offset <= endOfCall(text, start);
  });
  return around && word !== '' && isShown(around) ? around : undefined;
}

/** `static DEFINE_MUTEX(acme_lock);`: known by what is done to it. */
function globalNamed(name: string, facts: FileFacts, bodies: Bodies, path: string): AskedObject | undefined {
  if (!/^[a-z_]\w*$/i.test(name) || namesOf(facts).functions.has(name)) return undefined;
  for (const fn of facts.functions) {
    const found = bodies
      .ofFunction(path, facts, fn)
      .steps.find((step): step is HeldStep => step.kind === 'operation' && step.object === name);
    if (found && isShown(found)) return found;
  }
  return undefined;
}

// Nobody waits for what concerns this processor alone.
const hidden: ReadonlySet<ObjectKind> = new Set<ObjectKind>(['cpu', 'rcu', 'token']);

const isShown = ({ objectKind }: AskedObject): boolean => !hidden.has(objectKind);

/** Those of the folder, the own one first. */
export function filesAround(index: TreeIndex, path: string): readonly string[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const near = index.files.filter(
    (file) => file !== path && file.startsWith(folder) && !file.slice(folder.length).includes('/'),
  );
  return [path, ...near].slice(0, mostFiles);
}
