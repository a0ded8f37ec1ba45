// finding.ts
// Findings made by hand, for tests of what prints them.

import { positionAt } from '../../src/base/position.ts';
import type { Hop, HopAction, Root, Waitable } from '../../src/effects/results.ts';
import type { CheckReport, ReportedFinding } from '../../src/engine/checkReport.ts';
import type { Edge } from '../../src/waits/finding.ts';

export const driver = 'drivers/net/acme/main.c';

export const mutex: Waitable = { kind: 'mutex', name: 'acme.lock', key: 'acme.lock' };
export const work: Waitable = { kind: 'work', name: 'acme.reset', key: 'work:acme.reset' };
export const references: Waitable = {
  kind: 'references',
  name: 'net_device references',
  key: 'refs:net_device',
};

export function hop(
  fn: string,
  line: number,
  action: HopAction,
  target: string,
  over: Partial<Hop> = {},
): Hop {
  return { path: driver, at: positionAt(line, 1), fn, action, target, ...over };
}

export function root(fn: string, over: Partial<Root> = {}): Root {
  return {
    path: driver,
    at: positionAt(1, 0),
    fn,
    kind: 'function',
    context: 'any',
    via: '',
    phase: 'running',
    ...over,
  };
}

export const suspend: Edge = {
  root: root('acme_suspend'),
  holds: mutex,
  wants: work,
  origin: 'taken',
  steps: [
    hop('acme_suspend', 33, 'acquire', 'mutex_lock'),
    hop('acme_suspend', 34, 'call', 'acme_stop'),
    hop('acme_stop', 20, 'wait', 'cancel_work_sync'),
  ],
  held: [mutex],
};

const reset: Edge = {
  root: root('acme_reset', { kind: 'work', context: 'process', via: 'work acme.reset' }),
  holds: work,
  wants: mutex,
  origin: 'running',
  steps: [hop('acme_reset', 12, 'acquire', 'mutex_lock')],
  held: [work],
};

export const finding: ReportedFinding = {
  id: '0123456789ab',
  status: 'existing',
  rule: 'wait-cycle',
  confidence: 'high',
  reasons: ['Every class is known.'],
  edges: [suspend, reset],
  title: 'acme_suspend() holds acme.lock and waits for acme.reset, which wants acme.lock',
  assumptions: [],
  unseenByLockdep: undefined,
  alsoFrom: [],
  suppression: undefined,
};

const source = new Map([
  [12, 'mutex_lock(&acme->lock);'],
  [20, 'cancel_work_sync(&acme->reset);'],
  [33, 'mutex_lock(&acme->lock);'],
]);

export const report: CheckReport = {
  kernel: '6.12.117',
  scope: ['drivers/net/acme'],
  files: [driver],
  functions: 4,
  reached: 4,
  unresolvedCalls: 0,
  unresolved: [],
  givenUp: [],
  knowledgeProblems: [],
  skipped: [],
  findings: [finding],
  staleSuppressions: [],
  lines: (path, line) => (path === driver ? (source.get(line) ?? '') : ''),
};
