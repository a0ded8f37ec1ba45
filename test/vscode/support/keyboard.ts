// keyboard.ts
// VS Code for somebody who has no mouse: everything is done by keys, and looked at without a touch.

import { strict as assert } from 'node:assert';
import type { Page } from 'playwright-core';
import { quickInput, quickPick, webview } from './workbench.ts';

/** A command by its title, from the palette. */
export async function typeCommand(page: Page, title: string): Promise<void> {
  // What takes the focus away meanwhile closes the list, and the letters go astray.
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const input = await quickInput(page, 'F1');
    await page.keyboard.type(title);
    const typed = await input.inputValue({ timeout: 2_000 }).catch(() => '');
    if (typed === `>${title}`) return chooseByTyping(page, title);
    await page.keyboard.press('Escape');
  }
  assert.fail(`the palette does not keep ${title}`);
}

/** Goes down to the entry of the list that drops down, and takes it. */
export async function chooseByTyping(page: Page, text: string): Promise<void> {
  await quickPick(page, text).waitFor();
  for (let i = 0; i < 20; i += 1) {
    if ((await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text }).count()) > 0)
      return page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
  }
  assert.fail(`the arrow keys do not lead to ${text}`);
}

/** Answers the dialog for a file, which begins in the open folder. It looks there while it is typed to: Enter too soon says nothing. */
export async function typeFileName(page: Page, name: string): Promise<void> {
  await quickPick(page, name).waitFor();
  await page.keyboard.type(name, { delay: 50 });
  const input = page.locator('.quick-input-widget .quick-input-box input');
  for (let attempt = 0; attempt < 10 && (await input.isVisible()); attempt += 1) {
    await page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden', timeout: 2_000 }).catch(() => undefined);
  }
}

/** Goes down in the list that has the keyboard, or is about to have it, until the row is reached. */
export async function walkToRow(page: Page, text: string): Promise<void> {
  await page.locator('.monaco-list:focus, .monaco-list:focus-within').first().waitFor();
  await page.keyboard.press('Home');
  for (let i = 0; i < 60; i += 1) {
    const row = page.locator(
      '.monaco-list:focus .monaco-list-row.focused, .monaco-list:focus-within .monaco-list-row.focused',
    );
    if (((await row.first().textContent()) ?? '').includes(text)) return;
    await page.keyboard.press('ArrowDown');
  }
  assert.fail(`the arrow keys do not lead to a row with ${text}`);
}

/** Presses Tab until something in the first panel has the focus that the selector fits. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  const panel = webview(page).locator('body');
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('Tab');
    if (await panel.evaluate((_, wanted) => document.activeElement?.matches(wanted) === true, selector))
      return;
  }
  assert.fail(`Tab does not lead to ${selector}`);
}

/** In the first panel, as a screen reader says it. */
export const focusedName = (page: Page): Promise<string | null> =>
  webview(page)
    .locator('body')
    .evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
