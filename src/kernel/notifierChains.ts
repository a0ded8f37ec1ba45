// notifierChains.ts
// Notifier chains of the core: what everybody holds who calls one, in which context, and whether the blocks on it may
// sleep. A chain that is not here is called by whoever owns it, and is read from there.

import type { CallbackDefaults, CallbackLock } from './callback.ts';
import { rtnl } from './callbacks/locks.ts';

export interface NotifierChain {
  /** The head of the chain, a global. */
  readonly chain: string;
  readonly holds: readonly CallbackLock[];
  readonly context: 'process' | 'any';
  readonly sleeps: boolean;
  readonly masked?: 'bh' | 'irq';
}

type Row = Pick<NotifierChain, 'chain'> & Pick<CallbackDefaults, 'holds' | 'masked'>;

const sleeping = { holds: [], context: 'process', sleeps: true } as const;
const atomic = { holds: [], context: 'any', sleeps: false } as const;
const systemSleep: CallbackLock = { kind: 'mutex', object: 'system_transition_mutex' };

// prettier-ignore
const sleepingChains: readonly Row[] = [
  { chain: 'netdev_chain',   holds: [rtnl] },
  { chain: 'inetaddr_chain', holds: [rtnl] },
  { chain: 'pm_chain_head',  holds: [systemSleep] },
  { chain: 'inetaddr_validator_chain' },
  { chain: 'inet6addr_validator_chain' },
  { chain: 'reboot_notifier_list' },
  { chain: 'module_notify_list' },
  { chain: 'memory_chain' },
  { chain: 'usb_notifier_list' },
  { chain: 'netlink_chain' },
  { chain: 'fb_notifier_list' },
  { chain: 'power_supply_notifier' },
  { chain: 'cpufreq_policy_notifier_list' },
  { chain: 'backlight_notifier' },
  { chain: 'acpi_chain_head' },
  { chain: 'crypto_chain' },
  { chain: 'of_reconfig_chain' },
  { chain: 'nvmem_notifier' },
];

// prettier-ignore
const atomicChains: readonly Row[] = [
  { chain: 'inet6addr_chain' },
  { chain: 'netevent_notif_chain' },
  { chain: 'switchdev_notif_chain' },
  { chain: 'dcbevent_notif_chain' },
  { chain: 'atm_dev_notify_chain' },
  { chain: 'vt_notifier_list' },
  { chain: 'restart_handler_list' },
  { chain: 'die_chain' },
  { chain: 'keyboard_notifier_list', masked: 'irq' },
  { chain: 'panic_notifier_list',    masked: 'irq' },
];

/** Every row: those that may sleep first. */
export const notifierChains: readonly NotifierChain[] = [
  ...sleepingChains.map((row) => ({ ...sleeping, ...row })),
  ...atomicChains.map((row) => ({ ...atomic, ...row })),
];
