// servedFiles.ts
// Files for the server from the editor's file systems: in a web worker it reaches none itself, and as a process those of
// the disk alone.

import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { FileStat, RequestsToClient, SentBytes } from '../src/server/protocol.ts';

/** @param carried What of bytes goes through the connection. */
export function serveFiles(client: BaseLanguageClient, carried: (bytes: Uint8Array) => SentBytes): void {
  const { fs } = vscode.workspace;
  serve(client, 'holdwait/readFile', async ({ address }) => {
    const bytes = await orNull(fs.readFile(vscode.Uri.parse(address)));
    return bytes && carried(bytes);
  });
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
