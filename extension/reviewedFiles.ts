// reviewedFiles.ts
// Files as a patch makes them, beside what they were before, without a byte of the tree being changed: documents that
// can be read alone, and the editors that show them. What no patch is about is opened as it is.

import * as vscode from 'vscode';
import { addressInside } from '../src/server/addresses.ts';
import type { SourcePlace } from '../src/server/protocol.ts';
import { openPlace } from './openPlace.ts';
import { openInTree } from './cyclePanel.ts';
import type { OpenStep } from './cyclePanel.ts';
import type { Review, Reviews } from './reviews.ts';
import type { Server } from './server.ts';

const patchedScheme = 'holdwait-patched';

export function activateReviewedFiles(server: Server): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(patchedScheme, {
    provideTextDocumentContent: async (uri, token) => {
      const query = new URLSearchParams(uri.query);
      const review = Number(query.get('review'));
      const state = Number(query.get('state'));
      const path = uri.path.slice(1);
      const answer = await server.request('holdwait/reviewedText', { review, path, state }, token);
      switch (answer.kind) {
        case 'text':
          return answer.text;
        case 'no-file':
          return '';
        case 'forgotten':
          return 'This review is not kept any more. Review the patch again.\n';
      }
    },
  });
}

/** The document whose lines are those of the tree with all patches. */
export function documentAtEnd(review: Review, path: string): vscode.Uri {
  const { answer, isOnDisk } = review;
  const isTouched = answer.touched.some((file) => file.path === path);
  return isTouched && !isOnDisk ? patchedUri(review, path, answer.lastState) : treeUri(review, path);
}

/** Opens a line of one state of the tree: of the last one beside what the file was before. */
export async function openReviewedPlace(
  review: Review,
  state: number,
  place: SourcePlace,
  { beside, focus }: { readonly beside?: vscode.ViewColumn | undefined; readonly focus: boolean },
): Promise<void> {
  const touched = review.answer.touched.find((file) => file.path === place.path);
  if (!touched) return openPlace(treeUri(review, place.path), place, beside, focus);
  if (state !== review.answer.lastState)
    return openPlace(patchedUri(review, place.path, state), place, beside, focus);
  const before = patchedUri(review, touched.oldPath ?? place.path, 0);
  const after = documentAtEnd(review, place.path);
  const at = new vscode.Position(place.line, place.character);
  await vscode.commands.executeCommand('vscode.diff', before, after, titleOf(review, place.path), {
    viewColumn: beside === vscode.ViewColumn.One ? vscode.ViewColumn.Two : vscode.ViewColumn.One,
    preserveFocus: !focus,
    preview: true,
    selection: new vscode.Range(at, at),
  } satisfies vscode.TextDocumentShowOptions);
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === after.toString(),
  );
  // A comment stands below its line, and is higher than what is left of an editor when that line is in the middle.
  const above = at.with({ line: Math.max(0, at.line - linesAbove), character: 0 });
  editor?.revealRange(new vscode.Range(above, above), vscode.TextEditorRevealType.AtTop);
}

const linesAbove = 6;

/** For the panel: what the last review found opens as the review has it, all else as it lies in the tree. */
export const openReviewedStep =
  (reviews: Reviews): OpenStep =>
  (shown, step, beside) => {
    const { review } = reviews;
    const finding = review?.answer.findings.find(({ view }) => view === shown.view);
    if (!review || !finding) return openInTree(shown, step, beside);
    const place = { path: step.path, line: step.line - 1, character: step.column };
    return openReviewedPlace(review, finding.state, place, { beside, focus: step.focus });
  };

/** `acme.c (base ↔ after 3/3)` */
function titleOf({ answer, isOnDisk }: Review, path: string): string {
  const applied = answer.patches.filter(({ status }) => status === 'applied');
  const last = applied.at(-1)?.name ?? '';
  const after = isOnDisk ? 'not committed' : last === '' ? 'patched' : `after ${last}`;
  return `${path.slice(path.lastIndexOf('/') + 1)} (base ↔ ${after})`;
}

const patchedUri = ({ answer }: Review, path: string, state: number): vscode.Uri =>
  vscode.Uri.from({ scheme: patchedScheme, path: `/${path}`, query: `review=${answer.id}&state=${state}` });

const treeUri = ({ answer }: Review, path: string): vscode.Uri =>
  vscode.Uri.parse(addressInside(answer.root, path));
