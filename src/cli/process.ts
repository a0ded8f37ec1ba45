// process.ts
// The world around the command line as Node's process gives it: standard streams, colours.

import packageJson from '../../package.json' with { type: 'json' };
import { neverCancelled } from '../base/cancel.ts';
import type { Progress, Surroundings } from './command.ts';

/** No signal is handled: one that came in the midst of an analysis would be heard of only after it. */
export function processSurroundings(): Surroundings {
  silenceClosedPipe();
  return {
    print: (text) => void process.stdout.write(text),
    complain: (line) => void process.stderr.write(`${line}\n`),
    progress: process.stderr.isTTY ? terminalProgress(process.stderr) : { show: () => {}, clear: () => {} },
    wantsColour: process.stdout.isTTY && allowsColour(process.env),
    currentFolder: process.cwd(),
    version: packageJson.version,
    token: neverCancelled,
  };
}

/** https://no-color.org: set to anything but nothing. */
export const allowsColour = (environment: NodeJS.ProcessEnv): boolean =>
  !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';

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
