// locatedJson.ts
// JSON with the place of every value, so that what is wrong with a value can be said with its line and column.

import type { Problem } from './problem.ts';
import { problemAt } from './problem.ts';

/** `start` is an index into the text, in UTF-16 units. */
export type Json =
  | { readonly kind: 'string'; readonly value: string; readonly start: number }
  | { readonly kind: 'number'; readonly value: number; readonly start: number }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly start: number }
  | { readonly kind: 'null'; readonly start: number }
  | { readonly kind: 'list'; readonly items: readonly Json[]; readonly start: number }
  | { readonly kind: 'object'; readonly members: readonly Member[]; readonly start: number };

export interface Member {
  readonly key: string;
  /** Of the key. */
  readonly start: number;
  readonly value: Json;
}

/** The value, or the first thing that is no JSON. */
export function parseJson(text: string): Json | Problem {
  try {
    return new JsonReader(text).read();
  } catch (error) {
    if (error instanceof Malformed) return problemAt(text, error.start, error.message);
    throw error;
  }
}

class Malformed extends Error {
  readonly start: number;

  constructor(start: number, message: string) {
    super(message);
    this.start = start;
  }
}

// Nobody nests deeper by hand; a file that does must not overflow the stack.
const deepest = 64;

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    // An editor may put a byte order mark in front.
    if (text.startsWith('\uFEFF')) this.#at = 1;
  }

  read(): Json {
    const value = this.#value(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#unexpected('the end of the file');
    return value;
  }

  #value(depth: number): Json {
    this.#skipSpace();
    const start = this.#at;
    if (depth > deepest) throw new Malformed(start, 'values are nested too deeply');
    const char = this.#text[start];
    if (char === '{') return { kind: 'object', members: this.#members(depth), start };
    if (char === '[') return { kind: 'list', items: this.#items(depth), start };
    if (char === '"') return { kind: 'string', value: this.#string(), start };
    const number = this.#match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) return { kind: 'number', value: Number(number), start };
    const word = this.#match(/true|false|null/y);
    if (word === 'null') return { kind: 'null', start };
    if (word !== undefined) return { kind: 'boolean', value: word === 'true', start };
    throw this.#unexpected('a value');
  }

  #members(depth: number): readonly Member[] {
    const members: Member[] = [];
    this.#at++;
    if (this.#takes('}')) return members;
    for (;;) {
      this.#skipSpace();
      const start = this.#at;
      if (this.#text[start] !== '"') throw this.#unexpected('a key in double quotes');
      const key = this.#string();
      if (!this.#takes(':')) throw this.#unexpected('":" after the key');
      if (members.some((member) => member.key === key)) throw new Malformed(start, `"${key}" is there twice`);
      members.push({ key, start, value: this.#value(depth + 1) });
      if (this.#takes('}')) return members;
      if (!this.#takes(',')) throw this.#unexpected('"," or "}"');
    }
  }

  #items(depth: number): readonly Json[] {
    const items: Json[] = [];
    this.#at++;
    if (this.#takes(']')) return items;
    for (;;) {
      items.push(this.#value(depth + 1));
      if (this.#takes(']')) return items;
      if (!this.#takes(',')) throw this.#unexpected('"," or "]"');
    }
  }

  #string(): string {
    const start = this.#at;
    // oxlint-disable-next-line no-control-regex -- JSON forbids control characters in strings
    const quoted = this.#match(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y);
    if (quoted === undefined)
      throw new Malformed(start, 'a string that is not closed, or holds what JSON forbids');
    return JSON.parse(quoted) as string;
  }

  #takes(char: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #skipSpace(): void {
    this.#match(/[ \t\r\n]*/y);
  }

  #unexpected(wanted: string): Malformed {
    const rest = this.#text.slice(this.#at);
    if (rest === '') return new Malformed(this.#at, `the file ends where ${wanted} is missing`);
    if (/^\/[/*]/.test(rest))
      return new Malformed(this.#at, 'comments are not allowed in JSON: remove this one');
    const found = /^[\w.+-]+|^./su.exec(rest)?.[0] ?? '';
    return new Malformed(this.#at, `${wanted} is missing before ${JSON.stringify(found)}`);
  }
}
