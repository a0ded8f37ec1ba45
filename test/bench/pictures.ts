// pictures.ts
// The pictures that README shows, taken anew from a real VS Code on Linux 6.1: the line above a function with the view
// behind it, what is said about a line of a patch, and a cycle in its panel. Takes about a minute.
//
// npm run pictures

import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page, PageScreenshotOptions } from 'playwright-core';
import { ensureKernel } from '../../scripts/kernels.mjs';
import { inProject } from '../../scripts/project.mjs';
import { prepareTestVscode } from '../../scripts/vscode-server.mjs';
import { startVscode } from '../vscode/support/codeServer.ts';
import {
  activeEditor,
  comment,
  foldOtherViews,
  lensAbove,
  openAt,
  openBrowser,
  openPage,
  quickPick,
  runCommand,
  statusItem,
  webview,
} from '../vscode/support/workbench.ts';

const patch = inProject('test/tree/patches/take-intf-mutex.patch');
const driverFile = 'drivers/net/ethernet/mellanox/mlx4/intf.c';
const driverLine = 216;
const reviewMs = 300_000;

const log = (line: string): void => console.log(line);
const folder = inProject('docs/pictures');
mkdirSync(folder, { recursive: true });
await prepareTestVscode({ log });
const tree = await ensureKernel('6.1', { log });
const vscode = await startVscode({
  release: 'current',
  extension: 'installed',
  settings: {
    'workbench.colorTheme': 'Default Light Modern',
    'comments.openView': 'never',
    'editor.minimap.enabled': false,
    'holdwait.index.background': false,
    'window.commandCenter': false,
    'workbench.layoutControl.enabled': false,
  },
});
const browser = await openBrowser();
try {
  await pictureChains(browser.context);
  await pictureReview(browser.context);
} finally {
  await browser.close();
  await vscode.stop();
}

async function pictureChains(context: BrowserContext): Promise<void> {
  const page = await opened(context, join(tree, driverFile), driverLine, { width: 1200, height: 640 });
  await (await lensAbove(page, 'mlx4_unregister_device(struct', 'intf_mutex')).click();
  await viewRow(page, 'mlx4_change_port_types()').waitFor();
  await foldOtherViews(page, 'Lock Chains');
  await page.getByText('The tree is still being read').waitFor({ state: 'detached', timeout: reviewMs });
  await widenSideBar(page, 470);
  await take(page, 'chains-light');
  await page.close();
}

async function pictureReview(context: BrowserContext): Promise<void> {
  const page = await opened(context, patch, 1, { width: 1200, height: 760 });
  await runCommand(page, 'Holdwait: Review Patch');
  await quickPick(page, 'The patch in this editor').click();
  await comment(page).getByText('Can this wait forever?').waitFor({ timeout: reviewMs });
  await foldOtherViews(page, 'Review');
  await widenSideBar(page, 400);
  await take(page, 'review-light');
  await comment(page).getByRole('button', { name: 'Show Cycle' }).click();
  await webview(page).locator('#story').getByText('mlx4_do_bond').first().waitFor();
  await runCommand(page, 'View: Close Editors in Other Groups');
  await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  await page.setViewportSize({ width: 1060, height: 1100 });
  await webview(page).locator('.ring .node').first().waitFor();
  await page.waitForTimeout(1_000);
  // To the end of the story, and without the workbench around it.
  const panel = await page.locator('iframe.webview.ready').first().boundingBox();
  const end = await webview(page).locator('#verdict').boundingBox();
  if (!panel || !end) throw new Error('the panel shows no cycle');
  await take(page, 'cycle-light', { ...panel, height: end.y + end.height + 16 - panel.y });
}

async function opened(
  context: BrowserContext,
  path: string,
  line: number,
  size: { readonly width: number; readonly height: number },
): Promise<Page> {
  const payload = openAt(vscode.url, path, line);
  const page = await openPage(context, { url: vscode.url, folder: tree, payload });
  await page.setViewportSize(size);
  await activeEditor(page, path.slice(path.lastIndexOf('/') + 1));
  await statusItem(page, /Holdwait: [\d,]+ files/).waitFor({ timeout: reviewMs });
  return page;
}

function viewRow(page: Page, text: string): Locator {
  return page.locator('.pane-body .monaco-list-row', { hasText: text }).first();
}

/** Rows of a narrow side bar are cut off. */
async function widenSideBar(page: Page, width: number): Promise<void> {
  const bar = await page.locator('.part.sidebar').boundingBox();
  if (!bar) throw new Error('no side bar is shown');
  const edge = bar.x + bar.width;
  for (const sash of await page.locator('.monaco-sash.vertical:not(.disabled)').all()) {
    const box = await sash.boundingBox();
    const middle = box ? box.x + box.width / 2 : 0;
    if (!box || Math.abs(middle - edge) > 8) continue;
    await page.mouse.move(middle, box.y + box.height - 40);
    await page.mouse.down();
    await page.mouse.move(bar.x + width, box.y + box.height - 40, { steps: 5 });
    await page.mouse.up();
    // What the pointer has passed takes its highlight away after a moment; where it rests now nothing explains itself.
    await page.mouse.move(bar.x + width / 2, bar.y + bar.height * 0.72);
    await page.waitForTimeout(1_500);
    return;
  }
  throw new Error('the side bar has no edge');
}

async function take(page: Page, name: string, clip?: PageScreenshotOptions['clip']): Promise<void> {
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, ...(clip ? { clip } : {}) });
  log(`${path}: ${Math.ceil(statSync(path).size / 1024)} kB`);
}
