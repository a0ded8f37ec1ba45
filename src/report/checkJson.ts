// checkJson.ts
// `--format json` of `check` and `review`: one object, `holdwait-report/1`. Fields may be added; none of these change.
//
//   { "format": "holdwait-report/1",
//     "tree": { "kernel", "scope": [...], "files", "functions", "reached", "unresolvedCalls",
//               "unresolved": [ { "name", "count" } ], "givenUp": [ { "file", "function", "reason" } ],
//               "skipped": [ { "file", "reason" } ] },
//     "patches": [],
//     "findings": [ { "id", "rule", "status", "confidence", "reasons": [...], "title", "cycle": [EDGE...],
//                     "assumptions": [...], "unseenByLockdep": "..." or null, "alsoFrom": [...],
//                     "suppression": { "status", "reason", "from": "team|personal" } or null } ],
//     "staleSuppressions": [...] }
//   EDGE: { "holds": { "kind", "name", "key" }, "wants": { ... }, "origin", "steps": [STEP...], "held": [ { ... } ],
//           "thread": { "function", "file", "line", "kind", "context", "via", "phase" } }
//   STEP: { "file", "line", "column", "function", "action", "target", "text", "inPatch", and of an indirect call "via" }
//
// `cycle[i].wants` is `cycle[i+1].holds`, and the last one wants what the first holds. A rule that is no cycle has one
// entry. Lines count from 1, columns from 0 in bytes. `kernel` is empty where the files lie in no kernel tree.

import type { CheckReport } from '../engine/checkReport.ts';
import { findingJson } from './findingJson.ts';

export function checkJson(report: CheckReport): string {
  const context = { lines: report.lines, isInPatch: () => false };
  const findings = report.findings.map((finding) => ({
    ...findingJson(finding, context),
    suppression: finding.suppression ?? null,
  }));
  const { staleSuppressions } = report;
  const answer = {
    format: 'holdwait-report/1',
    tree: treeJson(report),
    patches: [],
    findings,
    staleSuppressions,
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

/** What was looked at. */
export const treeJson = (report: Omit<CheckReport, 'findings' | 'lines'>): object => ({
  kernel: report.kernel,
  scope: report.scope,
  files: report.files.length,
  functions: report.functions,
  reached: report.reached,
  unresolvedCalls: report.unresolvedCalls,
  unresolved: report.unresolved,
  givenUp: report.givenUp.map(({ path, fn, reason }) => ({ file: path, function: fn, reason })),
  skipped: report.skipped.map(({ path, reason }) => ({ file: path, reason })),
});
