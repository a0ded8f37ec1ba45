// @ts-check
// probe.cjs
// An extension beside the measured one, in the same extension host: writes down how long that host was busy at a time and
// what memory it has, and how soon lenses come to one who asks at every edit without waiting first, as VS Code does. Or, where
// a file for it is named, in which code the host was, until the file beside it says that it is enough.

const { appendFileSync, existsSync, renameSync, writeFileSync } = require('node:fs');
const inspector = require('node:inspector');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const vscode = require('vscode');

const log = process.env['HOLDWAIT_PROBE'];
const profile = process.env['HOLDWAIT_PROFILE'];
const everyMs = 100;
const resolutionMs = 2;
const samplingMicroseconds = 1000;

/** @param {{ subscriptions: { dispose(): void }[] }} context */
exports.activate = (context) => {
  if (profile !== undefined) return recordProfile(profile);
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

/** @param {string} file */
function recordProfile(file) {
  const session = new inspector.Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: samplingMicroseconds });
  session.post('Profiler.start');
  const timer = setInterval(() => {
    if (!existsSync(`${file}.enough`)) return;
    clearInterval(timer);
    session.post('Profiler.stop', (error, result) => {
      if (error) throw error;
      // Whoever waits for it sees all of it or nothing.
      writeFileSync(`${file}.part`, JSON.stringify(result.profile));
      renameSync(`${file}.part`, file);
    });
  }, everyMs);
}
