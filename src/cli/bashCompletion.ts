// bashCompletion.ts
// The completion for bash, 3.2 (macOS) and later, without the package bash-completion.

import type { CommandSpec, OptionSpec } from './arguments.ts';
import { allOptions, expectedOperand, expectedValue } from './expectedWords.ts';
import type { Expected } from './expectedWords.ts';

export function bashCompletion(specs: readonly CommandSpec[]): string {
  return `# Completion of holdwait for bash: source <(holdwait completion bash)
_holdwait() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} options=
  local IFS=$'\\n'
  COMPREPLY=()
  # bash takes --option=value apart into three words.
  if [[ $word == = ]]; then
    word=
  elif [[ $before == = ]]; then
    before=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W $'${specs.map(({ name }) => name).join('\\n')}\\nhelp\\n--version\\n--help' -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
${specs.map(commandCase).join('\n')}
    help) COMPREPLY=($(compgen -W $'${specs.map(({ name }) => name).join('\\n')}' -- "$word")) ;;
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  fi
}
complete -F _holdwait holdwait
`;
}

function commandCase(spec: CommandSpec): string {
  const valued = spec.options.flatMap((option) => {
    const expected = expectedValue(option);
    return expected ? [`        ${option.name}) ${offer(expected)}return ;;`] : [];
  });
  const options = allOptions(spec).map(({ name }: OptionSpec) => name);
  const byOption = valued.length === 0 ? [] : ['      case $before in', ...valued, '      esac'];
  const operand = offer(expectedOperand(spec));
  return [
    `    ${spec.name})`,
    ...byOption,
    `      options=$'${options.join('\\n')}'`,
    ...(operand === '' ? [] : [`      ${operand.replace(/; $/, '')}`]),
    '      ;;',
  ].join('\n');
}

function offer(expected: Expected): string {
  switch (expected.kind) {
    case 'words':
      return `COMPREPLY=($(compgen -W $'${expected.words.join('\\n')}' -- "$word")); `;
    case 'files':
      return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$word")); ';
    case 'folders':
      return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$word")); ';
    case 'text':
      return '';
  }
}
