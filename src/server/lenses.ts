// lenses.ts
// The engine's lenses in the words of the protocol.

import type { CodeLens } from 'vscode-languageserver';
import type { Lens } from '../engine/results.ts';
import type { Position } from '../base/position.ts';
import type { EditorPosition } from './columns.ts';

/** The command that an editor must know to make lenses clickable; its argument is `ShowChainsArgument`. */
const showChainsCommand = 'holdwait.showChains';

export interface ShowChainsArgument {
  readonly uri: string;
  readonly line: number;
  readonly functionName: string;
}

export function toCodeLens(
  lens: Lens,
  uri: string,
  toEditor: (position: Position) => EditorPosition,
): CodeLens {
  const start = toEditor(lens.at);
  const argument: ShowChainsArgument = { uri, line: start.line, functionName: lens.functionName };
  return {
    range: { start, end: start },
    command: { title: lens.title, command: showChainsCommand, arguments: [argument] },
  };
}
