// browserFiles.ts
// Files for the server in a web worker, which can reach none itself: whatever the editor's file systems give.

import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { FileStat, RequestsToClient } from '../src/server/protocol.ts';

export function serveFiles(client: BaseLanguageClient): void {
  const { fs } = vscode.workspace;
  serve(client, 'holdwait/readFile', ({ address }) => orNull(fs.readFile(vscode.Uri.parse(address))));
  serve(client, 'holdwait/listFolder', async ({ address }) => {
    const entries = await orNull(fs.readDirectory(vscode.Uri.parse(address)));
    if (!entries) return null;
    return entries
      .filter(([, type]) => type === vscode.FileType.File || type === vscode.FileType.Directory)
      .map(([name, type]) => ({ name, isFolder: type === vscode.FileType.Directory }));
  });
  serve(client, 'holdwait/stat', ({ addresses }) => Promise.all(addresses.map(statOf)));
}

function serve<M extends keyof RequestsToClient>(
  client: BaseLanguageClient,
  method: M,
  answer: (params: RequestsToClient[M]['params']) => Promise<RequestsToClient[M]['result']>,
): void {
  const handler = (params: RequestsToClient[M]['params']): Promise<unknown> => answer(params);
  client.onRequest(method as string, handler);
}

async function statOf(address: string): Promise<FileStat | null> {
  const stat = await orNull(vscode.workspace.fs.stat(vscode.Uri.parse(address)));
  return stat?.type === vscode.FileType.File ? { size: stat.size, modifiedMs: stat.mtime } : null;
}

/** A file that cannot be had is an answer; the server counts it as skipped. */
async function orNull<T>(value: Thenable<T>): Promise<T | null> {
  try {
    return await value;
  } catch {
    return null;
  }
}
