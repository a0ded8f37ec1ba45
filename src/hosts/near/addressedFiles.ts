// addressedFiles.ts
// Files by their address (URI): of an editor in a browser, or of the disk.

export interface AddressedFiles {
  /** `undefined`: there is no such file, or it cannot be read. */
  readFile(address: string): Promise<Uint8Array | undefined>;
  /** `undefined`: there is no such folder. */
  listFolder(address: string): Promise<readonly FolderEntry[] | undefined>;
  /** In the order of the addresses. */
  stat(addresses: readonly string[]): Promise<readonly (FileStat | undefined)[]>;
}

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export interface FileStat {
  readonly size: number;
  readonly modifiedMs: number;
}
