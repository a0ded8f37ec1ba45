// held.ts
// Answers what is held at a place, and where critical sections lie.

import type { Token } from '../base/cancel.ts';
import type { HeldItem } from '../engine/results.ts';
import type { AskedTree } from './answers.ts';
import type {
  HeldHereAnswer,
  HeldHereParams,
  HeldLock,
  HeldSectionsAnswer,
  HeldSectionsParams,
} from './protocol.ts';
import type { TreePlaces } from './treePlaces.ts';

export async function heldHere(
  { engine, path, root, isPartial, places }: AskedTree,
  position: HeldHereParams,
  token: Token,
): Promise<HeldHereAnswer> {
  const at = (await places.read([path])).fromEditor(path, position);
  const found = at === undefined ? undefined : await engine.heldAt(path, at, token);
  if (!found) return { kind: 'no-function' };
  const { functionName, holds } = found;
  return { kind: 'held', root, functionName, holds: holds.map((held) => heldLock(held, places)), isPartial };
}

export async function heldSections(
  { engine, path }: AskedTree,
  { firstLine, lastLine }: HeldSectionsParams,
  token: Token,
): Promise<HeldSectionsAnswer> {
  const found = await engine.heldSections(path, firstLine + 1, lastLine + 1, token);
  const sections = found.map((section) => ({
    firstLine: section.firstLine - 1,
    lastLine: section.lastLine - 1,
    names: section.holds.map(({ object }) => object),
    isSure: section.isSure,
  }));
  return { kind: 'sections', sections };
}

/** What it takes lies in its own file, which is read. */
function heldLock(
  { objectKind, object, mode, origin, isSure, taken }: HeldItem,
  places: TreePlaces,
): HeldLock {
  const lock = { objectKind, name: object, isReader: mode === 'read', origin, isSure };
  return taken ? { ...lock, taken: places.toEditor(taken.path, taken.at) } : lock;
}
