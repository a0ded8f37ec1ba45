// editorTimes.ts
// Times in a real VS Code on the mlx4 driver of Linux 6.1, medians of 5: from the opening of the window to the first lens,
// from a click on it to the chains, from the command to the review, from a keystroke to the lens; how long the extension
// host is busy at a time; first from an empty cache while the whole tree is being read, then with all of it read. And the
// memory that is taken then, and how long at a time the host is busy with our code alone. Takes some minutes and wants a
// machine with nothing else to do.
//
// npm run editor-times

import { strict as assert } from 'node:assert';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ensureKernel } from '../../scripts/kernels.mjs';
import { inProject, run } from '../../scripts/project.mjs';
import { prepareTestVscode } from '../../scripts/vscode-server.mjs';
import { startVscode } from '../vscode/support/codeServer.ts';
import type { Vscode, VscodeOptions } from '../vscode/support/codeServer.ts';
import { openAt, openBrowser, screenshot } from '../vscode/support/workbench.ts';
import { EditorVisit } from './editor/editorVisit.ts';
import { openingTimes, watchOpening } from './editor/pageTimes.ts';
import { longestOwnTurn } from './editor/ownTurns.ts';
import { ProbeLog } from './editor/probeLog.ts';
import { processesWith, residentBytes } from '../vscode/support/processes.ts';

const rounds = 5;
const file = 'drivers/net/ethernet/mellanox/mlx4/intf.c';
const patch = inProject('test/tree/patches/take-intf-mutex.patch');
const longestReadingMs = 15 * 60_000;
/** After this, a window has done what it does by itself. */
const restMs = 8_000;

const log = (line: string): void => console.error(line);
await prepareTestVscode({ log });
const folder = await ensureKernel('6.1', { log });
const packaged = await run(process.execPath, [inProject('scripts/package.mjs')], { capture: true });
assert.equal(packaged.status, 0, packaged.output);

const notes = mkdtempSync(join(tmpdir(), 'hwt-'));
const probe = new ProbeLog(join(notes, 'probe'));
const profile = join(notes, 'profile');
type Variables = NonNullable<VscodeOptions['variables']>;
const start = (extension: VscodeOptions['extension'], variables: Variables): Promise<Vscode> =>
  startVscode({
    ...{ release: 'current', extension },
    // A panel below the editor would cover the lines of the next window.
    settings: { 'files.hotExit': 'off', 'comments.openView': 'never' },
    beside: [inProject('test/bench/editor/probe')],
    variables,
  });
const probed = { HOLDWAIT_PROBE: join(notes, 'probe') };
try {
  await withVscode(await start('development', probed), openWithout);
  await withVscode(await start('installed', probed), measure);
  await withVscode(await start('installed', { HOLDWAIT_PROFILE: profile }), profiled);
} finally {
  rmSync(notes, { recursive: true, force: true });
}

async function withVscode(vscode: Vscode, work: (vscode: Vscode) => Promise<void>): Promise<void> {
  try {
    await work(vscode);
  } finally {
    await vscode.stop();
  }
}

/** What VS Code and its own extensions take; a window that is not asked for Holdwait has none. */
async function openWithout(server: Vscode): Promise<void> {
  const browser = await openBrowser();
  try {
    const began = Date.now();
    const page = await browser.context.newPage();
    await page.goto(addressOf(server));
    await page.locator('.editor-instance .view-line').first().waitFor();
    await page.waitForTimeout(restMs);
    tellBusy('without Holdwait: extension host busy at a time, at most', began);
  } finally {
    await browser.close();
  }
}

async function measure(server: Vscode): Promise<void> {
  const browser = await openBrowser();
  const page = await browser.context.newPage();
  try {
    // A text that was typed into and not saved asks before it goes.
    page.on('dialog', (dialog) => void dialog.accept());
    await watchOpening(page);
    console.log('from an empty cache, while the whole tree is read in the background');
    await openings(page, server, 1, '  first window');
    await answers(page, server);
    await openings(page, server, rounds, '  window once more');
    assert.ok(!isRead(server), 'the whole tree was read before all of this was measured');
    await wholeTreeRead(server);
    console.log('with the whole tree read');
    await openings(page, server, rounds, '  window');
    await answers(page, server);
    memory(server);
  } catch (error) {
    await screenshot(page, 'failed-editor-times');
    throw error;
  } finally {
    await browser.close();
  }
}

