// completionCommand.ts
// `holdwait completion`: what a shell needs to complete command lines, made from the tables that they are read with.

import { UserError } from '../base/errors.ts';
import type { CommandSpec } from './arguments.ts';
import { bashCompletion } from './bashCompletion.ts';
import type { Command } from './command.ts';
import { fishCompletion } from './fishCompletion.ts';
import { nearestName } from '../base/nearestName.ts';
import { zshCompletion } from './zshCompletion.ts';

type Completion = (specs: readonly CommandSpec[]) => string;

const shells: ReadonlyMap<string, Completion> = new Map([
  ['bash', bashCompletion],
  ['zsh', zshCompletion],
  ['fish', fishCompletion],
]);

/** `all`: the commands that there are, this one too. */
export const completionCommand = (all: () => readonly Command[]): Command => ({
  spec: {
    name: 'completion',
    summary: 'what a shell needs to complete the words of these commands',
    operands: [[...shells.keys()].join('|')],
    options: [],
    examples: [
      { words: 'source <(holdwait completion bash)', what: 'in ~/.bashrc; the same with zsh in ~/.zshrc' },
      { words: 'holdwait completion fish > ~/.config/fish/completions/holdwait.fish', what: 'once' },
    ],
  },
  run: (args, { print }) => {
    const name = args.operands[0] ?? '';
    const completion = shells.get(name);
    if (!completion) throw unknownShell(name);
    print(completion(all().map(({ spec }) => spec)));
    return Promise.resolve(0);
  },
});

function unknownShell(name: string): UserError {
  const names = [...shells.keys()];
  const hint = nearestName(name, names);
  const advice = hint ? `did you mean ${hint}?` : `there are ${names.join(', ')}`;
  return new UserError('bad-option', `no completion for ${name}; ${advice}`);
}
