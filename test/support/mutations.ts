// mutations.ts
// Small wrong (or mended) versions of a C file: the slips that a patch makes. Each is one change of one line or two.

export interface Mutant {
  readonly kind: 'unlock deleted' | 'locks swapped' | 'wait moved under a lock';
  /** 1-based, of the first line changed. */
  readonly line: number;
  readonly text: string;
}

export function mutantsOf(text: string): readonly Mutant[] {
  const lines = text.split('\n');
  const mutants: Mutant[] = [];
  lines.forEach((line, i) => {
    const next = lines[i + 1] ?? '';
    const make = (kind: Mutant['kind'], ...changed: readonly string[]): void => {
      const mutated = [...lines.slice(0, i), ...changed, ...lines.slice(i + Math.max(1, changed.length))];
      mutants.push({ kind, line: i + 1, text: mutated.join('\n') });
    };
    if (unlock.test(line)) make('unlock deleted', line.replace(/\S.*$/, ';'));
    if (lock.test(line) && lock.test(next)) make('locks swapped', next, line);
    if ((wait.test(line) && lock.test(next)) || (unlock.test(line) && wait.test(next)))
      make('wait moved under a lock', next, line);
  });
  return mutants;
}

// A call that is a statement of its own, so that no result is lost with it.
const unlock =
  /^\s*(?:\w+_unlock\w*|up|up_read|up_write|device_unlock|release_sock|percpu_up_\w+|write_sequnlock)\(.*\);$/;
const lock =
  /^\s*(?:\w+_lock(?:_bh|_irq|_irqsave|_nested)?|down|down_read|down_write|lock_sock|percpu_down_\w+|write_seqlock|pthread_rwlock_\w*rdlock|pthread_rwlock_\w*wrlock)\(.*\);$/;
const wait =
  /^\s*(?:cancel_\w*_sync|flush_\w+|drain_workqueue|destroy_workqueue|kthread_stop|kthread_cancel_work_sync|kthread_flush_\w+|del_timer_sync|hrtimer_cancel|tasklet_kill|free_irq|disable_irq|napi_disable|wait_for_completion|wait_event|unregister_netdev|synchronize_s?rcu|device_remove_file|pthread_join)\(.*\);$/;
