// browser.ts
// What runs inside the browser extension host, where the server is a web worker.

import * as vscode from 'vscode';
import { describeAnswers } from './answers.ts';
import { describeFindings } from './findings.ts';
import { describeModelTools } from './modelTools.ts';
import { runMocha } from './runMocha.ts';

/** VS Code calls this once the workbench stands. */
export function run(): Promise<void> {
  return runMocha(() => {
    // VS Code names the hosts by place: this one is where the page is.
    describeAnswers(vscode.ExtensionKind.UI);
    describeFindings();
    describeModelTools();
  });
}
