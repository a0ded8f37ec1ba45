// indexCommand.ts
// `holdwait index`: reads a tree ahead of time, so that later questions find their answers in the cache.

import { UserError } from '../base/errors.ts';
import { grouped } from '../base/grouped.ts';
import type { Arguments } from './arguments.ts';
import type { Command, ExitStatus, Surroundings } from './command.ts';
import {
  archOption,
  cacheOption,
  jobsOption,
  noCacheOption,
  parserOption,
  quietOption,
  timeoutOption,
  treeOption,
} from './commonOptions.ts';
import { openTree, pathInTree, progressText } from './tree.ts';
import type { OpenedTree } from './tree.ts';

export const indexCommand: Command = {
  spec: {
    name: 'index',
    summary: 'reads a tree ahead of time; run again, it reads only what changed',
    operands: [],
    options: [
      treeOption,
      {
        name: '--scope',
        value: 'DIR',
        isList: true,
        help: 'also read all that the functions of this folder do',
      },
      { name: '--all', help: 'the same for every folder; minutes for a whole kernel' },
      {
        name: '--symbols-only',
        help: 'only who defines and calls what; what happens without --scope and --all',
      },
      archOption,
      cacheOption,
      noCacheOption,
      jobsOption,
      parserOption,
      timeoutOption,
      quietOption,
    ],
    examples: [
      { words: 'holdwait index', what: 'symbols of the tree around the current folder, in seconds' },
      {
        words: 'holdwait index --scope drivers/net --scope net/core',
        what: 'and everything about these folders',
      },
      { words: 'holdwait index --all --jobs 8 --tree ~/linux', what: 'everything about everything' },
    ],
    notes: ['Nothing has to be indexed first: every command reads what it needs when it needs it.'],
  },
  run,
};

async function run(args: Arguments, surroundings: Surroundings): Promise<ExitStatus> {
  const scope = args.list('--scope');
  const wantsFacts = args.has('--all') || scope.length > 0;
  if (args.has('--symbols-only') && wantsFacts) {
    throw new UserError('bad-option', '--symbols-only contradicts --scope and --all; leave one of them out');
  }
  const startMs = performance.now();
  const tree = await openTree(args, surroundings);
  try {
    if (wantsFacts) await readFacts(tree, args.has('--all') ? [] : scope, surroundings);
    surroundings.progress.clear();
    surroundings.print(resultLine(tree, (performance.now() - startMs) / 1000));
    for (const { path, reason } of tree.index.counts.skipped)
      surroundings.complain(`holdwait: skipped ${path}: ${reason}`);
    return 0;
  } finally {
    await tree.close();
  }
}

/** No folders: everything. */
async function readFacts(
  tree: OpenedTree,
  scope: readonly string[],
  surroundings: Surroundings,
): Promise<void> {
  const { index } = tree;
  const folders = scope.map((folder) =>
    pathInTree(folder, index.root, surroundings.currentFolder).replace(/\/+$/, ''),
  );
  for (const folder of folders) {
    if (folder !== '' && !index.files.some((path) => path === folder || path.startsWith(`${folder}/`))) {
      throw new UserError('not-a-folder', `--scope ${folder} holds no C file of ${index.root}`);
    }
  }
  await index.indexFacts({
    ...(folders.length > 0 && { folders }),
    token: surroundings.token,
    onProgress: (progress) => surroundings.progress.show(progressText(progress)),
  });
}

/** `linux 6.1.192: 31,204 files, 688,112 functions, facts of 214 files, 2 skipped, 8.4 s` */
function resultLine({ index }: OpenedTree, seconds: number): string {
  const { files, filesWithFacts, skipped } = index.counts;
  const kernel = index.kernelVersion === undefined ? index.root : `linux ${index.kernelVersion}`;
  const parts = [
    `${grouped(files)} files`,
    `facts of ${grouped(filesWithFacts)}`,
    `${skipped.length} skipped`,
    `${seconds.toFixed(1)} s`,
  ];
  return `${kernel}: ${parts.join(', ')}\n`;
}
