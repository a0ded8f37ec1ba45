// keyboard.test.ts
// A whole review in a real VS Code by somebody who has no mouse: from the palette to the patch in a file, through the rows
// to the cycle in its panel, from a step there to its line and back, and to the reply in the clipboard.

import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { inProject } from '../../scripts/project.mjs';
import { oneOrder, otherOrderPatch } from '../server/acmeDriver.ts';
import { makeSmallTree } from '../server/smallTree.ts';
import { startVscode } from './support/codeServer.ts';
import { chooseByTyping, tabTo, typeCommand, typeFileName, walkToRow } from './support/keyboard.ts';
import { stepsOf } from './support/steps.ts';
import {
  copiedText,
  editorTab,
  notifications,
  openBrowser,
  openWorkbench,
  screenshot,
  statusItem,
  webview,
} from './support/workbench.ts';

test('a review by keyboard alone', async (t) => {
  const tree = makeSmallTree({
    'drivers/acme/acme.c': oneOrder,
    // By which VS Code knows a kernel tree, so that nobody has to open a file of it first.
    'include/linux/kernel.h': '',
    'stop.patch': otherOrderPatch,
  });
  t.after(() => tree.dispose());
  const settings = { 'comments.openView': 'never' };
  const vscode = await startVscode({ release: 'current', extension: 'installed', settings });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await openWorkbench(browser.context, { url: vscode.url, folder: tree.root });
  const step = stepsOf(t, 'keyboard', vscode, page);
  const patch = join(tree.root, 'stop.patch');
  const panel = webview(page);

  await statusItem(page, /Holdwait: \d+ files?/).waitFor({ timeout: 60_000 });
  await step('the palette asks for the patch, whose name is typed', async () => {
    await typeCommand(page, 'Holdwait: Review Patch');
    await chooseByTyping(page, 'A patch or mailbox…');
    await typeFileName(page, 'stop.patch');
    await page.getByText('1 cycle introduced.').first().waitFor({ timeout: 60_000 });
    await editorTab(page, 'acme.c (base ↔ patched)').waitFor();
  });
  await step('arrow keys walk the view to the finding', async () => {
    await typeCommand(page, 'Holdwait: Focus on Review View');
    await walkToRow(page, 'acme_list_lock → acme_port_lock');
    await screenshot(page, 'keyboard-1-row');
  });
  await step('Ctrl+Enter on it opens the cycle', async () => {
    await page.keyboard.press('Control+Enter');
    await panel.locator('#story').getByText('acme_stop').first().waitFor();
  });
  await step('the arrow keys are in the steps of the panel at once, and Enter opens a line', async () => {
    await page.keyboard.press('ArrowDown');
    await panel.locator('.row:focus', { hasText: 'mutex_lock(&acme_list_lock)' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await panel.locator('.row:focus', { hasText: 'mutex_lock(&acme_port_lock)' }).waitFor();
    await screenshot(page, 'keyboard-2-panel');
    await page.keyboard.press('Enter');
    await statusItem(page, 'Ln 10,').waitFor();
    await screenshot(page, 'keyboard-3-line');
  });
  await step('the editor group of the panel, focused again, is back at the step', async () => {
    await page.keyboard.press('Control+2');
    await panel.locator('.row:focus', { hasText: 'mutex_lock(&acme_port_lock)' }).waitFor();
  });
  await step('Tab reaches the ring, and Enter on an arc where that thread waits', async () => {
    await tabTo(page, '.arc');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await statusItem(page, 'Ln 19,').waitFor();
  });
  await step('Copy Reply gives the bytes of the command line', async () => {
    await typeCommand(page, 'Holdwait: Copy Reply');
    const words = ['review', '--quiet', '--format', 'mail', '--tree', tree.root, patch];
    const run = spawnSync(process.execPath, [inProject('dist/cli.js'), ...words]);
    assert.equal(run.status, 1, run.stderr.toString());
    assert.equal(await copiedText(page), run.stdout.toString());
  });
  await step('and nothing has popped up', async () => {
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
});
