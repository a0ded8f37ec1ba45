// splatPlaces.ts
// The functions of a splat in a tree. Hundreds of drivers have an `open`: the module decides, else the file that a tool
// has put in, else the folder in which the other functions lie.

import type { Token } from '../base/cancel.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import type { FunctionFacts } from '../facts/fileFacts.ts';
import type { Definition, TreeIndex } from '../index/treeIndex.ts';
import { namesOf } from '../program/fileNames.ts';
import { bestFirst } from '../program/resolve.ts';
import type { Splat, SplatFrame } from '../review/splat.ts';

export interface PlacedFunction {
  readonly path: string;
  readonly facts: FunctionFacts;
  readonly lines: readonly string[];
}

/** By function and module. */
export type SplatPlaces = (frame: SplatFrame) => PlacedFunction | undefined;

export async function splatPlaces(splat: Splat, index: TreeIndex, token: Token): Promise<SplatPlaces> {
  const frames = splat.threads.flatMap((thread) => [
    ...thread.frames,
    ...(thread.heldAt ? [thread.heldAt] : []),
  ]);
  const paths = chosenPaths(frames, index);
  const files = await index.facts([...new Set(paths.values())], token);
  const texts = new Map<string, readonly string[]>();
  const placed = new Map<string, PlacedFunction>();
  for (const frame of frames) {
    throwIfCancelled(token);
    const path = paths.get(keyOf(frame));
    const file = path === undefined ? undefined : files.get(path);
    const facts = file && namesOf(file).functions.get(frame.fn);
    if (path === undefined || !facts) continue;
    const lines = texts.get(path) ?? decoder.decode(await index.text(path)).split('\n');
    texts.set(path, lines);
    placed.set(keyOf(frame), { path, facts, lines });
  }
  return (frame) => placed.get(keyOf(frame));
}

const keyOf = ({ fn, module, path }: SplatFrame): string => `${module} ${path} ${fn}`;

function chosenPaths(frames: readonly SplatFrame[], index: TreeIndex): ReadonlyMap<string, string> {
  const candidates = frames.map((frame) => ({
    frame,
    definitions: bestFirst(index.definitionsOf(frame.fn), ['function']),
  }));
  // What has one definition alone says where the others lie.
  const sure = candidates.flatMap(({ definitions }) => (definitions.length === 1 ? definitions : []));
  const folders = new Set(sure.map(({ path }) => folderOf(path)));
  const chosen = new Map<string, string>();
  for (const { frame, definitions } of candidates) {
    const best = mostLikely(frame, definitions, folders);
    if (best) chosen.set(keyOf(frame), best.path);
  }
  return chosen;
}

function mostLikely(
  { path, module }: SplatFrame,
  definitions: readonly Definition[],
  folders: ReadonlySet<string>,
): Definition | undefined {
  const name = new RegExp(`(?:^|/)${module.replace(/[-_]/g, '[-_]')}(?:[/_.-]|$)`);
  return (
    definitions.find((one) => path !== '' && (one.path === path || path.endsWith(`/${one.path}`))) ??
    definitions.find((one) => module !== '' && name.test(one.path) && folders.has(folderOf(one.path))) ??
    definitions.find((one) => module !== '' && name.test(one.path)) ??
    definitions.find((one) => folders.has(folderOf(one.path))) ??
    definitions[0]
  );
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

const decoder = new TextDecoder();
