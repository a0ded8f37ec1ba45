// splatJson.ts
// `--format json` of `splat`: one object, `holdwait-splat/1`. Fields may be added; none of these change.
//
//   { "format": "holdwait-splat/1", "kind", "headline", "kernel", "task", "moreSplats",
//     "rule": "..." or null, "title": "..." or null,
//     "threads": [ { "task", "holds": LOCK or null, "wants": LOCK or null, "frames": ["..."], "steps": [STEP...],
//                    "doubts": ["..."] } ],
//     "files": [...], "same": [ { "id", "rule", "confidence", "title" } ] }
//   LOCK: { "kind": "lock|work|workqueue|timer|interrupt", "name" }
//   STEP: { "function", "action", "target", "file", "line", "text" }; where the tree does not show it, file and line are null
//
// `rule` and `title` are null where the threads make no cycle, as two tasks that hang for different reasons.

import { lineOf } from '../base/position.ts';
import type { Hop } from '../effects/results.ts';
import type { ExplainedSplat } from '../engine/explainSplat.ts';

export function splatJson({ splat, finding, edges, same, files, lines }: ExplainedSplat): string {
  const stepJson = ({ path, at, fn, action, target }: Hop): object => ({
    function: fn,
    action,
    target,
    file: path === '' ? null : path,
    line: path === '' ? null : lineOf(at),
    text: lines(path, lineOf(at)),
  });
  const answer = {
    format: 'holdwait-splat/1',
    kind: splat.kind,
    headline: splat.headline,
    kernel: splat.kernel,
    task: splat.task,
    moreSplats: splat.more,
    rule: finding?.rule ?? null,
    title: finding?.title ?? null,
    threads: splat.threads.map((thread) => {
      const told = edges.find((edge) => edge.thread === thread);
      return {
        task: thread.task,
        holds: thread.holds ?? null,
        wants: thread.wants ?? null,
        frames: thread.frames.map(({ text }) => text),
        steps: told?.edge.steps.map(stepJson) ?? [],
        doubts: told?.doubts ?? [],
      };
    }),
    files,
    same: same.map(({ finding: { id, rule, confidence, title } }) => ({ id, rule, confidence, title })),
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}
