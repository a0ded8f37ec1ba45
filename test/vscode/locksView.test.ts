// locksView.test.ts
// The Locks view in a real VS Code, on a small tree: it follows the active file, opens lines and cycles, filters, sorts,
// and says what it looked at where there is no lock.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { threeFiles } from '../server/acmeDriver.ts';
import { makeSmallTree } from '../server/smallTree.ts';
import { inBrowserHost, startVscode } from './support/codeServer.ts';
import { stepsOf } from './support/steps.ts';
import {
  contextMenu,
  focusEditor,
  notifications,
  openBrowser,
  openByName,
  openWorkbench,
  quickPick,
  runCommand,
  screenshot,
  statusItem,
  webview,
} from './support/workbench.ts';

test('the Locks view', async (t) => {
  const tree = makeSmallTree({
    ...threeFiles,
    'include/linux/kernel.h': '',
    'drivers/plain/plain.c': 'int plain_open(void)\n{\n\treturn 0;\n}\n',
  });
  t.after(() => tree.dispose());
  const vscode = await startVscode({ release: 'current', extension: 'installed' });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  const page = await openWorkbench(browser.context, { url: vscode.url, folder: tree.root });
  const step = stepsOf(t, 'locks-view', vscode, page);

  await statusItem(page, /^Holdwait/).waitFor();
  await step('says what it is for while nothing is shown', async () => {
    await runCommand(page, 'Holdwait: Focus on Locks View');
    await page.getByText('which locks its driver takes').waitFor();
    await screenshot(page, 'locks-view-1-welcome');
  });
  await step('lists the locks of the driver of the active file', async () => {
    await openByName(page, 'acme.c');
    await row(page, 'acme_list_lock').waitFor();
    await page.getByText('3 locks in 3 files of drivers/acme.').waitFor();
    await labelled(page, ['acme.io', 'acme_list_lock', 'acme_port_lock']);
    await screenshot(page, 'locks-view-2-list');
  });
  await step('a place opens its line', async () => {
    // Only rows in sight exist.
    for (const other of ['Lock Chains', 'Findings']) await header(page, other).click();
    await unfold(page, 'acme.io');
    await row(page, 'acme_sync()sync.c:6').click();
    await statusItem(page, 'Ln 6,').waitFor();
    await page.locator('.tab.active[data-resource-name="sync.c"]').waitFor();
    assert.ok((await row(page, 'acme_sync()').textContent())?.includes('tries'));
    await screenshot(page, 'locks-view-3-places');
  });
  await step('an order opens the line that makes it, and unfolds to the way there', async () => {
    await row(page, 'acme_port_lock1 place').click();
    await statusItem(page, 'Ln 18,').waitFor();
    await unfold(page, 'acme_port_lock1 place');
    await unfold(page, 'acme_open() → acme_port_reset()');
    await row(page, 'acme_port_reset() takes acme_port_lock').click();
    await statusItem(page, 'Ln 10,').waitFor();
    await screenshot(page, 'locks-view-4-way');
  });
  await step('shows the orders of one lock by command, and marks what is seen in both', async () => {
    await runCommand(page, 'Holdwait: Show Lock Orders');
    await quickPick(page, 'acme_list_lock').click();
    await row(page, 'Held while taking').waitFor();
    await row(page, 'acme_port_lock1 place · both orders · 1 finding').waitFor();
    await screenshot(page, 'locks-view-5-orders');
  });
  await step('a pair in both orders opens the finding of it', async () => {
    await row(page, 'acme_port_lock1 place · both orders · 1 finding').click();
    await webview(page).locator('#story').getByText('acme_stop').first().waitFor();
    await screenshot(page, 'locks-view-6-cycle');
  });
  await step('leads to the Findings view, and copies names', async () => {
    await runCommand(page, 'View: Close All Editors');
    await contextMenu(page, row(page, 'acme_list_lockmutex'), 'Find in Findings');
    await page
      .locator('.pane-body .monaco-list-row.selected', { hasText: 'acme_list_lock → acme_port_lock' })
      .waitFor();
    await contextMenu(page, row(page, 'acme_list_lockmutex'), 'Copy Name');
    await openByName(page, 'plain.c');
    await focusEditor(page);
    await page.keyboard.press('Control+v');
    await page.locator('.view-line', { hasText: 'acme_list_lock' }).first().waitFor();
    await page.keyboard.press('Control+z');
  });
  await step('says what was looked at where no lock is taken, and where no driver is', async () => {
    await page.getByText('No lock is taken in this file.').waitFor();
    await labelled(page, []);
    await openByName(page, 'mutex.h');
    await page.getByText('This file belongs to no driver; locks are listed').waitFor();
    await screenshot(page, 'locks-view-7-none');
  });
  await step('filters while one types, and sorts', async () => {
    await openByName(page, 'sync.c');
    await row(page, 'acme.io').waitFor();
    await runCommand(page, 'Holdwait: Filter Locks');
    await page.locator('.quick-input-widget input').last().fill('LIST');
    await row(page, 'acme.io').waitFor({ state: 'detached' });
    await labelled(page, ['acme_list_lock']);
    await page.keyboard.press('Escape');
    await row(page, 'acme.io').waitFor();
    await runCommand(page, 'Holdwait: Sort Locks');
    await quickPick(page, 'Taken in both orders first').click();
    await labelled(page, ['acme_list_lock', 'acme_port_lock', 'acme.io']);
    await screenshot(page, 'locks-view-8-sorted');
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
});

test('the Locks view in the browser extension host', async (t) => {
  const tree = makeSmallTree(threeFiles);
  t.after(() => tree.dispose());
  const vscode = await startVscode({ release: 'current', extension: 'installed', settings: inBrowserHost });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  const page = await openWorkbench(browser.context, { url: vscode.url, folder: tree.root });
  await stepsOf(
    t,
    'locks-view-browser',
    vscode,
    page,
  )('says what was read for it', async () => {
    await openByName(page, 'acme.c');
    await statusItem(page, /^Holdwait/).waitFor();
    await runCommand(page, 'Holdwait: Focus on Locks View');
    await row(page, 'acme_list_lockmutex · both orders').waitFor();
    await page.getByText(/3 locks in 3 files of drivers\/acme\. Only drivers\/acme and/).waitFor();
    await screenshot(page, 'locks-view-9-browser');
  });
});

const pane = (page: Page): Locator => page.locator('.pane', { has: header(page, 'Locks') });

const header = (page: Page, title: string): Locator =>
  page.locator(`.pane-header[aria-label^="${title}"]`).first();

const row = (page: Page, text: string): Locator =>
  pane(page).locator('.monaco-list-row', { hasText: text }).first();

/** Waits until the locks themselves are these, in this order. */
async function labelled(page: Page, wanted: readonly string[]): Promise<void> {
  const names = pane(page).locator('.monaco-list-row[aria-level="1"] .label-name');
  const stand = async (): Promise<boolean> =>
    (await names.allTextContents()).join('\n') === wanted.join('\n');
  for (let i = 0; i < 100 && !(await stand()); i += 1) await page.waitForTimeout(100);
  assert.deepEqual(await names.allTextContents(), wanted);
}

const unfold = (page: Page, text: string): Promise<void> =>
  row(page, text).locator('.monaco-tl-twistie').click();
