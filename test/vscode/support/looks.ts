// looks.ts
// One state of the workbench in dark, in high contrast and in light.

import type { Page } from 'playwright-core';
import { chooseTheme, screenshot } from './workbench.ts';

/** The last one stays. */
const looks = [
  { name: 'dark', theme: 'Dark Modern', workbench: 'vs-dark' },
  { name: 'contrast', theme: 'Dark High Contrast', workbench: 'hc-black' },
  { name: 'light', theme: 'Light Modern', workbench: 'vs' },
] as const;

export async function inEveryLook(page: Page, body: (look: string) => Promise<void>): Promise<void> {
  for (const { name, theme, workbench } of looks) {
    await chooseTheme(page, theme);
    await page.locator(`.monaco-workbench.${workbench}`).first().waitFor();
    // Panels and icons come a moment after the workbench.
    await page.waitForTimeout(300);
    await body(name);
  }
}

export const pictures = (page: Page, name: string): Promise<void> =>
  inEveryLook(page, (look) => screenshot(page, `${name}-${look}`));
