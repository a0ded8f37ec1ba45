// suppress.ts
// Puts a finding on a list of those that need not be told again: the one in the tree, for all who work on it, or the one
// of this person. The same as `holdwait suppress`.

import { UserError } from '../base/errors.ts';
import { changeableList, withSuppressed } from '../review/changeSuppressions.ts';
import { printSuppressionList, suppressionsFile } from '../review/suppressionList.ts';
import type { ServerEnvironment } from './environment.ts';
import type { SuppressAnswer, SuppressParams } from './protocol.ts';
import type { Trees } from './trees.ts';

export async function suppress(
  { uri, list, finding, status, reason }: SuppressParams,
  trees: Pick<Trees, 'treeFor'>,
  environment: ServerEnvironment,
): Promise<SuppressAnswer> {
  const tree = await trees.treeFor(uri);
  if (!tree) return { kind: 'no-kernel-tree' };
  const disk = environment.diskOf?.(tree.root);
  if (!disk) return { kind: 'not-available' };
  const { id, title, files } = finding;
  const name = list === 'team' ? suppressionsFile : 'your suppressions.json';
  const wish = { status, reason, title, files };
  try {
    await disk.changeList(list, (bytes) =>
      printSuppressionList(withSuppressed(changeableList(bytes, name), [id], wish, []).list),
    );
    return { kind: 'suppressed' };
  } catch (error) {
    if (UserError.is(error)) return { kind: 'refused', reason: error.message };
    throw error;
  }
}
