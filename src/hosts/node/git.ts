// git.ts
// The files that git knows in a folder.

import type { Token } from '../../base/cancel.ts';
import { runGit } from './gitProcess.ts';

/** Files of the work tree around `root`, tracked or not ignored, relative to `root`; `undefined` outside of any. */
export async function listWorkTree(root: string, token: Token): Promise<readonly string[] | undefined> {
  const output = await runGit(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], token);
  if (output === undefined) return undefined;
  const paths = output.toString('utf8').split('\0');
  paths.pop();
  // A conflict lists a file once per stage.
  return [...new Set(paths)];
}
