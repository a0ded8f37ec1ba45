// reviewView.ts
// The Review view: what the last review says, patch by patch. A click opens the line as the patch has it. A view of the
// same name stands in its place before: VS Code gives a view the room that it wants when it comes, and not when it opens.

import * as vscode from 'vscode';
import type { CycleStep, StepMark } from '../src/report/cycleRows.ts';
import type { PatchView } from '../src/report/reviewView.ts';
import type { ReviewedCycle } from '../src/server/protocol.ts';
import { ruleIcons } from './findingGroups.ts';
import { findingWords, reviewHeading, reviewRows, rowOf, rowsBelow, threadWords } from './reviewRows.ts';
import type { ReviewRow } from './reviewRows.ts';
import type { Review, Reviews } from './reviews.ts';

export interface ReviewView extends vscode.Disposable {
  /** Of the row that was selected last. */
  readonly selected: ReviewedCycle | undefined;
  /** Brings the view and this finding in sight, without taking the keyboard away. */
  reveal(finding: ReviewedCycle | undefined): Promise<void>;
}

export function activateReviewView(reviews: Reviews): ReviewView {
  const rows = new ReviewRows(reviews);
  const view = vscode.window.createTreeView('holdwait.review', { treeDataProvider: rows });
  const update = (): void => {
    const { review, running } = reviews;
    view.message = running ? runningText(running) : review ? reviewHeading(review.answer) : '';
    view.description = review?.wanted.name ?? '';
    rows.update();
  };
  const start = vscode.window.createTreeView('holdwait.reviewStart', { treeDataProvider: noRows });
  const all = vscode.Disposable.from(view, start, rows, reviews.onDidChange(update));
  const reveal = async (finding: ReviewedCycle | undefined): Promise<void> => {
    const row = rows.rowFor(finding);
    if (row) await view.reveal(row, { select: true, focus: false, expand: 2 });
  };
  return {
    reveal,
    get selected() {
      const [row] = view.selection;
      return row && 'finding' in row ? row.finding : undefined;
    },
    dispose: () => {
      all.dispose();
    },
  };
}

/** Its welcome says all. */
const noRows: vscode.TreeDataProvider<never> = {
  getChildren: () => [],
  getTreeItem: (row) => row,
};

type FindingRow = Extract<ReviewRow, { readonly finding: ReviewedCycle }>;

/** `Reviewing stop.patch: patch 2 of 5…` */
export const runningText = ({ name, message }: { readonly name: string; readonly message: string }): string =>
  `Reviewing ${name}${message === '' ? '' : `: ${message}`}…`;

class ReviewRows implements vscode.TreeDataProvider<ReviewRow>, vscode.Disposable {
  readonly #reviews: Reviews;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #parents = new Map<ReviewRow, ReviewRow | undefined>();
  readonly #children = new Map<ReviewRow, readonly ReviewRow[]>();
  #review: Review | undefined;
  #roots: readonly ReviewRow[] = [];

  constructor(reviews: Reviews) {
    this.#reviews = reviews;
  }

