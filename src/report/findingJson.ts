// findingJson.ts
// One finding as it stands in `holdwait-report/1`: see checkJson.ts.

import { columnOf, lineOf } from '../base/position.ts';
import type { Hop, Root, Waitable } from '../effects/results.ts';
import type { SourceLines } from '../engine/checkReport.ts';
import type { Edge, Finding } from '../waits/finding.ts';

export interface FindingContext {
  readonly lines: SourceLines;
  readonly isInPatch: (path: string, line: number) => boolean;
}

export const findingJson = (
  finding: Finding & { readonly status: string },
  context: FindingContext,
): Readonly<Record<string, unknown>> => ({
  id: finding.id,
  rule: finding.rule,
  status: finding.status,
  confidence: finding.confidence,
  reasons: finding.reasons,
  title: finding.title,
  cycle: finding.edges.map((edge) => edgeJson(edge, context)),
  assumptions: finding.assumptions,
  unseenByLockdep: finding.unseenByLockdep ?? null,
  alsoFrom: finding.alsoFrom,
});

const edgeJson = (edge: Edge, context: FindingContext): object => ({
  holds: waitableJson(edge.holds),
  wants: waitableJson(edge.wants),
  origin: edge.origin,
  steps: edge.steps.map((step) => stepJson(step, context)),
  held: edge.held.map(waitableJson),
  thread: threadJson(edge.root),
});

const waitableJson = ({ kind, name, key }: Waitable): object => ({
  kind: kind === 'references' ? 'refs' : kind,
  name,
  key,
});

function stepJson({ path, at, fn, action, target, via }: Hop, { lines, isInPatch }: FindingContext): object {
  const line = lineOf(at);
  return {
    file: path,
    line,
    column: columnOf(at),
    function: fn,
    action,
    target,
    text: lines(path, line),
    inPatch: isInPatch(path, line),
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
