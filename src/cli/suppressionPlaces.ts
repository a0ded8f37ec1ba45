// suppressionPlaces.ts
// Where the lists of suppressions are that a command line means: the one in the tree, and the one of the person.

import { join } from 'node:path';

import { personalSuppressions, readPersonalFile } from '../hosts/node/configFolder.ts';
import { findTreeRoot } from '../hosts/node/kernelRoot.ts';
import { realFolder } from '../hosts/node/openTree.ts';
import { readTreeFile } from '../hosts/node/readTreeFile.ts';
import type { Parsed } from '../kernel/problem.ts';
import { emptyList, readSuppressionList, suppressionsFile } from '../review/suppressionList.ts';
import type { SuppressionList } from '../review/suppressionList.ts';
import type { Arguments } from './arguments.ts';
import type { Surroundings } from './command.ts';
import { lastFindings } from './findingMemory.ts';
import { rootOf } from './tree.ts';

export interface ListPlace {
  readonly path: string;
  /** For people. */
  readonly name: string;
  /** Of the person, and not of the tree. */
  readonly isOwn: boolean;
}

export interface SuppressionPlaces {
  /** As the index of the tree has it. */
  readonly root: string;
  /** `undefined`: there is no tree around. */
  readonly team: ListPlace | undefined;
  readonly personal: ListPlace;
}

export async function suppressionPlaces(
  args: Arguments,
  { currentFolder }: Surroundings,
): Promise<SuppressionPlaces> {
  const own = personalSuppressions();
  const personal = { path: own, name: own, isOwn: true };
  const tree = args.value('--tree');
  const around = tree === undefined ? await findTreeRoot(currentFolder) : await rootOf(tree, currentFolder);
  const root = around === undefined ? currentFolder : await realFolder(around);
  const team = { path: join(root, suppressionsFile), name: suppressionsFile, isOwn: false };
  const isForTeam = around !== undefined || (await isCheckedFolder(args, root));
  return { root, team: isForTeam ? team : undefined, personal };
}

/** Files in no tree are checked by what lies in the current folder. */
const isCheckedFolder = async (args: Arguments, root: string): Promise<boolean> =>
  (await readTreeFile(root, suppressionsFile)) !== undefined || (await lastFindings(args, root)).length > 0;

export async function listAt({ path, isOwn }: ListPlace): Promise<Parsed<SuppressionList>> {
  const bytes = isOwn ? await readPersonalFile(path) : await readTreeFile(join(path, '..'), suppressionsFile);
  return listIn(bytes);
}

const listIn = (bytes: Uint8Array | undefined): Parsed<SuppressionList> =>
  bytes ? readSuppressionList(new TextDecoder().decode(bytes)) : { value: emptyList, problems: [] };
