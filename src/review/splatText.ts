// splatText.ts
// The lines of one splat, and what the readers of all kinds ask of them.

import { frameIn, lockIn } from './splatLines.ts';
import type { LockLine } from './splatLines.ts';
import type { SplatFrame, SplatThread } from './splat.ts';

/** What the reader of one kind brings out; or a sentence that says what is missing. */
export interface SplatThreads {
  readonly task: string;
  readonly threads: readonly SplatThread[];
}

export const cutOff = (what: string): string => `the splat is cut off: ${what} is missing; paste all of it`;

export class SplatText {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  /** `ip/1234`. */
  get task(): string {
    const said = /^(.+?\/\d+)(?: \[.*\])? (?:is trying to acquire|takes|just changed the state of lock)/;
    return this.lines.map((line) => said.exec(line)?.[1]).find((task) => task !== undefined) ?? '';
  }

  /** The lock of that line; long ones break after the name. */
  lockAt(line: number): LockLine | undefined {
    const [one = '', two = ''] = this.lines.slice(line, line + 2);
    return lockIn(one) ?? (two.startsWith('at:') ? lockIn(`${one}, ${two}`) : undefined);
  }

  lockAfter(said: RegExp): LockLine | undefined {
    const start = this.lines.findIndex((line) => said.test(line));
    if (start < 0) return undefined;
    for (let i = start + 1; i < Math.min(start + 4, this.lines.length); i++) {
      const lock = this.lockAt(i);
      if (lock) return lock;
    }
    return undefined;
  }

  /** The functions below a line that says so; the outermost first. */
  framesAfter(said: RegExp): readonly SplatFrame[] {
    const start = this.lines.findIndex((line) => said.test(line));
    return start < 0 ? [] : framesAfter(this.lines, start);
  }

  /** Where it came out. In an interrupt, what was interrupted does not belong to it. */
  backtrace(): readonly SplatFrame[] {
    const start = this.lines.findIndex((line) => /^Call trace:/i.test(line));
    if (start < 0) return [];
    const frames = framesAfter(this.lines, start);
    const end = this.lines.indexOf('</IRQ>', start);
    return end < 0 || this.lines.slice(start, end).every((line) => !frameIn(line))
      ? frames
      : framesAfter(this.lines.slice(0, end), start);
  }
}

/** Registers and marks stand between functions, and end nothing. */
const between =
  /^(?:$|\.\.\.$|\? |<\/?(?:TASK|IRQ|NMI|SOFTIRQ)>|(?:RIP|RSP|RAX|RBP|RDX|R\d\d|ORIG_RAX|Code|Modules)\b)/;

export function framesAfter(lines: readonly string[], start: number): readonly SplatFrame[] {
  const frames: SplatFrame[] = [];
  for (const line of lines.slice(start + 1, start + 1 + mostFrames)) {
    const found = frameIn(line.replace(/^\.\.\. {2,}/, ''));
    if (found) frames.push(found);
    else if (!between.test(line) || (line === '' && frames.length > 0)) break;
  }
  return frames.reverse();
}

const mostFrames = 300;
