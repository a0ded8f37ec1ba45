// findings.ts
// All rules over the effects of a program, the surest findings first.

import type { Effects } from '../effects/results.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import { cycleFindings } from './cycleFindings.ts';
import { Evidence } from './evidence.ts';
import { confidences, rules } from './finding.ts';
import type { Finding } from './finding.ts';
import { compare } from './graph.ts';
import { irqDeadlocks } from './irqDeadlocks.ts';
import { leakFindings } from './leakFindings.ts';
import { selfDeadlocks } from './selfDeadlocks.ts';
import { sleepFindings } from './sleeps.ts';

const never: Token = { isCancellationRequested: false };

export function findingsOf(effects: Effects, token = never): readonly Finding[] {
  throwIfCancelled(token);
  const evidence = new Evidence(effects, token);
  const findings = [...cycleFindings(effects, evidence, token)];
  for (const ofRule of [selfDeadlocks, irqDeadlocks, sleepFindings, leakFindings]) {
    throwIfCancelled(token);
    findings.push(...ofRule(effects, evidence, token));
  }
  return findings.sort(inOrder);
}

/** By confidence, rule and names: never by the order in which they were found. */
function inOrder(a: Finding, b: Finding): number {
  return (
    confidences.indexOf(a.confidence) - confidences.indexOf(b.confidence) ||
    rules.indexOf(a.rule) - rules.indexOf(b.rule) ||
    compare(a.title, b.title) ||
    compare(a.id, b.id)
  );
}
