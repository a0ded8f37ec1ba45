// mergeFindings.ts
// Findings of several units as one list: each cycle once, the surest first.

import { lineOf } from '../base/position.ts';
import { confidences, rules } from '../waits/finding.ts';
import type { Finding } from '../waits/finding.ts';

/** A cycle that several units found is told once, as by the one that is surest of it. */
export function mergedFindings(lists: readonly (readonly Finding[])[]): readonly Finding[] {
  const byId = new Map<string, Finding>();
  for (const finding of lists.flat()) {
    const known = byId.get(finding.id);
    byId.set(finding.id, known ? together(known, finding) : finding);
  }
  return [...byId.values()].sort(surestFirst);
}

function together(a: Finding, b: Finding): Finding {
  const best = rankOf(b) < rankOf(a) ? b : a;
  const starts = new Set(best.edges.map(({ root }) => `${root.fn}()`));
  const others = [...a.alsoFrom, ...b.alsoFrom, ...a.edges, ...b.edges].map((other) =>
    typeof other === 'string' ? other : `${other.root.fn}()`,
  );
  const alsoFrom = [...new Set(others)].filter((name) => !starts.has(name)).sort();
  return { ...best, alsoFrom };
}

/** By confidence, rule and place; the id decides the rest. */
export function surestFirst(a: Finding, b: Finding): number {
  const [first, second] = [a.edges[0]?.steps[0], b.edges[0]?.steps[0]];
  return (
    rankOf(a) - rankOf(b) ||
    rules.indexOf(a.rule) - rules.indexOf(b.rule) ||
    compareTexts(first?.path ?? '', second?.path ?? '') ||
    lineAt(first) - lineAt(second) ||
    compareTexts(a.id, b.id)
  );
}

const rankOf = (finding: Finding): number => confidences.indexOf(finding.confidence);

const lineAt = (step: Finding['edges'][number]['steps'][number] | undefined): number =>
  step ? lineOf(step.at) : 0;

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
