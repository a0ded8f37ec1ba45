// editorFiles.ts
// What the browser host asks of the editor, which alone reaches files there. Files are named by their address.

export interface EditorFiles {
  /** `undefined`: there is no such file, or it cannot be read. */
  readFile(address: string): Promise<Uint8Array | undefined>;
  /** `undefined`: there is no such folder. */
  listFolder(address: string): Promise<readonly EditorEntry[] | undefined>;
  /** In the order of the addresses. */
  stat(addresses: readonly string[]): Promise<readonly (EditorStat | undefined)[]>;
}

export interface EditorEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export interface EditorStat {
  readonly size: number;
  readonly modifiedMs: number;
}
