// git.ts
// The few questions asked of git. The repository is somebody else's: its hooks, file system monitor, pagers and
// credential helpers must not run, and nothing passes through a shell.

import { spawn } from 'node:child_process';
import type { Token } from '../../base/cancel.ts';

/** Configuration of the repository cannot make git run programs. */
const safeOptions = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/** Files of the work tree around `root`, tracked or not ignored, relative to `root`; `undefined` outside of any. */
export async function listWorkTree(root: string, token: Token): Promise<readonly string[] | undefined> {
  const output = await runGit(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], token);
  if (output === undefined) return undefined;
  const paths = output.toString('utf8').split('\0');
  paths.pop();
  // A conflict lists a file once per stage.
  return [...new Set(paths)];
}

/** What git prints; `undefined` if it fails, is not there, or the run is cancelled. */
function runGit(folder: string, args: readonly string[], token: Token): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const git = spawn('git', [...safeOptions, ...args], {
      cwd: folder,
      env: safeEnvironment(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    const watch = setInterval(() => {
      if (token.isCancellationRequested) git.kill();
    }, 100);
    const finish = (output: Buffer | undefined): void => {
      clearInterval(watch);
      resolve(output);
    };
    git.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    git.on('error', () => finish(undefined));
    git.on('close', (status) => finish(status === 0 ? Buffer.concat(chunks) : undefined));
  });
}

/** Variables that point git to another repository, or make it ask, page or write, are left out. */
function safeEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env))
    if (!name.startsWith('GIT_')) environment[name] = value;
  return {
    ...environment,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    LC_ALL: 'C',
  };
}
