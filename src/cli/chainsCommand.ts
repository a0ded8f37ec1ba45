// chainsCommand.ts
// `holdwait chains`: what one function takes, waits for and queues, in call order.

import { createEngine } from '../engine/treeEngine.ts';
import type { FunctionReport } from '../engine/results.ts';
import { reportsOf } from '../engine/wantedFunction.ts';
import { chainsJson } from '../report/chainsJson.ts';
import { chainsText } from '../report/chainsText.ts';
import { noPaint, terminalPaint } from '../report/paint.ts';
import type { Arguments, OptionSpec } from './arguments.ts';
import type { Command, ExitStatus, Surroundings } from './command.ts';
import {
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
import { openTree, pathInTree } from './tree.ts';

// Deeper, a function of a driver reaches most of the driver.
const usualDepth = 3;

const depthOption: OptionSpec = {
  name: '--depth',
  value: 'N',
  help: `how many levels of calls, down and up; ${usualDepth} without it`,
};

const upOption: OptionSpec = { name: '--no-callers', help: 'only what it does, not who calls it' };

export const chainsCommand: Command = {
  spec: {
    name: 'chains',
    summary: 'what one function takes, waits for and queues, and who calls it holding what',
    operands: ['FUNCTION|FILE:LINE'],
    options: [
      treeOption,
      depthOption,
      upOption,
      formatOption,
      cacheOption,
      noCacheOption,
      jobsOption,
      parserOption,
      timeoutOption,
      quietOption,
      colourOption,
    ],
    examples: [
      {
        words: 'holdwait chains mlx4_unregister_device',
        what: 'by name, in the kernel tree around the current folder',
      },
      { words: 'holdwait chains net/core/dev.c:10870 --tree ~/linux', what: 'the function around that line' },
      { words: 'holdwait chains rtnl_unlock --format json | jq .functions[0].rows', what: 'for a program' },
    ],
    notes: ['Places stand at the end of each line as FILE:LINE, relative to the root of the tree.'],
  },
  run,
};

async function run(args: Arguments, surroundings: Surroundings): Promise<ExitStatus> {
  const wanted = args.operands[0] ?? '';
  const tree = await openTree(args, surroundings);
  try {
    const engine = createEngine(tree.index);
    const question = /:\d+$/.test(wanted)
      ? pathInTree(wanted, tree.index.root, surroundings.currentFolder)
      : wanted;
    const reach = { depth: args.count('--depth') ?? usualDepth, callers: !args.has('--no-callers') };
    surroundings.progress.show('reading functions');
    const reports = await reportsOf(engine, question, reach, surroundings.token);
    surroundings.progress.clear();
    surroundings.print(printed(reports, args, surroundings));
    return 0;
  } finally {
    await tree.close();
  }
}

function printed(reports: readonly FunctionReport[], args: Arguments, surroundings: Surroundings): string {
  if (args.value('--format') === 'json') return chainsJson(reports);
  const hasColour = surroundings.wantsColour && !args.has('--no-color');
  return chainsText(reports, hasColour ? terminalPaint : noPaint);
}
