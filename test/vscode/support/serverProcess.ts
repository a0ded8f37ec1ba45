// serverProcess.ts
// The process of our server beside a VS Code: whether it stands, and its sudden end.

import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Vscode } from './codeServer.ts';
import { processesWith } from './processes.ts';

export const serversOf = ({ extensionFolder }: Vscode): readonly number[] =>
  processesWith(join(extensionFolder, 'dist/server.js'));

export async function killServer(vscode: Vscode): Promise<void> {
  const [pid, ...others] = serversOf(vscode);
  assert.ok(pid !== undefined && others.length === 0, 'one server runs');
  process.kill(pid, 'SIGKILL');
  while (serversOf(vscode).includes(pid)) await delay(20);
}

export async function serverStands(vscode: Vscode): Promise<void> {
  for (let i = 0; i < 300 && serversOf(vscode).length === 0; i++) await delay(100);
  // It is a server once it has answered; one that is killed before that did not start, which is another matter.
  await delay(1500);
}
