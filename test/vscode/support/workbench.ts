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
  const page = await context.newPage();
  const query = new URLSearchParams({ folder: address.folder });
  if (address.payload) query.set('payload', JSON.stringify(address.payload));
  await page.goto(`${address.url}/?${query.toString()}`);
  return page;
}

export async function openWorkbench(context: BrowserContext, address: WorkbenchAddress): Promise<Page> {
  const page = await openPage(context, address);
  await workbenchStands(page);
  return page;
}

const workbenchStands = (page: Page): Promise<void> =>
  page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });

/** The address of a file of the server, as VS Code in the browser writes it. */
export function remoteAddress(serverUrl: string, path: string): string {
  return `vscode-remote://${new URL(serverUrl).host}${path}`;
}

/** Whether extensions of other people would be held back in the open folder. */
export function restrictedMode(page: Page): Locator {
  return statusItem(page, 'Restricted Mode');
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

/** Opens a file by its name and line, `demo.c:24`, as a person would; in a large tree `openAt` is quicker. */
export async function openByName(page: Page, nameAndLine: string): Promise<void> {
  const name = nameAndLine.replace(/:\d+$/, '');
  await chooseByText(page, 'Control+P', { text: nameAndLine, entry: name });
  await activeEditor(page, name);
  const line = /:(\d+)$/.exec(nameAndLine)?.[1];
  if (line !== undefined) await reachLine(page, line);
}

/** On a busy machine the list is there before it has read the number behind the name. */
async function reachLine(page: Page, line: string): Promise<void> {
  const stands = statusItem(page, `Ln ${line},`);
  const isThere = await stands.waitFor({ timeout: 5_000 }).then(
    () => true,
    () => false,
  );
  if (!isThere) await goTo(page, Number(line));
}

/** Puts the cursor there, and the keyboard into the editor. */
export async function goTo(page: Page, line: number, column = 1): Promise<void> {
  await again(async () => {
    const input = await quickInput(page, 'Control+G');
    await input.fill(`:${line}:${column}`, { timeout: 5_000 });
    await input.press('Enter', { timeout: 5_000 });
    await statusItem(page, `Ln ${line},`).waitFor({ timeout: 5_000 });
  });
  await focusEditor(page);
}

/** What is typed next goes to the text of the active editor. */
export async function focusEditor(page: Page): Promise<void> {
  const focused = page.locator('.editor-instance .monaco-editor.focused').first();
  await again(async () => {
    if (!(await focused.isVisible())) await page.keyboard.press('Control+1');
    await focused.waitFor({ timeout: 3_000 });
  });
}

/** For what is undone by something that VS Code does a moment later. */
export async function again<T>(act: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      if (attempt === 4) throw error;
    }
  }
}

export async function runCommand(page: Page, title: string): Promise<void> {
  await chooseByText(page, 'F1', { text: `>${title}`, entry: title });
}

/** The list closes again when an editor that has just been opened takes the focus late, so it is begun anew then. */
async function chooseByText(
  page: Page,
  key: string,
  { text, entry }: { readonly text: string; readonly entry: string },
): Promise<void> {
  await again(async () => {
    const input = await quickInput(page, key);
    await input.fill(text, { timeout: 5_000 });
    await quickPick(page, entry).click({ timeout: 10_000 });
  });
}

/** The list of themes stands where that of the commands stood a moment before. */
export async function chooseTheme(page: Page, theme: string): Promise<void> {
  const input = page.locator('.quick-input-widget .quick-input-box input');
  await again(async () => {
    await runCommand(page, 'Preferences: Color Theme');
    await page.locator('.quick-input-widget input[placeholder*="Theme"]').first().waitFor({ timeout: 5_000 });
    await input.fill(theme, { timeout: 5_000 });
    await quickPick(page, theme).click({ timeout: 10_000 });
  });
  await input.waitFor({ state: 'hidden' });
}

/** An entry of the menu behind our item in the status bar. `said`: what the menu says besides. */
export async function chooseInMenu(page: Page, entry: string, said?: string): Promise<void> {
  await again(async () => {
    await statusItem(page, 'Holdwait:').click({ timeout: 10_000 });
    if (said !== undefined) await page.getByPlaceholder(said).waitFor({ timeout: 5_000 });
    await quickPick(page, entry).click({ timeout: 10_000 });
  });
}

