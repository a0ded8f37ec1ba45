// prepared.ts
// What the same-length pre-pass over kernel macros leaves: text that the C grammar can read, and a list of
// everything that was changed, so that names and arguments can be read from the original bytes.

/** Why a stretch of text was changed before parsing. */
export type RewriteKind =
  /** `list_for_each_entry(...)` became `while (...)`: start and end of the macro's name. */
  | 'loop'
  /** `scoped_guard(...)` became `while (...)`: start and end of the macro's name. */
  | 'scope'
  /** `MACRO(a, b)` at file level, with its arguments or its `static` blanked: start of the name to the end of `)`. */
  | 'fileMacro'
  /** `MACRO(a, b) {` became a function header: start of the name to the end of `)`. */
  | 'headerMacro'
  /** A macro call among struct members. */
  | 'memberMacro'
  /** A macro call without a comma in an initialiser or an enum. */
  | 'initMacro'
  /** A macro call that stood as a statement without `;`. */
  | 'statementMacro'
  /** `__must_check`, `__iomem` and their kind. */
  | 'attribute'
  /** `__must_hold(x)`, `__acquires(x)`, `__free(kfree)`, `__attribute__((...))`: the name to the end of `)`. */
  | 'attributeCall'
  /** An argument of a call that is a type or an operator, reduced to one identifier or `0`. */
  | 'argument'
  /** A branch of an `#if` group that would have unbalanced the text; the other branch stands. */
  | 'droppedBranch'
  /** Any other word or number that the grammar does not take. */
  | 'other';

export interface Rewrite {
  readonly kind: RewriteKind;
  readonly start: number;
  readonly end: number;
}

export type DirectiveKind = 'if' | 'elif' | 'else' | 'endif' | 'define' | 'other';

/** A preprocessor line with its continuation lines, in original bytes. */
export interface Directive {
  readonly kind: DirectiveKind;
  readonly start: number;
  readonly end: number;
}

export interface Prepared {
  /** The file as it is. */
  readonly original: Uint8Array;
  /** The same length, same newlines, readable by the grammar. */
  readonly text: Uint8Array;
  /** In order of start. */
  readonly rewrites: readonly Rewrite[];
  /** In order of start. */
  readonly directives: readonly Directive[];
}
