// reviewTree.test.ts
// The review of a patch to a real driver on a real tree, in a dark theme: from the palette to the comment, the reply,
// the panel, and the steps that lie in files which the patch does not change.

import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { inProject } from '../../scripts/project.mjs';
import { barriers, webviewFrame } from './support/barriers.ts';
import { startVscode } from './support/codeServer.ts';
import { inEveryLook, pictures } from './support/looks.ts';
import { watchRequests } from './support/network.ts';
import { stepsOf } from './support/steps.ts';
import { kernelTree } from './support/surroundings.ts';
import type { Release } from './support/surroundings.ts';
import {
  activeEditor,
  answerQuestion,
  comment,
  copiedText,
  editorTab,
  foldOtherViews,
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

test('a patch to mlx4, on Linux 6.1', (t) => visit(t, 'current'));

test('a patch to mlx4, on Linux 6.1, in the oldest VS Code', (t) => visit(t, 'oldest'));

async function visit(t: TestContext, release: Release): Promise<void> {
  const tree = kernelTree('6.1');
  const settings = {
    'workbench.colorTheme': 'Default Dark Modern',
    'comments.openView': 'never',
    // What the review does not need would only take its time from it.
    'holdwait.index.background': false,
  };
  const vscode = await startVscode({ release, extension: 'installed', settings });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const requests = watchRequests(browser.context, vscode.url);
  const payload = openAt(vscode.url, patch, 1);
  const page = await openPage(browser.context, { url: vscode.url, folder: tree, payload });
  const name = `review-tree-${release}`;
  const step = stepsOf(t, name, vscode, page);

  await step('a line on top of the patch offers the review, and so does its title', async () => {
    await activeEditor(page, 'take-intf-mutex.patch');
    await lensAbove(page, 'Subject: [PATCH] mlx4', 'Review this patch');
    await titleButton(page, 'Review Patch').waitFor();
    await screenshot(page, `${name}-1-patch`);
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
    await pictures(page, `${name}-2-comment`);
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
  await step('the panel shows the cycle, and keeps nobody out in any theme', async () => {
    await comment(page).getByRole('button', { name: 'Show Cycle' }).click();
    await webview(page).locator('#story').getByText('mlx4_do_bond').first().waitFor();
    await inEveryLook(page, async (look) => {
      await screenshot(page, `${name}-3-panel-${look}`);
      assert.deepEqual(await barriers(await webviewFrame(page)), [], look);
    });
  });
  await step('a step in a file that the patch does not change opens the file itself', async () => {
    await foldOtherViews(page, 'Review');
    await reviewRow(page, 'en_netdev.c').click();
    await activeEditor(page, 'en_netdev.c');
    await screenshot(page, `${name}-4-step`);
  });
  await step('the report is one command away, in colours and with links', async () => {
    await runCommand(page, 'Holdwait: Show Review Report');
    await editorTab(page, 'Holdwait review').waitFor();
    await page.locator('.view-line .detected-link').first().waitFor();
    await pictures(page, `${name}-5-report`);
  });
  await step(
    'what is suppressed for oneself is told no more, and nothing is written to the tree',
    async () => {
      await reviewRow(page, 'intf_mutex →').hover();
      await reviewRow(page, 'intf_mutex →').getByRole('button', { name: 'Suppress' }).click();
      await quickPick(page, 'It cannot happen').click();
      await answerQuestion(page, 'Why nobody has to look at it again', 'The work is cancelled before.');
      await quickPick(page, 'For me alone').click();
      await page
        .getByText('1 suppressed.')
        .first()
        .waitFor({ timeout: reviewSeconds * 1000 });
      await reviewRow(page, 'Suppressed (1)').waitFor();
      await pictures(page, `${name}-6-suppressed`);
      assert.ok(!existsSync(join(tree, '.holdwait-suppressions.json')));
    },
  );
  await step('nothing popped up, and nothing left the machine', async () => {
    assert.deepEqual(await notifications(page).allTextContents(), []);
    assert.deepEqual([...requests, ...vscode.connections()], []);
  });
}

const titleButton = (page: Page, name: string): Locator =>
  page.locator('.editor-actions').getByRole('button', { name }).first();