/** An entry of the menu that a row has. A menu that has just opened takes no clicks yet, and Enter takes what is marked. */
export async function contextMenu(page: Page, row: Locator, entry: string): Promise<void> {
  const item = page.locator('.monaco-menu .action-item', { hasText: entry }).first();
  await again(async () => {
    if (!(await item.isVisible())) await row.click({ button: 'right', timeout: 10_000 });
    await page.mouse.move(1, 1);
    await item.hover({ timeout: 5_000 });
    await item.and(page.locator('.focused')).waitFor({ timeout: 3_000 });
  });
  await page.keyboard.press('Enter');
  await item.waitFor({ state: 'detached' });
}

/** Types the answer to a question that VS Code asks on top. */
export async function answerQuestion(page: Page, question: string, answer: string): Promise<void> {
  const asked = page.locator('.quick-input-widget').getByText(question).first();
  await asked.waitFor();
  const input = page.locator('.quick-input-widget input').last();
  await input.fill(answer);
  await input.press('Enter');
  await asked.waitFor({ state: 'hidden' });
}

/** An entry of the list that drops down for commands, files and menus. */
export function quickPick(page: Page, text: string): Locator {
  return page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
}

/** Loads the window anew, as after a crash, once the state of so many panels of cycles is written down. */
export async function reloadWindow(page: Page, panels: number): Promise<void> {
  // Every such panel keeps one list of what was toggled in it.
  await stateWritten(page, 'toggled', panels);
  await page.reload();
  await workbenchStands(page);
}

/** VS Code writes down every few seconds what is open. Waits until a word stands there as the key of a value. */
export async function stateWritten(page: Page, key: string, times: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  while ((await page.evaluate(timesWritten, key)) < times) {
    if (Date.now() > deadline) throw new Error(`${key} is not written down ${times} times`);
    await page.waitForTimeout(500);
  }
}

/** Runs in the page. */
async function timesWritten(key: string): Promise<number> {
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('the database does not answer'));
    });
  let count = 0;
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue;
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const values: unknown[] = await settled(database.transaction(store).objectStore(store).getAll());
      for (const value of values) count += String(value).split(new RegExp(`"${key}\\\\*"`)).length - 1;
    }
    database.close();
  }
  return count;
}

/** A key is lost while the workbench moves the focus, so it is pressed until something comes of it. */
export async function quickInput(page: Page, key: string): Promise<Locator> {
  const input = page.locator('.quick-input-widget .quick-input-box input');
  for (let attempt = 0; attempt < 5 && !(await input.isVisible()); attempt += 1) {
    await page.keyboard.press(key);
    await input.waitFor({ timeout: 3_000 }).catch(() => undefined);
  }
  return input;
}

/** Only lines in view exist. An editor writes spaces as U+00A0. */
function editorLine(page: Page, text: string): Locator {
  return page.locator('.editor-instance .view-line', { hasText: text.replaceAll(' ', '\u00a0') }).first();
}

function codeLens(page: Page, text: string | RegExp): Locator {
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

/** Lenses that come meanwhile push the others on, so a click that met none of them begins anew. */
export async function clickLens(page: Page, lineText: string, lensText: string | RegExp): Promise<void> {
  await again(async () => {
    const lens = await (await lensAbove(page, lineText, lensText)).elementHandle({ timeout: 2_000 });
    const words = await lens?.textContent();
    if (!lens || words === null || words === undefined || !isSaid(words, lensText))
      throw new Error(`the lens ${lensText} has moved`);
    await lens.click({ timeout: 5_000 });
  });
}

const isSaid = (words: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? words.includes(wanted) : wanted.test(words);

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

export function notifications(page: Page): Locator {
  return page.locator('.notifications-toasts .notification-list-item');
}

/** Picture of the whole page for a person to look at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = inProject('build/screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** The comment that is open in an editor. */
export const comment = (page: Page): Locator => page.locator('.review-widget').first();

/** A row of the Review view. */
export const reviewRow = (page: Page, text: string): Locator =>
  page.locator('.pane-body .customview-tree .monaco-list-row', { hasText: text }).first();

/** Gives the whole side bar to one of our views: rows that have no room are not in the page. */
export async function foldOtherViews(page: Page, kept: string): Promise<void> {
  const others = page.locator('.sidebar .pane-header[aria-expanded="true"]').filter({ hasNotText: kept });
  while ((await others.count()) > 0) await others.first().click();
}

/** What a command has put into the clipboard a moment ago. The page must be allowed to read it. */
export async function copiedText(page: Page): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const text = await page.evaluate(() => navigator.clipboard.readText());
    if (text !== '' || attempt === 50) return text;
    await page.waitForTimeout(100);
  }
}