  update(): void {
    const { review } = this.#reviews;
    if (review === this.#review) return;
    this.#review = review;
    this.#parents.clear();
    this.#children.clear();
    this.#roots = review ? reviewRows(review.answer) : [];
    this.#changed.fire();
  }

  rowFor(finding: ReviewedCycle | undefined): ReviewRow | undefined {
    const row = finding && rowOf(this.#roots, finding);
    return row ?? this.#roots[0];
  }

  getChildren(row?: ReviewRow): ReviewRow[] {
    const below = row ? (this.#children.get(row) ?? rowsBelow(row)) : this.#roots;
    if (row) this.#children.set(row, below);
    for (const child of below) this.#parents.set(child, row);
    return [...below];
  }

  getParent(row: ReviewRow): ReviewRow | undefined {
    if (!this.#parents.has(row)) for (const root of this.#roots) this.getChildren(root);
    return this.#parents.get(row);
  }

  getTreeItem(row: ReviewRow): vscode.TreeItem {
    const item = itemOf(row);
    if (!('finding' in row) || row.kind === 'fold') return item;
    const step = stepOpenedBy(row);
    item.command = {
      title: vscode.l10n.t('Open'),
      command: 'holdwait.openReviewed',
      arguments: [{ finding: row.finding, ...(step ? { step } : {}) }],
    };
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** Of a thread the one where it waits, as in the panel; of a finding none, for it opens where the patch is. */
function stepOpenedBy(row: Exclude<FindingRow, { readonly kind: 'fold' }>): CycleStep | undefined {
  switch (row.kind) {
    case 'finding':
      return undefined;
    case 'thread': {
      const last = row.thread.rows.at(-1);
      return last?.kind === 'fold' ? last.steps.at(-1) : last;
    }
    case 'step':
      return row.step;
  }
}

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

function itemOf(row: ReviewRow): vscode.TreeItem {
  switch (row.kind) {
    case 'patch':
      return patchItem(row.patch, row.rows.length > 0);
    case 'problem': {
      const { severity, text, evidence, place } = row.problem;
      const item = new vscode.TreeItem(capitalized(text), None);
      item.iconPath = severity === 'error' ? icon('error', 'list.errorForeground') : icon('info');
      item.tooltip = [capitalized(text), ...evidence].join('\n');
      if (place)
        item.command = {
          title: vscode.l10n.t('Open'),
          command: 'holdwait.openReviewed',
          arguments: [{ problem: place }],
        };
      return item;
    }
    case 'note': {
      const item = new vscode.TreeItem(capitalized(row.text), None);
      item.iconPath = icon('info');
      item.tooltip = capitalized(row.text);
      return item;
    }
    case 'group':
      return new vscode.TreeItem(row.label, Collapsed);
    case 'finding':
      return findingItem(row.finding);
    case 'thread': {
      const item = new vscode.TreeItem(`${row.thread.fn}()`, Expanded);
      item.description = threadWords(row.thread);
      item.tooltip = row.thread.sentence;
      return item;
    }
    case 'step':
      return stepItem(row.step);
    case 'fold': {
      const { through, steps } = row.fold;
      const item = new vscode.TreeItem(`through ${through}`, Collapsed);
      item.description = `${steps.length} calls`;
      return item;
    }
  }
}

function patchItem({ name, subject, outcome, status }: PatchView, hasRows: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(name === '' ? subject : `${name} ${subject}`, hasRows ? Expanded : None);
  item.description = outcome;
  item.tooltip = outcome === '' ? subject : `${subject}\n${outcome}`;
  item.iconPath = status === 'failed' ? icon('error', 'list.errorForeground') : icon('git-commit');
  return item;
}

function findingItem(finding: ReviewedCycle): vscode.TreeItem {
  const { view, suppression } = finding;
  const { label, about } = findingWords(finding);
  const item = new vscode.TreeItem(label, Collapsed);
  const isNew = view.status === 'introduced' && suppression === undefined;
  item.description = about;
  item.iconPath = icon(ruleIcons[view.rule], isNew ? 'list.warningForeground' : undefined);
  item.contextValue = isNew ? 'introduced' : 'known';
  const why = suppression ? [`Suppressed as ${suppression.status}: ${suppression.reason}`] : [];
  const sure = `${view.rule}, ${view.confidence} confidence, ${view.course}`;
  item.tooltip = [view.title, '', sure, ...view.reasons, view.verdict, ...why].join('\n');
  return item;
}

function stepItem(step: CycleStep): vscode.TreeItem {
  const { word, code, leadsTo, path, line, fn, mark, isChanged } = step;
  const item = new vscode.TreeItem(`${word} ${code}${leadsTo === '' ? '' : ` ${leadsTo}`}`, None);
  item.description = `${path.slice(path.lastIndexOf('/') + 1)}:${line}${isChanged ? ' +' : ''}`;
  item.tooltip = `${fn}() at ${path}:${line}${isChanged ? ', a line of the patch' : ''}`;
  item.iconPath = icon(markIcons[mark], isChanged ? 'gitDecoration.addedResourceForeground' : undefined);
  return item;
}

const markIcons: Readonly<Record<StepMark, string>> = {
  take: 'lock',
  wait: 'watch',
  call: 'arrow-right',
  queue: 'add',
  release: 'unlock',
  return: 'reply',
};

const icon = (id: string, color?: string): vscode.ThemeIcon =>
  color === undefined ? new vscode.ThemeIcon(id) : new vscode.ThemeIcon(id, new vscode.ThemeColor(color));

const capitalized = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
