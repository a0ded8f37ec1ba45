// handlerRules.ts
// How functions that run later are bound to what makes them run: in which context, as what they count, and which of
// their parameters is which argument of the binding call.

import type { ObjectKind } from '../kernel/primitive.ts';
import type { Context, EntryKind } from './meaning.ts';

export interface HandlerKind {
  readonly kind: EntryKind;
  readonly context: Context;
  /** What waits for it: it counts as held while the handler runs. */
  readonly held: ObjectKind | undefined;
  /** A global that the core holds, for writing, whenever it calls such a handler. */
  readonly under?: { readonly kind: ObjectKind; readonly object: string };
}

const work: HandlerKind = { kind: 'work', context: 'process', held: 'work' };
const timer: HandlerKind = { kind: 'timer', context: 'softirq', held: 'timer' };
const tasklet: HandlerKind = { kind: 'tasklet', context: 'softirq', held: 'tasklet' };
const irq: HandlerKind = { kind: 'irq', context: 'hardirq', held: 'irq' };
const thread: HandlerKind = { kind: 'threaded irq', context: 'process', held: 'irq' };
const kthread: HandlerKind = { kind: 'kthread', context: 'process', held: 'kthread' };
const napi: HandlerKind = { kind: 'napi', context: 'softirq', held: 'napi' };
const rcu: HandlerKind = { kind: 'rcu callback', context: 'softirq', held: undefined };
const irqWork: HandlerKind = { kind: 'work', context: 'hardirq', held: 'work' };
const hrtimer: HandlerKind = { kind: 'hrtimer', context: 'hardirq', held: 'hrtimer' };
const attribute: HandlerKind = { kind: 'attribute', context: 'process', held: 'callbacks' };
const called: HandlerKind = { kind: 'callback', context: 'any', held: undefined };
const inProcess: HandlerKind = { kind: 'callback', context: 'process', held: undefined };
const inInterrupt: HandlerKind = { kind: 'callback', context: 'hardirq', held: undefined };
// Whether a processor that comes or goes may sleep here depends on how far it has come, which the state says.
const under = { kind: 'percpu rwsem', object: 'cpu_hotplug_lock' } as const;
const cpuComes: HandlerKind = { kind: 'callback', context: 'any', held: undefined, under };
const cpuGoes: HandlerKind = { kind: 'callback', context: 'any', held: 'callbacks', under };

/** One function among the arguments of a call. */
export interface HandlerRule {
  readonly is: HandlerKind;
  /** Index of the argument with the function. */
  readonly handler: number;
  /** The parameter of the handler that gets the object itself, or `data`. */
  readonly parameter: number;
  /** Index of the argument that is handed to the handler; `undefined`: the object. */
  readonly data?: number;
}

const handsObject = (is: HandlerKind, handler: number): readonly HandlerRule[] => [
  { is, handler, parameter: 0 },
];
const handsData = (is: HandlerKind, handler: number, data: number): readonly HandlerRule[] => [
  { is, handler, parameter: 0, data },
];
const line = (handler: number, data: number): HandlerRule => ({ is: irq, handler, parameter: 1, data });
const processors: readonly HandlerRule[] = [
  { is: cpuComes, handler: 2, parameter: -1 },
  { is: cpuGoes, handler: 3, parameter: -1 },
];
const urb: HandlerKind = { kind: 'callback', context: 'any', held: 'transfer' };
const identified: HandlerKind = { kind: 'callback', context: 'process', held: 'callbacks' };
const threadOf = (handler: number, data: number): HandlerRule => ({
  is: thread,
  handler,
  parameter: 1,
  data,
});

