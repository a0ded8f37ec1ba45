// @ts-check
// folder-lock.mjs
// One process at a time does a long piece of work that several would otherwise do at once. It saves work and is no
// safeguard: two processes may take over the same stale lock, so the work itself must stand being done twice.

import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const heartbeatMs = 5_000;
// A process of another machine that shares the folder is only known by its heartbeat.
const staleAfterMs = 12 * heartbeatMs;

/**
 * @template R
 * @param {string} folder Exists as long as somebody works.
 * @param {() => void} onWait Called once when somebody else is at work.
 * @param {() => Promise<R>} work
 * @returns {Promise<R>}
 */
export async function withFolderLock(folder, onWait, work) {
  for (let waited = false; !(await take(folder)); waited = true) {
    if (await isAbandoned(folder)) {
      await discard(folder);
      continue;
    }
    if (!waited) onWait();
    await delay(500);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    // The lock may have been taken over while this process was stopped; that does no harm.
    utimes(folder, now, now).catch(() => undefined);
  }, heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function take(folder) {
  try {
    await mkdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
  await writeFile(join(folder, 'owner'), `${process.pid} ${hostname()}\n`);
  return true;
}

/** @param {string} folder */
async function isAbandoned(folder) {
  try {
    const [process_ = '', host = ''] = (await readFile(join(folder, 'owner'), 'utf8')).trim().split(' ');
    if (host === hostname() && !isRunning(Number(process_))) return true;
  } catch {
    // The owner has just made the folder or is just removing it: its age decides.
  }
  const made = await stat(folder).catch(() => undefined);
  return made !== undefined && Date.now() - made.mtimeMs > staleAfterMs;
}

/**
 * Renamed first, so that of several processes that find the lock abandoned one removes it.
 * @param {string} folder
 */
async function discard(folder) {
  const removed = `${folder}.${process.pid}`;
  await rename(folder, removed).catch(() => undefined);
  await rm(removed, { recursive: true, force: true });
}

/** @param {number} processId */
export function isRunning(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, but it runs.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
