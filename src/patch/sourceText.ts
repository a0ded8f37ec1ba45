// sourceText.ts
// A piece of what was read, decoded, and where its lines stand in the input: problems and hunks are told by that line.

import type { ByteString } from './change.ts';

export interface SourceText {
  readonly text: ByteString;
  /** Of the text's first line in the input, from 1. */
  readonly firstLine: number;
  /** For each line of the text, the line of the input; absent: they follow each other from `firstLine`. */
  readonly lines?: readonly number[] | undefined;
}

export const inputLine = ({ firstLine, lines }: SourceText, index: number): number =>
  lines ? (lines[Math.min(index, lines.length - 1)] ?? firstLine) : firstLine + index;

/** Goes through a text line by line. Lines are without their ends. */
export class LineCursor {
  readonly #source: SourceText;
  readonly #text: ByteString;
  readonly #strip: boolean;
  #start = 0;
  #end = 0;
  #next = 0;
  #index = 0;

  /** `stripReturns`: a carriage return at the end of a line is the mail's, not the file's. */
  constructor(source: SourceText, stripReturns = false) {
    this.#source = source;
    this.#text = source.text;
    this.#strip = stripReturns;
    this.#find(0);
  }

  get isAtEnd(): boolean {
    return this.#start >= this.#text.length;
  }

  /** Whether the very last line has no end. */
  get isOpen(): boolean {
    return this.#text.length > 0 && !this.#text.endsWith('\n');
  }

  /** Empty at the end. */
  get text(): ByteString {
    return this.#text.slice(this.#start, this.#end);
  }

  /** The code of the line's first letter; NaN where it is empty. */
  get first(): number {
    return this.#start < this.#end ? this.#text.charCodeAt(this.#start) : Number.NaN;
  }

  /** What follows the first letter. */
  get rest(): ByteString {
    return this.#text.slice(Math.min(this.#start + 1, this.#end), this.#end);
  }

  /** Where the line begins in the text. */
  get offset(): number {
    return this.#start;
  }

  /** From 1, in the input. */
  get line(): number {
    return inputLine(this.#source, this.#index);
  }

  startsWith(prefix: ByteString): boolean {
    return this.#text.startsWith(prefix, this.#start);
  }

  advance(): void {
    if (this.isAtEnd) return;
    this.#index++;
    this.#find(this.#next);
  }

  /** The line after this one, or the one after that. */
  peek(distance: number): ByteString {
    let start = this.#start;
    for (let i = 0; i < distance; i++) {
      const end = this.#text.indexOf('\n', start);
      if (end < 0) return '';
      start = end + 1;
    }
    const end = this.#text.indexOf('\n', start);
    return this.#text.slice(start, end < 0 ? this.#text.length : end);
  }

  #find(start: number): void {
    const end = this.#text.indexOf('\n', start);
    this.#start = start;
    this.#end = end < 0 ? this.#text.length : end;
    this.#next = end < 0 ? this.#text.length : end + 1;
    if (this.#strip && this.#end > start && this.#text.charCodeAt(this.#end - 1) === 13) this.#end--;
  }
}
