// editorFiles.ts
// The files of an editor's own file systems, asked for through the connection: all that a server in a browser reaches,
// and on the desktop the way to folders that lie on no disk.

import type { Connection } from 'vscode-languageserver';
import type { FileStat, FolderEntry, RequestsToClient, SentBytes } from './protocol.ts';

/** By their address; `undefined` for what is not there. */
export interface EditorFiles {
  readFile(address: string): Promise<Uint8Array | undefined>;
  listFolder(address: string): Promise<readonly FolderEntry[] | undefined>;
  stat(addresses: readonly string[]): Promise<readonly (FileStat | undefined)[]>;
}

/** @param bytesOf Undoes what the connection needed to carry them. */
export function editorFiles(editor: Connection, bytesOf: (sent: SentBytes) => Uint8Array): EditorFiles {
  const ask = <M extends keyof RequestsToClient>(
    method: M,
    params: RequestsToClient[M]['params'],
  ): Promise<RequestsToClient[M]['result']> =>
    editor.sendRequest<RequestsToClient[M]['result']>(method, params);
  return {
    readFile: async (address) => {
      const sent = await ask('holdwait/readFile', { address });
      return sent === null ? undefined : bytesOf(sent);
    },
    listFolder: async (address) => (await ask('holdwait/listFolder', { address })) ?? undefined,
    stat: async (addresses) => (await ask('holdwait/stat', { addresses })).map((stat) => stat ?? undefined),
  };
}
