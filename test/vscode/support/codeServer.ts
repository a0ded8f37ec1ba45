// codeServer.ts
// One private VS Code for a test: a fresh profile in a short temporary folder, the packaged extension in it,
// and the server, which a test never leaves behind.

import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { inProject } from '../../../scripts/project.mjs';
import { createProfile, installVsix, startCodeServer } from '../../../scripts/vscode-profile.mjs';
import { recordedConnections, recorderFolder, recordingVariables } from './network.ts';
import { packagedExtension } from './packagedExtension.ts';
import { installedCodeServer } from './surroundings.ts';
import type { Release } from './surroundings.ts';

export interface VscodeOptions {
  readonly release: Release;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Opens folders in Restricted Mode, as VS Code does for a folder that nobody trusted yet. */
  readonly asksForTrust?: boolean;
  /** Folders of extensions of our own that run beside it. */
  readonly beside?: readonly string[];
  /** For the server and the Node extension host. */
  readonly variables?: Readonly<Record<string, string>>;
  /** `development`: the extension is not installed; a page loads it from `extensionFolder`, with tests. */
  readonly extension: 'installed' | 'development';
}

export interface Vscode {
  readonly url: string;
  /** Attempts of the server and of the Node extension host to reach another machine. */
  connections(): readonly string[];
  /** What VS Code and its extensions log, in folders by window. */
  readonly logFolder: string;
  /** The unpacked extension as it ships. */
  readonly extensionFolder: string;
  /** Keeps what VS Code and the extension logged, as `name` beside the screenshots. */
  keepLogs(name: string): void;
  stop(): Promise<void>;
}

/** Runs the extension where it would run on a web page, though the server is at hand. */
export const inBrowserHost = { 'remote.extensionKind': { 'holdwait.holdwait': ['web'] } };

export async function startVscode(options: VscodeOptions): Promise<Vscode> {
  const codeServer = installedCodeServer(options.release);
  const vsix = await packagedExtension();
  const folder = mkdtempSync(join(tmpdir(), 'hwp-'));
  try {
    const profile = createProfile(folder, options.settings ?? {});
    await installVsix(codeServer, profile, vsix);
    const extensionFolder = placeExtension(profile.extensions, folder, options);
    const connectionLog = join(folder, 'connections');
    const server = await startCodeServer(codeServer, profile, {
      runsHostTests: options.extension === 'development',
      asksForTrust: options.asksForTrust ?? false,
      idleSeconds: 600,
      variables: { ...recordingVariables(connectionLog), ...options.variables },
    });
    const stop = async (): Promise<void> => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    const connections = (): readonly string[] => recordedConnections(connectionLog);
    const logFolder = join(profile.data, 'logs');
    const keepLogs = (name: string): void => {
      cpSync(logFolder, inProject('build/screenshots', name), { recursive: true });
    };
    return { url: server.url, connections, logFolder, extensionFolder, keepLogs, stop };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Installing unpacks the .vsix. Moved out of the profile, the same files serve as an extension under
 * development, so that the tests inside an extension host meet what ships and not what lies in the checkout.
 */
function placeExtension(
  extensions: string,
  folder: string,
  { extension: use, beside = [] }: VscodeOptions,
): string {
  const name = readdirSync(extensions).find((entry) => entry.startsWith('holdwait.holdwait-'));
  if (name === undefined) throw new Error(`the .vsix left no holdwait.holdwait in ${extensions}`);
  const list = join(extensions, 'extensions.json');
  const others = [recorderFolder, ...beside].map((path) =>
    listedExtension(`holdwait-tests.${basename(path)}`, path),
  );
  switch (use) {
    case 'installed': {
      const installed = JSON.parse(readFileSync(list, 'utf8')) as unknown[];
      writeFileSync(list, JSON.stringify([...installed, ...others]));
      return join(extensions, name);
    }
    case 'development': {
      writeFileSync(list, JSON.stringify(others));
      const moved = join(folder, 'development');
      renameSync(join(extensions, name), moved);
      return moved;
    }
  }
}

/** An entry of VS Code's own list of installed extensions. */
function listedExtension(id: string, path: string): unknown {
  const location = { $mid: 1, path, scheme: 'file' };
  return { identifier: { id }, version: '1.0.0', location };
}
