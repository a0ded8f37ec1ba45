// reviewTree.test.ts
// The review of a patch to a real driver on a real tree, in a dark theme: from the palette to the comment, the reply,
// the panel, and the steps that lie in files which the patch does not change.

import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { inProject } from '../../scripts/project.mjs';
import { startVscode } from './support/codeServer.ts';
import { stepsOf } from './support/steps.ts';
import { kernelTree } from './support/surroundings.ts';
import {
  activeEditor,
  comment,
  copiedText,
  editorTab,
  lensAbove,
  notifications,
  openAt,
  openBrowser,
  openPage,
  quickPick,
  reviewRow,
  runCommand,
  screenshot,
  webview,
} from './support/workbench.ts';

const patch = inProject('test/tree/patches/take-intf-mutex.patch');
const reviewSeconds = 420;

test('a patch to mlx4, on Linux 6.1', async (t) => {
  const tree = kernelTree('6.1');
  const settings = { 'workbench.colorTheme': 'Default Dark Modern', 'comments.openView': 'never' };
  const vscode = await startVscode({ release: 'current', extension: 'installed', settings });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const payload = openAt(vscode.url, patch, 1);
  const page = await openPage(browser.context, { url: vscode.url, folder: tree, payload });
  const step = stepsOf(t, 'review-tree', vscode, page);

  await step('a line on top of the patch offers the review, and so does its title', async () => {
    await activeEditor(page, 'take-intf-mutex.patch');
    await lensAbove(page, 'Subject: [PATCH] mlx4', 'Review this patch');
    await titleButton(page, 'Review Patch').waitFor();
    await screenshot(page, 'review-tree-1-patch');
  });
  await step('the palette reviews the patch that is open', async () => {
    await runCommand(page, 'Holdwait: Review Patch');
    await quickPick(page, 'The patch in this editor').click();
    await page
      .getByText(/\d cycles? introduced\./)
      .first()
      .waitFor({ timeout: reviewSeconds * 1000 });
    await reviewRow(page, 'mlx4: change the bond state under intf_mutex').waitFor();
  });
  await step('the changed line opens in the patched text, with what to say about it', async () => {
    await editorTab(page, 'intf.c (base ↔ patched)').waitFor();
    await comment(page).getByText('Can this wait forever?').waitFor();
    await screenshot(page, 'review-tree-2-comment');
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
  await step('Copy Reply gives the bytes of the command line', async () => {
    const words = ['dist/cli.js', 'review', '--quiet', '--format', 'mail', '--tree', tree, patch];
    const run = spawnSync(
      process.execPath,
      words.map((word, i) => (i === 0 ? inProject(word) : word)),
    );
    assert.equal(run.status, 1, run.stderr.toString());
    await comment(page).getByRole('button', { name: 'Copy Reply' }).click();
    assert.equal(await copiedText(page), run.stdout.toString());
  });
  await step('the panel shows the cycle', async () => {
    await comment(page).getByRole('button', { name: 'Show Cycle' }).click();
    await webview(page).locator('#story').getByText('mlx4_do_bond').first().waitFor();
    await screenshot(page, 'review-tree-3-panel');
  });
  await step('a step in a file that the patch does not change opens the file itself', async () => {
    // Rows that have no room are not in the page: the other views of the container make it.
    for (const view of ['Lock Chains', 'Findings'])
      await page.locator('.pane-header[aria-expanded="true"]').filter({ hasText: view }).click();
    await reviewRow(page, 'en_netdev.c').click();
    await activeEditor(page, 'en_netdev.c');
    await screenshot(page, 'review-tree-4-step');
  });
  await step('the report is one command away, in colours and with links', async () => {
    await runCommand(page, 'Holdwait: Show Review Report');
    await editorTab(page, 'Holdwait review').waitFor();
    await page.locator('.view-line .detected-link').first().waitFor();
    await screenshot(page, 'review-tree-5-report');
  });
});

const titleButton = (page: Page, name: string): Locator =>
  page.locator('.editor-actions').getByRole('button', { name }).first();
