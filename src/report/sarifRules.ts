// sarifRules.ts
// What SARIF viewers show of a rule. docs/rules tells more.

import { rules } from '../waits/finding.ts';
import type { Rule } from '../waits/finding.ts';

interface RuleWords {
  readonly name: string;
  readonly short: string;
  readonly full: string;
  readonly help: string;
}

/** `rulesUrl`: where docs/rules can be read; without it there is no link. */
export const sarifRules = (rulesUrl: string | undefined): readonly object[] =>
  rules.map((id) => {
    const { name, short, full, help } = words[id];
    return {
      id,
      name,
      shortDescription: { text: short },
      fullDescription: { text: full },
      help: { text: help },
      ...(rulesUrl === undefined ? {} : { helpUri: `${rulesUrl.replace(/\/$/, '')}/${id}.md` }),
      defaultConfiguration: { level: 'warning' },
      properties: { tags: ['concurrency', 'deadlock', 'linux-kernel'] },
    };
  });

export const ruleIndex = (rule: Rule): number => rules.indexOf(rule);

const words: Readonly<Record<Rule, RuleWords>> = {
  'lock-cycle': {
    name: 'LockCycle',
    short: 'Locks taken in opposite orders',
    full: 'Two or more threads each hold a lock and want the one that the next of them holds. None can go on.',
    help: 'Take the locks in one order everywhere, or let one go before the other is taken.',
  },
  'self-deadlock': {
    name: 'SelfDeadlock',
    short: 'A lock taken again by its holder',
    full: 'A thread takes a lock that it holds already. It waits for itself.',
    help: 'Call a variant that expects the lock to be held, or let the lock go before the call.',
  },
  'wait-cycle': {
    name: 'WaitCycle',
    short: 'A lock held while waiting for somebody who needs it',
    full:
      'A thread holds a lock and waits for something to end or to happen: a work, a timer, a handler, references, a ' +
      'completion. What it waits for cannot end, because it needs the lock.',
    help: 'Wait before the lock is taken or after it is let go, or let the handler do without the lock.',
  },
  'irq-deadlock': {
    name: 'IrqDeadlock',
    short: 'A lock that an interrupt takes is held with interrupts on',
    full:
      'An interrupt comes in on the processor whose thread holds the lock that the handler wants. The handler waits ' +
      'for the thread, which cannot go on before the handler returns.',
    help: 'Take the lock with interrupts or softirqs off wherever a handler can come in.',
  },
  'sleep-in-atomic': {
    name: 'SleepInAtomic',
    short: 'A call that may sleep where sleeping is forbidden',
    full: 'A thread holds a spinlock, has interrupts off or runs in an interrupt, and calls what may sleep.',
    help: 'Let the lock go before the call, use a variant that does not sleep, or a lock that allows it.',
  },
  'lock-leak': {
    name: 'LockLeak',
    short: 'A lock left held on one way out',
    full: 'A function returns with a lock held on one way, and lets it go on another one with the same result.',
    help: 'Let the lock go on this way too, or use a guard.',
  },
};
