// run.ts
// Picks the command, reads its arguments, runs it, and turns whatever goes wrong into one line and a status of 2.

import { UserError } from '../base/errors.ts';
import { readArguments } from './arguments.ts';
import { cacheCommand } from './cacheCommand.ts';
import { chainsCommand } from './chainsCommand.ts';
import { checkCommand } from './checkCommand.ts';
import type { Command, ExitStatus, Surroundings } from './command.ts';
import { completionCommand } from './completionCommand.ts';
import { factsCommand } from './factsCommand.ts';
import { commandHelp, overviewText } from './help.ts';
import { indexCommand } from './indexCommand.ts';
import { runWithinLimits } from './limits.ts';
import { manCommand } from './manCommand.ts';
import { nearestName } from '../base/nearestName.ts';
import { reviewCommand } from './reviewCommand.ts';
import { serverCommand } from './serverCommand.ts';
import { splatCommand } from './splatCommand.ts';
import { suppressCommand } from './suppressCommand.ts';

export const commands: readonly Command[] = [
  reviewCommand,
  checkCommand,
  suppressCommand,
  chainsCommand,
  splatCommand,
  indexCommand,
  factsCommand,
  cacheCommand,
  serverCommand,
  completionCommand(() => commands),
  manCommand(() => commands),
];

export async function runCommandLine(
  words: readonly string[],
  surroundings: Surroundings,
): Promise<ExitStatus> {
  try {
    return await run(words, surroundings);
  } catch (error) {
    surroundings.progress.clear();
    surroundings.complain(lineFor(error));
    return 2;
  }
}

async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitStatus> {
  const [name, ...rest] = words;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    surroundings.print(helpFor(rest[0], surroundings));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === 'version') {
    surroundings.print(`holdwait ${surroundings.version}\n`);
    return 0;
  }
  const command = commandNamed(name);
  const args = readArguments(rest, command.spec);
  if (args === 'help') {
    surroundings.print(commandHelp(command.spec));
    return 0;
  }
  return runWithinLimits(command, args, surroundings);
}

function helpFor(name: string | undefined, surroundings: Surroundings): string {
  return name === undefined || name.startsWith('-')
    ? overviewText(
        commands.map((command) => command.spec),
        surroundings.version,
      )
    : commandHelp(commandNamed(name).spec);
}

function commandNamed(name: string): Command {
  const command = commands.find((candidate) => candidate.spec.name === name);
  if (command) return command;
  const names = commands.map((candidate) => candidate.spec.name);
  const hint = nearestName(name, names);
  const advice = hint ? `did you mean ${hint}?` : `the commands are ${names.join(', ')}`;
  throw new UserError('unknown-command', `unknown command ${name}; ${advice}`);
}

function lineFor(error: unknown): string {
  if (UserError.is(error)) return `holdwait: ${error.message}`;
  const wantsStack = process.env['HOLDWAIT_DEBUG'] === '1';
  const text = error instanceof Error ? error.message : String(error);
  if (wantsStack) return `holdwait: internal error: ${error instanceof Error ? (error.stack ?? text) : text}`;
  return `holdwait: internal error: ${text.split('\n', 1)[0] ?? ''}; run again with HOLDWAIT_DEBUG=1 to see where`;
}
