// aboutTheTree.ts
// Files that are no sources and are read all the same: which kernel it is, and what its people say about their locks and
// findings.

export const aboutTheTree: ReadonlySet<string> = new Set([
  'Makefile',
  '.holdwait.json',
  '.holdwait-suppressions.json',
]);

/** Says which files of its folder are one driver. */
export const isMakefile = (path: string): boolean => /(?:^|\/)(?:Makefile|Kbuild)$/.test(path);
