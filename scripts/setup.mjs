// @ts-check
// setup.mjs
// What must be there before anything else runs: a Node that is new enough, and the packages of package-lock.json.

import { statSync } from 'node:fs';
import { SetupError, inProject, run } from './project.mjs';

const oldestNode = [20, 19];

/**
 * Runs `npm ci` when node_modules is missing or older than package-lock.json.
 * @param {{ readonly log: (line: string) => void }} options
 */
export async function ensureDependencies({ log }) {
  refuseOldNode();
  // npm writes this file at the very end, so an installation that was cut short does not count.
  if (changedAt('node_modules/.package-lock.json') >= changedAt('package-lock.json')) return;
  log('installing packages (npm ci)');
  const { status, output } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    capture: true,
  });
  if (status !== 0) {
    throw new SetupError(
      `npm ci failed in ${inProject()} (${complaintIn(output)}); see that "npm ping" works`,
    );
  }
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new SetupError(
    `Holdwait needs Node ${oldestNode.join('.')} or newer, and this is ${process.version}: install a newer Node and run the command again`,
  );
}

/** @param {string} file */
function changedAt(file) {
  return statSync(inProject(file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** @param {string} output */
function complaintIn(output) {
  const complaint = /^npm error (?!code |path |command |errno |syscall )(.*)$/m.exec(output)?.[1];
  return complaint ?? (output.trim().split('\n').at(-1) || 'no reason given');
}
