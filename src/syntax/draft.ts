// draft.ts
// The state that the steps of the pre-pass share: the text being rewritten, its live tokens (those that were not
// blanked), which bracket closes which, and the list of what was changed.

import { carriageReturn, digitZero, newline, space, tab } from './bytes.ts';
import type { Directive, Rewrite, RewriteKind } from './prepared.ts';
import { directiveToken, nameToken, numberToken, punctuatorToken } from './tokens.ts';
import type { Tokeniser } from './tokens.ts';

/** What the innermost open bracket around a token is. */
export const fileContext = 0;
export const blockContext = 1;
export const structContext = 2;
export const enumContext = 3;
export const initialiserContext = 4;
export const parenthesisContext = 5;
export const subscriptContext = 6;

// Arrays of the last draft, reused by the next: a fresh set per file costs more than reading the file.
let liveScratch = new Int32Array(1 << 14);
let partnerScratch = new Int32Array(1 << 14);
let contextScratch = new Uint8Array(1 << 14);

/** Positions `i` below count live tokens, not tokens; out of range they are harmless. */
export class Draft {
  readonly text: Uint8Array;
  readonly tokens: Tokeniser;
  /** The token that the live token `i` is. */
  readonly live: Int32Array;
  /** How many live tokens there are. */
  count = 0;
  /** The live position of the bracket that belongs to this bracket, or -1. */
  readonly partner: Int32Array;
  /** The context of each live token; a bracket has the context around it. */
  readonly context: Uint8Array;
  readonly rewrites: Rewrite[] = [];
  readonly directives: Directive[] = [];
  readonly kind: Uint8Array;
  readonly char: Uint8Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly name: Int32Array;
  readonly flags: Uint32Array;

  constructor(text: Uint8Array, tokens: Tokeniser) {
    const needed = tokens.count + 1;
    if (liveScratch.length < needed) {
      liveScratch = new Int32Array(needed * 2);
      partnerScratch = new Int32Array(needed * 2);
      contextScratch = new Uint8Array(needed * 2);
    }
    this.text = text;
    this.tokens = tokens;
    this.live = liveScratch;
    this.partner = partnerScratch;
    this.context = contextScratch;
    this.kind = tokens.kind;
    this.char = tokens.char;
    this.start = tokens.start;
    this.end = tokens.end;
    this.name = tokens.name;
    this.flags = tokens.names.flags;
  }

  /** The punctuator at a live position, 0 if it is something else. */
  punctuator(i: number): number {
    if (i < 0 || i >= this.count) return 0;
    const token = this.live[i]!;
    return this.kind[token] === punctuatorToken ? this.char[token]! : 0;
  }

  isName(i: number): boolean {
    return i >= 0 && i < this.count && this.kind[this.live[i]!] === nameToken;
  }

  isDirective(i: number): boolean {
    return i >= 0 && i < this.count && this.kind[this.live[i]!] === directiveToken;
  }

  kindAt(i: number): number {
    return this.kind[this.live[i]!]!;
  }

  /** The word flags of the name at a live position that is known to be a name. */
  flagsAt(i: number): number {
    return this.flags[this.name[this.live[i]!]!]!;
  }

  /** The same, 0 where there is no name. */
  nameFlags(i: number): number {
    return this.isName(i) ? this.flagsAt(i) : 0;
  }

  startOf(i: number): number {
    return this.start[this.live[i]!]!;
  }

  endOf(i: number): number {
    return this.end[this.live[i]!]!;
  }

  partnerOf(i: number): number {
    return i >= 0 && i < this.count ? this.partner[i]! : -1;
  }

  /** Whether a live token was blanked meanwhile, or became a `0`. */
  isGone(i: number): boolean {
    const byte = this.text[this.startOf(i)];
    return byte === space || (byte === digitZero && this.kindAt(i) !== numberToken);
  }

  /** Spaces over bytes; line ends stay, so that lines and directives stay where they are. */
  blank(start: number, end: number): void {
    const { text } = this;
    for (let at = start; at < end; at++) {
      const byte = text[at];
      if (byte !== newline && byte !== carriageReturn) text[at] = space;
    }
  }

  /** Blanks the live tokens `from` to `to` (both included), with what lies between them. */
  blankTokens(from: number, to: number): void {
    this.blank(this.startOf(from), this.endOf(to));
  }

  /** The first blank from `start` to `end` that is no line end, or -1: room for a letter. */
  roomBetween(start: number, end: number): number {
    for (let at = start; at < end; at++) {
      if (this.text[at] === space || this.text[at] === tab) return at;
    }
    return -1;
  }

  put(at: number, letters: string): void {
    for (let i = 0; i < letters.length; i++) this.text[at + i] = letters.charCodeAt(i);
  }

  record(kind: RewriteKind, start: number, end: number): void {
    this.rewrites.push({ kind, start, end });
  }

  hasLineBreakAfter(i: number): boolean {
    const to = i + 1 < this.count ? this.startOf(i + 1) : this.text.length;
    const at = this.text.indexOf(newline, this.endOf(i));
    return at >= 0 && at < to;
  }
}
