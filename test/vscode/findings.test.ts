// findings.test.ts
// Cycles in a real VS Code, on a small tree: the lens above a function, the panel behind it, the Findings view, and the
// warning that comes and goes with unsaved text.

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { bothOrders } from '../server/acmeDriver.ts';
import { makeSmallTree } from '../server/smallTree.ts';
import { startVscode } from './support/codeServer.ts';
import { stepsOf } from './support/steps.ts';
import {
  again,
  answerQuestion,
  clickLens,
  contextMenu,
  editorTab,
  focusEditor,
  lensAbove,
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

test('cycles in the editor', async (t) => {
  const tree = makeSmallTree({ 'drivers/acme/acme.c': bothOrders });
  t.after(() => tree.dispose());
  const vscode = await startVscode({ release: 'current', extension: 'installed' });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  const page = await openWorkbench(browser.context, { url: vscode.url, folder: tree.root });
  await openByName(page, 'acme.c:19');
  const step = stepsOf(t, 'findings', vscode, page);

  await step('functions of a cycle say so above', async () => {
    await lensAbove(page, 'int acme_stop(', '1 cycle');
    await lensAbove(page, 'int acme_open(', '1 cycle');
    await lensAbove(page, 'int acme_stop(', /^takes /);
  });
  await step('the line where it waits is a warning', async () => {
    await warnings(page).first().waitFor();
  });
  await step('the Findings view lists it', async () => {
    await runCommand(page, 'Holdwait: Focus on Findings View');
    await findingRow(page).waitFor();
    await screenshot(page, 'findings-1-view');
  });
  await step('a click on the lens opens the cycle, with both threads', async () => {
    await clickLens(page, 'int acme_stop(', '1 cycle');
    await webview(page).locator('#story').getByText('acme_open').first().waitFor();
    await webview(page).locator('#story').getByText('acme_stop').first().waitFor();
    await screenshot(page, 'findings-2-cycle');
  });
  await step('a click on its row in the view opens it, too', async () => {
    await editorTab(page, cycleTab).getByRole('button', { name: 'Close' }).click();
    await editorTab(page, cycleTab).waitFor({ state: 'detached' });
    await findingRow(page).click();
    await webview(page).locator('#story').getByText('acme_open').first().waitFor();
  });
  await step('rows below it are the steps, and lead to their lines', async () => {
    await findingRow(page).locator('.monaco-tl-twistie').click();
    await viewRow(page, 'acme_stop() wants mutex_lock(&acme_list_lock)').click();
    await statusItem(page, 'Ln 19,').waitFor();
    await screenshot(page, 'findings-4-steps');
  });
  await step('the next finding opens by command, also round the end', async () => {
    await openByName(page, 'acme.c:1');
    await runCommand(page, 'Holdwait: Next Finding');
    await statusItem(page, 'Ln 10,').waitFor();
    await runCommand(page, 'Holdwait: Previous Finding');
    await statusItem(page, 'Finding 1 of 1').waitFor();
  });
  await step('groups by rule', async () => {
    await again(async () => {
      await runCommand(page, 'Holdwait: Group Findings');
      await quickPick(page, 'By rule').click({ timeout: 10_000 });
      await viewRow(page, 'Cycles of locks (1)').waitFor({ timeout: 10_000 });
    });
    await screenshot(page, 'findings-5-rules');
  });
  await step('an edit that breaks the cycle clears the warning, without a save', async () => {
    await runCommand(page, 'View: Close All Editors');
    await openByName(page, 'acme.c:19');
    await warnings(page).first().waitFor();
    await focusEditor(page);
    await page.keyboard.press('Control+/');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+/');
    await warnings(page).first().waitFor({ state: 'detached' });
    await screenshot(page, 'findings-3-cleared');
  });
  await step('its undo brings the warning back', async () => {
    await focusEditor(page);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await warnings(page).first().waitFor();
    await lensAbove(page, 'int acme_stop(', '1 cycle');
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
  await step('suppressed with a reason, it is gone from view, lens and text at once', async () => {
    await runCommand(page, 'Holdwait: Focus on Findings View');
    await contextMenu(page, findingRow(page), 'Suppress Finding');
    await quickPick(page, 'false positive').click();
    await answerQuestion(page, 'Why nobody has to look at it again', 'the two are never open at once');
    await quickPick(page, 'For all who work on this tree').click();
    await findingRow(page).waitFor({ state: 'detached' });
    await warnings(page).first().waitFor({ state: 'detached' });
    await page
      .locator('.codelens-decoration a', { hasText: '1 cycle' })
      .first()
      .waitFor({ state: 'detached' });
    await screenshot(page, 'findings-6-suppressed');
    const list = readFileSync(join(tree.root, '.holdwait-suppressions.json'), 'utf8');
    assert.match(list, /"status": "false-positive",\n\s+"reason": "the two are never open at once"/);
  });
});

const cycleTab = 'acme_list_lock, acme_port_lock';

const warnings = (page: Page): Locator => page.locator('.squiggly-warning');

const viewRow = (page: Page, text: string): Locator =>
  page.locator('.pane-body .monaco-list-row', { hasText: text }).first();

const findingRow = (page: Page): Locator =>
  page.locator('.pane-body .monaco-list-row', { hasText: 'acme_list_lock → acme_port_lock' }).first();
