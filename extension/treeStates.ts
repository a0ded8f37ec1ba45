// treeStates.ts
// The moments at which an answer of the server may become another one: it starts or ends, a tree is opened, read or lost.
// How many files are read changes five times a second meanwhile, and is no reason to ask anything again: whoever did
// would end each question by the next one for as long as a machine is busy.

import type * as vscode from 'vscode';
import type { Server } from './server.ts';

export function onDidChangeTrees(server: Server, changed: () => void): vscode.Disposable {
  let last = statesOf(server);
  return server.onDidChangeState(() => {
    const now = statesOf(server);
    if (now === last) return;
    last = now;
    changed();
  });
}

function statesOf({ state }: Server): string {
  const trees = state.kind === 'running' ? state.status.trees : [];
  return [state.kind, ...trees.map((tree) => `${tree.root} ${tree.state.kind}`)].join('\n');
}
