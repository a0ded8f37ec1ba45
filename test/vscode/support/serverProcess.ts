// serverProcess.ts
// The process of our server beside a VS Code: whether it stands, and its sudden end.

import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Vscode } from './codeServer.ts';
import { processesWith } from './processes.ts';

export const serversOf = ({ extensionFolder }: Vscode): readonly number[] =>
  processesWith(join(extensionFolder, 'dist/server.js'));

/** It answers nothing from now on, until it is killed: what it is asked stays under way. */
export const suspendServer = (vscode: Vscode): void => void process.kill(onlyServer(vscode), 'SIGSTOP');

export async function killServer(vscode: Vscode): Promise<void> {
  const pid = onlyServer(vscode);
  process.kill(pid, 'SIGKILL');
  while (serversOf(vscode).includes(pid)) await delay(20);
}

function onlyServer(vscode: Vscode): number {
  const [pid, ...others] = serversOf(vscode);
  assert.ok(pid !== undefined && others.length === 0, 'one server runs');
  return pid;
}

/** Kills it and waits for the next one. */
export async function restartByDeath(vscode: Vscode): Promise<void> {
  const before = treesOpened(vscode);
  await killServer(vscode);
  // It is a server once it has worked; one that is killed before that did not start, which is another matter.
  for (let i = 0; i < 600 && treesOpened(vscode) === before; i++) await delay(100);
  assert.ok(treesOpened(vscode) > before, 'another server has opened the tree');
}

/** By all servers so far, as each of them has logged it. */
function treesOpened({ logFolder }: Vscode): number {
  const names = readdirSync(logFolder, { recursive: true, encoding: 'utf8' });
  const logs = names.filter((name) => name.endsWith('Holdwait.log'));
  return logs.reduce(
    (sum, name) => sum + readFileSync(join(logFolder, name), 'utf8').split(', open after ').length - 1,
    0,
  );
}
