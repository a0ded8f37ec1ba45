// suppressCommand.ts
// `holdwait suppress`: says of a finding that it need not be told again, and why. The only command that writes to the
// tree, and only to one file in its root.

import { UserError } from '../base/errors.ts';
import { changeFile } from '../hosts/node/changeFile.ts';
import { printSuppressionList, suppressionStatuses } from '../review/suppressionList.ts';
import type { SuppressionEntry } from '../review/suppressionList.ts';
import { changeableList, withoutSuppressed, withSuppressed } from '../review/changeSuppressions.ts';
import type { ChangedList, SuppressionWish } from '../review/changeSuppressions.ts';
import { suppressionLine, suppressionsText } from '../report/suppressionsText.ts';
import type { Arguments } from './arguments.ts';
import type { Command, ExitStatus, Surroundings } from './command.ts';
import { cacheOption, treeOption } from './commonOptions.ts';
import { lastFindings } from './findingMemory.ts';
import { listAt, suppressionPlaces } from './suppressionPlaces.ts';
import type { ListPlace } from './suppressionPlaces.ts';
import { pathInTree } from './tree.ts';

export const suppressCommand: Command = {
  spec: {
    name: 'suppress',
    summary: 'says of a finding that it need not be told again, and why',
    operands: [],
    moreOperands: 'ID...',
    options: [
      { name: '--reason', value: 'TEXT', help: 'why nobody has to look at it again' },
      {
        name: '--status',
        value: 'KIND',
        choices: suppressionStatuses,
        help: 'what it is; known without it',
      },
      { name: '--personal', help: 'in your own list, for all trees, and not in the one of the tree' },
      { name: '--remove', help: 'tell it again' },
      { name: '--list', help: 'show what is suppressed' },
      { name: '--title', value: 'TEXT', help: 'what the finding is, where no report told of it here' },
      { name: '--file', value: 'FILE', isList: true, help: 'where it is, where no report told of it here' },
      treeOption,
      cacheOption,
    ],
    examples: [
      {
        words: "holdwait suppress 4f1c --status false-positive --reason 'the two devices are never the same'",
        what: 'a finding of the last report; the first 4 digits of its id are enough',
      },
      { words: 'holdwait suppress 4f1c --remove', what: 'tell it again' },
      { words: 'holdwait suppress --list', what: 'what is suppressed, and why' },
    ],
    notes: [
      'The list of the tree is .holdwait-suppressions.json in its root, for all who work on it. Commit it with',
      'git add -f, since the .gitignore of the kernel leaves out names that begin with a dot. It is read from the',
      'tree before a patch: a patch cannot suppress what it brings in. check --all tells suppressed findings too.',
    ],
  },
  run,
};

async function run(args: Arguments, surroundings: Surroundings): Promise<ExitStatus> {
  const places = await suppressionPlaces(args, surroundings);
  if (args.has('--list')) return printLists(places, args, surroundings);
  if (args.operands.length === 0) {
    const example = "holdwait suppress 4f1c --reason 'the two devices are never the same'";
    throw new UserError('missing-argument', `suppress needs the ID of a finding; for example: ${example}`);
  }
  const place = placeMeant(places, args);
  const known = await lastFindings(args, places.root);
  let changed: readonly SuppressionEntry[] = [];
  const change = (bytes: Uint8Array | undefined): string => {
    const before = changeableList(bytes, place.name);
    const after: ChangedList = args.has('--remove')
      ? withoutSuppressed(before, args.operands, () => `${place.name} has no such entry; ${otherList(args)}`)
      : withSuppressed(before, args.operands, wishIn(args, places.root, surroundings), known);
    changed = after.entries;
    return printSuppressionList(after.list);
  };
  await changeFile(place.path, change, { isOwn: place.isOwn });
  tell(changed, place, args, surroundings);
  return 0;
}

function placeMeant(
  { team, personal }: { team: ListPlace | undefined; personal: ListPlace },
  args: Arguments,
): ListPlace {
  if (args.has('--personal')) return personal;
  if (team) return team;
  throw new UserError(
    'not-a-kernel-tree',
    'there is no kernel tree around here; name one with --tree DIR, or use your own list with --personal',
  );
}

const otherList = (args: Arguments): string =>
  args.has('--personal')
    ? 'without --personal the list of the tree is meant'
    : 'with --personal your own list is meant';

function wishIn(args: Arguments, root: string, { currentFolder }: Surroundings): SuppressionWish {
  return {
    status: suppressionStatuses.find((status) => status === args.value('--status')),
    reason: args.value('--reason'),
    title: args.value('--title'),
    files: args.list('--file').map((file) => pathInTree(file, root, currentFolder)),
  };
}

function tell(
  entries: readonly SuppressionEntry[],
  place: ListPlace,
  args: Arguments,
  { print, complain }: Surroundings,
): void {
  const done = args.has('--remove') ? 'removed from' : 'suppressed in';
  for (const entry of entries) print(`${done} ${place.name}: ${suppressionLine(entry)}\n`);
  if (args.has('--remove')) return;
  for (const { id } of entries.filter(({ title }) => title === undefined)) {
    const advice = 'say it with --title and --file, or suppress it after a report that tells it';
    complain(`holdwait: what ${id} is about is not known here; ${advice}`);
  }
}

async function printLists(
  { team, personal }: { team: ListPlace | undefined; personal: ListPlace },
  args: Arguments,
  { print, complain }: Surroundings,
): Promise<ExitStatus> {
  const shown = [...(team && !args.has('--personal') ? [team] : []), personal];
  const lists = await Promise.all(
    shown.map(async (place) => {
      const { value, problems } = await listAt(place);
      for (const { line, column, text } of problems)
        complain(`holdwait: ${place.name}:${line}:${column}: ${text}`);
      return { name: place.name, entries: value.suppressions };
    }),
  );
  print(suppressionsText(lists));
  return 0;
}
