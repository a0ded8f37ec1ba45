// faults.test.ts
// The server of a real VS Code is killed, again and again: it comes back a few times by itself, then stays down and says
// so in the status item, and comes back when somebody asks for it. Nothing pops up. In a folder that nobody trusts, which
// makes no difference.

import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { inProject } from '../../scripts/project.mjs';
import { startVscode } from './support/codeServer.ts';
import { watchRequests } from './support/network.ts';
import { killServer, restartByDeath, serversOf } from './support/serverProcess.ts';
import { stepsOf } from './support/steps.ts';
import type { Release } from './support/surroundings.ts';
import {
  activeEditor,
  chooseInMenu,
  editorTab,
  focusEditor,
  lensAbove,
  notifications,
  openAt,
  openBrowser,
  openWorkbench,
  restrictedMode,
  screenshot,
  statusItem,
  webview,
} from './support/workbench.ts';

// As often as the extension starts it again by itself.
const mostRestarts = 4;

const folder = inProject('test/vscode/tree');

test('a server that is killed', (t) => visit(t, 'current'));

test('a server that is killed, in the oldest VS Code', (t) => visit(t, 'oldest'));

async function visit(t: TestContext, release: Release): Promise<void> {
  const vscode = await startVscode({ release, asksForTrust: true, extension: 'installed' });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  const requests = watchRequests(browser.context, vscode.url);
  const payload = openAt(vscode.url, join(folder, 'drivers/demo/demo.c'), 24);
  const page = await openWorkbench(browser.context, { url: vscode.url, folder, payload });
  // The older one asks before anything else can be done, and the newer one in a banner.
  if (release === 'oldest') await page.getByRole('button', { name: /^No, I don't trust/ }).click();
  await activeEditor(page, 'demo.c');
  const step = stepsOf(t, `faults-${release}`, vscode, page);

  await step('comes back, and answers about what is open', async () => {
    await restrictedMode(page).waitFor();
    await lensAbove(page, 'demo_stop(struct', /^takes .*demo_list_mutex/);
    await restartByDeath(vscode);
    await typeAndSeeLens(page);
  });
  await step('stays down when it ends too often, and the status item says so', async () => {
    for (let i = 1; i < mostRestarts; i++) await restartByDeath(vscode);
    await killServer(vscode);
    await statusItem(page, 'Holdwait: not running').waitFor();
    await screenshot(page, `server-stays-down-${release}`);
    assert.deepEqual(serversOf(vscode), []);
  });
  await step('comes back from the menu', async () => {
    await chooseInMenu(page, 'Restart Server');
    await statusItem(page, /Holdwait: \d+ files?/).waitFor();
    await lensAbove(page, 'demo_stop(struct', /^takes .*demo_list_mutex/);
  });
  await step('has a walkthrough that opens from the menu, and not by itself', async () => {
    assert.equal(await editorTab(page, 'Walkthrough: Get Started with Holdwait').count(), 0);
    await chooseInMenu(page, 'Get Started');
    await webview(page).locator('svg').getByText('Holdwait: 35,012 files').waitFor();
    await page.getByText('See lock chains').first().click();
    await webview(page).locator('svg').getByText('acme_stop()').waitFor();
    await screenshot(page, `walkthrough-${release}`);
  });
  await step('makes no notification, and nothing leaves the machine', async () => {
    assert.deepEqual(await notifications(page).allTextContents(), []);
    assert.deepEqual([...requests, ...vscode.connections()], []);
  });
}

/** What stands in the lens then can only come from a server that runs. */
async function typeAndSeeLens(page: Page): Promise<void> {
  await focusEditor(page);
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\nint demo_late(struct demo *demo) { mutex_lock(&demo->io_lock); return 0; }\n');
  await page.locator('.codelens-decoration a', { hasText: 'takes demo.io_lock' }).last().waitFor();
  await page.keyboard.press('Control+Z');
}
