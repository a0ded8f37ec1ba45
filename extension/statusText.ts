// statusText.ts
// What the status item says, worked out from the state of the server alone.

import type { TreeState, TreeStatus } from '../src/server/protocol.ts';
import type { ServerState } from './server.ts';

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
      return quiet('starting', []);
    case 'failed':
      return warning('not running', [server.message]);
    case 'running':
      return tree
        ? treeText(tree, isPaused)
        : quiet('no kernel tree', ['No open folder or file lies in a kernel tree.']);
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
      return quiet('starting', [startingDetail(state.files, state.total)]);
    case 'indexing': {
      const progress = `${count(state.files)} of ${files(state.total)} read`;
      return isPaused
        ? quiet(`${files(state.files)}, paused`, [progress])
        : quiet(files(state.files), [progress]);
    }
    case 'ready':
      return quiet(files(state.files), [
        ...(state.note === undefined ? [] : [state.note]),
        ...skipped(state.skipped),
      ]);
    case 'failed':
      return warning('failed', [state.message]);
  }
}

const startingDetail = (done: number, total: number): string =>
  total === 0 ? 'Looking for the files of this tree.' : `Names of ${count(done)} of ${files(total)} read.`;

function skipped(all: readonly string[]): readonly string[] {
  if (all.length === 0) return [];
  const more = all.length > 3 ? [`and ${count(all.length - 3)} more`] : [];
  return [`${files(all.length)} could not be read:`, ...all.slice(0, 3), ...more];
}

const quiet = (text: string, details: readonly string[]): StatusText => ({
  text: `Holdwait: ${text}`,
  details,
  isWarning: false,
});

const warning = (text: string, details: readonly string[]): StatusText => ({
  ...quiet(text, details),
  isWarning: true,
});

const count = (value: number): string => value.toLocaleString('en');
const files = (value: number): string => (value === 1 ? '1 file' : `${count(value)} files`);
const shorten = (text: string): string => text.split('\n', 1)[0]?.slice(0, 300) ?? '';

function readableRoot(root: string): string {
  const path = root.startsWith('file://') ? root.slice('file://'.length) : root;
  return decodeURI(path);
}
