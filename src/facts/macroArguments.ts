// macroArguments.ts
// Reads the arguments of a macro call from the text of the file, where the grammar cannot: `DECLARE_WORK(work, handler)`
// at file level with `static` before it, `module_init(start)` without a semicolon, `SYSCALL_DEFINE2(kill, pid_t, pid, int, sig)`.

import { typeOfText } from './argumentReader.ts';
import type { Source } from './source.ts';
import { TermKind } from './termKinds.ts';
import type { ExprId } from './terms.ts';

export interface TextMacroCall {
  readonly name: string;
  /** The arguments as written, comments and line breaks removed. */
  readonly args: readonly string[];
}

/** `text` runs from the macro's name to the closing parenthesis. */
export function splitMacroCall(text: string): TextMacroCall | undefined {
  const clean = text.replace(/\/\*[^]*?\*\/|\/\/.*$/gm, ' ').replace(/[\s\\]+/g, ' ');
  const open = clean.indexOf('(');
  const name = clean.slice(0, open).split(' ').filter(Boolean).at(-1);
  if (open < 0 || name === undefined) return undefined;
  return { name, args: splitArguments(clean.slice(open + 1, clean.lastIndexOf(')'))) };
}

/** An argument as far as its text shows: a name, its address, a number, a string, a type; anything else stays text. */
export function argumentTerm(source: Source, text: string): ExprId {
  const { terms } = source;
  if (/^[A-Za-z_]\w*$/.test(text)) return terms.text(TermKind.name, text);
  if (/^\d\w*$/.test(text)) return terms.text(TermKind.number, text);
  if (/^"[^"]*"$/.test(text)) return terms.text(TermKind.string, text.slice(1, -1));
  const address = /^&([A-Za-z_]\w*)$/.exec(text)?.[1];
  if (address !== undefined) return terms.unary('&', terms.text(TermKind.name, address));
  const type = typeOfText(source, text);
  if (type !== undefined) return terms.add(TermKind.type, type, 0) as ExprId;
  return terms.text(TermKind.opaque, text);
}

function splitArguments(text: string): string[] {
  const args: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (character === '"') i = endOfString(text, i);
    else if (character === ',' && depth === 0) {
      args.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  const last = text.slice(start).trim();
  if (last !== '' || args.length > 0) args.push(last);
  return args;
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}
