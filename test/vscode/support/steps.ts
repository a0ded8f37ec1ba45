// steps.ts
// The steps of a visit to VS Code, each a test of its own: a failed one leaves a picture and the logs behind, and
// those after it fail at once, for they would only wait for what cannot come.

import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import type { Vscode } from './codeServer.ts';
import { screenshot } from './workbench.ts';

export type Step = (title: string, body: () => Promise<void>) => Promise<void>;

/** @param name Of this visit, for the files. */
export function stepsOf(t: TestContext, name: string, vscode: Vscode, page: Page): Step {
  let failedStep: string | undefined;
  return (title, body) =>
    t.test(title, async () => {
      if (failedStep !== undefined) throw new Error(`not tried after the failure of "${failedStep}"`);
      try {
        await body();
      } catch (error) {
        failedStep = title;
        await screenshot(page, `failed-${name}`);
        vscode.keepLogs(`failed-${name}-logs`);
        throw error;
      }
    });
}
