// reviewCommand.ts
// The command Review Patch and those that go with its answer: cancel, clear, the report as a text, and the lines of a
// finding. The answer stands in the Review view; the first new finding opens as the patch has it, with what is said about
// it. The panel with the cycle is one more click.

import * as vscode from 'vscode';
import { addressInside } from '../src/server/addresses.ts';
import type { CycleStep } from '../src/report/cycleRows.ts';
import type { ProblemPlace } from '../src/report/reviewView.ts';
import type { ReviewedCycle, SourcePlace } from '../src/server/protocol.ts';
import type { CyclePanels } from './cyclePanels.ts';
import { runCommand } from './failures.ts';
import { openReviewedPlace } from './reviewedFiles.ts';
import { ReviewReport } from './reviewReport.ts';
import { firstIntroduced } from './reviewRows.ts';
import type { Review, Reviews, Wanted } from './reviews.ts';
import { chooseWanted, wantedAt } from './reviewSource.ts';
import type { Server } from './server.ts';
import { suppressFinding } from './suppress.ts';
import { activateReviewView, runningText } from './reviewView.ts';
import type { ReviewView } from './reviewView.ts';

export function activateReview(
  reviews: Reviews,
  panels: CyclePanels,
  server: Server,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const report = new ReviewReport();
  const view = activateReviewView(reviews);
  const register = (name: string, what: string, run: (argument: unknown) => Promise<void> | void) =>
    vscode.commands.registerCommand(`holdwait.${name}`, (argument: unknown) =>
      runCommand(what, log, () => run(argument)),
    );
  return vscode.Disposable.from(
    ...[view, report, progressItem(reviews)],
    register('reviewPatch', vscode.l10n.t('the patch could not be reviewed'), async (argument) => {
      const wanted =
        argument instanceof vscode.Uri ? await wantedAt(server, argument) : await chooseWanted(server);
      const review = wanted && (await runVisibly(reviews, wanted));
      if (!review) return;
      const first = firstIntroduced(review.answer);
      await view.reveal(first);
      if (first) await openFinding(review, first, false);
    }),
    register('cancelReview', vscode.l10n.t('the review could not be cancelled'), () => reviews.cancel()),
    register('clearReview', vscode.l10n.t('the review could not be cleared'), () => reviews.clear()),
    register('showReport', vscode.l10n.t('the report could not be shown'), () => report.show(done(reviews))),
    register('showReviewedCycle', vscode.l10n.t('the cycle could not be shown'), async (argument) => {
      const { answer } = done(reviews);
      const finding = isOfFinding(argument) ? argument.finding : await findingAtKeyboard(view);
      panels.show({ root: answer.root, view: finding.view });
    }),
    register('suppressReviewed', vscode.l10n.t('the finding could not be suppressed'), async (argument) => {
      const { answer, wanted } = done(reviews);
      const { finding } = argument as { readonly finding: ReviewedCycle };
      const { root, files } = answer;
      if (!(await suppressFinding(server, { root, finding, files }))) return;
      // The list of the tree counts as the base has it, which only a new review can tell.
      await runVisibly(reviews, wanted);
    }),
    register('openReviewed', vscode.l10n.t('the line could not be opened'), (argument) =>
      openWhat(done(reviews), argument as Opened),
    ),
  );
}

const isOfFinding = (argument: unknown): argument is { readonly finding: ReviewedCycle } =>
  typeof argument === 'object' && argument !== null && 'finding' in argument;

/** A key names no row, and VS Code tells nobody which one has the focus: to select it, which opens its line too, does. */
async function findingAtKeyboard(view: ReviewView): Promise<ReviewedCycle> {
  await vscode.commands.executeCommand('list.select');
  if (view.selected) return view.selected;
  throw new Error(vscode.l10n.t('go to a finding in the Review view first'));
}

/** The view shows that it works; the status bar says how far it is. */
const runVisibly = (reviews: Reviews, wanted: Wanted): Thenable<Review | undefined> =>
  vscode.window.withProgress({ location: { viewId: 'holdwait.review' } }, () => reviews.run(wanted));

/** What a row of the view stands for. */
type Opened =
  | { readonly finding: ReviewedCycle; readonly step?: CycleStep }
  | { readonly problem: ProblemPlace }
  /** Of the report: a line, from 1, of the tree with all patches. */
  | { readonly place: { readonly path: string; readonly line: number } };

async function openWhat(review: Review, opened: Opened): Promise<void> {
  if ('problem' in opened) return openProblem(review, opened.problem);
  if ('place' in opened) {
    const { path, line } = opened.place;
    const state = review.answer.lastState;
    return openReviewedPlace(review, state, { path, line: line - 1, character: 0 }, { focus: true });
  }
  const { finding, step } = opened;
  if (!step) return openFinding(review, finding, false);
  await openReviewedPlace(review, finding.state, placeOf(step), { focus: false });
}

async function openFinding(review: Review, finding: ReviewedCycle, focus: boolean): Promise<void> {
  const place = finding.changedAt ?? finding.steps.find(({ isLast }) => isLast);
  if (place) await openReviewedPlace(review, finding.state, place, { focus });
}

async function openProblem({ answer, wanted: { file } }: Review, problem: ProblemPlace): Promise<void> {
  const uri = problem.in === 'tree' ? vscode.Uri.parse(addressInside(answer.root, problem.path)) : file;
  if (!uri) return;
  const at = new vscode.Position(problem.line - 1, 0);
  await vscode.window.showTextDocument(uri, {
    preview: true,
    preserveFocus: true,
    selection: new vscode.Range(at, at),
  });
}

const placeOf = ({ path, line, column }: CycleStep): SourcePlace => ({
  path,
  line: line - 1,
  character: column,
});

function done({ review }: Reviews): Review {
  if (!review) throw new Error(vscode.l10n.t('nothing was reviewed yet; review a patch first'));
  return review;
}

/** In the status bar while a review is under way; a click cancels it. */
function progressItem(reviews: Reviews): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('holdwait.reviewing', vscode.StatusBarAlignment.Left, 0);
  item.name = vscode.l10n.t('Holdwait review');
  item.command = 'holdwait.cancelReview';
  item.tooltip = vscode.l10n.t('Cancel the review');
  const changed = reviews.onDidChange(() => {
    const { running } = reviews;
    if (!running) return item.hide();
    item.text = `$(loading~spin) ${runningText(running)}`;
    item.show();
  });
  return vscode.Disposable.from(item, changed);
}
