// vscode.ts
// Stands in for the module `vscode` in tests that run without an editor: only the words, in English.

export const l10n = {
  t: (message: string, ...values: readonly (string | number | boolean)[]): string =>
    message.replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place)),
};
