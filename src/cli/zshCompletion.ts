// zshCompletion.ts
// The completion for zsh, as a file `_holdwait` of its `fpath` or to be sourced after `compinit`.

import type { CommandSpec, OptionSpec } from './arguments.ts';
import { allOptions, expectedOperand, expectedValue } from './expectedWords.ts';
import type { Expected } from './expectedWords.ts';

export function zshCompletion(specs: readonly CommandSpec[]): string {
  return `#compdef holdwait
# Completion of holdwait for zsh: source <(holdwait completion zsh)
_holdwait() {
  local curcontext=$curcontext state line
  local -a commands
  commands=(
${specs.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
  )
  _arguments -C '(- *)--version[show the version]' '(- *)--help[show the commands]' '1: :->command' '*:: :->words'
  case $state in
    command) _describe -t commands command commands ;;
    words)
      case $words[1] in
${specs.map(commandCase).join('\n')}
      esac
      ;;
  esac
}
if [[ $funcstack[1] == _holdwait ]]; then
  _holdwait "$@"
else
  compdef _holdwait holdwait
fi
`;
}

function commandCase(spec: CommandSpec): string {
  const words = [...allOptions(spec).map(optionWord), ...operandWords(spec)];
  return [
    `        ${spec.name})`,
    `          _arguments ${words.join(' \\\n            ')}`,
    '          ;;',
  ].join('\n');
}

/** `'*--scope=[a folder]:DIR:_files -/'`. */
function optionWord(option: OptionSpec): string {
  const expected = expectedValue(option);
  const often = option.isList ? '*' : '';
  const help = escaped(option.help);
  if (!expected) return quoted(`${often}${option.name}[${help}]`);
  return quoted(`${often}${option.name}=[${help}]:${option.value ?? ''}:${action(expected)}`);
}

function operandWords(spec: CommandSpec): string[] {
  const name = spec.operands[0] ?? spec.moreOperands;
  if (name === undefined) return [];
  const place = spec.moreOperands === undefined ? '1' : '*';
  return [quoted(`${place}:${escaped(name)}:${action(expectedOperand(spec))}`)];
}

function action(expected: Expected): string {
  switch (expected.kind) {
    case 'words':
      return `(${expected.words.join(' ')})`;
    case 'files':
      return '_files';
    case 'folders':
      return '_files -/';
    case 'text':
      return ' ';
  }
}

const escaped = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
