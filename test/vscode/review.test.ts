// review.test.ts
// A patch reviewed in a real VS Code, on a small tree: as rows, as a comment on the changed line, as a cycle in the
// panel, as a reply in other words; from each place that a patch can come from, and by keyboard alone; and by a server that
// is killed meanwhile.

import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { bothOrders, oneOrder, otherOrderPatch } from '../server/acmeDriver.ts';
import { makeSmallTree } from '../server/smallTree.ts';
import type { SmallTree } from '../server/smallTree.ts';
import { inBrowserHost, startVscode } from './support/codeServer.ts';
import type { Vscode } from './support/codeServer.ts';
import { walkToRow } from './support/keyboard.ts';
import { restartByDeath, suspendServer } from './support/serverProcess.ts';
import { stepsOf } from './support/steps.ts';
import type { Step } from './support/steps.ts';
import {
  activeEditor,
  answerQuestion,
  clickLens,
  comment,
  copiedText,
  editorTab,
  lensAbove,
  notifications,
  openBrowser,
  openByName,
  openWorkbench,
  quickPick,
  reviewRow,
  runCommand,
  screenshot,
  statusItem,
  webview,
} from './support/workbench.ts';

const withoutFit = otherOrderPatch.replace(' \treturn 0;', ' \treturn 1;');

interface Visit {
  readonly vscode: Vscode;
  readonly page: Page;
  readonly tree: SmallTree;
  readonly step: Step;
}

async function visit(t: TestContext, name: string, settings = {}): Promise<Visit> {
  const tree = makeSmallTree({
    'drivers/acme/acme.c': oneOrder,
    'stop.patch': otherOrderPatch,
    'old.patch': withoutFit,
  });
  t.after(() => tree.dispose());
  for (const words of [
    ['init', '-q'],
    ['add', '.'],
    ['commit', '-q', '-m', 'acme: open'],
  ])
    git(tree, ...words);
  const vscode = await startVscode({
    release: 'current',
    extension: 'installed',
    settings: { 'comments.openView': 'never', ...settings },
  });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await openWorkbench(browser.context, { url: vscode.url, folder: tree.root });
  return { vscode, page, tree, step: stepsOf(t, name, vscode, page) };
}

function git({ root }: SmallTree, ...words: readonly string[]): void {
  const who = ['-c', 'user.name=A U Thor', '-c', 'user.email=author@example.org'];
  const { status, stderr } = spawnSync('git', [...who, ...words], { cwd: root });
  assert.equal(status, 0, stderr.toString());
}

test('a patch in the editor', async (t) => {
  const { page, tree, step } = await visit(t, 'review');

  await step('the view says what it is for before anything was reviewed', async () => {
    await openByName(page, 'stop.patch');
    // The editor does not ask for lines above code while it has not the keyboard.
    await lensAbove(page, firstLine, 'Review this patch');
    await runCommand(page, 'Holdwait: Focus on Review View');
    await page.getByRole('button', { name: 'Review patch', exact: true }).waitFor();
    await screenshot(page, 'review-1-welcome');
  });
  await step('the line on top of a patch reviews it', async () => {
    await clickLens(page, firstLine, 'Review this patch');
    await page.getByText('1 cycle introduced.').first().waitFor();
    await reviewRow(page, 'acme: stop in the other order').waitFor();
    await reviewRow(page, 'acme_list_lock → acme_port_lock').waitFor();
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
  await step('the changed line opens with a comment, in the patched text beside the base', async () => {
    await editorTab(page, 'acme.c (base ↔ patched)').waitFor();
    await comment(page).getByText('Can this deadlock?').waitFor();
    await screenshot(page, 'review-2-comment');
    assert.deepEqual(await cutOff(page), []);
  });
  await step('Show Cycle opens the panel, both threads of it', async () => {
    await comment(page).getByRole('button', { name: 'Show Cycle' }).click();
    await webview(page).locator('#story').getByText('acme_stop').first().waitFor();
    await webview(page).locator('#story').getByText('acme_open').first().waitFor();
    await screenshot(page, 'review-3-cycle');
  });
  await step('other words in the comment are those of the reply', async () => {
    await editorTab(page, 'acme.c (base ↔ patched)').click();
    await comment(page).getByText('Can this deadlock?').hover();
    await comment(page).getByRole('button', { name: 'Edit Reply' }).click();
    const editor = comment(page).locator('.monaco-editor');
    await editor.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('I think that this hangs.');
    await screenshot(page, 'review-4-edit');
    await comment(page)
      .locator('.monaco-button', { hasText: /^Save$/ })
      .click();
    await comment(page).locator('.comment-body').getByText('I think that this hangs.').waitFor();
    await comment(page).getByRole('button', { name: 'Copy Reply' }).click();
    const reply = await copiedText(page);
    assert.match(
      reply,
      /^To: A U Thor[^]*\n> \+\tmutex_lock\(&acme_list_lock\);\n\nI think that this hangs\.\n\nBase: /,
    );
  });
  await step('Suppress asks why and for whom, and the finding is told no more', async () => {
    await comment(page).getByRole('button', { name: 'Suppress' }).click();
    await quickPick(page, 'It can happen, and is dealt with elsewhere').click();
    await answerQuestion(page, 'Why nobody has to look at it again', 'The card has one port.');
    await quickPick(page, 'For all who work on this tree').click();
    await page.getByText('Nothing introduced, 1 suppressed.').first().waitFor({ timeout: 60_000 });
    await reviewRow(page, 'Suppressed (1)').waitFor();
    await comment(page).waitFor({ state: 'detached' });
    assert.match(readFileSync(join(tree.root, '.holdwait-suppressions.json'), 'utf8'), /one port/);
    await screenshot(page, 'review-5-suppressed');
  });
  await step('what does not apply says where, and its row opens that line', async () => {
    await openByName(page, 'old.patch');
    await runCommand(page, 'Holdwait: Review Patch');
    await quickPick(page, 'The patch in this editor').click();
    await reviewRow(page, 'It does not apply to linux 6.1.0').click();
    await activeEditor(page, 'acme.c');
    await statusItem(page, 'Ln 13, Col 1').waitFor();
    await screenshot(page, 'review-6-does-not-apply');
  });
});

test('a patch from elsewhere', async (t) => {
  const { page, tree, step } = await visit(t, 'review-sources', {
    'workbench.colorTheme': 'Default Dark Modern',
  });
  await openByName(page, 'acme.c');

  await step('the clipboard', async () => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), otherOrderPatch);
    await reviewFrom(page, 'The clipboard');
    await expectAnswer(page, '1 cycle introduced.');
  });
  await step('what is no patch is said once, as the failure of the command', async () => {
    await page.evaluate(() => navigator.clipboard.writeText('Dear all,'));
    await reviewFrom(page, 'The clipboard');
    await notifications(page).getByText('there is no patch in the clipboard').waitFor();
    await runCommand(page, 'Notifications: Clear All Notifications');
  });
  await step('what is not committed, with the comment in the file itself', async () => {
    tree.write('drivers/acme/acme.c', bothOrders);
    await reviewFrom(page, 'What is changed and not committed');
    await expectAnswer(page, '1 cycle introduced.');
    await editorTab(page, 'acme.c (base ↔ not committed)').waitFor();
    await comment(page).getByText('Can this deadlock?').waitFor();
    await screenshot(page, 'review-7-uncommitted');
  });
  await step('a commit out of the list of the newest', async () => {
    git(tree, 'commit', '-q', '-a', '-m', 'acme: stop, too');
    await reviewFrom(page, 'A commit…');
    await quickPick(page, 'acme: stop, too').waitFor();
    await screenshot(page, 'review-8-commits');
    await quickPick(page, 'acme: stop, too').click();
    await reviewRow(page, 'acme: stop, too').waitFor();
    await expectAnswer(page, '1 cycle introduced.');
  });
  await step('a range that was typed, by keyboard alone', async () => {
    await runCommand(page, 'Holdwait: Clear Review');
    await reviewFrom(page, 'The last commits');
    await page.getByPlaceholder('The first of the last commits').waitFor();
    await page.locator('.quick-input-widget input:focus').waitFor();
    await page.keyboard.type('HEAD~1..HEAD');
    await page.keyboard.press('Enter');
    await reviewRow(page, 'acme: stop, too').waitFor();
    await runCommand(page, 'Holdwait: Focus on Review View');
    await walkToRow(page, 'acme_list_lock → acme_port_lock');
    await page.keyboard.press('Enter');
    await editorTab(page, 'acme.c (base ↔ patched)').waitFor();
  });
});

