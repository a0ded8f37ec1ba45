// codePieces.ts
// A file as what matters of it: the tokens of each function, and those between them line by line. Comments, blanks and
// moved lines make no difference.

import type { FileFacts, FunctionFacts } from '../facts/fileFacts.ts';
import type { Position } from '../base/position.ts';
import { columnOf, lineOf } from '../base/position.ts';
import { directiveToken, Tokeniser } from '../syntax/tokens.ts';

export interface CodePieces {
  /** By name. Variants of one function under `#ifdef` are one. */
  readonly functions: ReadonlyMap<string, string>;
  readonly outside: readonly OutsideLine[];
}

/** A line outside of all functions. */
export interface OutsideLine {
  readonly text: string;
  /** The first tokens of the declaration before this line: `struct acme {`. */
  readonly head: string;
}

const tokeniser = new Tokeniser();
const decoder = new TextDecoder('latin1');

export function codePieces(bytes: Uint8Array, facts: Pick<FileFacts, 'functions'>): CodePieces {
  const tokens = readTokens(bytes);
  const functions = new Map<string, string[]>();
  const outside: OutsideLine[] = [];
  const ranges = rangesOf(bytes, facts.functions);
  let range = 0;
  let item = noItem;
  let line: string[] = [];
  const endLine = (): void => {
    if (line.length === 0) return;
    const text = line.join(' ');
    outside.push({ text, head: item.head });
    item = itemAfter(item, text);
    line = [];
  };
  for (const token of tokens) {
    while (range < ranges.length && ranges[range]!.end <= token.start) range++;
    const inside = ranges[range];
    if (inside && inside.start <= token.start) {
      endLine();
      item = noItem;
      const own = functions.get(inside.name);
      if (own) own.push(token.text);
      else functions.set(inside.name, [token.text]);
      continue;
    }
    if (token.startsLine) endLine();
    line.push(token.text);
  }
  endLine();
  return { functions: new Map([...functions].map(([name, own]) => [name, own.join(' ')])), outside };
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly startsLine: boolean;
}

function readTokens(bytes: Uint8Array): readonly Word[] {
  const count = tokeniser.run(bytes, bytes.length);
  const { start, end, kind } = tokeniser;
  return Array.from({ length: count }, (_, i) => {
    const from = start[i]!;
    const before = i === 0 ? 0 : end[i - 1]!;
    const raw = decoder.decode(bytes.subarray(from, end[i]));
    const text = kind[i] === directiveToken ? withoutComments(raw) : raw;
    return { text, start: from, startsLine: i === 0 || bytes.subarray(before, from).includes(0x0a) };
  });
}

const withoutComments = (directive: string): string =>
  directive
    .replace(/\/\*[^]*?\*\/|\/\/.*/g, ' ')
    .replace(/[\s\\]+/g, ' ')
    .trim();

/** A declaration that is not over yet. */
interface Item {
  readonly head: string;
  /** Brackets that are open. */
  readonly depth: number;
}

const noItem: Item = { head: '', depth: 0 };
// What a declaration is, its first lines say; a table of registers has ten thousand.
const longestHead = 500;

/** A declaration is over where its brackets are closed and a semicolon, a brace or a directive ends the line. */
function itemAfter({ head, depth: before }: Item, line: string): Item {
  const depth = before + (line.match(/[{(]/g)?.length ?? 0) - (line.match(/[})]/g)?.length ?? 0);
  if (line.startsWith('#') || (depth <= 0 && /[;})]$/.test(line))) return noItem;
  if (head.length >= longestHead) return { head, depth };
  return { head: `${head}${head === '' ? '' : ' '}${line}`.slice(0, longestHead), depth };
}

interface Range {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function rangesOf(bytes: Uint8Array, functions: readonly FunctionFacts[]): readonly Range[] {
  const lineStarts = [0];
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lineStarts.push(at + 1);
  const offset = (position: Position): number =>
    (lineStarts[lineOf(position) - 1] ?? bytes.length) + columnOf(position);
  return functions
    .map((fn) => ({ name: fn.name, start: offset(fn.start), end: offset(fn.end) }))
    .sort((a, b) => a.start - b.start);
}
