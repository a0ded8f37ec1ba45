// heldText.ts
// What the item for the cursor says, worked out from the server's answer alone.

import { l10n } from 'vscode';
import type { HeldHereAnswer, HeldLock } from '../src/server/protocol.ts';

export interface HeldText {
  /** `holds intf_mutex, rtnl_mutex (from caller)`. */
  readonly text: string;
  /** One line for each lock. */
  readonly details: readonly string[];
}

// The status bar is for other things as well.
const mostNames = 4;

/** `undefined`: nothing is held, or the cursor is in no function. */
export function heldText(answer: HeldHereAnswer): HeldText | undefined {
  if (answer.kind !== 'held' || answer.holds.length === 0) return undefined;
  const names = answer.holds.map(shortName);
  const more = names.length - mostNames;
  const shown = names.slice(0, mostNames).join(', ');
  const text = more > 0 ? l10n.t('holds {0} +{1} more', shown, more) : l10n.t('holds {0}', shown);
  const details = answer.holds.map(detailOf);
  const partial = answer.isPartial
    ? [l10n.t('Names of the tree are still being read: callers may be missing.')]
    : [];
  return { text, details: [...details, ...partial] };
}

function shortName(held: HeldLock): string {
  const name = nameOf(held);
  if (held.origin === 'caller')
    return held.isSure ? l10n.t('{0} (from caller)', name) : l10n.t('{0} (from some callers)', name);
  return held.isSure ? name : l10n.t('maybe {0}', name);
}

function detailOf(held: HeldLock): string {
  const kind = held.isReader ? l10n.t('{0}, read', held.objectKind) : held.objectKind;
  const name = `(${kind}) ${nameOf(held)}`;
  const line = held.taken === undefined ? 0 : held.taken.line + 1;
  switch (held.origin) {
    case 'caller':
      return held.isSure
        ? l10n.t('{0}: all callers hold it', name)
        : l10n.t('{0}: some callers hold it', name);
    case 'asserted':
      return l10n.t('{0}: asserted in line {1}', name, line);
    case 'taken':
      return held.isSure
        ? l10n.t('{0}: taken in line {1}', name, line)
        : l10n.t('{0}: taken in line {1}, on some ways to here', name, line);
  }
}

const nameOf = ({ objectKind, name }: HeldLock): string => (objectKind === 'rcu' ? 'RCU' : name);
