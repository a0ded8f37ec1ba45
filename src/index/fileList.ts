// fileList.ts
// Which files of a tree are indexed: C and headers, of one architecture, without generated register lists and without
// the programs for user space that come with a kernel.

import type { Token } from '../base/cancel.ts';
import type { FileFilter, FileVersion, TreeHost } from './host.ts';
import type { SkippedFile } from './treeIndex.ts';

export interface FileChoice {
  readonly isKernelTree: boolean;
  /** The folder of arch/ that is read: `x86`. */
  readonly architecture: string;
}

export interface ListedFile {
  readonly path: string;
  readonly version: FileVersion;
}

export interface FileList {
  /** In order of path. */
  readonly files: readonly ListedFile[];
  readonly skipped: readonly SkippedFile[];
}

/** Larger files are register tables or blobs: linux 6.12 has none above it outside drivers/gpu/drm/amd/include. */
export const largestFile = 8 * 1024 * 1024;

/** Half a gigabyte of `#define` in linux 6.12, three quarters of all header text. */
const registerLists = 'drivers/gpu/drm/amd/include/';

const ofUserSpace = ['tools/', 'scripts/', 'usr/', 'Documentation/'];

export function fileFilter(choice: FileChoice): FileFilter {
  const wantsPath = (path: string): boolean =>
    !choice.isKernelTree || wantsInKernel(path, choice.architecture);
  return {
    wantsFile: (path) => isSource(path) && wantsPath(path),
    wantsFolder: (path) => !isHidden(path) && wantsPath(`${path}/`),
  };
}

/** Lists and stats. A file that is too large, or gone between the two, is skipped with a reason. */
export async function listTree(tree: TreeHost, choice: FileChoice, token: Token): Promise<FileList> {
  const listed = await tree.listFiles(fileFilter(choice), token);
  const paths = [...listed].sort(byCodeUnits);
  return chooseByVersion(paths, await tree.versions(paths));
}

export function chooseByVersion(
  paths: readonly string[],
  versions: readonly (FileVersion | undefined)[],
): FileList {
  const files: ListedFile[] = [];
  const skipped: SkippedFile[] = [];
  for (const [i, path] of paths.entries()) {
    const version = versions[i];
    // git lists files that were deleted without `git rm`, and links: neither is a file of this tree.
    if (version === undefined) continue;
    if (version.size > largestFile)
      skipped.push({ path, reason: `larger than ${largestFile / 1024 / 1024} MB` });
    else files.push({ path, version });
  }
  return { files, skipped };
}

export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const isSource = (path: string): boolean => path.endsWith('.c') || path.endsWith('.h');

function isHidden(path: string): boolean {
  return path.startsWith('.') || path.includes('/.');
}

function wantsInKernel(path: string, architecture: string): boolean {
  if (path.startsWith(registerLists) || ofUserSpace.some((folder) => path.startsWith(folder))) return false;
  if (!path.startsWith('arch/') || path === 'arch/') return true;
  return path.startsWith(`arch/${architecture}/`);
}
