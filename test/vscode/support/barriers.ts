// barriers.ts
// What keeps people out of a page who use a keyboard or a screen reader, or who need contrast, by the rules of axe.

import { strict as assert } from 'node:assert';
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** One line each. */
export async function barriers(page: Page | Frame): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html + ' ' + failureSummary)))`);
}

/** The document of an extension in the first webview, where `webview()` only finds elements. */
export async function webviewFrame(page: Page): Promise<Frame> {
  const outer = await (await page.locator('iframe.webview.ready').first().elementHandle())?.contentFrame();
  const inner = await (await outer?.waitForSelector('iframe#active-frame'))?.contentFrame();
  assert.ok(inner, 'a webview is shown');
  // It lets the editor behind it shine through, which from the inside looks white.
  await inner.evaluate("document.body.style.background = 'var(--vscode-editor-background)'");
  return inner;
}
