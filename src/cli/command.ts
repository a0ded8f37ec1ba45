// command.ts
// What a command is, and what it may use of the world outside.

import type { Token } from '../base/cancel.ts';
import type { Arguments, CommandSpec } from './arguments.ts';

export interface Command {
  readonly spec: CommandSpec;
  /** Returns the exit status: 0 done (or nothing found), 1 findings, 2 could not do the work. */
  run(args: Arguments, surroundings: Surroundings): Promise<ExitStatus>;
}

export type ExitStatus = 0 | 1 | 2;

export interface Surroundings {
  readonly print: (text: string) => void;
  /** One line on standard error. */
  readonly complain: (line: string) => void;
  /** Shown while standard error is a terminal, replaced by the next, gone at the end. */
  readonly progress: Progress;
  readonly wantsColour: boolean;
  readonly currentFolder: string;
  readonly version: string;
  readonly token: Token;
}

export interface Progress {
  show(text: string): void;
  clear(): void;
}
