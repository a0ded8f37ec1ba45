// splatThread.ts
// One thread of a splat as a thread of ours: its calls at the lines that make them, where it took what it holds and
// where it wants the next, as far as the tree shows that. A step that the tree does not show has an empty path.

import type { Token } from '../base/cancel.ts';
import { positionAt } from '../base/position.ts';
import type { Position } from '../base/position.ts';
import type { Hop, Waitable } from '../effects/results.ts';
import { primitiveOf } from '../kernel/knowledge.ts';
import { canBe } from '../review/lockName.ts';
import type { SplatFrame, SplatLock, SplatThread } from '../review/splat.ts';
import type { Edge } from '../waits/finding.ts';
import { callIn } from './callSite.ts';
import type { Engine } from './engine.ts';
import type { OperationRow, Row } from './results.ts';
import type { PlacedFunction, SplatPlaces } from './splatPlaces.ts';

export interface SplatSurroundings {
  readonly engine: Engine;
  readonly placeOf: SplatPlaces;
  readonly inScope: (path: string) => boolean;
}

export interface SplatEdge {
  readonly thread: SplatThread;
  readonly edge: Edge;
  /** What the tree does not show; whole sentences. */
  readonly doubts: readonly string[];
}

export async function edgeOfThread(
  thread: SplatThread & { readonly holds: SplatLock; readonly wants: SplatLock },
  surroundings: SplatSurroundings,
  token: Token,
): Promise<SplatEdge> {
  const frames = ownFrames(thread, surroundings);
  const held = await takenIn(thread, frames, surroundings, token);
  const wanted =
    thread.wants.kind === 'interrupt' ? undefined : await wantedIn(thread, frames, held, surroundings, token);
  const steps = stepsOf(thread, frames, held, wanted, surroundings);
  const [first] = frames;
  const root = first ? surroundings.placeOf(first) : undefined;
  const isHandler = thread.holds.kind !== 'lock' && thread.holds.kind !== 'timer';
  const edge: Edge = {
    root: {
      path: root?.path ?? '',
      at: root?.facts.at ?? nowhere,
      fn: first?.fn ?? (thread.task || 'a thread'),
      kind: 'function',
      context: thread.holds.kind === 'interrupt' ? 'hardirq' : 'any',
      via: thread.task,
      phase: 'running',
    },
    holds: waitableOf(thread.holds, held?.row),
    wants: waitableOf(thread.wants, wanted?.row),
    origin: isHandler ? 'running' : held ? 'taken' : 'asserted',
    steps,
    held: [],
  };
  return {
    thread,
    edge,
    doubts: doubtsOf(thread, frames, isHandler || held !== undefined, wanted, surroundings),
  };
}

const nowhere = positionAt(1, 0);

/** Lockdep, what takes a lock or waits by itself, and the machinery that starts threads. */
const machinery =
  /^(?:_*lock_acquire|lock_release|check_prevs?_add|check_noncircular|check_(?:irq_usage|deadlock)|validate_chain|mark_(?:lock|usage|held).*|print_.*(?:bug|deadlock|usage|inversion).*|dump_stack\w*|show_stack|__schedule|schedule\w*|_*mutex_(?:lock|trylock)\w*|_raw_(?:spin|read|write)_\w+|_*down_(?:read|write)\w*|(?:__)?flush_work|__cancel_(?:delayed_)?work\w*|rt_mutex_\w+|__rt_mutex\w*|__wait_for_common|do_wait_for_common|wait_for_common|timer_delete_sync|process_(?:one_work|scheduled_works)|worker_thread|kthread|ret_from_fork\w*|call_timer_fn|__run_timers.*|run_timer_\w+|__do_softirq|handle_softirqs|irq_exit\w*|__irq_exit\w*|sysvec_\w+|asm_\w+|do_syscall_64|entry_SYSCALL\w*|x64_sys_call|__handle_irq_event_percpu|handle_irq_event\w*|handle_\w+_irq|generic_handle_irq\w*|__?common_interrupt)$/;