// prettier-ignore
const byName: ReadonlyMap<string, readonly HandlerRule[]> = new Map([
  ['init_irq_work', handsObject(irqWork, 1)],
  ['DEFINE_IRQ_WORK', handsObject(irqWork, 1)],
  ['tasklet_init', handsData(tasklet, 1, 2)],
  ['DECLARE_TASKLET_OLD', handsObject(tasklet, 1)],
  ['request_irq', [line(1, 4)]],
  ['request_any_context_irq', [line(1, 4)]],
  ['request_threaded_irq', [line(1, 5), threadOf(2, 5)]],
  ['devm_request_irq', [line(2, 5)]],
  ['devm_request_any_context_irq', [line(2, 5)]],
  ['devm_request_threaded_irq', [line(2, 6), threadOf(3, 6)]],
  ['request_percpu_irq', [line(1, 3)]],
  ['kthread_run', handsData(kthread, 0, 1)],
  ['kthread_run_on_cpu', handsData(kthread, 0, 1)],
  ['kthread_create', handsData(kthread, 0, 1)],
  ['kthread_create_on_cpu', handsData(kthread, 0, 1)],
  ['kthread_create_on_node', handsData(kthread, 0, 1)],
  ['pthread_create', handsData(kthread, 2, 3)],
  ['async_schedule', handsData(work, 0, 1)],
  ['async_schedule_dev', handsData(work, 0, 1)],
  ['async_schedule_dev_domain', handsData(work, 0, 1)],
  ['async_schedule_domain', handsData(work, 0, 1)],
  ['async_schedule_node', handsData(work, 0, 1)],
  ['async_schedule_node_domain', handsData(work, 0, 1)],
  ['cpuhp_setup_state', processors],
  ['cpuhp_setup_state_cpuslocked', processors],
  ['cpuhp_setup_state_multi', processors],
  ['cpuhp_setup_state_nocalls', processors],
  ['cpuhp_setup_state_nocalls_cpuslocked', processors],
  ['rdma_create_id', [{ is: identified, handler: 1, parameter: -1 }]],
  ['usb_fill_bulk_urb', handsObject(urb, 5)],
  ['usb_fill_control_urb', handsObject(urb, 6)],
  ['usb_fill_int_urb', handsObject(urb, 5)],
  ['request_firmware_nowait', handsData(inProcess, 6, 5)],
  ['work_on_cpu', handsData(inProcess, 1, 2)],
  ['work_on_cpu_safe', handsData(inProcess, 1, 2)],
  ['smp_call_on_cpu', handsData(inProcess, 1, 2)],
  ['pci_walk_bus', handsData(inProcess, 1, 2)],
  ['on_each_cpu', handsData(inInterrupt, 0, 1)],
  ['on_each_cpu_mask', handsData(inInterrupt, 1, 2)],
  ['smp_call_function', handsData(inInterrupt, 0, 1)],
  ['smp_call_function_any', handsData(inInterrupt, 1, 2)],
  ['smp_call_function_many', handsData(inInterrupt, 1, 2)],
  ['smp_call_function_single', handsData(inInterrupt, 1, 2)],
]);

const byObject: Readonly<Partial<Record<ObjectKind, HandlerKind>>> = {
  work,
  timer,
  hrtimer,
  tasklet,
  irq,
  kthread,
  napi,
  rcu,
  srcu: rcu,
};

/** `argument`: where the table of primitives has the handler. */
export function rulesOf(primitive: string, object: ObjectKind, argument: number): readonly HandlerRule[] {
  return byName.get(primitive) ?? handsObject(byObject[object] ?? called, argument);
}

/** How it binds is said of the function itself. */
export const hasRules = (primitive: string): boolean => byName.has(primitive);

// Members of structs of the core that hold what runs for the struct.
// prettier-ignore
const members: ReadonlyMap<string, HandlerKind> = new Map([
  ['work_struct.func', work], ['kthread_work.func', work], ['wiphy_work.func', work], ['irq_work.func', irqWork],
  ['timer_list.function', timer], ['hrtimer.function', hrtimer],
  ['tasklet_struct.func', tasklet], ['tasklet_struct.callback', tasklet],
  ['irqaction.handler', irq], ['irqaction.thread_fn', thread],
  ['callback_head.func', rcu], ['rcu_head.func', rcu], ['napi_struct.poll', napi],
  ...['device_attribute', 'kobj_attribute', 'driver_attribute', 'bus_attribute', 'class_attribute', 'sysfs_ops', 'configfs_attribute']
    .flatMap((struct): [string, HandlerKind][] => [[`${struct}.show`, attribute], [`${struct}.store`, attribute]]),
  ['bin_attribute.read', attribute], ['bin_attribute.write', attribute], ['bin_attribute.mmap', attribute],
]);

export const handlerMember = (struct: string, member: string): HandlerKind | undefined =>
  members.get(`${struct}.${member}`);

/** The object that users name, and the member of it that its handler gets. */
export const innerWork: ReadonlyMap<string, string> = new Map([
  ['delayed_work', 'work'],
  ['rcu_work', 'work'],
  ['kthread_delayed_work', 'work'],
  ['wiphy_delayed_work', 'work'],
  ['wiphy_hrtimer_work', 'work'],
]);
