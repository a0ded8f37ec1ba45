// review.test.ts
// A patch reviewed in a real VS Code: opened, reviewed from the palette, its report as text and its cycle in the panel.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { oneOrder, otherOrderPatch } from '../server/orderPatch.ts';
import { makeSmallTree } from '../server/smallTree.ts';
import { startVscode } from './support/codeServer.ts';
import { stepsOf } from './support/steps.ts';
import {
  activeEditor,
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
  await step('its cycle opens in the panel, both threads of it', async () => {
    await webview(page).locator('#story').getByText('acme_stop').first().waitFor();
    await webview(page).locator('#story').getByText('acme_open').first().waitFor();
  });
  await step('the report says what is introduced, and nothing pops up', async () => {
    await page.getByText('1 cycle introduced.').first().waitFor();
    await screenshot(page, 'review-1-cycle');
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
});
