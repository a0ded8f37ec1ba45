// reviewSarif.ts
// `--format sarif`: SARIF 2.1.0, one run with a result for each finding, those that were there before and those that
// are gone too: `baselineState` tells them apart. Limits of the answer are notifications of the invocation.

import type { PatchResult, ReviewReport } from '../engine/reviewReport.ts';
import { shortBase, answerWords, patchWords } from './reviewed.ts';
import { subjectOf } from './reviewHead.ts';
import { artifactLocation, sourceRoot } from './sarifPlace.ts';
import { sarifResult } from './sarifResult.ts';
import { sarifRules } from './sarifRules.ts';
import { counted } from './words.ts';

export interface SarifOptions {
  /** Of Holdwait: `0.1.0`. */
  readonly version?: string;
  /** Where docs/rules can be read. */
  readonly rulesUrl?: string;
}

export function reviewSarif(report: ReviewReport, { version, rulesUrl }: SarifOptions = {}): string {
  const driver = {
    name: 'Holdwait',
    ...(version === undefined ? {} : { version, semanticVersion: version }),
    rules: sarifRules(rulesUrl),
  };
  const failed = report.patches.some(({ status }) => status === 'failed');
  const run = {
    tool: { driver },
    invocations: [{ executionSuccessful: !failed, toolExecutionNotifications: notificationsOf(report) }],
    originalUriBaseIds: { [sourceRoot]: { description: { text: 'The top folder of the kernel tree.' } } },
    columnKind: 'utf16CodeUnits',
    results: report.findings.map((finding) => sarifResult(finding, report)),
    properties: propertiesOf(report),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function propertiesOf(report: ReviewReport): object {
  const { patches, base, kernel, files, functions, reached, scope } = report;
  return {
    kernel,
    scope,
    files: files.length,
    functions,
    reached,
    ...(patches.length === 0
      ? {}
      : {
          answer: answerWords(report),
          base: shortBase(base, kernel),
          patches: patches.map(({ patch, status }) => ({
            index: patch.number,
            subject: subjectOf(patch),
            status,
          })),
        }),
  };
}

type Level = 'error' | 'warning' | 'note';

function notificationsOf(report: ReviewReport): readonly object[] {
  const { givenUp, skipped, unresolvedCalls, unresolved, patches, problems } = report;
  const names = unresolved.slice(0, 20).map(({ name }) => name);
  return [
    ...patches.flatMap((result) => patchNotifications(result, patches)),
    ...problems.map(({ text }) => notification('note', text)),
    ...skipped.map(({ path, reason }) => notification('warning', `Not read: ${path}: ${reason}`, path)),
    ...givenUp.map(({ path, fn, reason }) => {
      const where = fn === '' ? '' : ` in ${fn}()`;
      return notification('note', `Given up${where}: ${reason}`, path === '' ? undefined : path);
    }),
    ...(unresolvedCalls === 0
      ? []
      : [notification('note', `Not followed: ${counted(unresolvedCalls, 'call')}: ${names.join(', ')}`)]),
  ];
}

function patchNotifications(
  { patch, conflicts }: PatchResult,
  patches: readonly PatchResult[],
): readonly object[] {
  const name = patchWords(patch.number, patches);
  return [
    ...conflicts.map(({ path, line, text }) =>
      notification('error', `${name} does not apply: ${text}`, path, line),
    ),
    ...patch.problems.map(({ severity, text }) =>
      notification(severity === 'error' ? 'error' : 'note', `${name}: ${text}`),
    ),
  ];
}

function notification(level: Level, text: string, path?: string, line = 0): object {
  const region = line > 0 ? { region: { startLine: line } } : {};
  const place =
    path === undefined
      ? {}
      : { locations: [{ physicalLocation: { artifactLocation: artifactLocation(path), ...region } }] };
  return { level, message: { text }, ...place };
}
