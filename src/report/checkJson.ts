// checkJson.ts
// `--format json` of `check` and `review`: one object, `holdwait-report/1`. Fields may be added; none of these change.
//
//   { "format": "holdwait-report/1",
//     "tree": { "kernel", "scope": [...], "files", "functions", "reached", "unresolvedCalls",
//               "unresolved": [ { "name", "count" } ], "givenUp": [ { "file", "function", "reason" } ],
//               "skipped": [ { "file", "reason" } ] },
//     "patches": [],
//     "findings": [ { "id", "rule", "status", "confidence", "reasons": [...], "title", "cycle": [EDGE...],
//                     "assumptions": [...], "unseenByLockdep": "..." or null, "alsoFrom": [...] } ] }
//   EDGE: { "holds": { "kind", "name", "key" }, "wants": { ... }, "origin", "steps": [STEP...], "held": [ { ... } ],
//           "thread": { "function", "file", "line", "kind", "context", "via", "phase" } }
//   STEP: { "file", "line", "column", "function", "action", "target", "text", "inPatch", and of an indirect call "via" }
//
// `cycle[i].wants` is `cycle[i+1].holds`, and the last one wants what the first holds. A rule that is no cycle has one
// entry. Lines count from 1, columns from 0 in bytes. `kernel` is empty where the files lie in no kernel tree.

import { columnOf, lineOf } from '../base/position.ts';
import type { Hop, Root, Waitable } from '../effects/results.ts';
import type { CheckReport, ReportedFinding, SourceLines } from '../engine/checkReport.ts';
import type { Edge } from '../waits/finding.ts';

export function checkJson(report: CheckReport): string {
  const { kernel, scope, files, functions, reached, unresolvedCalls, unresolved, givenUp, skipped } = report;
  const answer = {
    format: 'holdwait-report/1',
    tree: {
      kernel,
      scope,
      files: files.length,
      functions,
      reached,
      unresolvedCalls,
      unresolved,
      givenUp: givenUp.map(({ path, fn, reason }) => ({ file: path, function: fn, reason })),
      skipped: skipped.map(({ path, reason }) => ({ file: path, reason })),
    },
    patches: [],
    findings: report.findings.map((finding) => findingJson(finding, report.lines)),
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

function findingJson(finding: ReportedFinding, lines: SourceLines): object {
  return {
    id: finding.id,
    rule: finding.rule,
    status: finding.status,
    confidence: finding.confidence,
    reasons: finding.reasons,
    title: finding.title,
    cycle: finding.edges.map((edge) => edgeJson(edge, lines)),
    assumptions: finding.assumptions,
    unseenByLockdep: finding.unseenByLockdep ?? null,
    alsoFrom: finding.alsoFrom,
  };
}

const edgeJson = (edge: Edge, lines: SourceLines): object => ({
  holds: waitableJson(edge.holds),
  wants: waitableJson(edge.wants),
  origin: edge.origin,
  steps: edge.steps.map((step) => stepJson(step, lines)),
  held: edge.held.map(waitableJson),
  thread: threadJson(edge.root),
});

const waitableJson = ({ kind, name, key }: Waitable): object => ({
  kind: kind === 'references' ? 'refs' : kind,
  name,
  key,
});

function stepJson({ path, at, fn, action, target, via }: Hop, lines: SourceLines): object {
  const line = lineOf(at);
  return {
    file: path,
    line,
    column: columnOf(at),
    function: fn,
    action,
    target,
    text: lines(path, line),
    inPatch: false,
    via,
  };
}

const threadJson = ({ fn, path, at, kind, context, via, phase }: Root): object => ({
  function: fn,
  file: path,
  line: lineOf(at),
  kind,
  context,
  via,
  phase,
});
