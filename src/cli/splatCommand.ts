// splatCommand.ts
// `holdwait splat`: what lockdep said, beside the lines of a tree.

import { UserError } from '../base/errors.ts';
import { explainSplat } from '../engine/explainSplat.ts';
import { readInput } from '../hosts/node/readInput.ts';
import { noPaint, terminalPaint } from '../report/paint.ts';
import { splatJson } from '../report/splatJson.ts';
import { splatText } from '../report/splatText.ts';
import { readSplat } from '../review/readSplat.ts';
import type { Splat } from '../review/splat.ts';
import type { Arguments } from './arguments.ts';
import type { Command, ExitStatus, Surroundings } from './command.ts';
import {
  archOption,
  cacheOption,
  colourOption,
  formatOption,
  jobsOption,
  noCacheOption,
  parserOption,
  quietOption,
  timeoutOption,
  treeOption,
} from './commonOptions.ts';
import { openTree } from './tree.ts';

export const splatCommand: Command = {
  spec: {
    name: 'splat',
    summary: 'what lockdep or the hung-task watcher said, beside the lines of the tree',
    operands: ['FILE|-'],
    options: [
      treeOption,
      formatOption,
      archOption,
      cacheOption,
      noCacheOption,
      jobsOption,
      parserOption,
      timeoutOption,
      quietOption,
      colourOption,
    ],
    examples: [
      { words: 'dmesg | holdwait splat - --tree ~/linux', what: 'the first splat of a log' },
      { words: 'holdwait splat report.txt --format json', what: 'of a mail or a bug report, for a program' },
    ],
    notes: [
      'Dates, log levels and the quoting of mails before the lines are read over.',
      'Exit status: 0 explained, 2 could not do the work.',
    ],
  },
  run,
};

async function run(args: Arguments, surroundings: Surroundings): Promise<ExitStatus> {
  const name = args.operands[0] ?? '-';
  const splat = splatIn(await readInput(name), name === '-' ? 'the standard input' : name);
  const tree = await openTree(args, surroundings);
  try {
    surroundings.progress.show('following locks and waits');
    const explained = await explainSplat(tree.index, splat, surroundings.token);
    surroundings.progress.clear();
    const hasColour = surroundings.wantsColour && !args.has('--no-color');
    surroundings.print(
      args.value('--format') === 'json'
        ? splatJson(explained)
        : splatText(explained, hasColour ? terminalPaint : noPaint),
    );
    return 0;
  } finally {
    await tree.close();
  }
}

function splatIn(bytes: Uint8Array, name: string): Splat {
  const read = readSplat(new TextDecoder().decode(bytes));
  if (read.kind === 'splat') return read.splat;
  throw new UserError('no-splat', `${name}: ${read.text}`);
}
