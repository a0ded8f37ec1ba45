// manPage.ts
// The manual page, in the macros of man(7), made from the tables that the arguments are read with.

import { suppressionsFile } from '../review/suppressionList.ts';
import { userKnowledgeFile } from '../kernel/userKnowledge.ts';
import type { CommandSpec, OptionSpec } from './arguments.ts';
import { allOptions } from './expectedWords.ts';
import { capitalised, exitStatuses, optionHelp, optionUsage, purpose, usageOf } from './help.ts';

export function manPage(specs: readonly CommandSpec[], version: string): string {
  const shared = sharedOptions(specs);
  const lines = [
    `.TH HOLDWAIT 1 "" "holdwait ${version}" "User Commands"`,
    '.SH NAME',
    `holdwait \\- ${escaped(purpose)}`,
    '.SH SYNOPSIS',
    ...specs.flatMap((spec, i) => [...(i === 0 ? [] : ['.br']), synopsis(spec)]),
    '.SH DESCRIPTION',
    paragraph(description.join(' ')),
    '.SH COMMANDS',
    ...specs.flatMap((spec) => commandSection(spec, shared)),
    '.SH COMMON OPTIONS',
    'These mean the same for every command that has them.',
    ...shared.flatMap(optionLines),
    '.SH EXIT STATUS',
    ...exitStatuses.flatMap(([status, meaning]) => ['.TP', `.B ${status}`, sentence(meaning)]),
    '.SH ENVIRONMENT',
    ...environment.flatMap(entryLines),
    '.SH FILES',
    ...files.flatMap(entryLines),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const description: readonly string[] = [
  'Reads the C of a Linux kernel tree, without building it, and says which locks a function takes, what it waits for',
  'and what it queues, where threads wait for each other in a circle, and which of these circles a patch brings in.',
  'It opens no network connection. The tree is only read; the one file in it that is ever written is the list of',
  'suppressions, by the command that changes it.',
];

const environment: readonly (readonly [string, string])[] = [
  ['NO_COLOR', 'If it is set to anything, no colours are used, even on a terminal.'],
  ['XDG_CACHE_HOME', 'Where the folder of the index is made, ~/.cache without it.'],
  ['XDG_CONFIG_HOME', 'Where the folder of the personal list of suppressions is, ~/.config without it.'],
  ['HOLDWAIT_DEBUG', 'If it is 1, an internal error shows where it happened.'],
];

const files: readonly (readonly [string, string])[] = [
  [userKnowledgeFile, 'In the root of the tree: its own locks, waits and callbacks.'],
  [suppressionsFile, 'In the root of the tree: findings that need not be told, for all who work on it.'],
  ['~/.config/holdwait/suppressions.json', 'The same of one person, for all trees.'],
  ['~/.cache/holdwait/index', 'What was read of trees; holdwait cache shows and empties it.'],
];

// What fewer commands have stands best with them.
const leastSharing = 3;

function sharedOptions(specs: readonly CommandSpec[]): readonly OptionSpec[] {
  const counts = new Map<OptionSpec, number>();
  for (const option of specs.flatMap(allOptions)) counts.set(option, (counts.get(option) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= leastSharing).map(([option]) => option);
}

function commandSection(spec: CommandSpec, shared: readonly OptionSpec[]): string[] {
  const all = allOptions(spec);
  const common = all.filter((option) => shared.includes(option)).map(({ name }) => name);
  return [
    `.SS holdwait ${escaped(usageOf(spec))}`,
    sentence(spec.summary),
    ...all.filter((option) => !shared.includes(option)).flatMap(optionLines),
    '.PP',
    paragraph(`Common options: ${common.join(', ')}.`),
    ...(spec.notes ? ['.PP', paragraph(spec.notes.join(' '))] : []),
    ...spec.examples.flatMap(({ words, what }) => [
      '.PP',
      paragraph(`${capitalised(what)}:`),
      '.RS',
      '.EX',
      literal(words),
      '.EE',
      '.RE',
    ]),
  ];
}

function synopsis({ name, operands, moreOperands }: CommandSpec): string {
  const more = moreOperands === undefined ? [] : [`[${moreOperands}]`];
  const values = [...operands, ...more].map((word) => ` \\fI${escaped(word)}\\fR`).join('');
  return `\\fBholdwait ${escaped(name)}\\fR${values} [\\fIOPTION\\fR]...`;
}

const optionLines = (option: OptionSpec): string[] => [
  '.TP',
  `.B ${escaped(optionUsage(option))}`,
  sentence(optionHelp(option)),
];

const entryLines = ([name, what]: readonly [string, string]): string[] => [
  '.TP',
  `.B ${escaped(name)}`,
  paragraph(what),
];

const sentence = (text: string): string => paragraph(`${capitalised(text)}.`);

const widest = 66;

/** Lines that are read as text, whatever they begin with; how they are broken does not show. */
function paragraph(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > widest) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line].map(literal).join('\n');
}

/** No break, as in an example. */
const literal = (text: string): string => `${/^[.']/.test(text) ? '\\&' : ''}${escaped(text)}`;

/** Hyphens and quotes stay those of the keyboard, so that what is copied from the page works. */
const escaped = (text: string): string => text.replace(/[\\\-'`^~"]/g, (char) => roffNames.get(char) ?? char);

const roffNames: ReadonlyMap<string, string> = new Map([
  ['\\', '\\e'],
  ['-', '\\-'],
  ["'", '\\(aq'],
  ['`', '\\(ga'],
  ['^', '\\(ha'],
  ['~', '\\(ti'],
  ['"', '\\(dq'],
]);
