// splatLines.ts
// The lines of a splat without what a log, a terminal or a mail puts before them, and what single lines say: a function
// with its offset, a lock with its usage.

import type { SplatFrame, SplatLock } from './splat.ts';

// More is no splat, and would take long.
const mostLines = 200_000;

export function splatLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/, mostLines).map(bareLine);
}

const prefixes: readonly RegExp[] = [
  // A mail that quotes.
  /^(?:> ?)+/,
  // Log levels of the console and of dmesg -x.
  /^<\d{1,3}>/,
  /^(?:kern|user|daemon|syslog)\s*:\s*\w+\s*:\s?/,
  // A log of the system.
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ kernel: ?/,
  /^\d{4}-\d\d-\d\d[T ][\d:.,+Z-]+ \S+ kernel(?:\[\d+\])?: ?/,
  // Times, and with CONFIG_PRINTK_CALLER the thread or processor.
  /^\[ *\d+\.\d+\] ?/,
  /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}\] ?/,
  /^\[ *[TC]\d+\] ?/,
];

function bareLine(line: string): string {
  let rest = line.slice(0, longestLine).trimStart();
  for (let round = 0; round < prefixes.length; round++) {
    const before = rest;
    for (const prefix of prefixes) rest = rest.replace(prefix, '').trimStart();
    if (rest === before) break;
  }
  return rest.trimEnd();
}

const longestLine = 1000;

/** `undefined`: the line names no function, or one that only may have been there (`? foo+0x1/0x2`). */
export function frameIn(line: string): SplatFrame | undefined {
  const match = frame.exec(line) ?? inlined.exec(line) ?? decoded.exec(line);
  const { fn = '', module = '', path = '' } = match?.groups ?? {};
  if (fn === '') return undefined;
  return { fn: fn.replace(/\.(?:isra|constprop|part|cold|llvm)\b.*$/, ''), text: line, module, path };
}

// foo_open+0x1c/0x40 [foo], with the address before it as older kernels have it, and the place as tools put it behind.
const frame =
  /^(?:\[<[0-9a-f]+>\] )?(?<fn>[A-Za-z_][\w.]*)\+0x[0-9a-f]+\/0x[0-9a-f]+(?: \[(?<module>[\w-]+)[^\]]*\])?(?: \(?(?<path>[\w./+-]+\.[chS]):\d+\b.*)?$/;
// foo_lock drivers/net/foo.c:100 [inline]
const inlined = /^(?<fn>[A-Za-z_][\w.]*) (?<path>[\w./+-]+\.[ch]):\d+ \[inline\]$/;
// foo_open (drivers/net/foo.c:123 (discriminator 1)) foo
const decoded = /^(?<fn>[A-Za-z_][\w.]*) \((?<path>[\w./+-]+\.[chS]):\d+[^)]*\)*(?: (?<module>[\w-]+))?$/;

export interface LockLine {
  readonly lock: SplatLock;
  readonly at: SplatFrame | undefined;
}

/** `ffff888012345678 (&priv->lock){+.+.}-{3:3}, at: foo_open+0x1c/0x40 [foo]`. */
export function lockIn(line: string): LockLine | undefined {
  const match = /\((.+)\)\{[^{}]{2,12}\}(?:-\{\d+:\d+\})?(?:, at: (.*))?/.exec(line);
  const [, name, at] = match ?? [];
  return name === undefined ? undefined : { lock: lockNamed(name), at: at ? frameIn(at) : undefined };
}

export function lockNamed(written: string): SplatLock {
  // Classes of one name are told apart by a number, and subclasses by another.
  const name = written.trim().replace(/(?:#\d+|\/\d+)+$/, '');
  const work = /^\((work_completion|wq_completion)\)(.*)$/.exec(name);
  if (work) {
    const kind = work[1] === 'work_completion' ? 'work' : 'workqueue';
    return { kind, name: withoutParentheses(work[2] ?? '') };
  }
  // del_timer_sync(&x->timer) is told as (&x->timer) within the parentheses of every lock.
  const timer = /^\((&.*)\)$/.exec(name);
  return timer ? { kind: 'timer', name: timer[1] ?? '' } : { kind: 'lock', name };
}

const withoutParentheses = (name: string): string => name.replace(/^\((.*)\)$/, '$1');
