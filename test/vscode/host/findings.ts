// findings.ts
// What is found around the open file, in either extension host: a warning, and a line above the functions.

import * as vscode from 'vscode';
import { eventually, openFile } from './demo.ts';

// The server waits until nobody types, and a slow machine takes its time.
const longestSeconds = 25;

export function describeFindings(): void {
  describe('findings', () => {
    it('are warnings in the open file, with the way to them', async () => {
      const { uri } = await openFile('drivers/demo/pair.c');
      const ours = (): readonly vscode.Diagnostic[] =>
        vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'holdwait');
      await eventually('a warning in pair.c', () => ours().length > 0, longestSeconds);
      const [first] = ours();
      if ((first?.relatedInformation?.length ?? 0) < 2) throw new Error(JSON.stringify(first));
    });

    it('stand above the functions that are part of them', async () => {
      const { uri } = await openFile('drivers/demo/pair.c');
      await eventually(
        'a lens with the cycle',
        async () => {
          const lenses: readonly vscode.CodeLens[] = await vscode.commands.executeCommand(
            'vscode.executeCodeLensProvider',
            uri,
            100,
          );
          return lenses.some(({ command }) => command?.title === '1 cycle');
        },
        longestSeconds,
      );
    });
  });
}
