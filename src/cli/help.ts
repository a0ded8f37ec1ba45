// help.ts
// The help texts, made from the tables that the arguments are read with.

import type { CommandSpec, OptionSpec } from './arguments.ts';
import { allOptions } from './expectedWords.ts';

export const purpose = 'which locks a Linux kernel function holds and what it waits for';

export const exitStatuses = [
  [0, 'done, and nothing found'],
  [1, 'findings'],
  [2, 'could not do the work'],
] as const;

export function overviewText(specs: readonly CommandSpec[], version: string): string {
  const width = Math.max(...specs.map((spec) => usageOf(spec).length)) + 2;
  return [
    `holdwait ${version}: ${purpose}`,
    '',
    ...specs.map((spec) => `  holdwait ${usageOf(spec).padEnd(width)}${spec.summary}`),
    '',
    'holdwait COMMAND --help shows the options of a command, with examples. holdwait man is the manual.',
    `Exit status: ${exitStatuses.map(([status, meaning]) => `${status} ${meaning}`).join('; ')}.`,
    '',
  ].join('\n');
}

export function commandHelp(spec: CommandSpec): string {
  const options = allOptions(spec);
  const width = Math.max(...options.map((option) => optionUsage(option).length)) + 2;
  const examples = spec.examples.flatMap((example) => [`  ${example.words}`, `      ${example.what}`]);
  return [
    `holdwait ${usageOf(spec)} [OPTION]...`,
    '',
    `${capitalised(spec.summary)}.`,
    '',
    ...options.map((option) => `  ${optionUsage(option).padEnd(width)}${optionHelp(option)}`),
    ...(examples.length === 0 ? [] : ['', 'Examples:', ...examples]),
    ...(spec.notes === undefined ? [] : ['', ...spec.notes]),
    '',
  ].join('\n');
}

export function usageOf(spec: CommandSpec): string {
  const more = spec.moreOperands === undefined ? [] : [`[${spec.moreOperands}]`];
  return [spec.name, ...spec.operands, ...more].join(' ');
}

// Longer lists of words would push the help of all options out of a terminal.
const longestChoice = 20;

export const optionUsage = (option: OptionSpec): string => {
  const choices = option.choices?.join('|') ?? '';
  const value = choices !== '' && choices.length <= longestChoice ? choices : option.value;
  return option.value === undefined ? option.name : `${option.name} ${value}`;
};

export function optionHelp(option: OptionSpec): string {
  const choices = option.choices?.join('|') ?? '';
  if (choices.length > longestChoice) return `${option.help}: ${option.choices?.join(', ')}`;
  return option.isList ? `${option.help}; may be repeated` : option.help;
}

export const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
