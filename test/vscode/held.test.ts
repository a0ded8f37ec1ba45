// held.test.ts
// What an editor shows in the text itself, in a real VS Code: what is held at the cursor, critical sections shaded in
// every kind of theme, hovers, and the call hierarchy.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { makeSmallTree } from '../server/smallTree.ts';
import { startVscode } from './support/codeServer.ts';
import { stepsOf } from './support/steps.ts';
import {
  chooseTheme,
  goTo,
  notifications,
  openBrowser,
  openByName,
  openWorkbench,
  runCommand,
  screenshot,
  statusItem,
} from './support/workbench.ts';

const driver = `// SPDX-License-Identifier: GPL-2.0
#include <linux/mutex.h>
#include <linux/workqueue.h>

static DEFINE_MUTEX(acme_list_lock);

struct acme { struct mutex lock; struct work_struct reset; int up; };

static void acme_raise(struct acme *acme)
{
	acme->up = 1;
}

static void acme_reset(struct work_struct *work)
{
	struct acme *acme = container_of(work, struct acme, reset);

	mutex_lock(&acme->lock);
	acme_raise(acme);
	mutex_unlock(&acme->lock);
}

int acme_open(struct acme *acme, int nested)
{
	INIT_WORK(&acme->reset, acme_reset);
	mutex_lock(&acme_list_lock);
	if (!mutex_trylock(&acme->lock))
		goto out;
	acme_raise(acme);
	mutex_unlock(&acme->lock);
out:
	mutex_unlock(&acme_list_lock);
	if (nested)
		mutex_lock(&acme->lock);
	acme->up = 2;
	if (nested)
		mutex_unlock(&acme->lock);
	return 0;
}
`;

const themes = [
  ['dark', 'Dark Modern'],
  ['light', 'Light Modern'],
  ['high-contrast', 'Dark High Contrast'],
  ['high-contrast-light', 'Light High Contrast'],
] as const;

test('what is held, in the text', async (t) => {
  const tree = makeSmallTree({ 'drivers/acme/acme.c': driver });
  t.after(() => tree.dispose());
  const vscode = await startVscode({ release: 'current', extension: 'installed' });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  const page = await openWorkbench(browser.context, { url: vscode.url, folder: tree.root });
  await openByName(page, 'acme.c:29');
  const step = stepsOf(t, 'held', vscode, page);

  await step('the status bar says what is held at the cursor', async () => {
    await statusItem(page, 'holds acme_list_lock, acme.lock').waitFor();
  });
  await step('it follows the cursor, into branches and out of sections', async () => {
    await goTo(page, 28, 10);
    await statusItem(page, /holds acme_list_lock$/).waitFor();
    await goTo(page, 11, 10);
    await statusItem(page, 'acme.lock (from caller)').waitFor();
    await goTo(page, 36, 10);
    await statusItem(page, 'holds maybe acme.lock').waitFor();
    await goTo(page, 39, 10);
    await statusItem(page, /holds/).waitFor({ state: 'detached' });
  });
  await step('critical sections are shaded, and apart where a lock is held on some ways only', async () => {
    await goTo(page, 29, 10);
    await shadedLines(page).first().waitFor();
    // Lines 18 to 20, 26 to 32, and 34 to 37.
    await assertCount(page, 14);
  });
  await step('in every theme', async () => {
    for (const [name, theme] of themes) {
      await chooseTheme(page, theme);
      await shadedLines(page).first().waitFor();
      await screenshot(page, `held-1-${name}`);
    }
    await chooseTheme(page, 'Dark Modern');
  });
  await step('hovering a lock tells who takes it', async () => {
    await goTo(page, 18, 10);
    await runCommand(page, 'Show or Focus Hover');
    await hoverShown(page, 'taken by');
    await screenshot(page, 'held-2-hover-lock');
    await page.keyboard.press('Escape');
  });
  await step('hovering a function tells its chain', async () => {
    await goTo(page, 19, 10);
    await runCommand(page, 'Show or Focus Hover');
    await hoverShown(page, 'called by');
    await screenshot(page, 'held-3-hover-function');
    await page.keyboard.press('Escape');
  });
  await step('the call hierarchy goes through works', async () => {
    await goTo(page, 14, 14);
    await runCommand(page, 'Calls: Show Call Hierarchy');
    const row = page.locator('.pane-body .monaco-list-row', { hasText: 'acme_open' });
    await row.filter({ hasText: 'sets up (work) acme.reset' }).waitFor();
    await screenshot(page, 'held-4-calls');
    await page.locator('.tab.active').click();
  });
  await step('typing moves what is held at once', async () => {
    await goTo(page, 26, 10);
    await page.keyboard.press('Control+/');
    await goTo(page, 29, 10);
    await statusItem(page, /holds acme\.lock$/).waitFor();
    await page.keyboard.press('Control+z');
    await goTo(page, 29, 10);
    await statusItem(page, 'holds acme_list_lock, acme.lock').waitFor();
    await runCommand(page, 'View: Close All Editors');
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
});

/** Decorations of ours are the only ones that draw an edge on whole lines. */
function shadedLines(page: Page): Locator {
  return page.locator('.editor-instance .view-overlays [class*="ced-"]');
}

async function assertCount(page: Page, count: number): Promise<void> {
  const deadline = Date.now() + 20_000;
  while ((await shadedLines(page).count()) !== count && Date.now() < deadline) await page.waitForTimeout(200);
  assert.equal(await shadedLines(page).count(), count);
}

/** It fades in, whatever one has said about motion. */
async function hoverShown(page: Page, text: string): Promise<void> {
  await page.locator('.monaco-hover .hover-contents', { hasText: text }).first().waitFor();
  await page.waitForTimeout(500);
}
