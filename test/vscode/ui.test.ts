// ui.test.ts
// What a person sees first, on a real kernel tree and in both extension hosts: a line above a function, the view and the
// panel behind it, and the way from a row to its line.

import { strict as assert } from 'node:assert';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { inBrowserHost, startVscode } from './support/codeServer.ts';
import type { Vscode } from './support/codeServer.ts';
import { pictures } from './support/looks.ts';
import { watchRequests } from './support/network.ts';
import { stepsOf } from './support/steps.ts';
import { kernelTree } from './support/surroundings.ts';
import type { Release } from './support/surroundings.ts';
import {
  activeEditor,
  clickLens,
  editorTab,
  lensAbove,
  runCommand,
  openAt,
  openBrowser,
  openWorkbench,
  statusItem,
  webview,
} from './support/workbench.ts';

const file = 'drivers/net/ethernet/mellanox/mlx4/intf.c';
const functionLine = 216;
const lockLine = 237;
const unlockLine = 245;

test('Linux 6.1 in VS Code', (t) => tour(t, { name: 'node', release: 'current', settings: {} }));

test('Linux 6.1 in the oldest VS Code', (t) => tour(t, { name: 'oldest', release: 'oldest', settings: {} }));

test('Linux 6.1 in the browser extension host', (t) =>
  tour(t, { name: 'browser', release: 'current', settings: inBrowserHost }));

interface Tour {
  readonly name: string;
  readonly release: Release;
  readonly settings: Readonly<Record<string, unknown>>;
}

async function tour(t: TestContext, { name, release, settings }: Tour): Promise<void> {
  const vscode = await startVscode({ release, settings, extension: 'installed' });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  const requests = watchRequests(browser.context, vscode.url);
  const page = await openFunction(browser.context, vscode);

  const step = stepsOf(t, name, vscode, page);
  await step('a line above the function names the lock', async () => {
    await lensAbove(page, 'mlx4_unregister_device(struct', /^takes .*intf_mutex/);
    await pictures(page, `${name}-1-lens`);
  });
  await step('a click opens the Lock chains view of its function, wherever the cursor is', async () => {
    await clickLens(page, 'mlx4_register_device(struct', 'intf_mutex');
    await viewRow(page, 'mlx4_add_device()').waitFor();
    await page.locator('.pane-header', { hasText: 'mlx4_register_device()' }).waitFor();
  });
  await step('a click on the next one shows that, up and down from the function', async () => {
    await clickLens(page, 'mlx4_unregister_device(struct', 'intf_mutex');
    await viewRow(page, 'takes intf_mutex').waitFor();
    await viewRow(page, 'mlx4_change_port_types()').waitFor();
    await pictures(page, `${name}-2-view`);
  });
  await step('a click on a row of the view goes to its line, and the view stays', async () => {
    await viewRow(page, 'takes intf_mutex').click();
    await reachLine(page, lockLine);
    await viewRow(page, 'takes intf_mutex').waitFor();
  });
  await step('the same opens as a panel', async () => {
    await runCommand(page, 'Holdwait: Open Lock Chains as Panel');
    await editorTab(page, 'Lock chains').waitFor();
    await chainRows(page, 'intf_mutex').first().waitFor();
    await pictures(page, `${name}-3-panel`);
  });
  await step('a click on a row goes to its line', async () => {
    await chainRows(page, 'intf_mutex').first().click();
    await activeEditor(page, basename(file));
    await reachLine(page, lockLine);
    await pictures(page, `${name}-4-line`);
  });
  await step('so does Enter', async () => {
    await chainRows(page, 'intf_mutex').last().press('Enter');
    await reachLine(page, unlockLine);
  });
  await step('nothing left the machine', async () => {
    assert.deepEqual([...requests, ...vscode.connections()], []);
  });
}

async function openFunction(context: BrowserContext, { url }: Vscode): Promise<Page> {
  const folder = kernelTree('6.1');
  const payload = openAt(url, join(folder, file), functionLine);
  const page = await openWorkbench(context, { url, folder, payload });
  await activeEditor(page, basename(file));
  await reachLine(page, functionLine);
  return page;
}

async function reachLine(page: Page, line: number): Promise<void> {
  await statusItem(page, `Ln ${line},`).waitFor();
}

/** A row of one of our views. */
function viewRow(page: Page, text: string): Locator {
  return page.locator('.pane-body .monaco-list-row', { hasText: text }).first();
}

function chainRows(page: Page, text: string): Locator {
  return webview(page).locator('#chains [role="treeitem"]', { hasText: text });
}
