// diffPaths.ts
// Names of files as diffs write them: in quotes, with times behind them, below `a/` and `b/` or below two folders that
// were compared. And which of them may be used at all.

import { decodedText } from './byteText.ts';
import type { ByteString } from './change.ts';

/** Of two names of one file: without what only one of them has in front. */
export interface CommonPath {
  readonly path: string;
  readonly oldPrefix: string;
  readonly newPrefix: string;
}

/** A name as a `---` or `+++` line gives it: `undefined` where there is no such file, or where its time says so. */
export interface NameInDiff {
  readonly name: string | undefined;
}

/** `rest` is what follows `--- `. */
export function nameOnLine(rest: ByteString): NameInDiff {
  const text = rest.replace(/\r$/, '');
  if (text.startsWith('"')) {
    const quoted = unquoted(text);
    if (quoted) return { name: quoted.name };
  }
  const stamp = stampAt.exec(text);
  const name = (stamp ? text.slice(0, stamp.index) : text).replace(/\t[^\t]*$/, '').trimEnd();
  if (name === '/dev/null' || (stamp && isEpoch(stamp[0]))) return { name: undefined };
  return { name: decodedText(name) };
}

/** Both names of a `diff --git` line, where they are the same below their prefixes; `rest` is what follows it. */
export function namesOnGitLine(rest: ByteString): readonly [string, string] | undefined {
  const text = rest.replace(/\r$/, '');
  const first = unquoted(text);
  if (first) {
    const second = text.slice(first.end).trimStart();
    return [first.name, unquoted(second)?.name ?? decodedText(second)];
  }
  if (text.endsWith('"')) {
    const at = text.indexOf(' "');
    const second = at < 0 ? undefined : unquoted(text.slice(at + 1));
    return second && [decodedText(text.slice(0, at)), second.name];
  }
  return splitInHalves(text);
}

/** The longest common end, in whole folders: `a/x/y.c` and `b/x/y.c`, or `old/x/y.c` and `new/x/y.c`. */
export function commonPath(oldName: string, newName: string): CommonPath | undefined {
  if (oldName === newName) {
    const prefix = /^[ab]\//.exec(oldName)?.[0] ?? '';
    return { path: oldName.slice(prefix.length), oldPrefix: prefix, newPrefix: prefix };
  }
  let same = 0;
  const most = Math.min(oldName.length, newName.length);
  while (
    same < most &&
    oldName.charCodeAt(oldName.length - 1 - same) === newName.charCodeAt(newName.length - 1 - same)
  )
    same++;
  const tail = oldName.slice(oldName.length - same);
  const isWhole = same === oldName.length || same === newName.length;
  const slash = isWhole ? -1 : tail.indexOf('/');
  if (!isWhole && slash < 0) return undefined;
  const path = tail.slice(slash + 1);
  const oldPrefix = oldName.slice(0, oldName.length - path.length);
  const newPrefix = newName.slice(0, newName.length - path.length);
  const areFolders = [oldPrefix, newPrefix].every((prefix) => prefix === '' || prefix.endsWith('/'));
  return path !== '' && areFolders ? { path, oldPrefix, newPrefix } : undefined;
}

/** Why a path is refused: it could lead out of the tree or into git's own files. */
export function troubleWith(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.includes('\0')) return 'holds a NUL byte';
  if (/^(?:[/\\]|[A-Za-z]:)/.test(path)) return 'is absolute';
  const parts = path.split(/[/\\]/);
  if (parts.includes('..')) return 'leads out of the tree';
  if (parts.some((part) => part.toLowerCase() === '.git')) return 'lies in .git';
  if (parts.some((part) => part === '.' || part === '')) return 'is none that git would write';
  return undefined;
}

/** Not longer than a message can take, and without what would move a terminal's cursor. */
export const shownPath = (path: string): string => {
  const shown = path.length > 200 ? `${path.slice(0, 197)}...` : path;
  return shown.replace(/\p{Cc}/gu, '?');
};

const stampAt =
  /[\t ]\s*(?:\d{4}-\d\d-\d\d[ T]\d\d:\d\d|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d)[^\t]*$/;

// GNU diff -N writes the epoch for a file that is not there, in the zone of its user.
function isEpoch(stamp: string): boolean {
  const match = /(1969-12-31|1970-01-01) (\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?: ([+-])(\d\d)(\d\d))?/.exec(
    stamp,
  );
  if (!match) return false;
  const [, day, hour, minute, second = '0', fraction = '0', sign = '+', zoneHour = '0', zoneMinute = '0'] =
    match;
  const local = (day === '1970-01-01' ? 0 : -1440) + Number(hour) * 60 + Number(minute);
  const zone = (sign === '-' ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute));
  return local === zone && Number(second) === 0 && Number(fraction) === 0;
}

// A name may hold blanks; a line of nothing but blanks must not take time for each pair of them.
const mostSplits = 64;

function splitInHalves(text: ByteString): readonly [string, string] | undefined {
  let best: readonly [string, string] | undefined;
  let at = -1;
  for (let tries = 0; tries < mostSplits; tries++) {
    at = text.indexOf(' ', at + 1);
    if (at < 0) break;
    const names = [decodedText(text.slice(0, at)), decodedText(text.slice(at + 1))] as const;
    const common = commonPath(names[0], names[1]);
    if (common && common.oldPrefix.length === common.newPrefix.length) return names;
    best ??= names;
  }
  return best;
}

/** C's escapes, as git writes them where a name holds a quote, a control letter or a byte above 127. */
function unquoted(text: ByteString): { readonly name: string; readonly end: number } | undefined {
  const match = /^"((?:[^"\\]|\\.)*)"/.exec(text);
  if (!match) return undefined;
  const bytes = match[1]!.replace(/\\([0-3][0-7]{2}|.)/g, (whole, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? whole),
  );
  return { name: decodedText(bytes), end: match[0].length };
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  '"': '"',
  '\\': '\\',
};
