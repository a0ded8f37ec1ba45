// hostTests.ts
// Runs the mocha suites of test/vscode/host inside an extension host of a real VS Code and brings back the
// result of every test.

import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { hostTestsFolder } from '../../../scripts/host-tests-build.mjs';
import { inProject } from '../../../scripts/project.mjs';
import { readMessage } from '../host/results.ts';
import type { HostTest } from '../host/results.ts';
import { inBrowserHost, startVscode } from './codeServer.ts';
import type { Vscode } from './codeServer.ts';
import { watchRequests } from './network.ts';
import type { Release } from './surroundings.ts';
import { openBrowser, openPage, remoteAddress, screenshot } from './workbench.ts';
import type { Payload } from './workbench.ts';

export interface HostTestOptions {
  readonly host: 'node' | 'browser';
  readonly release: Release;
  readonly folder: string;
}

export interface HostTestRun {
  readonly tests: readonly HostTest[];
  /** What left the machine meanwhile, which should be nothing. */
  readonly outside: readonly string[];
}

const longestRunMs = 90_000;

export async function runHostTests(options: HostTestOptions): Promise<HostTestRun> {
  const { host, release, folder } = options;
  const settings = host === 'browser' ? inBrowserHost : {};
  const vscode = await startVscode({ release, settings, extension: 'development' });
  try {
    const browser = await openBrowser();
    try {
      const requests = watchRequests(browser.context, vscode.url);
      const tests = await collectResults(browser.context, vscode, { host, release, folder });
      return { tests, outside: [...requests, ...vscode.connections()] };
    } finally {
      await browser.close();
    }
  } finally {
    await vscode.stop();
  }
}

async function collectResults(
  context: BrowserContext,
  vscode: Vscode,
  options: HostTestOptions,
): Promise<readonly HostTest[]> {
  const tests = new Map<string, HostTest>();
  const printed: string[] = [];
  let announced: number | undefined;
  const read = (line: string): void => {
    const message = readMessage(line);
    if (message === undefined) printed.push(line);
    else if (message.kind === 'test') tests.set(message.title, message);
    else announced = message.tests;
  };
  context.on('console', (message) => read(message.text()));
  await context.exposeFunction('codeAutomationLog', (_type: string, words: unknown[]) =>
    read(words.map(String).join(' ')),
  );
  const finished = new Promise<'finished'>((resolve) => {
    void context.exposeFunction('codeAutomationExit', () => resolve('finished'));
  });

  const payload = testPayload(vscode, options.host);
  const page = await openPage(context, { url: vscode.url, folder: options.folder, payload });
  const outcome = await Promise.race([finished, after(longestRunMs)]);
  // Without the right switches VS Code opens as if nothing had been asked of it: silence is a failure.
  if (outcome === 'too late' || announced === undefined || announced !== tests.size || announced === 0) {
    const name = `failed-host-tests-${options.host}-${options.release}`;
    await screenshot(page, name);
    vscode.keepLogs(`${name}-logs`);
    const log = inProject('build/screenshots', `${name}.log`);
    writeFileSync(log, `${printed.join('\n')}\n`);
    const state = `${outcome}; ${tests.size} results of ${announced ?? 'an unknown number of'} tests`;
    throw new Error(
      `the ${options.host} extension host did not report: ${state}; see ${log}${failuresAmong(tests)}`,
    );
  }
  return [...tests.values()];
}

function testPayload(vscode: Vscode, host: HostTestOptions['host']): Payload {
  const bundle = join(hostTestsFolder, `${host}.js`);
  if (!existsSync(bundle)) throw new Error(`no ${bundle}; "npm test -- vscode" builds it`);
  cpSync(hostTestsFolder, join(vscode.extensionFolder, 'dist-tests'), { recursive: true });
  const address = remoteAddress(vscode.url, vscode.extensionFolder);
  return [
    ['extensionDevelopmentPath', address],
    ['extensionTestsPath', `${address}/dist-tests/${host}.js`],
    ...(host === 'browser' ? [['extensionDevelopmentKind', 'web'] as const] : []),
  ];
}

function after(milliseconds: number): Promise<'too late'> {
  return new Promise((resolve) => {
    // An unanswered timer must not keep the test process alive.
    setTimeout(() => resolve('too late'), milliseconds).unref();
  });
}

function failuresAmong(tests: ReadonlyMap<string, HostTest>): string {
  const failed = [...tests.values()].filter(({ state }) => state === 'failed');
  return failed.map(({ title, reason }) => `\n${title}: ${reason}`).join('');
}
