// grouped.ts
// Large numbers as people read them.

/**
 * `46,555`. By hand, for the first number that `toLocaleString` formats loads its tables, and whoever else runs on the
 * thread of the extension host waits for that for 20 to 40 ms.
 */
export const grouped = (count: number): string => `${count}`.replace(/\B(?=(?:\d{3})+$)/g, ',');
