// chainsCommand.ts
// `holdwait chains`: what one function takes, waits for and queues, in call order.

import { UserError } from '../base/errors.ts';
import { lineOf } from '../base/position.ts';
import { createEngine } from '../engine/treeEngine.ts';
import type { FunctionReport } from '../engine/results.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
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
import { nearestName } from './nearestName.ts';
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
    refuseCommonName(question, tree.index);
    const reach = { depth: args.count('--depth') ?? usualDepth, callers: !args.has('--no-callers') };
    surroundings.progress.show('reading functions');
    const reports = await engine.report(question, surroundings.token, reach);
    surroundings.progress.clear();
    if (reports.length === 0) throw notFound(wanted, question, tree.index);
    surroundings.print(printed(reports, args, surroundings));
    return 0;
  } finally {
    await tree.close();
  }
}

// Hundreds of drivers have a static `probe`. More than a screenful of them helps nobody.
const mostNamesakes = 12;

function refuseCommonName(question: string, index: TreeIndex): void {
  const functions = index.definitionsOf(question).filter((definition) => definition.kind === 'function');
  if (functions.length <= mostNamesakes) return;
  const [first] = functions;
  const example = first === undefined ? '' : `, for example ${first.path}:${lineOf(first.at)}`;
  const text = `${functions.length} functions are named ${question}; say which by FILE:LINE${example}`;
  throw new UserError('function-not-found', text);
}

function printed(reports: readonly FunctionReport[], args: Arguments, surroundings: Surroundings): string {
  if (args.value('--format') === 'json') return chainsJson(reports);
  const hasColour = surroundings.wantsColour && !args.has('--no-color');
  return chainsText(reports, hasColour ? terminalPaint : noPaint);
}

function notFound(wanted: string, question: string, index: TreeIndex): UserError {
  const place = /^(.+):\d+$/.exec(question);
  if (place) {
    const path = place[1] ?? '';
    const reason = index.files.includes(path) ? 'is in no function' : 'is in no file of the index';
    return new UserError('function-not-found', `${wanted} ${reason} of ${index.root}`);
  }
  const other = index.definitionsOf(wanted)[0];
  if (other)
    return new UserError(
      'function-not-found',
      `${wanted} is no function but a ${other.kind}, in ${other.path}`,
    );
  const callers = index.callersOf(wanted);
  if (callers.length > 0) {
    const more = callers.length > 1 ? ` and ${callers.length - 1} more` : '';
    return new UserError(
      'function-not-found',
      `no file defines ${wanted}; it is called in ${callers[0]}${more}`,
    );
  }
  const hint = nearestName(wanted, namesNear(wanted, index));
  const advice = hint ? `did you mean ${hint}?` : 'names are written as in the source, without ()';
  return new UserError('function-not-found', `no function ${wanted} in ${index.root}; ${advice}`);
}

/** Slips that the index can be asked about: it knows names, but does not list them. */
function namesNear(wanted: string, index: TreeIndex): string[] {
  const bare = wanted.replace(/\(.*$/, '');
  const guesses = [
    bare,
    `__${bare}`,
    `_${bare}`,
    bare.replace(/^_+/, ''),
    bare.toLowerCase(),
    `${bare}_locked`,
  ];
  return guesses.filter(
    (guess) => guess !== wanted && index.definitionsOf(guess).some((found) => found.kind === 'function'),
  );
}
