// scope.ts
// Which files a question is about: the folders and files that somebody named, as files of the index.

import { UserError } from '../base/errors.ts';
import type { TreeIndex } from '../index/treeIndex.ts';

/** `''` and `.` stand for the whole tree. In order of path, each file once. Throws for a name that matches nothing. */
export function filesInScope(index: TreeIndex, scope: readonly string[]): readonly string[] {
  const names = scope.map((name) => name.replace(/^(?:\.\/)+/, '').replace(/\/+$/, ''));
  if (names.some((name) => name === '' || name === '.')) return index.files;
  for (const name of names) if (!index.files.some(isIn([name]))) throw emptyScope(index, name);
  return index.files.filter(isIn(names));
}

const isIn =
  (names: readonly string[]) =>
  (path: string): boolean =>
    names.some((name) => path === name || path.startsWith(`${name}/`));

function emptyScope(index: TreeIndex, name: string): UserError {
  const skipped = index.counts.skipped.find(({ path }) => path === name);
  if (skipped) return new UserError('scope-without-files', `${name} is not read: ${skipped.reason}`);
  const around = folderAround(index, name);
  const advice =
    around === ''
      ? 'scopes are folders or files of the tree, such as drivers/net'
      : `${around} is there; scopes are folders or files of the tree`;
  return new UserError('scope-without-files', `no C file in scope ${name} of ${index.root}; ${advice}`);
}

/** The innermost folder on the way that does hold files. */
function folderAround(index: TreeIndex, name: string): string {
  for (let end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
    const folder = name.slice(0, end);
    if (index.files.some(isIn([folder]))) return folder;
  }
  return '';
}
