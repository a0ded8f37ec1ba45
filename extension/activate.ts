// activate.ts
// What both extension hosts do: start the server and switch on the features, one file each.

import * as vscode from 'vscode';
import { activateChains } from './chainsCommand.ts';
import { activateCriticalSections } from './criticalSections.ts';
import { activateCycles } from './cycleCommand.ts';
import { CyclePanels } from './cyclePanels.ts';
import { activateFindings } from './findingCommands.ts';
import { activateHeldHere } from './heldHere.ts';
import { activateIndexCommands } from './indexCommands.ts';
import { activateLocks } from './lockCommands.ts';
import { activateModelTools } from './modelTools.ts';
import { activatePatchLens } from './patchLens.ts';
import { activateReplies } from './replyCommands.ts';
import { activateReview } from './reviewCommand.ts';
import { activateReviewComments } from './reviewComments.ts';
import { activateReviewedFiles, openReviewedStep } from './reviewedFiles.ts';
import { Reviews } from './reviews.ts';
import { Server } from './server.ts';
import type { MakeClient } from './server.ts';
import { activateSplats } from './splatCommand.ts';
import { activateStatus } from './status.ts';

export function activateFeatures(context: vscode.ExtensionContext, makeClient: MakeClient): void {
  const log = vscode.window.createOutputChannel('Holdwait', { log: true });
  const server = new Server(makeClient, log);
  const reviews = new Reviews(server);
  const panels = new CyclePanels(context.extensionUri, log, openReviewedStep(reviews));
  context.subscriptions.push(
    log,
    server,
    panels,
    reviews,
    activateStatus(server),
    activateChains(context, server, log),
    activateCycles(panels, server, log),
    activateReview(reviews, panels, server, log),
    activateSplats(panels, server, log),
    activateReviewedFiles(server),
    activateReviewComments(reviews, panels, log),
    activatePatchLens(server),
    activateReplies(reviews, log),
    activateFindings(context, server, log),
    activateLocks(context, server, log),
    activateIndexCommands(reviews, server, log),
    activateModelTools(server, log),
    activateHeldHere(server, log),
    activateCriticalSections(server, log),
  );
  void server.start();
}
