// packagedExtension.ts
// The .vsix under test: the package of this checkout, or the one that HOLDWAIT_VSIX names.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inProject, run, SetupError } from '../../../scripts/project.mjs';

/** Packages the extension when something was built since it was packaged last. */
export async function packagedExtension(): Promise<string> {
  const named = process.env['HOLDWAIT_VSIX'];
  if (named !== undefined && named !== '') return named;

  const vsix = inProject('dist/holdwait.vsix');
  if (existsSync(vsix) && changedAt(vsix) >= newestIn(inProject('dist'))) return vsix;
  const { status, output } = await run(process.execPath, [inProject('scripts/package.mjs')], {
    capture: true,
  });
  if (status !== 0 || !existsSync(vsix)) {
    throw new SetupError(
      `node scripts/package.mjs wrote no dist/holdwait.vsix (status ${status}):\n${output}`,
    );
  }
  return vsix;
}

function newestIn(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(
    0,
    ...entries.filter((name) => !name.endsWith('.vsix')).map((name) => changedAt(join(folder, name))),
  );
}

function changedAt(path: string): number {
  const status = statSync(path);
  // Copying files into a folder changes the folder too, in no order that means anything.
  return status.isFile() ? status.mtimeMs : 0;
}
