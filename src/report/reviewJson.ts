// reviewJson.ts
// `--format json` of `review`: `holdwait-report/1` as checkJson.ts tells, with what a patch has to do with it.
//
//   "base":      { "kind": "commit|tree", "commit": "..." or null }
//   "patches":   [ { "index", "subject", "files": [...], "status": "applied|failed|empty", "notes": [...],
//                    "conflicts": [ { "file", "line", "expected", "found", "text" } ],
//                    "problems": [ { "severity", "line", "text" } ] } ]
//   "findings":  with "status": "introduced|fixed|existing", "introducedBy" and "goneBy" (numbers of patches or null),
//                "closedBy": [ { "patch", "file", "hunk", "line" } ], "suppression": { "status", "reason", "from" } or null
//   "changedChains": [ { "file", "line", "function", "added": [...], "removed": [...] } ]
//   "problems", "staleSuppressions": [...]

import { lineOf } from '../base/position.ts';
import type { Base, PatchResult, ReviewReport } from '../engine/reviewReport.ts';
import type { ReviewedFinding } from '../review/reviewed.ts';
import { treeJson } from './checkJson.ts';
import { findingJson } from './findingJson.ts';
import { isOfTheTreeBefore } from './reviewed.ts';

export function reviewJson(report: ReviewReport): string {
  const answer = {
    format: 'holdwait-report/1',
    tree: treeJson(report),
    base: baseJson(report.base),
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

const baseJson = (base: Base): object => ({ kind: base.kind, commit: base.commit ?? null });

const patchJson = ({ patch, status, conflicts, notes }: PatchResult): object => ({
  index: patch.number,
  subject: patch.subject,
  files: [...new Set(patch.changes.map(({ newPath }) => newPath))],
  status,
  notes,
  conflicts: conflicts.map(({ path, line, expected, found, text }) => ({
    file: path,
    line,
    expected: expected ?? null,
    found: found ?? null,
    text,
  })),
  problems: patch.problems,
});

function reviewedJson(finding: ReviewedFinding, report: ReviewReport): object {
  const isBefore = isOfTheTreeBefore(finding);
  const json = findingJson(finding, {
    lines: isBefore ? report.linesBefore : report.lines,
    isInPatch: isBefore ? report.isRemoved : report.isAdded,
  });
  const { introducedBy, goneBy, closedBy, suppression } = finding;
  return {
    ...json,
    introducedBy: introducedBy ?? null,
    goneBy: goneBy ?? null,
    closedBy: closedBy.map(({ patch, path, hunk, line }) => ({ patch, file: path, hunk, line })),
    suppression: suppression ?? null,
  };
}
