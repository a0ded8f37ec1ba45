// conditions.ts
// The conditions of `#if`: as text, in one form for `#ifdef X` and `#if defined(X)`, and which of them stand
// around a place of the file.

import { Kind } from '../syntax/cSymbols.ts';
import type { Directive } from '../syntax/prepared.ts';
import type { Condition } from './fileFacts.ts';
import { textOf } from '../base/nameTable.ts';
import type { Node, Source } from './source.ts';

export interface Config {
  readonly text: string;
  readonly negated: boolean;
}

/** The condition of a conditional node of the tree. */
export function configText(source: Source, node: Node): Config {
  const condition = source.namedChild(node, 0);
  if (condition < 0) return { text: '1', negated: false };
  const text = plain(source.text(condition));
  switch (source.kind(node)) {
    case Kind.preprocIfdef:
    case Kind.preprocElifdef: {
      const word = source.operator(node + 1);
      return { text: `defined(${text})`, negated: word.includes('ndef') };
    }
    default:
      return { text, negated: false };
  }
}

/** Answers under which conditions a place stands. The guard around a header is none. */
export class ConditionMap {
  /** Condition `texts[i]` holds from `starts[i]` up to `starts[i + 1]`. */
  readonly #starts: number[] = [0];
  readonly #texts: Condition[] = [''];

  constructor(original: Uint8Array, directives: readonly Directive[]) {
    const stack: string[] = [];
    for (const [i, directive] of directives.entries()) {
      if (directive.kind === 'define' || directive.kind === 'other') continue;
      const line = plain(textOf(original, directive.start, directive.end));
      switch (directive.kind) {
        case 'if':
          stack.push(isHeaderGuard(original, directives, i, line) ? '' : conditionOf(line));
          break;
        case 'elif':
          stack.push(joined([negation(stack.pop() ?? ''), conditionOf(line)]));
          break;
        case 'else':
          stack.push(negation(stack.pop() ?? ''));
          break;
        case 'endif':
          stack.pop();
          break;
      }
      this.#starts.push(directive.end);
      this.#texts.push(joined(stack));
    }
  }

  at(offset: number): Condition {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return this.#texts[low]!;
  }
}

const joined = (conditions: readonly string[]): string =>
  conditions.filter((text) => text !== '').join(' && ');

const negation = (condition: string): string => (condition === '' ? '' : `!(${condition})`);

/** Continuation lines, comments and runs of blanks removed. */
const plain = (text: string): string =>
  text
    .replace(/\\\r?\n/g, ' ')
    .replace(/\/\*[^]*?\*\/|\/\/.*$/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function conditionOf(line: string): string {
  const match = /^# ?(ifdef|ifndef|if|elif|elifdef|elifndef) ?(.*)$/.exec(line);
  if (!match) return '';
  const [, word, rest] = match;
  if (word === 'ifdef' || word === 'elifdef') return `defined(${rest ?? ''})`;
  if (word === 'ifndef' || word === 'elifndef') return `!defined(${rest ?? ''})`;
  return rest ?? '';
}

/** `#ifndef _FOO_H` directly followed by `#define _FOO_H`, as the first directives of the file. */
function isHeaderGuard(
  original: Uint8Array,
  directives: readonly Directive[],
  i: number,
  line: string,
): boolean {
  const name = /^# ?(?:ifndef|if ! ?defined) ?\(?(\w+)\)?$/.exec(line)?.[1];
  const following = directives[i + 1];
  if (i > 1 || name === undefined || following?.kind !== 'define') return false;
  return new RegExp(`^# ?define ${name}\\b`).test(plain(textOf(original, following.start, following.end)));
}
