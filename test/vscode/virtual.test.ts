// virtual.test.ts
// A kernel tree that lies on no disk, as on a web site: another extension makes its files up in memory. What can be read
// there is answered, and what cannot is named, by the server in a browser and by the one of the desktop.

import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { inProject } from '../../scripts/project.mjs';
import { otherOrderPatch } from '../server/acmeDriver.ts';
import { inBrowserHost, startVscode } from './support/codeServer.ts';
import { watchRequests } from './support/network.ts';
import { stepsOf } from './support/steps.ts';
import {
  activeEditor,
  chooseInMenu,
  copiedText,
  editorTab,
  lensAbove,
  notifications,
  openBrowser,
  quickPick,
  reviewRow,
  runCommand,
  screenshot,
  statusItem,
} from './support/workbench.ts';

const patch = otherOrderPatch.replace('@@ -12,3 +12,12 @@', '@@ -22,3 +22,12 @@');

const openDriver = [
  ['openFile', 'memfs:/linux/drivers/acme/acme.c:9:1'],
  ['gotoLineMode', 'true'],
];

const memoryInBrowser = { 'holdwait-tests.memfs': ['web'] };

test('a tree that lies on no disk, in the browser extension host', (t) =>
  visit(t, 'browser', { ...inBrowserHost['remote.extensionKind'], ...memoryInBrowser }));

// The files come from the other host, as those of web sites do on a desktop.
test('a tree that lies on no disk, for a server process', (t) => visit(t, 'process', memoryInBrowser));

async function visit(t: TestContext, name: string, extensionKind: object): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hwv-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const workspace = join(folder, 'memory.code-workspace');
  writeFileSync(workspace, JSON.stringify({ folders: [{ uri: 'memfs:/linux', name: 'linux' }] }));
  const vscode = await startVscode({
    release: 'current',
    extension: 'installed',
    settings: { 'remote.extensionKind': extensionKind, 'comments.openView': 'never' },
    beside: [inProject('test/vscode/memfs')],
  });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const requests = watchRequests(browser.context, vscode.url);
  const page = await browser.context.newPage();
  // Files of other file systems are not found by their name.
  const query = new URLSearchParams({ workspace, payload: JSON.stringify(openDriver) });
  await page.goto(`${vscode.url}/?${query.toString()}`);
  const step = stepsOf(t, `virtual-${name}`, vscode, page);

  await step('has lenses, through the headers beside a file and below include/', async () => {
    await activeEditor(page, 'acme.c');
    await lensAbove(page, 'int acme_open(void)', /^takes acme_list_lock, acme_port_lock/);
    await lensAbove(page, 'int acme_start(struct', /^takes acme\.lock/);
    await screenshot(page, `virtual-${name}-1-lenses`);
  });
  await step('says what is read of it and what is not', async () => {
    await statusItem(page, /^Holdwait: \d+ files/).waitFor();
    await chooseInMenu(page, 'Show Indexed Files', 'Only drivers/acme and the headers');
    await lineWith(page, 'drivers/acme/ports.c').waitFor();
    await lineWith(page, 'include/linux/acme.h').waitFor();
    assert.equal(await lineWith(page, 'drivers/other/other.c').count(), 0);
    await screenshot(page, `virtual-${name}-2-indexed`);
  });
  await step('has lock chains into other files of the folder', async () => {
    await editorTab(page, 'acme.c').click();
    await runCommand(page, 'Holdwait: Show Lock Chains');
    await chainRow(page, 'acme_ports_up').waitFor();
    await chainRow(page, 'acme.lock').first().waitFor();
    await screenshot(page, `virtual-${name}-3-chains`);
  });
  await step('reviews a patch from the clipboard, and says that only a part was read', async () => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), patch);
    await runCommand(page, 'Holdwait: Review Patch');
    await quickPick(page, 'The clipboard').click();
    await reviewRow(page, 'acme_list_lock → acme_port_lock').waitFor();
    await runCommand(page, 'Holdwait: Show Review Report');
    await lineWith(page, 'Only drivers/acme and the headers').waitFor();
    await screenshot(page, `virtual-${name}-4-review`);
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await runCommand(page, 'Holdwait: Copy Reply');
    assert.match(await copiedText(page), /acme_stop\(\)/);
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
  await step('refuses what needs git, with the reason', async () => {
    await runCommand(page, 'Holdwait: Review Patch');
    await quickPick(page, 'What is changed and not committed').click();
    await notifications(page).filter({ hasText: 'git is out of reach' }).waitFor();
  });
  await step('nothing leaves the machine', () => {
    assert.deepEqual([...requests, ...vscode.connections()], []);
    return Promise.resolve();
  });
}

const lineWith = (page: Page, text: string) =>
  page.locator('.editor-instance .view-line', { hasText: new RegExp(text.replaceAll(' ', '.')) }).first();

const chainRow = (page: Page, text: string) => page.locator('.pane-body .monaco-list-row', { hasText: text });
