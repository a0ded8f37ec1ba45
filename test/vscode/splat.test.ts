// splat.test.ts
// What lockdep said, pasted into a real VS Code, by keyboard alone: the command from the palette, the hops of its cycle in
// the panel, a line opened from there, the finding that says the same, and the state after a reload of the window.

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeSmallTree } from '../server/smallTree.ts';
import { startVscode } from './support/codeServer.ts';
import { focusedName, tabTo, typeCommand } from './support/keyboard.ts';
import { stepsOf } from './support/steps.ts';
import {
  activeEditor,
  notifications,
  openBrowser,
  openByName,
  openWorkbench,
  reloadWindow,
  screenshot,
  webview,
} from './support/workbench.ts';

const example = (name: string): string => readFileSync(join('test', 'golden', 'splat', name), 'utf8');

test('a splat in the editor', async (t) => {
  const tree = makeSmallTree({
    'drivers/net/acme/acme.c': example('acme.c'),
    'splat.txt': example('circular.txt'),
    'note.txt': 'Dear all,\n',
  });
  t.after(() => tree.dispose());
  const vscode = await startVscode({ release: 'current', extension: 'installed' });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  const page = await openWorkbench(browser.context, { url: vscode.url, folder: tree.root });
  const step = stepsOf(t, 'splat', vscode, page);
  const story = webview(page).locator('#story');

  await step('the text in the editor is taken, and its cycle opens', async () => {
    await openByName(page, 'splat.txt');
    await activeEditor(page, 'splat.txt');
    await typeCommand(page, 'Holdwait: Explain Lockdep Splat');
    await story.getByText('acme_open()').first().waitFor();
    await webview(page).locator('#facts').getByText('seen by lockdep on 6.1.0-rc4-acme').waitFor();
    const told = webview(page).locator('#shown[role="status"]');
    assert.match((await told.textContent()) ?? '', /^Cycle of waits, seen by lockdep .* says the same\.$/);
    await screenshot(page, 'splat-1-panel');
  });
  await step(
    'Tab leads into the ring and the columns, arrows from hop to hop, Enter opens the line',
    async () => {
      await tabTo(page, '.arc');
      await page.keyboard.press('ArrowRight');
      assert.match((await focusedName(page)) ?? '', /^Thread 2 acme_stop/);
      await tabTo(page, '.row');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await activeEditor(page, 'acme.c');
      await page.locator('.statusbar-item', { hasText: 'Ln 31,' }).waitFor();
      await screenshot(page, 'splat-2-line');
    },
  );
  await step('the finding that says the same opens beside it', async () => {
    await page.locator('.tab', { hasText: '&acme->list_lock' }).first().click();
    await tabTo(page, '.same');
    await page.keyboard.press('Enter');
    await page.locator('.tab.active', { hasText: 'acme.list_lock, acme.port_lock' }).first().waitFor();
    await screenshot(page, 'splat-3-same');
  });
  await step('a reload of the window brings both panels back', async () => {
    await reloadWindow(page, 2);
    await page.locator('.tab', { hasText: '&acme->list_lock' }).first().waitFor();
    await webview(page).locator('#story').getByText('acme_stop()').first().waitFor();
  });
  await step('nothing has popped up', async () => {
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
});
