// network.ts
// Sees whether anything leaves the machine: requests of the page, and connections of the server's processes.

import { existsSync, readFileSync } from 'node:fs';
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

/** Makes Node record its connections in the file; for the environment of a server. */
export function recordingVariables(file: string): Readonly<Record<string, string>> {
  const recorder = inProject('test/vscode/support/recordConnections.cjs');
  return { NODE_OPTIONS: `--require ${recorder}`, HOLDWAIT_CONNECTIONS: file };
}

/** What the processes of a server recorded so far: a line for each attempt to reach another machine. */
export function recordedConnections(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
