// codeServer.ts
// One private VS Code for a test: a fresh profile in a short temporary folder, the packaged extension in it,
// and the server, which a test never leaves behind.

import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProfile, installVsix, startCodeServer } from '../../../scripts/vscode-profile.mjs';
import { recordedConnections, recordingVariables } from './network.ts';
import { packagedExtension } from './packagedExtension.ts';
import { installedCodeServer } from './surroundings.ts';
import type { Release } from './surroundings.ts';

export interface VscodeOptions {
  readonly release: Release;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Opens folders in Restricted Mode, as VS Code does for a folder that nobody trusted yet. */
  readonly asksForTrust?: boolean;
  /** `development`: the extension is not installed; a page loads it from `extensionFolder`, with tests. */
  readonly extension: 'installed' | 'development';
}

export interface Vscode {
  readonly url: string;
  /** Attempts of the server and of the Node extension host to reach another machine. */
  connections(): readonly string[];
  /** The unpacked extension as it ships. */
  readonly extensionFolder: string;
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
    const extensionFolder = placeExtension(profile.extensions, folder, options.extension);
    const connectionLog = join(folder, 'connections');
    const server = await startCodeServer(codeServer, profile, {
      runsHostTests: options.extension === 'development',
      asksForTrust: options.asksForTrust ?? false,
      idleSeconds: 600,
      variables: recordingVariables(connectionLog),
    });
    const stop = async (): Promise<void> => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    const connections = (): readonly string[] => recordedConnections(connectionLog);
    return { url: server.url, connections, extensionFolder, stop };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Installing unpacks the .vsix. Moved out of the profile, the same files serve as an extension under
 * development, so that the tests inside an extension host meet what ships and not what lies in the checkout.
 */
function placeExtension(extensions: string, folder: string, use: VscodeOptions['extension']): string {
  const name = readdirSync(extensions).find((entry) => entry.startsWith('holdwait.holdwait-'));
  if (name === undefined) throw new Error(`the .vsix left no holdwait.holdwait in ${extensions}`);
  const installed = join(extensions, name);
  if (use === 'installed') return installed;
  const moved = join(folder, 'development');
  renameSync(installed, moved);
  // The list of installed extensions would name a folder that is gone.
  const list = join(extensions, 'extensions.json');
  if (existsSync(list)) rmSync(list);
  return moved;
}