const isMachinery = ({ fn }: SplatFrame): boolean => machinery.test(fn);

const isPrimitive = ({ fn }: SplatFrame): boolean => primitiveOf(fn) !== undefined;

/** From the first function of the driver, or the one that took what is held, to the one that wants the next. */
function ownFrames(
  { frames, heldAt }: SplatThread,
  { placeOf, inScope }: SplatSurroundings,
): readonly SplatFrame[] {
  const start = frames.findIndex((frame) => !isMachinery(frame));
  const begun = start < 0 ? [] : frames.slice(start);
  const end = begun.findIndex(isMachinery);
  const whole = end < 0 ? begun : begun.slice(0, end);
  const kept = whole.slice(0, whole.findLastIndex((frame) => !isPrimitive(frame)) + 1);
  const isOwn = (frame: SplatFrame): boolean => inScope(placeOf(frame)?.path ?? '');
  const begins = [kept.findIndex(isOwn), kept.findIndex(({ fn }) => fn === heldAt?.fn)].filter((i) => i >= 0);
  return kept.slice(begins.length > 0 ? Math.min(...begins) : 0);
}

interface Evidence {
  /** Index of the frame. */
  readonly frame: number;
  readonly row: OperationRow;
  /** A function that the frame calls and that the stack does not show: it was inlined, or has returned. */
  readonly through: { readonly callee: string; readonly path: string; readonly at: Position } | undefined;
}

/** The nearest place before the call that leads on. */
async function takenIn(
  { holds, heldAt }: SplatThread & { readonly holds: SplatLock },
  frames: readonly SplatFrame[],
  surroundings: SplatSurroundings,
  token: Token,
): Promise<Evidence | undefined> {
  if (holds.kind !== 'lock') return undefined;
  let found: Evidence | undefined;
  for (const [i, frame] of frames.entries()) {
    const placed = surroundings.placeOf(frame);
    if (!placed) continue;
    const next = frames[i + 1];
    const until = next && callIn(placed.facts, placed.lines, next.fn);
    const before = (await evidenceIn(i, placed, surroundings, token)).filter(
      ({ row, through }) =>
        (row.effect === 'acquire' || row.effect === 'try') &&
        canBe(holds, { kind: row.objectKind, name: row.object }) &&
        (until === undefined || (through?.at ?? row.at) < until),
    );
    // Where the text says which function took it, another one counts only as long as that one is not seen.
    if (before.length > 0 && (heldAt?.fn === frame.fn || !found || frames[found.frame]?.fn !== heldAt?.fn))
      found = before.at(-1);
  }
  return found;
}

async function wantedIn(
  { wants, holds }: SplatThread & { readonly wants: SplatLock; readonly holds: SplatLock },
  frames: readonly SplatFrame[],
  held: Evidence | undefined,
  surroundings: SplatSurroundings,
  token: Token,
): Promise<Evidence | undefined> {
  const last = frames.length - 1;
  const frame = frames[last];
  const placed = frame && surroundings.placeOf(frame);
  if (!placed) return undefined;
  const rows = (await evidenceIn(last, placed, surroundings, token)).filter(
    ({ row }) => wanting.has(row.effect) && canBe(wants, { kind: row.objectKind, name: row.object }),
  );
  // A lock that is taken twice: the second time.
  const isAgain = wants.name === holds.name && held?.frame === last;
  return isAgain ? rows.find(({ row }) => row.at > held.row.at) : rows[0];
}

const wanting: ReadonlySet<OperationRow['effect']> = new Set([
  'acquire',
  'try',
  'wait',
  'cancel',
  'disable',
  'unregister',
]);

/** What a function does itself, and what it calls at once; a call of the stack stands in a frame of its own. */
async function evidenceIn(
  frame: number,
  { path, facts }: PlacedFunction,
  { engine }: SplatSurroundings,
  token: Token,
): Promise<readonly Evidence[]> {
  const reports = await engine.report(facts.name, token);
  const rows = reports.find((report) => report.path === path)?.rows ?? [];
  return rows.flatMap((row) =>
    flat(row).map(({ operation, through }) => ({ frame, row: operation, through })),
  );
}

