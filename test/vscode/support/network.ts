// network.ts
// Sees whether anything leaves the machine: requests of the page, and connections of the server's processes.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Request } from 'playwright-core';
import { inProject } from '../../../scripts/project.mjs';

/**
 * Collects the requests that neither our server nor a service worker answered. VS Code gives webview files an
 * address at vscode-cdn.net and answers it by a service worker, so an address alone proves nothing.
 */
export function watchRequests(context: BrowserContext, serverUrl: string): readonly string[] {
  const outside: string[] = [];
  const isForeign = (request: Request): boolean =>
    /^(https?|wss?):/.test(request.url()) && !request.url().startsWith(serverUrl);
  context.on('response', (response) => {
    if (isForeign(response.request()) && !response.fromServiceWorker()) outside.push(response.url());
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'failed';
    // A page that is closed or reloaded takes its requests back.
    if (isForeign(request) && reason !== 'net::ERR_ABORTED') outside.push(`${request.url()} (${reason})`);
  });
  return outside;
}

/** The extension that records the connections of an extension host; VS Code reads it where it lies. */
export const recorderFolder = inProject('test/vscode/recorder');

/** Makes the processes of a server record their connections in the file. */
export function recordingVariables(file: string): Readonly<Record<string, string>> {
  const recorder = join(recorderFolder, 'recordConnections.cjs');
  return { NODE_OPTIONS: `--require ${recorder}`, HOLDWAIT_CONNECTIONS: file };
}

/** What the processes recorded so far: a line for each attempt to reach another machine. */
export function recordedConnections(file: string): readonly string[] {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  // A recorder that did not run has seen nothing, which proves nothing.
  if (!lines.includes('recording')) throw new Error('the Node extension host did not load the recorder');
  return lines.filter((line) => line !== 'recording');
}
