// lockSymbols.ts
// Lock classes as symbols of the workspace, beside those of other servers: nothing else is offered under that request.

import { SymbolKind } from 'vscode-languageserver';
import type { SymbolInformation } from 'vscode-languageserver';
import type { Token } from '../base/cancel.ts';
import { counted } from '../report/words.ts';
import { addressInside } from './addresses.ts';
import type { AskedTree } from './answers.ts';

export async function lockSymbols(
  { engine, root, places }: AskedTree,
  query: string,
  open: readonly string[],
  token: Token,
): Promise<SymbolInformation[]> {
  const classes = await engine.lockClasses(query, open, token);
  await places.read(classes.map(({ path }) => path));
  return classes.map(({ objectKind, object, takers, path, at }) => {
    const { line, character } = places.toEditor(path, at);
    const start = { line, character };
    return {
      name: object,
      kind: object.includes('.') ? SymbolKind.Field : SymbolKind.Variable,
      containerName: `${objectKind}, ${counted(takers, 'taker')}`,
      location: { uri: addressInside(root, path), range: { start, end: start } },
    };
  });
}
