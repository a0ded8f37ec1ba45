// source.ts
// One stretch of C being read: its flat tree, the file's original bytes, and the tables that the facts go into.
// Names are always read from the original bytes, since the pre-pass may have changed the text that was parsed.

import type { Position } from '../base/position.ts';
import { Kind } from '../syntax/cSymbols.ts';
import { errorKind, missingFlag, namedFlag } from '../syntax/flatTree.ts';
import type { FlatTree } from '../syntax/flatTree.ts';
import type { LineIndex } from './lineIndex.ts';
import { textOf } from '../base/nameTable.ts';
import type { RewriteIndex } from './rewriteIndex.ts';
import { TermKind } from './termKinds.ts';
import type { ExprId } from './terms.ts';
import type { TermTable } from './termTable.ts';

/** Index of a node in the flat tree. */
export type Node = number;

const longestOpaqueText = 80;

export class Source {
  readonly tree: FlatTree;
  readonly original: Uint8Array;
  readonly terms: TermTable;
  readonly lines: LineIndex;
  readonly rewrites: RewriteIndex;
  /** What to add to an offset of the tree to get an offset of the file. */
  readonly #delta: number;
  /** Only there can names be pasted from parts. */
  readonly #isMacroBody: boolean;
  readonly #operators: (string | undefined)[] = [];
  #errors: readonly Node[] | undefined = undefined;

  constructor(
    tree: FlatTree,
    delta: number,
    file: { original: Uint8Array; terms: TermTable; lines: LineIndex; rewrites: RewriteIndex },
  ) {
    this.tree = tree;
    this.#delta = delta;
    this.#isMacroBody = delta !== 0;
    this.original = file.original;
    this.terms = file.terms;
    this.lines = file.lines;
    this.rewrites = file.rewrites;
  }

  kind(node: Node): number {
    return this.tree.kind[node]!;
  }

  start(node: Node): number {
    return this.tree.start[node]! + this.#delta;
  }

  end(node: Node): number {
    return this.tree.end[node]! + this.#delta;
  }

  /** The node after this one's subtree. */
  next(node: Node): Node {
    return this.tree.next[node]!;
  }

  isNamed(node: Node): boolean {
    return (this.tree.flags[node]! & namedFlag) !== 0;
  }

  isMissing(node: Node): boolean {
    return (this.tree.flags[node]! & missingFlag) !== 0;
  }

  at(node: Node): Position {
    return this.lines.at(this.start(node));
  }

  /** Where the last byte of the node stands. */
  lastAt(node: Node): Position {
    return this.lines.at(Math.max(this.start(node), this.end(node) - 1));
  }

  /** First direct child of that kind, or -1. */
  child(node: Node, kind: number): Node {
    const end = this.next(node);
    for (let c = node + 1; c < end; c = this.next(c)) if (this.kind(c) === kind) return c;
    return -1;
  }

  namedChildren(node: Node): Node[] {
    const children: Node[] = [];
    const end = this.next(node);
    for (let c = node + 1; c < end; c = this.next(c)) {
      if (this.isNamed(c) && this.kind(c) !== Kind.comment) children.push(c);
    }
    return children;
  }

  /** The named child at `index`, or -1. */
  namedChild(node: Node, index: number): Node {
    let left = index;
    const end = this.next(node);
    for (let c = node + 1; c < end; c = this.next(c)) {
      if (this.isNamed(c) && this.kind(c) !== Kind.comment && left-- === 0) return c;
    }
    return -1;
  }

  text(node: Node): string {
    return this.textBetween(this.start(node), this.end(node));
  }

  textBetween(start: number, end: number): string {
    return textOf(this.original, start, end);
  }

  /** The text of a token such as `->` or `+=`; the same for every node of its kind. */
  operator(node: Node): string {
    return (this.#operators[this.kind(node)] ??= this.text(node));
  }

  nameId(node: Node): number {
    if (this.#isMacroBody) return this.terms.names.idOfText(this.name(node));
    return this.terms.names.idOfBytes(this.original, this.start(node), this.end(node));
  }

  /** An identifier; `a ## b` in a macro body is the name `a##b`. */
  name(node: Node): string {
    const text = this.text(node);
    return this.#isMacroBody && text.includes('#') ? text.replace(/[\s\\]+/g, '') : text;
  }

  opaque(node: Node): ExprId {
    return this.opaqueBetween(this.start(node), this.end(node));
  }

  opaqueBetween(start: number, end: number): ExprId {
    const text = this.textBetween(start, Math.min(end, start + longestOpaqueText));
    return this.terms.text(TermKind.opaque, text.replace(/[\s\\]+/g, ' ').trim());
  }

  /** Nodes that the grammar could not read or had to make up, in order. */
  get errors(): readonly Node[] {
    if (this.#errors) return this.#errors;
    const errors: Node[] = [];
    const { count } = this.tree;
    for (let i = 0; i < count; i++) if (this.kind(i) === errorKind || this.isMissing(i)) errors.push(i);
    return (this.#errors = errors);
  }

  hasError(node: Node): boolean {
    const end = this.next(node);
    return this.errors.some((error) => error >= node && error < end);
  }
}
