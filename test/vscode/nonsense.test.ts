// nonsense.test.ts
// Settings are nonsense and the cache cannot be used: both are said in the log, and everything is answered all the same.

import { strict as assert } from 'node:assert';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { inProject } from '../../scripts/project.mjs';
import { startVscode } from './support/codeServer.ts';
import type { Vscode } from './support/codeServer.ts';
import { stepsOf } from './support/steps.ts';
import {
  lensAbove,
  notifications,
  openBrowser,
  openByName,
  openWorkbench,
  statusItem,
} from './support/workbench.ts';

const nonsense = {
  'holdwait.codeLens.enabled': 'perhaps',
  'holdwait.index.architecture': '../../x86',
  'holdwait.index.cacheSize': -3,
};

test('nonsense around the server', async (t) => {
  const caches = mkdtempSync(join(tmpdir(), 'hwx-'));
  t.after(() => rmSync(caches, { recursive: true, force: true }));
  // A file where the folder should be: nothing can be read or written there, by nobody.
  writeFileSync(join(caches, 'holdwait'), '');
  const vscode = await startVscode({
    release: 'current',
    settings: nonsense,
    asksForTrust: true,
    variables: { XDG_CACHE_HOME: caches },
    extension: 'installed',
  });
  t.after(() => vscode.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  const page = await openWorkbench(browser.context, {
    url: vscode.url,
    folder: inProject('test/vscode/tree'),
  });
  await openByName(page, 'demo.c:24');
  const step = stepsOf(t, 'nonsense', vscode, page);

  await step('answers with the defaults, without a cache', async () => {
    await lensAbove(page, 'demo_stop(struct', /^takes .*demo_list_mutex/);
    await statusItem(page, /Holdwait: \d+ files?/).waitFor();
    assert.deepEqual(await notifications(page).allTextContents(), []);
  });
  await step('says in the log what is wrong', async () => {
    for (const setting of Object.keys(nonsense)) await logged(vscode, `setting ${setting} must be`);
    await logged(vscode, 'the cache cannot be written');
  });
});

async function logged(vscode: Vscode, text: string): Promise<void> {
  const logs = (): string => {
    const names = readdirSync(vscode.logFolder, { recursive: true, encoding: 'utf8' });
    const ours = names.filter((name) => name.endsWith('Holdwait.log'));
    return ours.map((name) => readFileSync(join(vscode.logFolder, name), 'utf8')).join('\n');
  };
  for (let i = 0; i < 100 && !logs().includes(text); i++) await delay(100);
  assert.ok(logs().includes(text), `no "${text}" in\n${logs()}`);
}