/** Whose code it is that keeps the extension host busy is asked apart: a profile takes time itself. */
async function profiled(server: Vscode): Promise<void> {
  const browser = await openBrowser();
  try {
    const page = await browser.context.newPage();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(addressOf(server));
    const visit = new EditorVisit(page);
    await visit.clicksToChains(rounds);
    await visit.keystrokesToLens(rounds);
    await visit.commandsToReview(rounds, patch);
    writeFileSync(`${profile}.enough`, '');
    while (!existsSync(profile)) await page.waitForTimeout(500);
    const turn = longestOwnTurn(
      JSON.parse(readFileSync(profile, 'utf8')) as Profiler.Profile,
      server.extensionFolder,
    );
    console.log(`extension host busy with Holdwait itself at a time, at most: ${turn.toFixed(0)} ms`);
  } finally {
    await browser.close();
  }
}

/** Opens the window anew and tells how long the first lens takes. */
async function openings(page: Page, server: Vscode, count: number, what: string): Promise<void> {
  const began = Date.now();
  const all: number[] = [];
  const afterWorkbench: number[] = [];
  for (let i = 0; i < count; i++) {
    await page.goto(addressOf(server));
    const { workbench, firstLens } = await openingTimes(page);
    all.push(firstLens);
    afterWorkbench.push(Math.max(0, firstLens - workbench));
  }
  tell(`${what}: workbench to first lens`, afterWorkbench);
  tell(`${what}: address to first lens`, all);
  tellBusy(`${what}: extension host busy at a time, at most`, began);
}

function addressOf({ url }: Vscode): string {
  const query = new URLSearchParams({ folder });
  query.set('payload', JSON.stringify(openAt(url, join(folder, file), 216)));
  return `${url}/?${query.toString()}`;
}

/** What is asked in a window that is open. */
async function answers(page: Page, server: Vscode): Promise<void> {
  const visit = new EditorVisit(page);
  let began = Date.now();
  tell('  click on a lens to its chains', await visit.clicksToChains(rounds));
  tell('  keystroke to lens (VS Code asks 250 ms after it)', await visit.keystrokesToLens(rounds));
  tell('  edit to lens, for one who asks at once', probe.lensTimes(began).slice(0, rounds));
  tellBusy('  extension host busy at a time, at most', began);
  began = Date.now();
  const [first = NaN, ...more] = await visit.commandsToReview(rounds + 1, patch);
  tell('  command to result of the first review', [first]);
  tell('  command to result of a review', more);
  tellBusy('  extension host busy at a time, at most', began);
  assert.equal(serverProcesses(server).length, 1, 'one server runs');
}

function memory(server: Vscode): void {
  const [pid = 0] = serverProcesses(server);
  console.log(`  memory of the server: ${megabytes(residentBytes(pid))}`);
  console.log(`  memory of the extension host: ${megabytes(probe.hostBytes())}`);
}

async function wholeTreeRead(server: Vscode): Promise<void> {
  const limit = Date.now() + longestReadingMs;
  while (!isRead(server)) {
    if (Date.now() > limit) throw new Error('the whole tree is still not read');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** The log says so; every window has one of its own. */
function isRead({ logFolder }: Vscode): boolean {
  const names = readdirSync(logFolder, { recursive: true, encoding: 'utf8' });
  const logs = names.filter((name) => name.endsWith('Holdwait.log'));
  return logs.some((name) => readFileSync(join(logFolder, name), 'utf8').includes('files read in full'));
}

function serverProcesses({ extensionFolder }: Vscode): readonly number[] {
  return processesWith(join(extensionFolder, 'dist/server.js'));
}

function tell(what: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const [median, last] = [sorted[sorted.length >> 1] ?? NaN, sorted.at(-1) ?? NaN];
  const slowest = times.length > 1 ? ` (slowest ${last.toFixed(0)})` : '';
  console.log(`${what}: ${median.toFixed(0)} ms${slowest}`);
}

function tellBusy(what: string, since: number): void {
  console.log(`${what}: ${probe.longestBusy(since).toFixed(0)} ms`);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
