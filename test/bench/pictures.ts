// pictures.ts
// The pictures that README shows, drawn anew by the panel itself in a browser. Takes seconds.
//
// npm run pictures

import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cyclePage } from '../../extension/cyclePage.ts';
import { inProject } from '../../scripts/project.mjs';
import { prepareTestVscode } from '../../scripts/vscode-server.mjs';
import { seed } from '../support/cycles.ts';
import { openPanel } from '../vscode/support/panelPage.ts';
import { openBrowser } from '../vscode/support/workbench.ts';

const folder = inProject('docs/pictures');
mkdirSync(folder, { recursive: true });
await prepareTestVscode({ log: (line: string) => console.log(line) });
const browser = await openBrowser();
try {
  for (const theme of ['light'] as const) {
    const panel = await openPanel(browser.context, cyclePage, theme);
    const { page } = panel;
    await page.setViewportSize({ width: 1000, height: 700 });
    await panel.send({ type: 'show', shown: { root: 'file:///linux', view: seed }, isPinned: false });
    await page.locator('.ring .node').first().waitFor();
    const path = join(folder, `cycle-${theme}.png`);
    // To the end of the story.
    const box = await page.locator('#verdict').boundingBox();
    const height = Math.ceil((box?.y ?? 700) + (box?.height ?? 0) + 16);
    await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width: 1000, height } });
    console.log(`${path}: ${Math.ceil(statSync(path).size / 1024)} kB`);
  }
} finally {
  await browser.close();
}
