// reviewCommand.ts
// `holdwait review`: a patch or a series in, what it brings out.

import { resolve } from 'node:path';
import { comparedReviews } from '../engine/compareReviews.ts';
import { withFixesLines } from '../engine/fixesLine.ts';
import { reviewSeries } from '../engine/review.ts';
import type { ReviewProgress } from '../engine/review.ts';
import { baseIndex, baseReader } from '../engine/reviewBase.ts';
import type { ReviewReport } from '../engine/reviewReport.ts';
import { ThreeWay } from '../engine/threeWay.ts';
import type { UnitThreads } from '../engine/unitThreads.ts';
import { personalSuppressions, readPersonalFile } from '../hosts/node/configFolder.ts';
import { openRepository } from '../hosts/node/gitRepository.ts';
import { realFolder } from '../hosts/node/openTree.ts';
import { readTreeFile } from '../hosts/node/readTreeFile.ts';
import { writeReviewFolder } from '../hosts/node/reviewFolder.ts';
import { userKnowledgeFile } from '../kernel/userKnowledge.ts';
import type { Repository } from '../index/repository.ts';
import { withNotes } from '../patch/series.ts';
import { againstText } from '../report/againstText.ts';
import { b4ReviewFiles } from '../report/b4ReviewFiles.ts';
import { noPaint, terminalPaint } from '../report/paint.ts';
import { isNew, unreadIn } from '../report/reviewed.ts';
import { reviewB4 } from '../report/reviewB4.ts';
import { reviewJson } from '../report/reviewJson.ts';
import { reviewLines } from '../report/reviewLines.ts';
import { reviewLockdep } from '../report/reviewLockdep.ts';
import { reviewMail } from '../report/reviewMail.ts';
import { reviewSarif } from '../report/reviewSarif.ts';
import { reviewText } from '../report/reviewText.ts';
import { readSuppressions } from '../review/suppressions.ts';
import { confidences } from '../waits/finding.ts';
import type { Arguments } from './arguments.ts';
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
import { namedReview } from './reviewInputs.ts';
import { indexOptions, openTree, rootOf } from './tree.ts';
import type { OpenedTree } from './tree.ts';
import { unitThreads } from './unitThreads.ts';

const formats = ['text', 'mail', 'lockdep', 'lines', 'json', 'sarif', 'b4'];

export const reviewCommand: Command = {
  spec: {
    name: 'review',
    summary: 'what a patch or a series brings in and takes away',
    operands: [],
    moreOperands: 'PATCH|COMMIT|RANGE...',
    options: [
      treeOption,
      {
        name: '--scope',
        value: 'DIR',
        isList: true,
        help: 'a folder or file; without it, what the patch touches',
      },
      { name: '--3way', help: 'merge what does not fit, from the blobs that the patch names' },
      { name: '--format', value: 'KIND', choices: formats, help: 'what to print' },
      {
        name: '--min-confidence',
        value: 'LEVEL',
        choices: confidences,
        help: 'leave out what is less sure',
      },
      { name: '--b4-review', value: 'DIR', help: 'write files for b4 review there too' },
      { name: '--against', value: 'PATCH', help: 'an earlier version: what of it is gone, still there, new' },
      { name: '--all', help: 'tell what was there before too, and findings of low confidence in full' },
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
      { words: 'holdwait review 0001-foo-fix-reset.patch', what: 'one patch, on the tree around you' },
      { words: 'b4 am -o- MESSAGE-ID | holdwait review -', what: 'a series from the list' },
      { words: 'holdwait review v6.12..my-branch', what: 'commits of the repository around the tree' },
      { words: 'holdwait review', what: 'what is changed and not committed' },
    ],
    notes: [
      'A series is applied in memory, one patch after the other; nothing is written to the tree.',
      'Exit status: 0 nothing introduced, 1 something introduced, 2 could not do the work.',
    ],
  },
  run,
};

