// fishCompletion.ts
// The completion for fish.

import type { CommandSpec, OptionSpec } from './arguments.ts';
import { allOptions, expectedOperand, expectedValue } from './expectedWords.ts';
import type { Expected } from './expectedWords.ts';

export function fishCompletion(specs: readonly CommandSpec[]): string {
  return [
    '# Completion of holdwait for fish: holdwait completion fish | source',
    'complete -c holdwait -f',
    'complete -c holdwait -n __fish_use_subcommand -l version -d "show the version"',
    'complete -c holdwait -n __fish_use_subcommand -l help -d "show the commands"',
    ...specs.flatMap(commandLines),
    '',
  ].join('\n');
}

function commandLines(spec: CommandSpec): string[] {
  const here = `complete -c holdwait -n "__fish_seen_subcommand_from ${spec.name}"`;
  const operand = offer(expectedOperand(spec));
  return [
    `complete -c holdwait -n __fish_use_subcommand -a ${spec.name} -d ${quoted(spec.summary)}`,
    ...allOptions(spec).map((option) => `${here} ${optionWords(option)}`),
    ...(operand === '' ? [] : [`${here} ${operand}`]),
  ];
}

function optionWords(option: OptionSpec): string {
  const expected = expectedValue(option);
  const value = expected ? ` ${valueWords(expected)}` : '';
  return `-l ${option.name.slice(2)}${value} -d ${quoted(option.help)}`;
}

// -x: a value must follow, and no files are offered for it.
function valueWords(expected: Expected): string {
  return expected.kind === 'files' ? '-r -F' : `-x ${offer(expected)}`.trimEnd();
}

function offer(expected: Expected): string {
  switch (expected.kind) {
    case 'words':
      return `-a ${quoted(expected.words.join(' '))}`;
    case 'files':
      return '-F';
    case 'folders':
      return '-a "(__fish_complete_directories)"';
    case 'text':
      return '';
  }
}

const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;
