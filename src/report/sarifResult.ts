// sarifResult.ts
// One finding as a SARIF result: at the line that closes it, with a flow for each thread.

import { lineOf } from '../base/position.ts';
import type { Hop } from '../effects/results.ts';
import { lockKinds } from '../effects/tables.ts';
import type { SourceLines } from '../engine/checkReport.ts';
import type { ReviewReport } from '../engine/reviewReport.ts';
import type { ReviewedFinding, Suppression } from '../review/reviewed.ts';
import type { Confidence, Edge, Finding } from '../waits/finding.ts';
import { mainStep } from './mainStep.ts';
import { courseWords, filesOf, isChangedFor, linesOf } from './reviewed.ts';
import { physicalLocation } from './sarifPlace.ts';
import { ruleIndex } from './sarifRules.ts';
import { functionAfter, isCall, isTaking, wordOf } from './steps.ts';
import { callText, codeText } from './stepText.ts';
import { beginning, ending } from './threadWords.ts';
import { waitableWords } from './words.ts';

export function sarifResult(finding: ReviewedFinding, report: ReviewReport): object {
  const { rule, confidence, edges, id } = finding;
  const lines = linesOf(finding, report);
  const step = mainStep(finding, filesOf(report), isChangedFor(finding, report));
  const place = step ? [{ ...locationOf(step, lines), ...logicalLocation(step.fn) }] : [];
  return {
    ruleId: rule,
    ruleIndex: ruleIndex(rule),
    level: levels[confidence],
    message: { text: messageOf(finding) },
    locations: place,
    relatedLocations: takings(edges).map((taking, i) => ({
      id: i,
      ...locationOf(taking.step, lines),
      message: { text: `${taking.step.fn}() takes ${taking.name}` },
    })),
    codeFlows: [{ threadFlows: edges.map((edge, i) => threadFlow(finding, edge, i, report)) }],
    partialFingerprints: {
      'holdwaitId/v1': id,
      'ruleClassesFunctions/v1': fingerprintText(finding),
    },
    ...baselineState(finding, report),
    ...suppressionsOf(finding.suppression, report),
    properties: propertiesOf(finding, report),
  };
}

const levels: Readonly<Record<Confidence, string>> = { high: 'error', medium: 'warning', low: 'note' };

/** Viewers show the first sentence in their lists; the rest is what a reader has to weigh. */
function messageOf({ title, reasons, assumptions, unseenByLockdep }: Finding): string {
  const assumed = assumptions.map((text) => `Assumed: ${text}`);
  return [
    `${title}.`,
    ...reasons,
    ...assumed,
    ...(unseenByLockdep === undefined ? [] : [unseenByLockdep]),
  ].join(' ');
}

const locationOf = (step: Hop, lines: SourceLines): object => ({
  physicalLocation: physicalLocation(step, lines),
});

const logicalLocation = (fn: string): object => ({ logicalLocations: [{ name: fn, kind: 'function' }] });

/** Where locks are taken and references are got, of all threads, without repeats. */
function takings(edges: readonly Edge[]): readonly { readonly step: Hop; readonly name: string }[] {
  const found = new Map<string, { readonly step: Hop; readonly name: string }>();
  for (const { steps, holds, wants } of edges) {
    steps.forEach((step, i) => {
      const isLast = i === steps.length - 1;
      const isWanted = isLast && lockKinds.has(wants.kind) && step.action === 'acquire';
      if (!isTaking(step) && !isWanted) return;
      const key = `${step.path} ${step.at}`;
      if (!found.has(key)) found.set(key, { step, name: isWanted ? wants.name : holds.name });
    });
  }
  return [...found.values()];
}

// Viewers list these in a narrow column.
const longestCode = 60;

