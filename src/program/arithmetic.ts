// arithmetic.ts
// Macros that stand for a number are mostly kept as text: `(1 << 3)`, `(ACME_HARD | ACME_WAIT)`.

import type { BinaryOperator } from '../facts/terms.ts';

/** From the loosest to the tightest. */
const levels: readonly (readonly string[])[] = [['|'], ['<<'], ['+', '-']];
const token = /\s*(0[xX][\da-fA-F]+[uUlL]*|\d+[uUlL]*|[A-Za-z_]\w*|<<|[|+()-])/y;

interface Meanings {
  readonly number: (text: string) => number | undefined;
  readonly name: (name: string) => number | undefined;
  readonly combined: (operator: BinaryOperator, left: number, right: number) => number | undefined;
}

/** `undefined`: it is no number, or not one of these operations. */
export function valueOfText(text: string, meanings: Meanings): number | undefined {
  const words = wordsOf(text);
  if (!words) return undefined;
  const { value, next } = level(words, 0, 0, meanings);
  return next === words.length ? value : undefined;
}

interface Read {
  readonly value: number | undefined;
  readonly next: number;
}

function wordsOf(text: string): readonly string[] | undefined {
  const words: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const word = token.exec(text)?.[1];
    if (word === undefined) return undefined;
    words.push(word);
  }
  return words;
}

function level(words: readonly string[], at: number, depth: number, meanings: Meanings): Read {
  const operators = levels[depth];
  if (!operators) return operand(words, at, meanings);
  let left = level(words, at, depth + 1, meanings);
  while (left.value !== undefined && operators.includes(words[left.next] ?? '')) {
    const operator = words[left.next] as BinaryOperator;
    const right = level(words, left.next + 1, depth + 1, meanings);
    const value =
      right.value === undefined ? undefined : meanings.combined(operator, left.value, right.value);
    left = { value, next: right.next };
  }
  return left;
}

function operand(words: readonly string[], at: number, meanings: Meanings): Read {
  const word = words[at] ?? '';
  if (word === '-') {
    const { value, next } = operand(words, at + 1, meanings);
    return { value: value === undefined ? undefined : -value, next };
  }
  if (word === '(') {
    const { value, next } = level(words, at + 1, 0, meanings);
    return { value: words[next] === ')' ? value : undefined, next: next + 1 };
  }
  return { value: /^\d/.test(word) ? meanings.number(word) : meanings.name(word), next: at + 1 };
}
