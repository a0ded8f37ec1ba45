// editTree.test.ts
// Typing in a real driver of a real kernel tree: a cycle that an unsaved line closes is a warning, which goes with the line.
// Where the server is a process it is killed meanwhile, and comes back. Nothing is saved.

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { inBrowserHost, startVscode } from './support/codeServer.ts';
import { pictures } from './support/looks.ts';
import { watchRequests } from './support/network.ts';
import { restartByDeath } from './support/serverProcess.ts';
import { stepsOf } from './support/steps.ts';
import { kernelTree } from './support/surroundings.ts';
import type { Release } from './support/surroundings.ts';
import {
  activeEditor,
  focusEditor,
  lensAbove,
  notifications,
  openAt,
  openBrowser,
  openWorkbench,
  statusItem,
} from './support/workbench.ts';

const file = 'drivers/net/ethernet/mellanox/mlx4/intf.c';
/** In mlx4_do_bond(), where the patch of the other tests takes the lock. */
const emptyLine = 137;
// On a cold cache the names of the whole tree are read first.
const analysisMs = 240_000;

test('typing in mlx4', (t) => visit(t, { name: 'current', release: 'current', server: 'process' }));

test('typing in mlx4, in the oldest VS Code', (t) =>
  visit(t, { name: 'oldest', release: 'oldest', server: 'process' }));

test('typing in mlx4, in the browser extension host', (t) =>
  visit(t, { name: 'browser', release: 'current', server: 'worker' }));

interface Visit {
  readonly name: string;
  readonly release: Release;
  readonly server: 'process' | 'worker';
}

async function visit(t: TestContext, { name, release, server }: Visit): Promise<void> {
  const folder = kernelTree('6.1');
  const before = readFileSync(join(folder, file), 'utf8');
  // The rest of the tree is not needed, and reading it would only take its time from the answer.
  const settings = { 'holdwait.index.background': false, ...(server === 'worker' ? inBrowserHost : {}) };
  const vscode = await startVscode({ release, settings, extension: 'installed' });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  const requests = watchRequests(browser.context, vscode.url);
  const payload = openAt(vscode.url, join(folder, file), emptyLine);
  const page = await openWorkbench(browser.context, { url: vscode.url, folder, payload });
  await activeEditor(page, basename(file));
  await statusItem(page, `Ln ${emptyLine},`).waitFor();
  const step = stepsOf(t, `edit-tree-${name}`, vscode, page);

  await step('a line that closes a cycle is a warning before it is saved', async () => {
    await lensAbove(page, doBond, /^takes /);
    await focusEditor(page);
    await page.keyboard.type('\tguard(mutex)(&intf_mutex);');
    await warning(page).waitFor({ timeout: analysisMs });
    await lensAbove(page, doBond, /\d cycles?/);
    await pictures(page, `edit-tree-${name}-1-warning`);
  });
  await step('its undo takes the warning away', async () => {
    await undoAll(page);
    await warning(page).waitFor({ state: 'detached', timeout: analysisMs });
    await pictures(page, `edit-tree-${name}-2-undone`);
  });
  if (server === 'process')
    await step('a server that is killed comes back, and answers about what is typed then', async () => {
      await restartByDeath(vscode);
      await focusEditor(page);
      await page.keyboard.type('\tguard(mutex)(&intf_mutex);');
      await lensAbove(page, doBond, /^takes .*intf_mutex/);
      await pictures(page, `edit-tree-${name}-3-server-back`);
      await undoAll(page);
    });
  await step('no byte of the tree is another, nothing popped up, and nothing left the machine', async () => {
    assert.equal(readFileSync(join(folder, file), 'utf8'), before);
    assert.deepEqual(await notifications(page).allTextContents(), []);
    assert.deepEqual([...requests, ...vscode.connections()], []);
  });
}

const doBond = 'int mlx4_do_bond(struct';

const warning = (page: Page): Locator => page.locator('.squiggly-warning').first();

async function undoAll(page: Page): Promise<void> {
  const unsaved = page.locator(`.tab.dirty[data-resource-name="${basename(file)}"]`);
  await focusEditor(page);
  for (let i = 0; i < 40 && (await unsaved.count()) > 0; i += 1) await page.keyboard.press('Control+z');
  await unsaved.waitFor({ state: 'detached' });
}
