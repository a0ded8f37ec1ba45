// workbench.ts
// What a person does in the workbench, as functions over a page. The selectors hold for VS Code 1.100 to 1.139.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { inProject } from '../../../scripts/project.mjs';
import { chromiumProgram } from './surroundings.ts';

export interface Browser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<Browser> {
  // Debian's Chromium keeps crash reports in the home folder, whatever profile it is given.
  const home = mkdtempSync(join(tmpdir(), 'hwc-'));
  const browser = await chromium.launch({
    executablePath: chromiumProgram(),
    headless: true,
    env: {
      ...process.env,
      HOME: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_CACHE_HOME: join(home, 'cache'),
    },
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
  // Hovers and dialogs fade in otherwise, and a screenshot catches them half-way.
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(30_000);
  const close = async (): Promise<void> => {
    await browser.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  return { context, close };
}

/** Pairs for the workbench itself; `openAt` makes some. */
export type Payload = readonly (readonly [string, string])[];

export interface WorkbenchAddress {
  readonly url: string;
  readonly folder: string;
  readonly payload?: Payload;
}

export async function openPage(context: BrowserContext, address: WorkbenchAddress): Promise<Page> {
  const query = new URLSearchParams({ folder: address.folder });
  if (address.payload) query.set('payload', JSON.stringify(address.payload));
  const page = await context.newPage();
  await page.goto(`${address.url}/?${query.toString()}`);
  return page;
}

export async function openWorkbench(context: BrowserContext, address: WorkbenchAddress): Promise<Page> {
  const page = await openPage(context, address);
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
  return page;
}

/** The address of a file of the server, as VS Code in the browser writes it. */
export function remoteAddress(serverUrl: string, path: string): string {
  return `vscode-remote://${new URL(serverUrl).host}${path}`;
}

/** Makes the workbench open a file of the server at a line: quicker and surer than typing its name. */
export function openAt(serverUrl: string, path: string, line: number): Payload {
  return [
    ['openFile', `${remoteAddress(serverUrl, path)}:${line}:1`],
    ['gotoLineMode', 'true'],
  ];
}

/** Waits until the file is the active editor and shows text. */
export async function activeEditor(page: Page, fileName: string): Promise<void> {
  await page.locator(`.tab.active[data-resource-name="${fileName}"]`).waitFor();
  await page.locator('.editor-instance .view-line').first().waitFor();
}

export async function runCommand(page: Page, title: string): Promise<void> {
  const input = page.locator('.quick-input-widget .quick-input-box input');
  await page.keyboard.press('F1');
  await input.waitFor();
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
}

/** Goes to a line of the active editor; the line lands in the middle of it. */
export async function goToLine(page: Page, line: number): Promise<void> {
  const input = page.locator('.quick-input-widget .quick-input-box input');
  await page.keyboard.press('Control+G');
  await input.waitFor();
  await input.fill(`:${line}`);
  await input.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

/** The line of the cursor, counted from 1 as the status bar counts it. */
export async function cursorLine(page: Page): Promise<number> {
  const text = await statusItem(page, /Ln \d+, Col \d+/).textContent();
  return Number(/Ln (\d+)/.exec(text ?? '')?.[1]);
}

/** Only lines in view exist. An editor writes spaces as U+00A0. */
export function editorLine(page: Page, text: string): Locator {
  return page.locator('.editor-instance .view-line', { hasText: text.replaceAll(' ', '\u00a0') }).first();
}

export function codeLens(page: Page, text: string | RegExp): Locator {
  return page.locator('.codelens-decoration a', { hasText: text });
}

/**
 * Waits for the code lens right above a line. VS Code does not say in the document which line a lens belongs to,
 * and moves lenses while it lays out, so places are compared until one fits.
 */
export async function lensAbove(page: Page, lineText: string, lensText: string | RegExp): Promise<Locator> {
  const line = editorLine(page, lineText);
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const lineBox = await line.boundingBox();
    for (const lens of await codeLens(page, lensText).filter({ visible: true }).all()) {
      const lensBox = await lens.boundingBox({ timeout: 1_000 }).catch(() => null);
      const distance = lineBox && lensBox ? lineBox.y - lensBox.y : 0;
      if (distance > 0 && distance < 40) return lens;
    }
    await page.waitForTimeout(100);
  }
  throw new Error(`no lens ${lensText} above the line with "${lineText}"`);
}

/** The document that an extension rendered lies two frames deep. */
export function webview(page: Page, nth = 0): FrameLocator {
  return page.locator('iframe.webview.ready').nth(nth).contentFrame().frameLocator('iframe#active-frame');
}

export function editorTab(page: Page, title: string): Locator {
  return page.locator(`.tab[data-resource-name="${title}"], .tab:has(.label-name:text-is("${title}"))`);
}

export function statusItem(page: Page, text: string | RegExp): Locator {
  return page.locator('.statusbar-item', { hasText: text }).first();
}

export function notification(page: Page, text: string | RegExp): Locator {
  return page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
}

export function treeRows(page: Page): Locator {
  return page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row');
}

/** Clicks the corner of the item: a badge covers the label and would take the click. */
export async function openViewContainer(page: Page, title: string): Promise<void> {
  const label = page.locator(`.action-label[aria-label^="${title}"]`);
  await page.locator('.activitybar .action-item', { has: label }).click({ position: { x: 6, y: 6 } });
}

export async function hoverOver(page: Page, lineText: string, word: string): Promise<Locator> {
  const { x, y } = await wordCentre(page, lineText, word);
  await page.mouse.move(x - 3, y);
  await page.mouse.move(x, y, { steps: 3 });
  return page.locator('.monaco-hover').filter({ visible: true });
}

/** Picture of the whole page for a person to look at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = inProject('build/screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** An editor line nests spans: only the document knows where a word is drawn. */
async function wordCentre(page: Page, lineText: string, word: string): Promise<{ x: number; y: number }> {
  const line = editorLine(page, lineText);
  const centre = await line.evaluate((element, wanted) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const start = node.textContent?.indexOf(wanted) ?? -1;
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + wanted.length);
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
    return undefined;
  }, word);
  if (centre === undefined) throw new Error(`no "${word}" in the line with "${lineText}"`);
  return centre;
}
