// checkCommand.ts
// `holdwait check`: findings in a part of a kernel tree as it is, or in C files that lie in none.

import { checkTree } from '../engine/check.ts';
import type { CheckProgress } from '../engine/check.ts';
import type { CheckReport } from '../engine/checkReport.ts';
import { personalSuppressions, readPersonalFile } from '../hosts/node/configFolder.ts';
import { userKnowledgeFile } from '../kernel/userKnowledge.ts';
import { checkAsReview } from '../report/checkAsReview.ts';
import { checkJson } from '../report/checkJson.ts';
import { checkLines, checkText } from '../report/checkText.ts';
import { noPaint, terminalPaint } from '../report/paint.ts';
import { reviewLockdep } from '../report/reviewLockdep.ts';
import { reviewSarif } from '../report/reviewSarif.ts';
import { readSuppressions } from '../review/suppressions.ts';
import { confidences } from '../waits/finding.ts';
import type { Arguments } from './arguments.ts';
import { openChecked } from './checkedFiles.ts';
import type { Command, ExitStatus, Surroundings } from './command.ts';
import {
  archOption,
  cacheOption,
  colourOption,
  jobsOption,
  noCacheOption,
  parserOption,
  quietOption,
  timeoutOption,
  treeOption,
} from './commonOptions.ts';
import { keepInMemory } from './findingMemory.ts';

export const checkCommand: Command = {
  spec: {
    name: 'check',
    summary: 'cycles of waits and other findings in a part of the tree',
    operands: [],
    moreOperands: 'FILE...',
    options: [
      treeOption,
      {
        name: '--scope',
        value: 'DIR',
        isList: true,
        help: 'a folder or file; without it, the current folder',
      },
      {
        name: '--format',
        value: 'KIND',
        choices: ['text', 'lockdep', 'lines', 'json', 'sarif'],
        help: 'what to print; lines: one a finding',
      },
      {
        name: '--min-confidence',
        value: 'LEVEL',
        choices: confidences,
        help: 'leave out what is less sure',
      },
      { name: '--all', help: 'tell findings of low confidence in full too, and suppressed ones' },
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
      { words: 'holdwait check --scope drivers/net/ethernet/mellanox/mlx4', what: 'one driver' },
      {
        words: 'holdwait check --scope drivers/net/ethernet --min-confidence high --format lines',
        what: 'many drivers, one after the other; a line for each finding that is sure',
      },
      {
        words: 'holdwait check foo.c',
        what: 'a C file; kernel code or pthreads, with or without a tree around it',
      },
    ],
    notes: [
      'Files that use each other are checked together, so name both folders of a driver that lies in two.',
      'Exit status: 0 nothing found, 1 findings, 2 could not do the work.',
    ],
  },
  run,
};

async function run(args: Arguments, surroundings: Surroundings): Promise<ExitStatus> {
  const { token, progress } = surroundings;
  const opened = await openChecked(args, surroundings);
  try {
    const { index, scope, threads } = opened;
    const onProgress = (step: CheckProgress): void => progress.show(progressText(step));
    const kernel = index.kernelVersion ?? '';
    progress.show('reading functions');
    const suppressions = await readSuppressions(index, await readPersonalFile(personalSuppressions()));
    const report = await checkTree(index, { scope, kernel, suppressions, threads, onProgress }, token);
    progress.clear();
    await keepInMemory(args, index.root, report);
    for (const { line, column, text } of report.knowledgeProblems)
      surroundings.complain(`holdwait: ${userKnowledgeFile}:${line}:${column}: ${text}`);
    for (const problem of suppressions.problems) surroundings.complain(`holdwait: ${problem}`);
    const sure = sureEnough(report, args);
    surroundings.print(printed(sure, args, surroundings));
    return sure.findings.some(({ suppression }) => !suppression) ? 1 : 0;
  } finally {
    await opened.close();
  }
}

function sureEnough(report: CheckReport, args: Arguments): CheckReport {
  const least = confidences.findIndex((confidence) => confidence === args.value('--min-confidence'));
  if (least < 0) return report;
  const findings = report.findings.filter(({ confidence }) => confidences.indexOf(confidence) <= least);
  return { ...report, findings };
}

function printed(report: CheckReport, args: Arguments, surroundings: Surroundings): string {
  switch (args.value('--format') ?? 'text') {
    case 'json':
      return checkJson(report);
    case 'lines':
      return checkLines(report, { tellsAll: args.has('--all') });
    case 'lockdep':
      return reviewLockdep(checkAsReview(report), { tellsAll: args.has('--all') });
    case 'sarif':
      return reviewSarif(checkAsReview(report), { version: surroundings.version });
    default: {
      const hasColour = surroundings.wantsColour && !args.has('--no-color');
      return checkText(report, { paint: hasColour ? terminalPaint : noPaint, tellsAll: args.has('--all') });
    }
  }
}

const progressText = ({ unit, units, path }: CheckProgress): string =>
  units === 1 ? 'following locks and waits' : `checking ${unit} of ${units}: ${path}`;
