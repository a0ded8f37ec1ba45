// callHierarchy.ts
// Trees of calls in the words of the protocol: every row says how the one comes to run the other.

import { SymbolKind } from 'vscode-languageserver';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  Range,
} from 'vscode-languageserver';
import type { Token } from '../base/cancel.ts';
import type { CalledItem } from '../engine/engine.ts';
import type { CallEdge, CallHow, CallItem, CallLevel } from '../engine/results.ts';
import { counted, objectWords } from '../report/words.ts';
import { addressInside } from './addresses.ts';
import type { AskedTree } from './answers.ts';
import type { EditorPosition } from './columns.ts';
import type { TreePlaces } from './treePlaces.ts';

export async function prepareCalls(
  { engine, path, root, places }: AskedTree,
  position: EditorPosition,
  token: Token,
): Promise<CallHierarchyItem[] | null> {
  const at = (await places.read([path])).fromEditor(path, position);
  const item = at === undefined ? undefined : await engine.callItemAt(path, at, token);
  if (!item) return null;
  await places.read([item.path]);
  return [toItem(item, '', root, places)];
}

export async function incomingCalls(
  { engine, root, places }: AskedTree,
  called: CalledItem,
  token: Token,
): Promise<CallHierarchyIncomingCall[]> {
  const level = await engine.callsTo(called, token);
  await places.read(pathsOf(level));
  const calls = level.edges.map((edge): CallHierarchyIncomingCall => ({
    from: toItem(edge.item, wordsUp(edge.how), root, places),
    fromRanges: rangesOf(edge, edge.item.path, places),
  }));
  return level.more === 0 ? calls : [...calls, moreCallers(called, level.more, root)];
}

export async function outgoingCalls(
  { engine, path, root, places }: AskedTree,
  called: CalledItem,
  token: Token,
): Promise<CallHierarchyOutgoingCall[]> {
  const level = await engine.callsFrom(called, token);
  await places.read([path, ...pathsOf(level)]);
  return level.edges.map((edge) => ({
    to: toItem(edge.item, wordsDown(edge.how), root, places),
    fromRanges: rangesOf(edge, path, places),
  }));
}

/** Reads back what `toItem` has put into an item; `undefined`: it is not one of ours. */
export function calledItem(data: unknown): CalledItem | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { kind, path, name, slot } = data as Partial<Record<keyof CalledItem, unknown>>;
  if (kind !== 'function' && kind !== 'table' && kind !== 'lost') return undefined;
  if (typeof path !== 'string' || typeof name !== 'string') return undefined;
  const { struct, member } = (slot ?? {}) as { readonly struct?: unknown; readonly member?: unknown };
  const isSlot = typeof struct === 'string' && typeof member === 'string';
  return { kind, path, name, ...(isSlot && { slot: { struct, member } }) };
}

function toItem(item: CallItem, detail: string, root: string, places: TreePlaces): CallHierarchyItem {
  const { kind, path, name, at, start, end, slot } = item;
  const data: CalledItem = { kind, path, name, ...(slot && { slot }) };
  return {
    name: kind === 'lost' ? 'not followed' : name,
    kind: symbolKinds[kind],
    uri: addressInside(root, path),
    range: { start: placeOf(path, start, places), end: placeOf(path, end, places) },
    selectionRange: { start: placeOf(path, at, places), end: placeOf(path, at, places) },
    ...(detail !== '' && { detail }),
    data,
  };
}

const symbolKinds = {
  function: SymbolKind.Function,
  table: SymbolKind.Struct,
  lost: SymbolKind.Null,
} as const;

function wordsUp(how: CallHow): string {
  switch (how.kind) {
    case 'call':
      return holding(how.holds);
    case 'table':
      return [`via ${how.via}`, holding(how.holds)].filter((part) => part !== '').join(', ');
    case 'handler':
    case 'lost':
      return wordsDown(how);
  }
}

function wordsDown(how: CallHow): string {
  switch (how.kind) {
    case 'call':
      return '';
    case 'table':
      return `via ${how.via}`;
    case 'handler':
      return `${how.word} ${objectWords(how)}`;
    case 'lost':
      return `${counted(how.texts.length, 'call')}: ${how.texts.join(', ')}`;
  }
}

const holding = (holds: Extract<CallHow, { kind: 'call' }>['holds']): string =>
  holds.length === 0 ? '' : `holding ${holds.map(objectWords).join(', ')}`;

/** Said as a row, for a tree has no other place. */
function moreCallers({ path, name }: CalledItem, more: number, root: string): CallHierarchyIncomingCall {
  const nowhere = { line: 0, character: 0 };
  const range = { start: nowhere, end: nowhere };
  const data: CalledItem = { kind: 'lost', path, name };
  const detail = `${counted(more, 'file')} more were not looked into`;
  const from = { name: 'other callers', kind: SymbolKind.Null, uri: addressInside(root, path), detail };
  return { from: { ...from, range, selectionRange: range, data }, fromRanges: [] };
}

function rangesOf({ places: found }: CallEdge, path: string, places: TreePlaces): Range[] {
  return found
    .filter((place) => place.path === path)
    .map(({ at }) => ({ start: placeOf(path, at, places), end: placeOf(path, at, places) }));
}

function placeOf(path: string, at: CallItem['at'], places: TreePlaces): EditorPosition {
  const { line, character } = places.toEditor(path, at);
  return { line, character };
}

const pathsOf = ({ edges }: CallLevel): readonly string[] => edges.map(({ item }) => item.path);
