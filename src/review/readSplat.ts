// readSplat.ts
// Reads the splat in a text: a log, a mail, what somebody has copied from a terminal. Never throws; what is no splat,
// or is cut off, is told in one line.

import { readHungTasks } from './readHungTasks.ts';
import { readInterruptSplat } from './readInterruptSplat.ts';
import { cutOff, framesAfter, SplatText } from './splatText.ts';
import type { SplatThreads } from './splatText.ts';
import { splatLines } from './splatLines.ts';
import type { ReadSplat, Splat, SplatKind, SplatThread } from './splat.ts';

/** For a look at a clipboard, before anybody is asked. */
export const holdsSplat = (text: string): boolean => splatLines(text).some((line) => kindOf(line));

export function readSplat(text: string): ReadSplat {
  const lines = splatLines(text);
  const starts = lines.flatMap((line, i) => (kindOf(line) ? [i] : []));
  const first = starts.find((start) => kindOf(lines[start] ?? '') !== 'hung') ?? starts[0];
  if (first === undefined) return problem(noSplat);
  const kind = kindOf(lines[first] ?? '') ?? 'hung';
  const others = starts.filter((start) => start !== first);
  // Several tasks that hang are one story.
  const end = kind === 'hung' ? lines.length : (others.find((start) => start > first) ?? lines.length);
  const block = new SplatText(lines.slice(first, end));
  const found = threadsOf(kind, block);
  if (typeof found === 'string') return problem(found);
  const splat: Splat = {
    kind,
    headline: headlineOf(lines[first] ?? ''),
    kernel: kernelOf(block.lines),
    more: kind === 'hung' ? 0 : others.length,
    ...found,
  };
  return { kind: 'splat', splat };
}

const noSplat =
  'there is no splat in it: no line says "possible circular locking dependency detected", "possible recursive locking detected", "inconsistent lock state", or that a task is blocked';

const problem = (text: string): ReadSplat => ({ kind: 'problem', text });

function kindOf(line: string): SplatKind | undefined {
  if (/possible circular locking dependency detected/.test(line)) return 'circular';
  if (/possible recursive locking detected/.test(line)) return 'recursive';
  if (/inconsistent lock state/.test(line)) return 'inconsistent';
  if (/possible irq lock inversion dependency detected|-safe -> \S+-unsafe lock order detected/.test(line))
    return 'inversion';
  return /^INFO: task .+:\d+ (?:is )?blocked .*for more than \d+ seconds/.test(line) ? 'hung' : undefined;
}

const headlineOf = (line: string): string =>
  line.replace(/^\[? ?(?:WARNING|INFO|BUG): /, '').replace(/ ?[\].]$/, '');

/** Stands below the headline, and in a hung task's. */
const kernelOf = (lines: readonly string[]): string =>
  /^(?:Not tainted|Tainted: [A-Z ()]+?) (\d+\.\d.*)$/.exec(lines[1] ?? '')?.[1] ??
  lines.slice(1, 4).find((line) => /^\d+\.\d/.test(line)) ??
  '';

function threadsOf(kind: SplatKind, block: SplatText): SplatThreads | string {
  switch (kind) {
    case 'circular':
      return circular(block);
    case 'recursive':
      return recursive(block);
    case 'inconsistent':
    case 'inversion':
      return readInterruptSplat(block);
    case 'hung':
      return readHungTasks(block.lines);
  }
}

/** `-> #k` was taken by somebody who held `#k-1`; the one who took `#0` held the last. */
function circular(block: SplatText): SplatThreads | string {
  const { task } = block;
  const held = block.lockAfter(/already holding lock:/);
  const chain = block.lines.flatMap((line, i) => {
    const number = /^-> #(\d+) /.exec(line)?.[1];
    const lock = number === undefined ? undefined : block.lockAt(i);
    return lock ? [{ number: Number(number), lock: lock.lock, frames: framesAfter(block.lines, i) }] : [];
  });
  chain.sort((a, b) => a.number - b.number);
  if (chain.length < 2) return cutOff('its dependency chain');
  const threads = chain.map(({ lock, frames }, i): SplatThread => ({
    task: i === 0 ? task : '',
    holds: chain[(i + chain.length - 1) % chain.length]?.lock,
    heldAt: i === 0 ? held?.at : undefined,
    wants: lock,
    frames,
  }));
  // In the order of a cycle: each wants what the next one holds.
  return { task, threads };
}

function recursive(block: SplatText): SplatThreads | string {
  const { task } = block;
  const wanted = block.lockAfter(/trying to acquire lock:/);
  const held = block.lockAfter(/already holding lock:/);
  if (!wanted || !held) return cutOff('the lock that is held');
  const frames = block.backtrace();
  const thread = { task, holds: held.lock, heldAt: held.at, wants: wanted.lock };
  return {
    task,
    threads: [{ ...thread, frames: frames.length > 0 ? frames : wanted.at ? [wanted.at] : [] }],
  };
}
