// diagnostics.ts
// Findings of high confidence as warnings in an open file, with the way to them hop by hop.

import { CodeActionKind, DiagnosticSeverity } from 'vscode-languageserver';
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver';
import type { Rule } from '../waits/finding.ts';
import { addressInside } from './addresses.ts';
import { showCycleCommand } from './cycleLenses.ts';
import type { ShowCycleArgument } from './cycleLenses.ts';
import type { FindingStep, FoundCycle, SourcePlace } from './protocol.ts';

export interface DiagnosedFile {
  /** Address of the root of its tree. */
  readonly root: string;
  /** In the tree. */
  readonly path: string;
  /** As the editor shows it. */
  readonly text: string;
  readonly rulePage: (rule: Rule) => string | undefined;
}

/** One for each finding that the file has a part in, where its thread waits. */
export function diagnosticsFor(findings: readonly FoundCycle[], file: DiagnosedFile): Diagnostic[] {
  const lines = file.text.split('\n');
  return findings.flatMap((finding) => {
    const step = finding.view.confidence === 'high' ? stepIn(finding, file.path) : undefined;
    return step ? [diagnostic(finding, step, lines, file)] : [];
  });
}

/** The way from a warning to the whole cycle. */
export function actionsFor(diagnostics: readonly Diagnostic[], uri: string): CodeAction[] {
  return diagnostics.flatMap((diagnostic) => {
    const id = (diagnostic.data as { readonly id?: unknown } | undefined)?.id;
    if (diagnostic.source !== 'holdwait' || typeof id !== 'string') return [];
    const argument: ShowCycleArgument = { uri, ids: [id] };
    const title = 'Show the whole cycle';
    const command = { title, command: showCycleCommand, arguments: [argument] };
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command }];
  });
}

/** The end of a thread says most. */
function stepIn({ steps }: FoundCycle, path: string): FindingStep | undefined {
  const own = steps.filter((step) => step.path === path);
  return own.find(({ isLast }) => isLast) ?? own.at(-1);
}

function diagnostic(
  { view, steps }: FoundCycle,
  step: FindingStep,
  lines: readonly string[],
  { root, rulePage }: DiagnosedFile,
): Diagnostic {
  const href = rulePage(view.rule);
  return {
    range: restOfLine(step, lines),
    severity: DiagnosticSeverity.Warning,
    source: 'holdwait',
    code: view.rule,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    message: `${view.title}\n${view.verdict}`,
    // For the action.
    data: { id: view.id },
    relatedInformation: steps.map(({ path, line, character, text }) => {
      const at = { line, character };
      return {
        location: { uri: addressInside(root, path), range: { start: at, end: at } },
        message: text,
      };
    }),
  };
}

function restOfLine({ line, character }: SourcePlace, lines: readonly string[]): Range {
  const end = (lines[line] ?? '').trimEnd().length;
  return { start: { line, character }, end: { line, character: Math.max(end, character) } };
}
