// coreWriters.ts
// Locks that somebody outside of all that is looked at may write at any time, so that their readers queue behind a writer.

/** Whoever switches a processor on or off writes it. */
export const writtenByCore: ReadonlySet<string> = new Set(['cpu_hotplug_lock']);
