// process.ts
// The world around the command line as Node's process gives it: standard streams, signals, colours.

import packageJson from '../../package.json' with { type: 'json' };
import type { Progress, Surroundings } from './command.ts';

interface Interruptible extends Surroundings {
  readonly interrupt: () => void;
}

export function processSurroundings(): Interruptible {
  silenceClosedPipe();
  const token = { isCancellationRequested: false };
  return {
    print: (text) => void process.stdout.write(text),
    complain: (line) => void process.stderr.write(`${line}\n`),
    progress: process.stderr.isTTY ? terminalProgress(process.stderr) : { show: () => {}, clear: () => {} },
    wantsColour: process.stdout.isTTY && allowsColour(process.env),
    currentFolder: process.cwd(),
    version: packageJson.version,
    token,
    interrupt: () => (token.isCancellationRequested = true),
  };
}

/** https://no-color.org: set to anything but nothing. */
export const allowsColour = (environment: NodeJS.ProcessEnv): boolean =>
  !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';

/** The first signal lets the work end in order; the second one ends the process. */
export function finishOnSignal(surroundings: Interruptible): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, surroundings.interrupt);
}

// `holdwait ... | head` closes the pipe as soon as it has read enough; that is no failure.
function silenceClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
}

function terminalProgress(stream: NodeJS.WriteStream): Progress {
  const clearLine = '\r\u001b[K';
  let isShown = false;
  return {
    show: (text) => {
      isShown = true;
      stream.write(clearLine + text.slice(0, Math.max(stream.columns - 1, 20)));
    },
    clear: () => {
      if (isShown) stream.write(clearLine);
      isShown = false;
    },
  };
}
