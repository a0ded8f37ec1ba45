// help.ts
// The help texts, made from the tables that the arguments are read with.

import type { CommandSpec, OptionSpec } from './arguments.ts';
import { helpOption } from './arguments.ts';

export function overviewText(specs: readonly CommandSpec[], version: string): string {
  const width = Math.max(...specs.map((spec) => usageOf(spec).length)) + 2;
  return [
    `holdwait ${version}: which locks a Linux kernel function holds and what it waits for`,
    '',
    ...specs.map((spec) => `  holdwait ${usageOf(spec).padEnd(width)}${spec.summary}`),
    '',
    'holdwait COMMAND --help shows the options of a command, with examples. It only reads the tree.',
    'Exit status: 0 done, 1 findings, 2 could not do the work.',
    '',
  ].join('\n');
}

export function commandHelp(spec: CommandSpec): string {
  const options = [...spec.options, helpOption];
  const width = Math.max(...options.map((option) => optionUsage(option).length)) + 2;
  const examples = spec.examples.flatMap((example) => [`  ${example.words}`, `      ${example.what}`]);
  return [
    `holdwait ${usageOf(spec)} [OPTION]...`,
    '',
    `${spec.summary[0]?.toUpperCase() ?? ''}${spec.summary.slice(1)}.`,
    '',
    ...options.map((option) => `  ${optionUsage(option).padEnd(width)}${optionHelp(option)}`),
    ...(examples.length === 0 ? [] : ['', 'Examples:', ...examples]),
    ...(spec.notes === undefined ? [] : ['', ...spec.notes]),
    '',
  ].join('\n');
}

function usageOf(spec: CommandSpec): string {
  const more = spec.moreOperands === undefined ? [] : [`[${spec.moreOperands}]`];
  return [spec.name, ...spec.operands, ...more].join(' ');
}

const optionUsage = (option: OptionSpec): string => {
  const value = option.choices ? option.choices.join('|') : option.value;
  return option.value === undefined ? option.name : `${option.name} ${value}`;
};

const optionHelp = (option: OptionSpec): string =>
  option.isList ? `${option.help}; may be repeated` : option.help;
