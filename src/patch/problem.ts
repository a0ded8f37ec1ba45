// problem.ts
// What is wrong with a patch. Reading and applying never throw because of what a text says.

export interface PatchProblem {
  /** `error`: something of the patch is lost or cannot be applied; `note`: worth knowing. */
  readonly severity: 'error' | 'note';
  /** The line in the text that was read, from 1; 0: none in particular. */
  readonly line: number;
  /** One sentence without a full stop: what, where, what next. */
  readonly text: string;
}
