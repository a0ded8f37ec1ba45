// replyMarkdown.ts
// An answer for the list as an editor shows it beside the code, where there is half the room of a mail: sentences wrap,
// and the two threads of a scenario stand below each other as time goes by, and no longer in two columns.

import { code, escaped } from './markdown.ts';

/** @param language Of the parts that keep their lines. */
export function replyMarkdown(words: string, language: string): string {
  const blocks = words.trimEnd().split(/\n(?:[ \t]*\n)+/);
  return blocks.map((block) => (keepsLines(block) ? fenced(block, language) : sentences(block))).join('\n\n');
}

/** What is indented or quoted. */
const keepsLines = (block: string): boolean => block.split('\n').some((line) => /^(?:[ \t]|>)/.test(line));

/** Two blanks after a sentence are one here. Names of functions look like code, and a question at the start stands out. */
function sentences(block: string): string {
  const text = block.trim().replace(/\s+/g, ' ');
  const [question = ''] = /^[^.?]{1,60}\?(?= )/.exec(text) ?? [];
  const rest = text
    .slice(question.length)
    .split(/(\b\w+\(\))/)
    .map((part, i) => (i % 2 === 1 ? code(part) : escaped(part)))
    .join('');
  // What would begin a list.
  return question === '' ? rest.replace(/^(\d*)([-+.)])/, '$1\\$2') : `**${escaped(question)}**${rest}`;
}

function fenced(block: string, language: string): string {
  const text = oneColumn(outdented(block.split('\n'))).join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function outdented(lines: readonly string[]): readonly string[] {
  const indent = Math.min(...lines.map(indentOf));
  return lines.map((line) => line.slice(indent));
}

// Where the second of two columns begins at the earliest; calls of the first one are not indented as far.
const leastColumn = 20;
// Before each line of the second thread: set to the right alone, it would look like a call of the first one.
const bar = '│     ';
const callIndent = '  ';

function oneColumn(lines: readonly string[]): readonly string[] {
  const { first, second } = headsOf(lines[0] ?? '');
  const rest = second === undefined ? lines : lines.slice(1);
  const columns = rest.map(indentOf).filter((indent) => indent >= leastColumn);
  if (columns.length === 0) return lines;
  const column = Math.min(...columns);
  const isSecond = (line: string): boolean => indentOf(line) >= column;
  if (second === undefined) return rest.map((line) => (isSecond(line) ? bar + line.slice(column) : line));
  const begins = rest.findIndex(isSecond);
  const calls = rest.map((line) => (isSecond(line) ? bar + callIndent + line.slice(column) : line));
  return [first, ...calls.slice(0, begins), bar + second, ...calls.slice(begins)];
}

/** The names of both threads on one line, at the left edge and in the second column. */
function headsOf(line: string): { readonly first: string; readonly second?: string } {
  const [, first = '', gap = '', second = ''] = /^(\S.*?\S)( {2,})(\S.*)$/.exec(line) ?? [];
  return second === '' || first.length + gap.length < leastColumn ? { first: line } : { first, second };
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
