// primitive.ts
// The shape of one row of kernel knowledge: a function or macro whose meaning the engine takes from a table and
// does not read from its body.

/** What an operation does, in the words of the kernel's documentation. */
export const operationEffects = [
  /** Makes the object; where a handler runs for it, `handlerArgument` says which. */
  'init',
  'acquire',
  'try',
  'release',
  /** From writer to reader, or from irqs off to on, without letting go. */
  'downgrade',
  /** The caller must hold the lock: `lockdep_assert_held`. */
  'assert',
  'wait',
  'signal',
  'get',
  'put',
  'queue',
  'arm',
  'cancel',
  'disable',
  'enable',
  'register',
  'unregister',
  /** Runs the callbacks of a chain before it returns: `raw_notifier_call_chain`. */
  'notify',
] as const;
export type OperationEffect = (typeof operationEffects)[number];

/** What the object of an operation is. The words are those that a reader sees: `(mutex) intf_mutex`. */
export const objectKinds = [
  'mutex',
  'rt mutex',
  'ww mutex',
  'spinlock',
  'raw spinlock',
  'bit spinlock',
  'rwlock',
  'rwsem',
  'percpu rwsem',
  'semaphore',
  'seqlock',
  'local lock',
  'lock',
  'rcu',
  'srcu',
  'completion',
  'wait queue',
  'work',
  'workqueue',
  'kthread',
  'timer',
  'hrtimer',
  'tasklet',
  'irq',
  'napi',
  'references',
  'notifier chain',
  'fence',
  'transfer',
  'callbacks',
  'device',
  'runtime power',
  'cpu',
  /** A fact about the thread that a stub sets, and tests later: something is to be done at the end. */
  'token',
] as const;
export type ObjectKind = (typeof objectKinds)[number];

/** Value of the call that means: acquired, done, event seen. */
export type Success = 'zero' | 'nonzero' | 'positive' | 'not negative' | 'not null';

export interface Primitive {
  /** A function or macro; `guard(mutex)` for a guard class. */
  readonly name: string;
  readonly kind: ObjectKind;
  readonly effect: OperationEffect;
  /** Index of the argument that names the object; -1: the object is no argument. */
  readonly objectArgument: number;
  /** The object where it is no argument: `rtnl_mutex`. */
  readonly object?: string;
  /** What the argument points at where the object lies behind it: `device`, with `member` its lock `mutex`. */
  readonly type?: string;
  readonly member?: string;
  /** Readers share, writers do not. Only for locks that know both, and for both modes of an assertion. */
  readonly mode?: 'read' | 'write' | 'either';
  /** What the lock also turns off on this processor until it is released. */
  readonly disables?: 'bh' | 'irq' | 'irqsave' | 'preemption';
  /** `flags`: depends on an argument or on the object. PREEMPT_RT is not looked at. */
  readonly sleeps: 'no' | 'yes' | 'flags';
  /** Who holds it may take it again: it is counted, and may be handed to another thread. */
  readonly nests?: boolean;
  /** `undefined`: the call always succeeds. */
  readonly success?: Success;
  /** The call only announces a wait: it begins where the thread next gives the processor away. */
  readonly announces?: boolean;
  /** A wait that something else can end too. */
  readonly endedBy?: 'signal' | 'fatal signal' | 'timeout' | 'signal or timeout';
  /** What the call waits for besides doing its effect: `cancel_work_sync` cancels, and waits for the work. */
  readonly waitsFor?: ObjectKind;
  /** A lock of this name is taken and released inside the call. */
  readonly takesInside?: string;
  /** What it acquires it lets go again before it returns. */
  readonly passes?: boolean;
  /** Index of the argument with the function that will run for the object. */
  readonly handlerArgument?: number;
  /** Index of the argument with the function that a thread runs after the handler: of a threaded interrupt. */
  readonly threadArgument?: number;
  /** Index of the argument with the `struct notifier_block` that is put on the chain or taken off it. */
  readonly blockArgument?: number;
  /** Index of the argument with a lock that is let go while the call waits, and taken again before it returns. */
  readonly letsGoArgument?: number;
  /** The same for a lock that lies in the object: `lock` of a `wait_queue_head_t`. */
  readonly letsGoMember?: string;
  /** Index of the `gfp_t`, where that decides whether the call may sleep. */
  readonly flagsArgument?: number;
  /** Index of the argument with the number of threads that a semaphore lets in. */
  readonly countArgument?: number;
  /** Index of the argument with the workqueue; a fixed one is `queue`. */
  readonly queueArgument?: number;
  readonly queue?: string;
  /** Only in these kernels. Absent: in 6.1 and in 6.12. */
  readonly only?: '6.1' | '6.12';
}

/** The object of a call after which nobody waits any more for the callback that made it: it has removed its own file. */
export const ownCallbacks = 'own callbacks';

/** What all rows of a table share; a row may say otherwise. */
export type PrimitiveDefaults = Partial<Omit<Primitive, 'name'>>;
export type PrimitiveRow = PrimitiveDefaults & Pick<Primitive, 'name' | 'effect'>;

/** One table: rows of one kind, completed by what they share. */
export function primitiveTable(
  shared: PrimitiveDefaults & Pick<Primitive, 'kind'>,
  rows: readonly PrimitiveRow[],
): readonly Primitive[] {
  return rows.map((row) => ({ objectArgument: 0, sleeps: 'no', ...shared, ...row }));
}