test('a patch in the browser extension host', async (t) => {
  const { page, step } = await visit(t, 'review-browser', inBrowserHost);
  await openByName(page, 'stop.patch');

  await step('the folders of its files are read for it, and the view says that nothing else is', async () => {
    await lensAbove(page, firstLine, 'Review this patch');
    await runCommand(page, 'Holdwait: Review Patch');
    await quickPick(page, 'The patch in this editor').click();
    await expectAnswer(page, '1 cycle introduced.');
    await reviewRow(page, 'Only drivers/acme and the headers included there are read').waitFor();
    await comment(page).getByText('Can this deadlock?').waitFor();
    await screenshot(page, 'review-9-browser');
  });
  await step('commits are out of reach, which it says', async () => {
    await reviewFrom(page, 'A commit…');
    await notifications(page).getByText('git is out of reach where files come through the editor').waitFor();
  });
});

test('a server that ends in the middle of a review', async (t) => {
  const { vscode, page, step } = await visit(t, 'review-killed');
  await openByName(page, 'stop.patch');

  await step('is told of, and no review is under way any more', async () => {
    await lensAbove(page, firstLine, 'Review this patch');
    await statusItem(page, /Holdwait: \d+ files?/).waitFor();
    suspendServer(vscode);
    await clickLens(page, firstLine, 'Review this patch');
    await statusItem(page, 'Reviewing stop.patch').waitFor();
    await restartByDeath(vscode);
    const said = 'the patch could not be reviewed: the server ended before it had answered';
    await notifications(page).getByText(said).waitFor();
    await statusItem(page, 'Reviewing stop.patch').waitFor({ state: 'hidden' });
    await screenshot(page, 'review-10-server-ended');
  });
  await step('leaves the next review to the next server', async () => {
    await clickLens(page, firstLine, 'Review this patch');
    await expectAnswer(page, '1 cycle introduced.');
    await comment(page).getByText('Can this deadlock?').waitFor();
  });
});

const firstLine = 'From 1234567890123456789012345678901234567890';

/** What of the comment has no room in it. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  comment(page)
    .locator('.comment-body *')
    .evaluateAll((all) =>
      all
        .filter(({ clientWidth, scrollWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
        .map(({ textContent }) => textContent),
    );

async function reviewFrom(page: Page, source: string): Promise<void> {
  await runCommand(page, 'Holdwait: Review Patch');
  await quickPick(page, source).click();
}

async function expectAnswer(page: Page, answer: string): Promise<void> {
  await page.getByText(answer).first().waitFor({ timeout: 60_000 });
}
