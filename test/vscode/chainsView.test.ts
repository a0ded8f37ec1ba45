// chainsView.test.ts
// The Lock chains view in a real VS Code, on the small tree: it follows the cursor, opens lines, stays when it is
// pinned, and reads well in every theme.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { inProject } from '../../scripts/project.mjs';
import { startVscode } from './support/codeServer.ts';
import { walkToRow } from './support/keyboard.ts';
import { stepsOf } from './support/steps.ts';
import {
  chooseTheme,
  editorTab,
  goTo,
  notifications,
  openBrowser,
  openByName,
  openWorkbench,
  runCommand,
  screenshot,
  statusItem,
} from './support/workbench.ts';

test('the Lock chains view', async (t) => {
  const vscode = await startVscode({ release: 'current', extension: 'installed' });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  const folder = inProject('test/vscode/tree');
  const page = await openWorkbench(browser.context, { url: vscode.url, folder });
  const step = stepsOf(t, 'chains-view', vscode, page);

  await statusItem(page, /^Holdwait/).waitFor();
  await step('says what it is for while nothing is shown', async () => {
    await runCommand(page, 'Holdwait: Focus on Lock Chains View');
    await page.getByText('Put the cursor into a function').waitFor();
    await screenshot(page, 'chains-view-1-welcome');
  });
  await step('shows the function at the cursor: who calls it, and what it does', async () => {
    await openByName(page, 'demo.c:24');
    await row(page, 'takes demo_list_mutex').waitFor();
    await row(page, 'demo_close()').waitFor();
    await screenshot(page, 'chains-view-2-stop');
  });
  await step('follows the cursor into another function', async () => {
    await goTo(page, 16);
    await row(page, 'handles (work) demo.reset_work').waitFor();
    await row(page, 'queued by demo_open()').waitFor();
    await screenshot(page, 'chains-view-3-work');
  });
  await step('leads to lines by the keyboard alone, and stays with its function then', async () => {
    await runCommand(page, 'Holdwait: Focus on Lock Chains View');
    await walkToRow(page, 'queued by demo_open()');
    await page.keyboard.press('Enter');
    await statusItem(page, 'Ln 44,').waitFor();
    await row(page, 'handles (work) demo.reset_work').waitFor();
  });
  await step('stays where it is while it is pinned', async () => {
    await runCommand(page, 'Holdwait: Pin Lock Chains');
    await openByName(page, 'demo.c:24');
    await goTo(page, 25);
    await page.waitForTimeout(1_000);
    assert.equal(await row(page, 'takes demo_list_mutex').count(), 0);
    await runCommand(page, 'Holdwait: Unpin Lock Chains');
    await row(page, 'takes demo_list_mutex').waitFor();
  });
  await step('reads well in dark and in high contrast', async () => {
    for (const [name, theme] of [
      ['dark', 'Dark Modern'],
      ['contrast', 'Dark High Contrast'],
    ] as const) {
      await chooseTheme(page, theme);
      await screenshot(page, `chains-view-4-${name}`);
    }
  });
  await step('opens as a panel', async () => {
    await runCommand(page, 'Holdwait: Open Lock Chains as Panel');
    await editorTab(page, 'Lock chains').waitFor();
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
});

const row = (page: Page, text: string): Locator =>
  page.locator('.pane-body .monaco-list-row', { hasText: text }).first();