async function run(args: Arguments, surroundings: Surroundings): Promise<ExitStatus> {
  const { token, progress } = surroundings;
  const root = await realFolder(await rootOf(args.value('--tree'), surroundings.currentFolder));
  const repository = await openRepository(root);
  let opened: OpenedTree | undefined;
  let threads: UnitThreads | undefined;
  try {
    // Before the tree is read, which takes a while: a name that stands for nothing is said at once.
    const named = await namedReview(args.operands, repository, token);
    const before = args.value('--against');
    const isCompared = before !== undefined && (args.value('--format') ?? 'text') === 'text';
    const earlier = isCompared ? await namedReview([before], repository, token) : undefined;
    opened = await openTree(args, surroundings, root);
    const { index } = opened;
    const wants = (path: string): boolean => index.wantsFile(path);
    const based = await baseIndex(index, { base: named.base, repository, wants }, token);
    threads = unitThreads(index, indexOptions(args, surroundings), based.texts);
    const readDisk = (path: string): Promise<Uint8Array | undefined> => readTreeFile(index.root, path);
    const read = baseReader(based.base, repository, readDisk);
    const files = based.index.files;
    const personal = await readPersonalFile(personalSuppressions());
    // From the base: a patch must not say which of its findings are told.
    const suppressions = await readSuppressions({ files, text: read }, personal);
    const request = {
      series: withNotes(named.series, [...named.notes, based.why]),
      scope: args.list('--scope').map((name) => name.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '')),
      kernel: index.kernelVersion ?? '',
      base: based.base,
      read,
      threeWay: args.has('--3way') && repository ? threeWayIn(repository) : undefined,
      suppressions,
      threads,
      onProgress: ({ done, states }: ReviewProgress) =>
        progress.show(`following locks and waits: ${done} of ${states}`),
    };
    const reviewed = sureEnough(await reviewSeries(based.index, request, token), args);
    const report = repository ? await withFixesLines(reviewed, { repository, read }, token) : reviewed;
    progress.clear();
    for (const { line, column, text } of report.knowledgeProblems)
      surroundings.complain(`holdwait: ${userKnowledgeFile}:${line}:${column}: ${text}`);
    for (const problem of suppressions.problems) surroundings.complain(`holdwait: ${problem}`);
    await keepInMemory(args, index.root, report);
    const folder = args.value('--b4-review');
    if (folder !== undefined)
      await writeReviewFolder(resolve(surroundings.currentFolder, folder), b4ReviewFiles(report));
    surroundings.print(printed(report, args, surroundings));
    if (before !== undefined && earlier) {
      const { series } = earlier;
      const other = sureEnough(await reviewSeries(based.index, { ...request, series }, token), args);
      surroundings.print(againstText(before, comparedReviews(other, report)));
    }
    return statusOf(report, surroundings);
  } finally {
    repository?.dispose();
    await threads?.close();
    await opened?.close();
  }
}

const threeWayIn = (repository: Repository): ThreeWay => new ThreeWay((id) => repository.blobText(id));

function sureEnough(report: ReviewReport, args: Arguments): ReviewReport {
  const least = confidences.findIndex((confidence) => confidence === args.value('--min-confidence'));
  if (least < 0) return report;
  const findings = report.findings.filter(({ confidence }) => confidences.indexOf(confidence) <= least);
  return { ...report, findings };
}

function printed(report: ReviewReport, args: Arguments, surroundings: Surroundings): string {
  const hasColour = surroundings.wantsColour && !args.has('--no-color');
  const options = { tellsAll: args.has('--all') };
  switch (args.value('--format') ?? 'text') {
    case 'json':
      return reviewJson(report);
    case 'mail':
      return reviewMail(report, options);
    case 'lockdep':
      return reviewLockdep(report, options);
    case 'lines':
      return reviewLines(report, options);
    case 'sarif':
      return reviewSarif(report, { version: surroundings.version });
    case 'b4':
      return reviewB4(report);
    default:
      return reviewText(report, { ...options, paint: hasColour ? terminalPaint : noPaint });
  }
}

/** What does not apply or cannot be read is no answer, even where what was applied brings nothing. */
function statusOf(report: ReviewReport, { complain }: Surroundings): ExitStatus {
  if (report.findings.some(isNew)) return 1;
  const failed = report.patches.find(({ status }) => status === 'failed');
  const unread = unreadIn(report);
  if (!failed && unread) complain(`holdwait: ${unread.path} cannot be read: ${unread.reason}`);
  if (!failed) return unread ? 2 : 0;
  const { number, subject, problems } = failed.patch;
  const name = subject === '' ? `patch ${number}` : `patch ${number} (${subject})`;
  const damage = problems.find(({ severity }) => severity === 'error');
  const conflict = failed.conflicts[0]?.text;
  if (conflict !== undefined) complain(`holdwait: ${name} does not apply: ${conflict}`);
  else complain(`holdwait: ${name} cannot be read, line ${damage?.line ?? 0}: ${damage?.text ?? ''}`);
  return 2;
}
