// indexedFilesText.ts
// What is indexed of each tree as a text: counts, files with problems and why, and the files that are read in full.

import { grouped } from '../base/grouped.ts';
import { counted } from './words.ts';

/** `open` left out: the tree is being opened, or could not be. */
export interface IndexedTreeText {
  /** For people. */
  readonly root: string;
  readonly open?: {
    readonly files: number;
    readonly read: readonly string[];
    readonly skipped: readonly { readonly path: string; readonly reason: string }[];
    readonly note?: string;
  };
}

/** A path stands at the start of its line, and nothing else there has a slash before its first space. */
export function indexedFilesText(trees: readonly IndexedTreeText[]): string {
  if (trees.length === 0) return 'No kernel tree is open.\n';
  return `${trees.map((tree) => treeLines(tree).join('\n')).join('\n\n')}\n`;
}

function treeLines({ root, open }: IndexedTreeText): readonly string[] {
  const title = `Tree: ${root}`;
  if (!open) return [title, '', 'It is not open yet.'];
  const { files, read, skipped, note } = open;
  const waiting = Math.max(0, files - read.length - skipped.length);
  const counts = [
    `${counted(files, 'file')}: ${grouped(read.length)} read in full`,
    `${grouped(waiting)} by name only`,
    `${grouped(skipped.length)} with problems`,
  ];
  return [
    title,
    '',
    counts.join(', '),
    ...(note === undefined ? [] : [note]),
    ...section(
      'Problems',
      skipped.map(({ path, reason }) => `${path}: ${reason}`),
    ),
    ...section('Read in full', read),
  ];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines];
