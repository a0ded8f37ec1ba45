// arguments.ts
// Reads the words of a command line against a table of options. The same table prints the help, so neither can say
// something that the other does not know.

import { UserError } from '../base/errors.ts';
import { nearestName } from '../base/nearestName.ts';

export interface OptionSpec {
  /** With its dashes. */
  readonly name: `--${string}`;
  /** What stands for its value in the help; absent: a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** May be given more than once. */
  readonly isList?: boolean;
  readonly help: string;
}

export interface CommandSpec {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Names of its operands as the help shows them; the words of a command line must be as many. */
  readonly operands: readonly string[];
  /** What may follow the operands any number of times: `FILE...`. */
  readonly moreOperands?: string;
  readonly options: readonly OptionSpec[];
  readonly examples: readonly { readonly words: string; readonly what: string }[];
  /** Whole sentences below the options. */
  readonly notes?: readonly string[];
}

export class Arguments {
  readonly operands: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(operands: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.operands = operands;
    this.#values = values;
  }

  has(option: `--${string}`): boolean {
    return this.#values.has(option);
  }

  /** The last one counts, as everywhere. */
  value(option: `--${string}`): string | undefined {
    return this.#values.get(option)?.at(-1);
  }

  list(option: `--${string}`): readonly string[] {
    return this.#values.get(option) ?? [];
  }

  /** A whole number of at least 1. */
  count(option: `--${string}`): number | undefined {
    const text = this.value(option);
    if (text === undefined) return undefined;
    if (!/^[1-9]\d{0,8}$/.test(text)) {
      throw new UserError('bad-option', `${option} takes a number from 1 on, not "${text}"`);
    }
    return Number(text);
  }
}

export const helpOption: OptionSpec = { name: '--help', help: 'show this help' };

/** Throws a UserError for anything that the table does not allow. Asks for help win over everything else. */
export function readArguments(words: readonly string[], spec: CommandSpec): Arguments | 'help' {
  const end = words.indexOf('--');
  const before = end < 0 ? words : words.slice(0, end);
  if (before.some((word) => word === '--help' || word === '-h')) return 'help';
  const operands: string[] = [];
  const values = new Map<string, string[]>();
  for (let i = 0; i < before.length; i++) {
    const word = before[i] ?? '';
    // A single dash is a file name: the standard input.
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const option = optionOf(word, spec);
    const value = valueOf(option, word, before[i + 1]);
    if (value.isNextWord) i++;
    values.set(option.name, [...(values.get(option.name) ?? []), value.text]);
  }
  operands.push(...(end < 0 ? [] : words.slice(end + 1)));
  checkOperands(operands, spec);
  return new Arguments(operands, values);
}

function optionOf(word: string, spec: CommandSpec): OptionSpec {
  const name = word.split('=', 1)[0] ?? '';
  const option = spec.options.find((candidate) => candidate.name === name);
  if (option) return option;
  const names = [...spec.options, helpOption].map((candidate) => candidate.name);
  const hint = nearestName(name, names);
  const advice = hint ? `did you mean ${hint}?` : `see holdwait ${spec.name} --help`;
  throw new UserError('bad-option', `unknown option ${name} of ${spec.name}; ${advice}`);
}

function valueOf(
  option: OptionSpec,
  word: string,
  next: string | undefined,
): { text: string; isNextWord: boolean } {
  const equals = word.indexOf('=');
  if (option.value === undefined) {
    if (equals >= 0) throw new UserError('bad-option', `${option.name} takes no value`);
    return { text: '', isNextWord: false };
  }
  const text = equals >= 0 ? word.slice(equals + 1) : next;
  if (text === undefined || text === '' || (equals < 0 && text.startsWith('--'))) {
    throw new UserError('bad-option', `${option.name} needs ${option.value}: ${option.help}`);
  }
  if (option.choices && !option.choices.includes(text)) {
    const hint = nearestName(text, option.choices);
    const advice = hint ? `; did you mean ${hint}?` : '';
    throw new UserError(
      'bad-option',
      `${option.name} is one of ${option.choices.join(', ')}, not "${text}"${advice}`,
    );
  }
  return { text, isNextWord: equals < 0 };
}

function checkOperands(operands: readonly string[], spec: CommandSpec): void {
  const missing = spec.operands[operands.length];
  if (missing !== undefined) {
    const example = spec.examples[0]?.words ?? `holdwait ${spec.name} --help`;
    throw new UserError('missing-argument', `${spec.name} needs ${missing}; for example: ${example}`);
  }
  if (spec.moreOperands !== undefined) return;
  const extra = operands[spec.operands.length];
  if (extra !== undefined) {
    throw new UserError(
      'bad-option',
      `${spec.name} does not know what to do with "${extra}"; see holdwait ${spec.name} --help`,
    );
  }
}
