// gitHistory.ts
// Commits of a repository: what they say, which lie in a range, and which one brought a line.

import type { Token } from '../../base/cancel.ts';
import type { Blamed, Commit, CommitRange } from '../../index/repository.ts';
import { askGit } from './gitProcess.ts';

/** Only ids go here: nothing that a user gave can be taken for an option. */
export async function listCommits(
  root: string,
  { from, to, most }: { readonly from: string; readonly to: string; readonly most: number },
  token: Token,
): Promise<CommitRange> {
  const range = [to, `^${from}`, '--', '.'];
  const walk = ['rev-list', '--full-history', '--no-merges', '--topo-order', `--max-count=${most + 1}`];
  const listed = linesOf(await askGit(root, [...walk, ...range], token));
  const counted = await askGit(root, ['rev-list', '--merges', '--count', to, `^${from}`], token);
  return {
    commits: listed.slice(0, most).toReversed(),
    isCut: listed.length > most,
    merges: Number(counted?.toString('latin1') ?? 0),
  };
}

/** Ids, newest first. A tree in a folder of something large may have few commits of its own, far apart. */
export async function recentCommits(
  root: string,
  { head, most }: { readonly head: string; readonly most: number },
  token: Token,
): Promise<readonly string[]> {
  const walk = ['rev-list', '--no-merges', '--topo-order', `--max-count=${most}`, head, '--', '.'];
  return linesOf(await askGit(root, walk, token, { timeoutMs: longestWalkMs }));
}

/** People wait for the list. */
const longestWalkMs = 5_000;

/** The commit as git stores it. */
export function readCommitObject(id: string, bytes: Uint8Array): Commit {
  const raw = Buffer.from(bytes);
  const end = raw.indexOf('\n\n');
  const header = raw.toString('latin1', 0, end < 0 ? raw.length : end);
  const charset = /^encoding (.+)$/m.exec(header)?.[1] ?? 'utf-8';
  const message = end < 0 ? '' : decoded(raw.subarray(end + 2), charset);
  const author = /^author (.*?) (\d+) ([+-]\d{4})$/m.exec(header);
  const paragraphs = /^\s*((?:[^\n]+\n?)*)([^]*)$/.exec(message.replace(/\r\n/g, '\n'));
  return {
    id,
    parents: [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1]!),
    author: decoded(Buffer.from(author?.[1] ?? '', 'latin1'), charset),
    date: author ? mailDate(Number(author[2]), author[3]!) : '',
    subject: (paragraphs?.[1] ?? '').trim().replace(/\s*\n\s*/g, ' '),
    body: (paragraphs?.[2] ?? '').replace(/^\n+|\s+$/g, ''),
  };
}

/** `undefined` where the line is older than what a shallow clone holds. */
export async function blameLine(
  root: string,
  { commit, path, line }: { readonly commit: string; readonly path: string; readonly line: number },
  token: Token,
): Promise<Blamed | undefined> {
  const range = ['-L', `${line},${line}`, commit, '--', path];
  // A file that is named in the configuration would hide commits; text converters are programs.
  const ways = ['--porcelain', '-w', '--root', '--no-textconv'];
  const args = ['-c', 'blame.ignoreRevsFile=', 'blame', ...ways, ...range];
  const output = await askGit(root, args, token, { timeoutMs: longestBlameMs });
  const text = output && decoded(output, 'utf-8');
  const id = text && /^([0-9a-f]{40,64}) /.exec(text)?.[1];
  const subject = text && /^summary (.*)$/m.exec(text)?.[1];
  const time = text && /^committer-time (\d+)$/m.exec(text)?.[1];
  if (!id || subject === undefined || time === undefined) return undefined;
  return { commit: id, subject, time: Number(time) };
}

/** An old line of a large file takes seconds; a proposal is not worth more. */
const longestBlameMs = 30_000;

const linesOf = (output: Buffer | undefined): readonly string[] =>
  output
    ?.toString('latin1')
    .split('\n')
    .filter((line) => line !== '') ?? [];

function decoded(bytes: Uint8Array, charset: string): string {
  for (const name of [charset, 'utf-8']) {
    try {
      return new TextDecoder(name, { fatal: true }).decode(bytes);
    } catch {
      // A charset that nobody knows, or bytes that are none of it.
    }
  }
  return Buffer.from(bytes).toString('latin1');
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `zone` as `+0100`: the clock on the author's wall. */
function mailDate(seconds: number, zone: string): string {
  const sign = zone.startsWith('-') ? -1 : 1;
  const minutes = sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)));
  const date = new Date((seconds + minutes * 60) * 1000);
  if (Number.isNaN(date.getTime())) return '';
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  const day = `${days[date.getUTCDay()]}, ${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
  return `${day} ${date.getUTCFullYear()} ${clock} ${zone}`;
}
