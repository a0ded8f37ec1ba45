// network.ts
// Sees whether anything leaves the machine: requests of the page, and sockets of the server's processes.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { BrowserContext, Request } from 'playwright-core';

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

export interface SocketWatch {
  /** Addresses outside this machine that a process of the group was connected to, or tried to. */
  readonly outside: ReadonlySet<string>;
  stop(): void;
}

/** Looks every 100 ms; an attempt that nothing answers lives for seconds. */
export function watchSockets(processGroup: number): SocketWatch {
  const outside = new Set<string>();
  const look = (): void => {
    const inodes = socketsOf(processGroup);
    for (const { inode, remote } of connections()) {
      if (inodes.has(inode) && !isLocal(remote)) outside.add(remote);
    }
  };
  const timer = setInterval(look, 100);
  timer.unref();
  return { outside, stop: () => clearInterval(timer) };
}

function socketsOf(processGroup: number): ReadonlySet<string> {
  const inodes = new Set<string>();
  for (const processId of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (groupOf(processId) !== processGroup) continue;
      for (const descriptor of readdirSync(`/proc/${processId}/fd`)) {
        const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${processId}/fd/${descriptor}`))?.[1];
        if (inode !== undefined) inodes.add(inode);
      }
    } catch {
      // The process or its descriptor went away while we looked.
    }
  }
  return inodes;
}

function groupOf(processId: string): number {
  const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
  // The program's name stands in parentheses and may hold anything; state, parent and group follow it.
  const [, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(group);
}

function connections(): readonly { readonly inode: string; readonly remote: string }[] {
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((protocol) =>
    readFileSync(`/proc/net/${protocol}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields.length > 9)
      .map((fields) => ({ inode: fields[9] ?? '', remote: fields[2] ?? '' })),
  );
}

/** Addresses are written in hex, each group of four bytes in the machine's (little-endian) order. */
function isLocal(remote: string): boolean {
  const address = remote.split(':')[0] ?? '';
  const isUnconnected = /^0+$/.test(address);
  const isLoopback =
    /^(0{16}FFFF0000)?[0-9A-F]{6}7F$/.test(address) || address === `${'0'.repeat(24)}01000000`;
  return isUnconnected || isLoopback;
}
