// changeNames.ts
// Gives the changes of one diff the paths in the tree. How much stands in front of them is seen from the changes that
// name both sides, and taken for those that name only one.

import type { ChangeKind, FileChange, Hunk } from './change.ts';
import { commonPath, shownPath, troubleWith } from './diffPaths.ts';
import type { PatchProblem } from './problem.ts';

export interface UnnamedChange {
  readonly isGit: boolean;
  readonly line: number;
  /** As they stand there, with prefixes; `undefined`: there is no such file. */
  readonly oldName: string | undefined;
  readonly newName: string | undefined;
  readonly isNamedBare: boolean;
  readonly kind: ChangeKind;
  readonly oldMode: string | undefined;
  readonly newMode: string | undefined;
  readonly oldBlob: string | undefined;
  readonly newBlob: string | undefined;
  readonly isBinary: boolean;
  readonly hunks: readonly Hunk[];
}

export function namedChanges(
  changes: readonly UnnamedChange[],
  problems: PatchProblem[],
): readonly FileChange[] {
  const prefixes = prefixesOf(changes);
  const named: FileChange[] = [];
  for (const change of changes) {
    const paths = pathsOf(change, prefixes);
    const trouble = paths ? refusal(change, paths) : 'names no file that can be told';
    if (!paths || trouble) {
      problems.push({ severity: 'error', line: change.line, text: `a change is left out: ${trouble}` });
      continue;
    }
    const found = changeOf(change, paths);
    if (found.hunks.length === 0 && !saysSomething(change)) {
      const text = `${shownPath(found.newPath)}: the diff has a header and nothing more`;
      problems.push({ severity: 'error', line: change.line, text });
    }
    sayUnusual(found, problems);
    named.push(found);
  }
  return named;
}

interface Paths {
  readonly kind: ChangeKind;
  readonly oldPath: string;
  readonly newPath: string;
}

function changeOf(change: UnnamedChange, paths: Paths): FileChange {
  const { oldBlob, newBlob, isBinary, oldMode, hunks, line } = change;
  const newMode = change.newMode ?? (paths.kind === 'deleted' ? undefined : oldMode);
  return { ...paths, oldBlob, newBlob, isBinary, oldMode, newMode, hunks, line };
}

function pathsOf(change: UnnamedChange, prefixes: ReadonlySet<string>): Paths | undefined {
  const { oldName, newName, isNamedBare, kind } = change;
  if (oldName === undefined || newName === undefined) {
    const name = oldName ?? newName;
    if (name === undefined) return undefined;
    const path = withoutPrefix(name, prefixes);
    return { kind: oldName === undefined ? 'added' : 'deleted', oldPath: path, newPath: path };
  }
  if (isNamedBare) return { kind, oldPath: oldName, newPath: newName };
  const common = commonPath(oldName, newName);
  const path = common?.path ?? (change.isGit ? undefined : likelierPath(oldName, newName, prefixes));
  return path === undefined ? undefined : { kind, oldPath: path, newPath: path };
}

/** What both names have in front, in changes that have two. */
function prefixesOf(changes: readonly UnnamedChange[]): ReadonlySet<string> {
  const prefixes = new Set<string>();
  for (const { oldName, newName, isNamedBare } of changes) {
    if (oldName === undefined || newName === undefined || isNamedBare) continue;
    const common = commonPath(oldName, newName);
    if (!common) continue;
    prefixes.add(common.oldPrefix);
    prefixes.add(common.newPrefix);
  }
  prefixes.delete('');
  return prefixes;
}

function withoutPrefix(name: string, prefixes: ReadonlySet<string>): string {
  for (const prefix of prefixes) if (name.startsWith(prefix)) return name.slice(prefix.length);
  return /^(?:[abciow]\/|[^/]*(?:linux|kernel)[^/]*[-.][^/]*\/|[^/]*\.(?:orig|old|new)\/)?(.*)$/s.exec(
    name,
  )![1]!;
}

/** `x.c.orig` and `x.c`: the one that is no spare copy. */
function likelierPath(oldName: string, newName: string, prefixes: ReadonlySet<string>): string {
  const isSpare = (name: string): boolean => /(?:\.orig|\.old|\.bak|~)$/.test(name);
  return withoutPrefix(isSpare(newName) && !isSpare(oldName) ? oldName : newName, prefixes);
}

function refusal({ oldName, newName }: UnnamedChange, { oldPath, newPath }: Paths): string | undefined {
  for (const path of [oldName, newName, oldPath, newPath]) {
    const trouble = path === undefined ? undefined : troubleWith(path);
    if (trouble) return `the path ${shownPath(path ?? '')} ${trouble}`;
  }
  return undefined;
}

const saysSomething = ({ kind, isBinary, oldMode, newMode }: UnnamedChange): boolean =>
  kind !== 'modified' || isBinary || (newMode !== undefined && newMode !== oldMode);

function sayUnusual(
  { newPath, newMode, oldMode, isBinary, kind, line }: FileChange,
  problems: PatchProblem[],
): void {
  const mode = kind === 'deleted' ? oldMode : (newMode ?? oldMode);
  const path = shownPath(newPath);
  const note = (text: string): void => void problems.push({ severity: 'note', line, text });
  if (mode === '120000') note(`${path} is a symbolic link, which is not followed`);
  if (mode === '160000') note(`${path} is a submodule, which is not looked into`);
  if (isBinary && kind !== 'deleted') note(`${path} is binary: its content is not read`);
}
