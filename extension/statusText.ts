// statusText.ts
// What the status item says, worked out from the state of the server alone.

import { l10n } from 'vscode';
import { grouped } from '../src/base/grouped.ts';
import type { TreeState, TreeStatus } from '../src/server/protocol.ts';
import type { ServerState } from './server.ts';

/** What views say while they have nothing to show goes by this. */
export type Stage = 'starting' | 'noTree' | 'indexing' | 'ready' | 'failed';

export function stageOf(server: ServerState, tree: TreeStatus | undefined): Stage {
  if (server.kind !== 'running') return server.kind;
  return tree ? tree.state.kind : 'noTree';
}

export interface StatusText {
  readonly text: string;
  /** One line each. */
  readonly details: readonly string[];
  readonly isWarning: boolean;
}

/** `tree`: the one that the active editor is about, out of several. */
export function statusText(server: ServerState, tree: TreeStatus | undefined, isPaused: boolean): StatusText {
  switch (server.kind) {
    case 'starting':
      return quiet(l10n.t('starting'), []);
    case 'failed':
      return warning(l10n.t('not running'), [server.message]);
    case 'running':
      return tree
        ? treeText(tree, isPaused)
        : quiet(l10n.t('no kernel tree'), [l10n.t('No open folder or file lies in a kernel tree.')]);
  }
}

function treeText({ root, state, trouble }: TreeStatus, isPaused: boolean): StatusText {
  const said = stateText(state, isPaused);
  const details = [readableRoot(root), ...said.details];
  if (trouble === undefined) return { ...said, details };
  return { text: said.text, details: [...details, shorten(trouble)], isWarning: true };
}

function stateText(state: TreeState, isPaused: boolean): StatusText {
  switch (state.kind) {
    case 'starting':
      return quiet(l10n.t('starting'), [startingDetail(state.files, state.total)]);
    case 'indexing': {
      const progress = l10n.t('{0} of {1} read', grouped(state.files), files(state.total));
      return isPaused
        ? quiet(l10n.t('{0}, paused', files(state.files)), [progress])
        : quiet(files(state.files), [progress]);
    }
    case 'ready':
      return quiet(files(state.files), [
        ...(state.note === undefined ? [] : [state.note]),
        ...skipped(state.skipped),
      ]);
    case 'failed':
      return warning(l10n.t('failed'), [state.message]);
  }
}

const startingDetail = (done: number, total: number): string =>
  total === 0
    ? l10n.t('Looking for the files of this tree.')
    : l10n.t('Names of {0} of {1} read.', grouped(done), files(total));

function skipped(all: readonly string[]): readonly string[] {
  if (all.length === 0) return [];
  const more = all.length > 3 ? [l10n.t('and {0} more', grouped(all.length - 3))] : [];
  return [l10n.t('{0} could not be read:', files(all.length)), ...all.slice(0, 3), ...more];
}

const quiet = (text: string, details: readonly string[]): StatusText => ({
  text: l10n.t('Holdwait: {0}', text),
  details,
  isWarning: false,
});

const warning = (text: string, details: readonly string[]): StatusText => ({
  ...quiet(text, details),
  isWarning: true,
});

const files = (value: number): string =>
  value === 1 ? l10n.t('1 file') : l10n.t('{0} files', grouped(value));
const shorten = (text: string): string => text.split('\n', 1)[0]?.slice(0, 300) ?? '';

export function readableRoot(root: string): string {
  const path = root.startsWith('file://') ? root.slice('file://'.length) : root;
  return decodeURI(path);
}
