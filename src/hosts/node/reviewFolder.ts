// reviewFolder.ts
// Writes the files of one reviewer into a folder, in the place of what the same reviewer said before. A folder of
// anybody else is left as it is.

import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../base/errors.ts';
import { changeFile } from './changeFile.ts';

interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The first of the files says whose they are. */
export async function writeReviewFolder(folder: string, files: readonly NamedText[]): Promise<void> {
  const there = await namesIn(folder);
  const identity = files[0];
  if (!identity) return;
  const owner = await readFile(join(folder, identity.name), 'utf8').catch(() => undefined);
  if (there.length > 0 && owner !== identity.text)
    throw new UserError(
      'file-not-writable',
      `${folder} holds something else than a review by Holdwait and is not written; name a new folder`,
    );
  const names = new Set(files.map(({ name }) => name));
  for (const name of there)
    if (/^\d{4}\.txt$/.test(name) && !names.has(name)) await rm(join(folder, name), { force: true });
  for (const { name, text } of files) await changeFile(join(folder, name), () => text, { isOwn: true });
}

/** What is no folder is said where it is written. */
const namesIn = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);
