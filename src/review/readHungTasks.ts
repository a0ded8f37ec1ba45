// readHungTasks.ts
// Tasks that do not go on: the functions in which each stands, and, where lockdep is there to tell, what it holds. Of
// the locks of a blocked task the last one is what it waits for: lockdep counts a lock from the moment it is wanted.

import { lockIn } from './splatLines.ts';
import type { LockLine } from './splatLines.ts';
import { cutOff, framesAfter } from './splatText.ts';
import type { SplatThreads } from './splatText.ts';
import type { SplatFrame, SplatThread } from './splat.ts';

export function readHungTasks(lines: readonly string[]): SplatThreads | string {
  const held = heldBy(lines);
  const stacks = stacksOf(lines);
  if (stacks.size === 0) return cutOff('the call trace of the blocked task');
  const tasks = [...stacks].map(([task, frames]) => ({ task, frames, locks: held.get(task) ?? [] }));
  return {
    task: tasks[0]?.task ?? '',
    threads: tasks.flatMap(({ task, frames, locks }): readonly SplatThread[] => {
      const wants = locks.at(-1)?.lock;
      const rest = locks.slice(0, -1);
      const wanted = rest.filter(({ lock }) =>
        tasks.some((other) => other.task !== task && other.locks.at(-1)?.lock.name === lock.name),
      );
      const holds = wanted[0] ?? rest.at(-1);
      return [{ task, holds: holds?.lock, heldAt: holds?.at, wants, frames }];
    }),
  };
}

function stacksOf(lines: readonly string[]): ReadonlyMap<string, readonly SplatFrame[]> {
  const stacks = new Map<string, readonly SplatFrame[]>();
  let task: string | undefined;
  for (const [i, line] of lines.entries()) {
    const blocked = /^INFO: task (.+):(\d+) (?:is )?blocked/.exec(line);
    if (blocked) task = `${blocked[1] ?? ''}/${blocked[2] ?? ''}`;
    if (task === undefined || !/^Call trace:/i.test(line)) continue;
    const frames = framesAfter(lines, i);
    if (frames.length > 0 && !stacks.has(task)) stacks.set(task, frames);
    task = undefined;
  }
  return stacks;
}

function heldBy(lines: readonly string[]): ReadonlyMap<string, readonly LockLine[]> {
  const held = new Map<string, LockLine[]>();
  let locks: LockLine[] | undefined;
  for (const line of lines) {
    const task = /^\d+ locks? held by (.+\/\d+):/.exec(line)?.[1];
    if (task !== undefined) held.set(task, (locks = []));
    const lock = /^#\d+: /.test(line) ? lockIn(line) : undefined;
    if (lock) locks?.push(lock);
  }
  return held;
}
