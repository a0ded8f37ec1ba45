// review.test.ts
// A patch reviewed in a real VS Code: opened, reviewed from the palette, its answer as rows, as a comment on the changed
// line, as a cycle in the panel, and as the reply for the list.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { oneOrder, otherOrderPatch } from '../server/orderPatch.ts';
import { makeSmallTree } from '../server/smallTree.ts';
import { startVscode } from './support/codeServer.ts';
import { stepsOf } from './support/steps.ts';
import {
  activeEditor,
  editorTab,
  notifications,
  openBrowser,
  openByName,
  openWorkbench,
  quickPick,
  runCommand,
  screenshot,
  webview,
} from './support/workbench.ts';

test('a patch in the editor', async (t) => {
  const tree = makeSmallTree({ 'drivers/acme/acme.c': oneOrder, 'stop.patch': otherOrderPatch });
  t.after(() => tree.dispose());
  const vscode = await startVscode({ release: 'current', extension: 'installed' });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  const page = await openWorkbench(browser.context, { url: vscode.url, folder: tree.root });
  const step = stepsOf(t, 'review', vscode, page);

  await step('the patch that is open is offered first', async () => {
    await openByName(page, 'stop.patch');
    await activeEditor(page, 'stop.patch');
    await runCommand(page, 'Holdwait: Review Patch');
    await quickPick(page, 'The patch in this editor').click();
  });
  await step('the view says what is introduced, and nothing pops up', async () => {
    await page.getByText('1 cycle introduced.').first().waitFor();
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
  await step('the changed line opens with a comment, in the patched text beside the base', async () => {
    await editorTab(page, 'acme.c (base ↔ patched)').waitFor();
    await comment(page).getByText('Can this deadlock?').waitFor();
    await screenshot(page, 'review-1-comment');
  });
  await step('Show Cycle of the comment opens the panel, both threads of it', async () => {
    await comment(page).getByRole('button', { name: 'Show Cycle' }).click();
    await webview(page).locator('#story').getByText('acme_stop').first().waitFor();
    await webview(page).locator('#story').getByText('acme_open').first().waitFor();
    await screenshot(page, 'review-2-cycle');
  });
});

const comment = (page: Page): Locator => page.locator('.review-widget').first();