function flat(
  row: Row,
): readonly { readonly operation: OperationRow; readonly through: Evidence['through'] }[] {
  if (row.kind === 'operation') return [{ operation: row, through: undefined }];
  const through = { callee: row.callee, path: row.path, at: row.at };
  return row.rows.flatMap((inner) => (inner.kind === 'operation' ? [{ operation: inner, through }] : []));
}

function stepsOf(
  thread: SplatThread,
  frames: readonly SplatFrame[],
  held: Evidence | undefined,
  wanted: Evidence | undefined,
  { placeOf }: SplatSurroundings,
): readonly Hop[] {
  const hops: Hop[] = [];
  for (const [i, frame] of frames.entries()) {
    if (held?.frame === i) hops.push(...evidenceHops(frame, held, 'acquire'));
    const next = frames[i + 1];
    if (next) hops.push(callHop(frame, next.fn, placeOf(frame)));
  }
  const last = frames.at(-1);
  if (!last || !thread.wants || thread.wants.kind === 'interrupt') return hops;
  const action = thread.wants.kind === 'lock' ? 'acquire' : 'wait';
  if (wanted) return [...hops, ...evidenceHops(last, wanted, action)];
  const placed = placeOf(last);
  const target = thread.frames[thread.frames.indexOf(last) + 1]?.fn ?? thread.wants.name;
  return [
    ...hops,
    { path: placed?.path ?? '', at: placed?.facts.at ?? nowhere, fn: last.fn, action, target },
  ];
}

function callHop(frame: SplatFrame, target: string, placed: PlacedFunction | undefined): Hop {
  const at = placed && callIn(placed.facts, placed.lines, target);
  return {
    path: placed?.path ?? '',
    at: at ?? placed?.facts.at ?? nowhere,
    fn: frame.fn,
    action: at ? 'call' : 'indirect-call',
    target,
  };
}

function evidenceHops({ fn }: SplatFrame, { row, through }: Evidence, action: Hop['action']): readonly Hop[] {
  const { path, at, primitive } = row;
  if (!through) return [{ path, at, fn, action, target: primitive }];
  const call: Hop = { path: through.path, at: through.at, fn, action: 'call', target: through.callee };
  return [call, { path, at, fn: through.callee, action, target: primitive }];
}

/** The name that the splat gives it, and the kind of ours where the tree shows it. */
function waitableOf({ kind, name }: SplatLock, row: OperationRow | undefined): Waitable {
  switch (kind) {
    case 'interrupt':
      return { kind: 'irq', name: 'an interrupt', key: 'interrupt' };
    case 'lock':
      return { kind: row?.objectKind ?? 'lock', name, key: name };
    case 'work':
    case 'workqueue':
    case 'timer':
      return { kind, name, key: `${kind}:${name}` };
  }
}

function doubtsOf(
  { holds, wants }: SplatThread & { readonly holds: SplatLock; readonly wants: SplatLock },
  frames: readonly SplatFrame[],
  isHeldSeen: boolean,
  wanted: Evidence | undefined,
  { placeOf }: SplatSurroundings,
): readonly string[] {
  const missing = [...new Set(frames.filter((frame) => !placeOf(frame)).map(({ fn }) => `${fn}()`))];
  const last = frames.at(-1);
  return [
    ...missing.map((fn) => `${fn} is not found in this tree.`),
    ...(isHeldSeen || missing.length === frames.length
      ? []
      : [`Where ${holds.name} is taken on this way is not seen in this tree.`]),
    ...(wanted || wants.kind === 'interrupt' || !last || !placeOf(last)
      ? []
      : [`${last.fn}() is in this tree, but does not get ${wants.name} in a way that can be seen.`]),
  ];
}
