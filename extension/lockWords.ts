// lockWords.ts
// Sentences of the Locks view: about what was looked at, and about one step of a way.

import { l10n } from 'vscode';
import type { FileLocks, LockStep } from '../src/server/protocol.ts';

/** `45 locks in 39 files of drivers/net/ethernet/mellanox/mlx4.` */
export function aboutLocks({ files, locks, note }: FileLocks): string {
  if (files.length === 0)
    return l10n.t('This file belongs to no driver; locks are listed around those that do.');
  const looked = locksIn(locks.length, files);
  return note === undefined ? looked : `${looked} ${note}`;
}

function locksIn(locks: number, files: readonly string[]): string {
  if (files.length === 1) {
    if (locks === 0) return l10n.t('No lock is taken in this file.');
    return locks === 1 ? l10n.t('1 lock in this file.') : l10n.t('{0} locks in this file.', locks);
  }
  const folder = commonFolder(files);
  if (locks === 0) return l10n.t('No lock is taken in {0} files of {1}.', files.length, folder);
  return locks === 1
    ? l10n.t('1 lock in {0} files of {1}.', files.length, folder)
    : l10n.t('{0} locks in {1} files of {2}.', locks, files.length, folder);
}

function commonFolder([first = '', ...others]: readonly string[]): string {
  const folders = first.split('/').slice(0, -1);
  const isCommon = (count: number): boolean =>
    others.every((path) => path.startsWith(`${folders.slice(0, count).join('/')}/`));
  let count = folders.length;
  while (count > 0 && !isCommon(count)) count--;
  return folders.slice(0, count).join('/') || '/';
}

export const placeCount = (count: number): string =>
  count === 1 ? l10n.t('1 place') : l10n.t('{0} places', count);

/** `acme_open() takes acme_mutex`, `acme_open() calls acme_reset()`. */
export function stepWords(
  { functionName, action, target, via }: LockStep,
  { held, wanted }: { readonly held: string; readonly wanted: string },
  index: number,
  count: number,
): string {
  const isLast = index === count - 1;
  if (index === 0) {
    if (action === 'callback')
      return via === undefined || via === ''
        ? l10n.t('{0}() runs with {1} held', functionName, held)
        : l10n.t('{0}() runs with {1} held, as {2}', functionName, held, via);
    if (action === 'acquire' && target.includes('assert'))
      return l10n.t('{0}() says that {1} is held', functionName, held);
    if (action === 'acquire') return l10n.t('{0}() takes {1}', functionName, held);
    if (!isLast) return l10n.t('{0}() takes {1} through {2}()', functionName, held, target);
  }
  if (action === 'acquire') return l10n.t('{0}() takes {1}', functionName, wanted);
  const callee = target.includes('.') ? target : `${target}()`;
  if (isLast) return l10n.t('{0}() calls {1}, which takes {2}', functionName, callee, wanted);
  return via === undefined
    ? l10n.t('{0}() calls {1}', functionName, callee)
    : l10n.t('{0}() calls {1} through {2}', functionName, callee, via);
}
