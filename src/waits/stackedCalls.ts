// stackedCalls.ts
// Calls through a table that a function of the same table makes: a socket that sends over another socket, a device on
// top of a device, operations that count or lock and go on to those of the bus. They lead to what lies below, or they
// would never end; who reads names sees only that they lead to the same member of the same table, and takes the function
// itself for what is called.

import type { Effects, Hop } from '../effects/results.ts';
import { isNotifierChain } from './tableCalls.ts';

export class StackedCalls {
  readonly #leads: NonNullable<Effects['leadsWithin']>;

  constructor({ leadsWithin }: Effects) {
    this.#leads = leadsWithin ?? (() => false);
  }

  /** The way goes through such a call. */
  isOn(steps: readonly Hop[]): boolean {
    return steps.some((entered, i) => {
      const caller = isEnteredThroughTable(steps, i) ? lastIn(entered.path, steps, i) : undefined;
      return caller !== undefined && this.#leads(entered.path, entered.fn, caller.fn);
    });
  }
}

// A callback of a chain is called for all that happens, its own doings too.
function isEnteredThroughTable(steps: readonly Hop[], at: number): boolean {
  const via = steps[at - 1]?.via;
  return via !== undefined && !isNotifierChain(via);
}

/** The last step in that file before; what lies between is the core. */
function lastIn(path: string, steps: readonly Hop[], before: number): Hop | undefined {
  for (let i = before - 1; i >= 0; i--) if (steps[i]!.path === path) return steps[i];
  return undefined;
}
