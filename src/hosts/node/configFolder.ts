// configFolder.ts
// Where a person keeps what programs are to know: `$XDG_CONFIG_HOME`, or what the system has in its place.

import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../base/errors.ts';

export function configFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
): string {
  const base = environment['XDG_CONFIG_HOME'];
  // The specification says that a relative path there is to be ignored.
  if (base?.startsWith('/')) return join(base, 'holdwait');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'holdwait');
  if (platform === 'win32')
    return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'holdwait');
  return join(homedir(), '.config', 'holdwait');
}

/** Of one person, for all trees. */
export const personalSuppressions = (folder = configFolder()): string => join(folder, 'suppressions.json');

/** `undefined`: there is none. */
export async function readPersonalFile(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new UserError('file-not-readable', `cannot read ${path}: ${code}`);
  }
}
