// @ts-check
// probe.cjs
// An extension beside the measured one, in the same extension host: writes down how long that host was busy at a time and
// what memory it has, and how soon lenses come to one who asks at every edit without waiting first, as VS Code does.

const { appendFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const vscode = require('vscode');

const log = process.env['HOLDWAIT_PROBE'];
const everyMs = 100;
const resolutionMs = 2;

/** @param {{ subscriptions: { dispose(): void }[] }} context */
exports.activate = (context) => {
  if (log === undefined) return;
  const write = (/** @type {object} */ line) =>
    appendFileSync(log, `${JSON.stringify({ at: Date.now(), pid: process.pid, ...line })}\n`);
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  const timer = setInterval(() => {
    const busyMs = Math.max(0, delay.max / 1e6 - resolutionMs);
    delay.reset();
    write({ kind: 'host', busyMs, residentBytes: process.memoryUsage.rss() });
  }, everyMs);
  const edits = vscode.workspace.onDidChangeTextDocument(async ({ document }) => {
    if (document.languageId !== 'c') return;
    const started = performance.now();
    await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri);
    write({ kind: 'lenses', ms: performance.now() - started });
  });
  context.subscriptions.push({ dispose: () => clearInterval(timer) }, edits);
};
