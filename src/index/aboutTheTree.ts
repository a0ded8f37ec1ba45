// aboutTheTree.ts
// Files that are no sources and are read all the same: which kernel it is, and what its people say about their locks and
// findings.

export const aboutTheTree: ReadonlySet<string> = new Set([
  'Makefile',
  '.holdwait.json',
  '.holdwait-suppressions.json',
]);
