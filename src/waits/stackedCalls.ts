// stackedCalls.ts
// Calls through a table that a function of the same table makes: a socket that sends over another socket, a device on
// top of a device. They lead to the one below, or they would never end; who reads names sees only that they lead to the
// same member of the same table, and takes the function itself for what is called.

import type { Effects, Hop } from '../effects/results.ts';
import { isNotifierChain } from './tableCalls.ts';
import { isSameFunction } from './ways.ts';
import type { Ways } from './ways.ts';

export class StackedCalls {
  /** Steps out of the file of the function that is come to again, each with that function. */
  readonly #sites = new Set<string>();

  constructor({ wants, sleeps }: Effects, ways: Ways) {
    for (const { trail } of [...wants, ...sleeps]) {
      const steps = ways.of(trail);
      for (let i = 1; i < steps.length; i++) {
        if (!isEnteredThroughTable(steps, i)) continue;
        const before = steps.findIndex((hop) => isSameFunction(hop, steps[i]!));
        const site = before < i ? siteOf(steps, i) : undefined;
        if (site !== undefined) this.#sites.add(site);
      }
    }
  }

  /** The way goes through such a call, wherever it comes from. */
  isOn(steps: readonly Hop[]): boolean {
    if (this.#sites.size === 0) return false;
    return steps.some((_, i) => {
      const site = isEnteredThroughTable(steps, i) ? siteOf(steps, i) : undefined;
      return site !== undefined && this.#sites.has(site);
    });
  }
}

// A callback of a chain is called for all that happens, its own doings too.
function isEnteredThroughTable(steps: readonly Hop[], at: number): boolean {
  const via = steps[at - 1]?.via;
  return via !== undefined && !isNotifierChain(via);
}

/** The last step in the file of the function that is entered there; what lies between is the core. */
function siteOf(steps: readonly Hop[], at: number): string | undefined {
  const entered = steps[at]!;
  for (let i = at - 1; i >= 0; i--) {
    const step = steps[i]!;
    if (step.path === entered.path) return `${step.path}:${step.at} ${entered.fn}`;
  }
  return undefined;
}
