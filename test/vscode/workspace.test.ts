// workspace.test.ts
// How the extension behaves in a workspace: in one that nobody trusted yet, from the command palette, and over a
// reload of the window. On the small tree, so that nothing has to wait for reading.

import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { inProject } from '../../scripts/project.mjs';
import { startVscode } from './support/codeServer.ts';
import { pictures } from './support/looks.ts';
import { stepsOf } from './support/steps.ts';
import type { Release } from './support/surroundings.ts';
import {
  activeEditor,
  chooseInMenu,
  editorTab,
  lensAbove,
  notifications,
  openBrowser,
  openByName,
  openAt,
  openWorkbench,
  restrictedMode,
  runCommand,
  screenshot,
  stateWritten,
  statusItem,
  webview,
} from './support/workbench.ts';

const folder = inProject('test/vscode/tree');

test('a folder that nobody trusts', (t) => visit(t, 'current'));

test('a folder that nobody trusts, in the oldest VS Code', (t) => visit(t, 'oldest'));

async function visit(t: TestContext, release: Release): Promise<void> {
  const vscode = await startVscode({ release, asksForTrust: true, extension: 'installed' });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  const { url } = vscode;
  // The older one asks before anything else can be done, and the newer one in a banner.
  const isOldest = release === 'oldest';
  const payload = isOldest ? { payload: openAt(url, join(folder, 'drivers/demo/demo.c'), 24) } : {};
  const page = await openWorkbench(browser.context, { url, folder, ...payload });
  if (isOldest) await page.getByRole('button', { name: /^No, I don't trust/ }).click();
  else await openByName(page, 'demo.c:24');
  const step = stepsOf(t, `workspace-${release}`, vscode, page);

  await step('is read all the same: the extension only reads', async () => {
    await restrictedMode(page).waitFor();
    await lensAbove(page, 'demo_stop(struct', /^takes .*demo_list_mutex/);
    await pictures(page, `restricted-mode-${release}`);
  });
  await step('meets no notification, but an item in the status bar', async () => {
    await statusItem(page, /^Holdwait/).waitFor();
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
  // What follows has nothing to do with trust, and is the same in both.
  if (isOldest) return;
  await step('lists what is indexed, and a line of the list leads to its file', async () => {
    await chooseInMenu(page, 'Show Indexed Files');
    await activeEditor(page, 'Holdwait indexed files');
    await page.locator('.view-line', { hasText: /read.in.full,.0.by.name.only/ }).waitFor();
    await screenshot(page, 'indexed-files');
    await page
      .locator('.view-line', { hasText: 'drivers/demo/demo.c' })
      .locator('.detected-link')
      .click({ modifiers: ['ControlOrMeta'] });
    await activeEditor(page, 'demo.c');
  });
  await step('cancels what runs and reads the tree anew from the menu', async () => {
    await chooseInMenu(page, 'Cancel Running Work');
    // It is said beside our item, in its words, and goes after a while.
    const cancelled = statusItem(page, /^Holdwait: (?:cancelled|nothing was running)/);
    await cancelled.waitFor();
    await cancelled.waitFor({ state: 'detached' });
    await chooseInMenu(page, 'Rescan Tree');
    await statusItem(page, /^Holdwait: \d+ files?/).waitFor();
    await lensAbove(page, 'demo_stop(struct', /^takes .*demo_list_mutex/);
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
  await step('shows lock chains of the function at the cursor by command', async () => {
    await runCommand(page, 'Holdwait: Open Lock Chains as Panel');
    await editorTab(page, 'Lock chains').waitFor();
    await chainsNameLock(page);
  });
  await step('leads from the panel to a line by the keyboard alone', async () => {
    // The panel has the focus once it has something to show; the second row is the wait on line 26.
    await chainRows(page).and(webview(page).locator(':focus')).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await statusItem(page, 'Ln 26,').waitFor();
  });
  await step('restarts its server from the menu of the status item', async () => {
    await chooseInMenu(page, 'Restart Server');
    await runCommand(page, 'Holdwait: Open Lock Chains as Panel');
    await chainsNameLock(page);
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
  await step('shows the panel again after a reload', async () => {
    // The function that the panel shows.
    await stateWritten(page, 'functionName', 1);
    await runCommand(page, 'Developer: Reload Window');
    await editorTab(page, 'Lock chains').waitFor({ state: 'detached' });
    await editorTab(page, 'Lock chains').waitFor();
    await chainsNameLock(page);
    await screenshot(page, 'panel-after-reload');
  });
}

async function chainsNameLock(page: Page): Promise<void> {
  await chainRows(page).filter({ hasText: 'demo_list_mutex' }).first().waitFor();
}

function chainRows(page: Page): Locator {
  return webview(page).locator('#chains [role="treeitem"]');
}
