// node.ts
// What runs inside the Node extension host, where the extension talks to a server process.

import * as vscode from 'vscode';
import { describeAnswers } from './answers.ts';
import { describeFindings } from './findings.ts';
import { describeModelTools } from './modelTools.ts';
import { runMocha } from './runMocha.ts';

/** VS Code calls this once the workbench stands. */
export function run(): Promise<void> {
  return runMocha(() => {
    // VS Code names the hosts by place: this one is where the files are.
    describeAnswers(vscode.ExtensionKind.Workspace);
    describeFindings();
    describeModelTools();
  });
}
