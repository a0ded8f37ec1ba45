// gitProcess.ts
// Runs git. The repository is somebody else's: its hooks, file system monitor, pagers, filters and credential helpers
// must not run, and nothing passes through a shell. What the options below cannot switch off is never asked for: git is
// never told to read the work tree (clean filters would run) nor to print a diff (text converters and external diff
// programs would).

import { spawn } from 'node:child_process';
import type { ChildProcess, ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { throwIfCancelled, type Token } from '../../base/cancel.ts';

/** Configuration of the repository cannot make git run programs. */
const safeOptions = [
  '--no-pager',
  ...['-c', 'core.fsmonitor=false'],
  ...['-c', 'core.hooksPath=/dev/null'],
  // Not even for an object that a partial clone has left out.
  ...['-c', 'protocol.allow=never'],
  ...['-c', 'log.showSignature=false'],
  ...['-c', 'core.quotePath=true'],
];

/** Configuration may name a pipe that nobody writes to; a blame of an old file takes a while. */
const longestRunMs = 120_000;

/** What git prints; `undefined` if it fails, is not there, takes too long, or the run is cancelled. */
export function runGit(
  folder: string,
  args: readonly string[],
  token: Token,
  { input, timeoutMs = longestRunMs }: { readonly input?: string; readonly timeoutMs?: number } = {},
): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const git = startGit(folder, args);
    const chunks: Buffer[] = [];
    const release = killedInTime(git, token, timeoutMs);
    const finish = (output: Buffer | undefined): void => {
      release();
      resolve(output);
    };
    git.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    git.on('error', () => finish(undefined));
    git.on('close', (status) => finish(status === 0 ? Buffer.concat(chunks) : undefined));
    git.stdin.end(input ?? '');
  });
}

/** As `runGit`, but a cancelled run ends in a `CancelledError`. */
export async function askGit(
  folder: string,
  args: readonly string[],
  token: Token,
  options: { readonly input?: string; readonly timeoutMs?: number } = {},
): Promise<Buffer | undefined> {
  const output = await runGit(folder, args, token, options);
  throwIfCancelled(token);
  return output;
}

/** Lines of what git prints, as they come. Whoever has seen enough stops reading, and git with that. */
export async function* linesOfGit(
  folder: string,
  args: readonly string[],
  token: Token,
  timeoutMs = longestRunMs,
): AsyncGenerator<string> {
  const git = startGit(folder, args);
  git.stdin.end();
  const release = killedInTime(git, token, timeoutMs);
  // Without git there are no lines.
  git.on('error', () => undefined);
  try {
    let rest = '';
    git.stdout.setEncoding('latin1');
    for await (const chunk of git.stdout) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    throwIfCancelled(token);
  } finally {
    release();
    git.kill();
  }
}

export type GitProcess = ChildProcessByStdio<Writable, Readable, null>;

export function startGit(folder: string, args: readonly string[]): GitProcess {
  const git = spawn('git', [...safeOptions, ...args], {
    cwd: folder,
    env: safeEnvironment(),
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  // Git that ends early has said so by its status.
  git.stdin.on('error', () => undefined);
  return git;
}

function killedInTime(git: ChildProcess, token: Token, timeoutMs: number): () => void {
  const end = Date.now() + timeoutMs;
  const watch = setInterval(() => {
    if (token.isCancellationRequested || Date.now() > end) git.kill('SIGKILL');
  }, 100);
  return () => clearInterval(watch);
}

/**
 * Variables that point git to another repository, or make it ask, page or write, are left out. The configuration of the
 * system and of the user stays: it is theirs, and says which folders of others they trust.
 */
function safeEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env))
    if (!name.toUpperCase().startsWith('GIT_')) environment[name] = value;
  return {
    ...environment,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    // Stronger than any `protocol.ext.allow` of a repository; the name is no protocol's.
    GIT_ALLOW_PROTOCOL: 'none',
    // A commit is what its id says, and not what a ref puts in its place.
    GIT_NO_REPLACE_OBJECTS: '1',
    // Files of the system with attributes decide nothing here.
    GIT_ATTR_NOSYSTEM: '1',
    LC_ALL: 'C',
  };
}
