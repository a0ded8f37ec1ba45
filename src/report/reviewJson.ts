// reviewJson.ts
// `--format json` of `review`: `holdwait-report/1` as checkJson.ts tells, with what a patch has to do with it.
//
//   "answer":    "1 cycle introduced by 2/5"
//   "base":      { "kind": "commit|tree", "commit": "..." or null, "from": "base-commit|range|blobs" or null }
//   "cover":     the subject of the cover letter, or null
//   "patches":   [ { "index", "total" (null: alone), "version", "subject", "messageId" (may be empty), "files": [...],
//                    "status": "applied|failed|empty", "notes": [...],
//                    "conflicts": [ { "file", "line", "expected", "found", "text", "isAlreadyThere" } ],
//                    "problems": [ { "severity", "line", "text" } ] } ]
//   "findings":  with "status": "introduced|fixed|existing", "introducedBy" and "goneBy" (indexes of patches or null),
//                "closedBy": [ { "patch", "file", "hunk", "line" } ], "suppression": { "status", "reason", "from" } or null,
//                "fixes": `Fixes: 0123456789ab ("subject")`, the line that a patch may carry which fixes it, or null
//   "changedChains": [ { "file", "line", "function", "added": [...], "removed": [...] } ]
//   "problems", "staleSuppressions": [...]
//
// `inPatch` of a step: the patches add its line; of a fixed finding, they take it away. `hunk` and `line` of `closedBy`
// count from 0, in the hunks of that file and in the lines of the hunk.

import { lineOf } from '../base/position.ts';
import type { Base, PatchResult, ReviewReport } from '../engine/reviewReport.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import { treeJson } from './checkJson.ts';
import { findingJson } from './findingJson.ts';
import { answerWords, isChangedFor, linesOf } from './reviewed.ts';

export function reviewJson(report: ReviewReport): string {
  const answer = {
    format: 'holdwait-report/1',
    answer: answerWords(report),
    tree: treeJson(report),
    base: baseJson(report.base),
    cover: report.cover ?? null,
    patches: report.patches.map(patchJson),
    findings: report.findings.map((finding) => reviewedJson(finding, report)),
    changedChains: report.changedChains.map(({ path, fn, at, added, removed }) => ({
      file: path,
      line: lineOf(at),
      function: fn,
      added,
      removed,
    })),
    problems: report.problems,
    staleSuppressions: report.staleSuppressions,
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

const baseJson = (base: Base): object => ({
  kind: base.kind,
  commit: base.commit ?? null,
  from: base.kind === 'commit' ? base.from : null,
});

const patchJson = ({ patch, status, conflicts, notes }: PatchResult): object => ({
  index: patch.number,
  total: patch.total ?? null,
  version: patch.version,
  subject: patch.subject,
  messageId: patch.mail?.messageId ?? '',
  files: [...new Set(patch.changes.map(({ newPath }) => newPath))],
  status,
  notes,
  conflicts: conflicts.map(({ path, line, expected, found, text, isAlreadyThere }) => ({
    file: path,
    line,
    expected: expected ?? null,
    found: found ?? null,
    text,
    isAlreadyThere,
  })),
  problems: patch.problems,
});

function reviewedJson(finding: ReviewedFinding, report: ReviewReport): object {
  const json = findingJson(finding, {
    lines: linesOf(finding, report),
    isInPatch: isChangedFor(finding, report),
  });
  const { introducedBy, goneBy, closedBy, suppression } = finding;
  return {
    ...json,
    introducedBy: introducedBy ?? null,
    goneBy: goneBy ?? null,
    closedBy: closedBy.map(({ patch, path, hunk, line }) => ({ patch, file: path, hunk, line })),
    suppression: suppression ?? null,
    fixes: report.fixesLines.get(finding.id) ?? null,
  };
}
