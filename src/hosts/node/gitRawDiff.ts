// gitRawDiff.ts
// Reads the raw form in which git tells the differences of two states: modes, ids and paths, each ended by a NUL.

import type { TreeChange } from '../../index/repository.ts';

/** Of `git diff-tree` and `git diff-index`: everything below the current folder, with paths from there. */
export const rawDiffOptions = ['-r', '--raw', '-z', '--no-abbrev', '--ignore-submodules=all', '--relative'];

export const isFileMode = (mode: string | undefined): boolean => mode?.startsWith('100') === true;

/** `:100644 100644 <id> <id> M`, then one path, or two of a rename. Links and submodules are told like files. */
export function readRawDiff(output: Buffer): readonly TreeChange[] {
  return [...readRawDiffs(output).values()].flat();
}

/** As `git diff-tree --stdin` prints it: the changes of each commit behind its id. */
export function readRawDiffs(output: Buffer): ReadonlyMap<string, readonly TreeChange[]> {
  const fields = output.toString('utf8').split('\0');
  const commits = new Map<string, TreeChange[]>();
  let changes: TreeChange[] = [];
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!;
    const header = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/.exec(field);
    if (!header) {
      if (!/^[0-9a-f]{40,64}$/.test(field)) continue;
      commits.set(field, (changes = []));
      continue;
    }
    const [, oldMode, newMode, oldBlob, newBlob, status] = header;
    const oldPath = fields[++i] ?? '';
    const newPath = status === 'R' || status === 'C' ? (fields[++i] ?? '') : oldPath;
    changes.push({
      kind: kindOf(status!),
      oldPath,
      newPath,
      oldMode: modeOf(oldMode!),
      newMode: modeOf(newMode!),
      oldBlob: idOf(oldBlob!),
      newBlob: idOf(newBlob!),
    });
    if (commits.size === 0) commits.set('', changes);
  }
  return commits;
}

/** A change of the type (a file becomes a link) and an open merge are modifications; modes and ids tell the rest. */
function kindOf(status: string): TreeChange['kind'] {
  switch (status) {
    case 'A':
      return 'added';
    case 'D':
      return 'deleted';
    case 'R':
      return 'renamed';
  }
  return 'modified';
}

const modeOf = (mode: string): string | undefined => (mode === '000000' ? undefined : mode);
const idOf = (id: string): string | undefined => (/^0+$/.test(id) ? undefined : id);
