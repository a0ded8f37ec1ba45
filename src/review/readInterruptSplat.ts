// readInterruptSplat.ts
// Splats about a lock that an interrupt takes: the thread that can be interrupted while it holds it, the handler that
// comes in, and where there is a second lock, the thread that takes one under the other.

import { cutOff, framesAfter } from './splatText.ts';
import type { SplatText, SplatThreads } from './splatText.ts';
import type { SplatFrame, SplatLock, SplatThread } from './splat.ts';

export function readInterruptSplat(block: SplatText): SplatThreads | string {
  if (block.lines.some((line) => line.startsWith('inconsistent {'))) return inconsistent(block);
  return block.lines.some((line) => /just changed the state of lock:/.test(line))
    ? inversion(block)
    : lockOrder(block);
}

const handler: SplatLock = { kind: 'interrupt', name: '' };

/** One takes it with interrupts on, the other in an interrupt; which of the two comes out is chance. */
function inconsistent(block: SplatText): SplatThreads | string {
  const { task } = block;
  const taken = block.lockAfter(/ takes:$/);
  if (!taken) return cutOff('the lock that is taken');
  const before = block.framesAfter(/state was registered at:/);
  const now = block.backtrace();
  const isNowInside = /^inconsistent \{[^}]*\} -> \{IN-/.test(
    block.lines.find((line) => line.startsWith('inconsistent {')) ?? '',
  );
  const inside = { frames: isNowInside ? now : before, at: isNowInside ? taken.at : undefined };
  const outside = { frames: isNowInside ? before : now, at: isNowInside ? undefined : taken.at };
  return {
    task,
    threads: [
      interrupted(taken.lock, outside.at, outside.frames, isNowInside ? '' : task),
      comesIn(taken.lock, inside.frames, isNowInside ? task : ''),
    ],
  };
}

/** `safe` is taken in interrupts, `unsafe` with interrupts on, and somebody takes the one under the other. */
function inversion(block: SplatText): SplatThreads | string {
  const { task } = block;
  const changed = block.lockAfter(/just changed the state of lock:/);
  const other = block.lockAfter(/but this lock (?:took|was taken by) another,/);
  if (!changed || !other) return cutOff('the second lock');
  const isForwards = block.lines.some((line) => /but this lock took another,/.test(line));
  const safe = isForwards ? changed.lock : other.lock;
  const unsafe = isForwards ? other.lock : changed.lock;
  const now = block.backtrace();
  const told = dependencies(block);
  const used = (lock: SplatLock, usage: RegExp): readonly SplatFrame[] =>
    told.find((one) => one.lock.name === lock.name && usage.test(one.usage))?.frames ?? [];
  const outside = isForwards ? used(unsafe, /IRQ-ON-/) : now;
  const inside = isForwards ? now : used(safe, /^IN-/);
  return {
    task,
    threads: [
      interrupted(unsafe, undefined, outside, isForwards ? '' : task),
      comesIn(safe, inside, isForwards ? task : ''),
      { task: '', holds: safe, heldAt: undefined, wants: unsafe, frames: used(unsafe, /^acquired$/) },
    ],
  };
}

/** `HARDIRQ-safe -> HARDIRQ-unsafe lock order detected`: the thread that makes the dependency says so itself. */
function lockOrder(block: SplatText): SplatThreads | string {
  const { task } = block;
  const held = block.lockAfter(/already holding:/);
  const safe = block.lockAfter(/connects an? \S+-irq-safe lock:/);
  const unsafe = block.lockAfter(/^to an? \S+-irq-unsafe lock:/);
  if (!held || !safe || !unsafe) return cutOff('one of the two locks');
  return {
    task,
    threads: [
      interrupted(unsafe.lock, undefined, block.framesAfter(/became \S+-irq-unsafe at:/), ''),
      comesIn(safe.lock, block.framesAfter(/became \S+-irq-safe at:/), ''),
      { task, holds: safe.lock, heldAt: held.at, wants: unsafe.lock, frames: block.backtrace() },
    ],
  };
}

const interrupted = (
  holds: SplatLock,
  heldAt: SplatFrame | undefined,
  frames: readonly SplatFrame[],
  task: string,
): SplatThread => ({ task, holds, heldAt, wants: handler, frames });

const comesIn = (wants: SplatLock, frames: readonly SplatFrame[], task: string): SplatThread => ({
  task,
  holds: handler,
  heldAt: undefined,
  wants,
  frames,
});

interface Usage {
  readonly lock: SplatLock;
  /** `HARDIRQ-ON-W`, `IN-SOFTIRQ-W`; `acquired`: under the lock before it. */
  readonly usage: string;
  readonly frames: readonly SplatFrame[];
}

/** The section on the dependencies between the two: what is known of each lock. */
function dependencies(block: SplatText): readonly Usage[] {
  const usages: Usage[] = [];
  let lock: SplatLock | undefined;
  for (const [i, line] of block.lines.entries()) {
    if (/^->.*\{$/.test(line)) lock = block.lockAt(i)?.lock;
    const usage = /^(?:\.{3} )?([A-Z-]+|acquired) (?:USE )?at:$/.exec(line)?.[1];
    if (lock && usage !== undefined) usages.push({ lock, usage, frames: framesAfter(block.lines, i) });
  }
  return usages;
}
