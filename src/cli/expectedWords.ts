// expectedWords.ts
// What a shell may offer for a word of a command line, by the tables that the arguments are read with.

import type { CommandSpec, OptionSpec } from './arguments.ts';
import { helpOption } from './arguments.ts';

export type Expected =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' }
  | { readonly kind: 'folders' }
  /** Anything; nothing is offered. */
  | { readonly kind: 'text' };

/** `undefined`: a switch. */
export function expectedValue(option: OptionSpec): Expected | undefined {
  if (option.choices) return { kind: 'words', words: option.choices };
  return option.value === undefined ? undefined : expectedBy(option.value);
}

/** Of operands in any place: a command has one kind of them. */
export function expectedOperand({ operands, moreOperands }: CommandSpec): Expected {
  const name = operands[0] ?? moreOperands;
  return name === undefined ? { kind: 'text' } : expectedBy(name);
}

/** Those that a command reads, and the one for help. */
export const allOptions = (spec: CommandSpec): readonly OptionSpec[] => [...spec.options, helpOption];

function expectedBy(name: string): Expected {
  const words = name.replace(/\.\.\.$/, '').split('|');
  // Written small, they are words and not names for them.
  if (words.every((word) => /^[a-z]+$/.test(word))) return { kind: 'words', words };
  if (words.some((word) => word === 'FILE' || word === 'PATCH' || word.startsWith('FILE:')))
    return { kind: 'files' };
  return words.includes('DIR') ? { kind: 'folders' } : { kind: 'text' };
}