function threadFlow(finding: ReviewedFinding, edge: Edge, index: number, report: ReviewReport): object {
  const { rule } = finding;
  const lines = linesOf(finding, report);
  const isChanged = isChangedFor(finding, report);
  const depths = depthsOf(edge.steps);
  return {
    id: `${index} ${edge.root.fn}`,
    message: { text: `${beginning(edge)} and ${ending(rule, edge)}` },
    locations: edge.steps.map((step, i) => {
      const isLast = i === edge.steps.length - 1;
      const what = isCall(step)
        ? callText(step)
        : codeText(step, lines(step.path, lineOf(step.at)), longestCode);
      return {
        location: {
          ...locationOf(step, lines),
          ...logicalLocation(step.fn),
          message: { text: `${wordOf(step, rule, edge, isLast)} ${what}` },
        },
        nestingLevel: depths[i],
        kinds: kindsOf(step),
        importance: isLast || !isCall(step) ? 'essential' : 'important',
        ...(isChanged(step.path, lineOf(step.at)) ? { properties: { inPatch: true } } : {}),
      };
    }),
  };
}

/** How deep in calls each step is; a step in a function that nobody has called begins anew. */
function depthsOf(steps: readonly Hop[]): readonly number[] {
  let stack: string[] = [];
  return steps.map((step) => {
    const known = stack.lastIndexOf(step.fn);
    stack = known < 0 ? [step.fn] : stack.slice(0, known + 1);
    const depth = stack.length - 1;
    if (isCall(step)) stack.push(functionAfter(step));
    return depth;
  });
}

function kindsOf({ action }: Hop): readonly string[] {
  switch (action) {
    case 'acquire':
      return ['acquire', 'lock'];
    case 'release':
      return ['release', 'lock'];
    case 'call':
    case 'indirect-call':
    case 'callback':
      return ['call', 'function'];
    case 'get':
      return ['acquire', 'resource'];
    case 'put':
      return ['release', 'resource'];
    case 'wait':
      return ['wait'];
    case 'queue':
      return ['queue'];
    case 'signal':
      return ['signal'];
  }
}

/** What makes a finding the same one: the ring from its smallest class on, and the functions in which threads begin. */
function fingerprintText({ rule, edges }: Finding): string {
  const first = edges.reduce(
    (best, { holds }, i) => (holds.key < (edges[best]?.holds.key ?? '') ? i : best),
    0,
  );
  const ring = [...edges.slice(first), ...edges.slice(0, first)];
  const classes = ring.map(({ holds }) => waitableWords(holds)).join(' -> ');
  return `${rule}: ${classes}; ${ring.map(({ root }) => `${root.fn}()`).join(', ')}`;
}

/** A check has nothing to compare with. */
function baselineState({ status }: ReviewedFinding, { patches }: ReviewReport): object {
  if (patches.length === 0) return {};
  switch (status) {
    case 'introduced':
      return { baselineState: 'new' };
    case 'fixed':
      return { baselineState: 'absent' };
    case 'existing':
      return { baselineState: 'unchanged' };
  }
}

/** Where any result of a run may have suppressions, those without carry an empty list. */
function suppressionsOf(suppression: Suppression | undefined, { findings }: ReviewReport): object {
  if (!suppression) return findings.some((finding) => finding.suppression) ? { suppressions: [] } : {};
  const { status, reason, from } = suppression;
  return {
    suppressions: [
      { kind: 'external', status: 'accepted', justification: reason, properties: { status, from } },
    ],
  };
}

function propertiesOf(finding: ReviewedFinding, { patches }: ReviewReport): object {
  const { confidence, introducedBy, goneBy, alsoFrom, edges } = finding;
  return {
    confidence,
    cycle: edges.map(({ holds, wants }) => `${waitableWords(holds)} -> ${waitableWords(wants)}`),
    ...(patches.length === 0 ? {} : { course: courseWords(finding, patches) }),
    ...(introducedBy === undefined ? {} : { introducedBy }),
    ...(goneBy === undefined ? {} : { goneBy }),
    ...(alsoFrom.length === 0 ? {} : { alsoFrom }),
  };
}
