// serverCommand.ts
// `holdwait server`: the language server, for any editor. It is a program of its own beside this one, so that the
// command line starts without it.

import { UserError } from '../base/errors.ts';
import type { Arguments } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';

export const serverCommand: Command = {
  spec: {
    name: 'server',
    summary: 'the language server, for any editor that speaks the protocol',
    operands: [],
    options: [{ name: '--stdio', help: 'speak over the standard streams; the only way there is' }],
    examples: [{ words: 'holdwait server --stdio', what: 'what an editor starts' }],
  },
  run,
};

async function run(args: Arguments): Promise<ExitStatus> {
  if (!args.has('--stdio'))
    throw new UserError(
      'missing-argument',
      'server needs --stdio; editors start it as: holdwait server --stdio',
    );
  // It lives until its input ends, on the listeners that it leaves behind.
  const address = new URL('./server.js', import.meta.url).href;
  await import(address);
  return 0;
}
