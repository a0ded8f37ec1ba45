// macroTables.ts
// Macros of the kernel whose bodies say less than their names: those that go from a member to the struct around it,
// and those that give what they are given.

/** `container_of(pointer, type, member)`. */
export const containerMacros: ReadonlySet<string> = new Set([
  'container_of',
  'container_of_const',
  'container_of_safe',
  'list_entry',
  'list_entry_rcu',
  'hlist_entry',
  'hlist_entry_safe',
  'rb_entry',
  'llist_entry',
]);

/** `from_timer(variable, pointer, member)`: the struct is what the variable points at. */
export const variableContainerMacros: ReadonlySet<string> = new Set([
  'from_timer',
  'from_tasklet',
  'from_work',
  'timer_container_of',
]);

/** `list_first_entry(head, type, member)`: some element. */
export const elementMacros: ReadonlySet<string> = new Set([
  'list_first_entry',
  'list_last_entry',
  'list_first_entry_or_null',
  'list_first_or_null_rcu',
  'rb_entry_safe',
  'plist_first_entry',
  'plist_last_entry',
]);

/** `list_next_entry(pointer, member)`: another element of the same type. */
export const neighbourMacros: ReadonlySet<string> = new Set(['list_next_entry', 'list_prev_entry']);

/** Give their first argument, or what lies in it. */
export const transparentCalls: ReadonlySet<string> = new Set([
  'likely',
  'unlikely',
  'READ_ONCE',
  'ACCESS_ONCE',
  'smp_load_acquire',
  'rcu_dereference',
  'rcu_dereference_raw',
  'rcu_dereference_bh',
  'rcu_dereference_sched',
  'rcu_dereference_check',
  'rcu_dereference_bh_check',
  'rcu_dereference_rtnl',
  'rcu_dereference_protected',
  'rcu_access_pointer',
  'rcu_pointer_handoff',
  'rtnl_dereference',
  'srcu_dereference',
  'no_free_ptr',
  'PTR_ALIGN',
  'kasan_reset_tag',
]);

/** Put their second argument into the first, or where that points. */
export const storingCalls: ReadonlySet<string> = new Set([
  'rcu_assign_pointer',
  'RCU_INIT_POINTER',
  'WRITE_ONCE',
  'smp_store_release',
  'smp_store_mb',
  'xchg',
]);

/** One of many: the variable of some processor. */
export const perProcessorCalls: ReadonlySet<string> = new Set([
  'this_cpu_ptr',
  'raw_cpu_ptr',
  'per_cpu_ptr',
  'get_cpu_ptr',
  'get_cpu_var',
  'per_cpu',
]);

/** Give no object: an error in place of one. */
export const errorCalls: ReadonlySet<string> = new Set(['ERR_PTR', 'ERR_CAST', 'IOMEM_ERR_PTR']);
