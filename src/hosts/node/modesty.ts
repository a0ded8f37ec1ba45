// modesty.ts
// How threads behind an editor stand back for what somebody waits for: the editor itself, and the answers of its server.

import { getPriority, setPriority } from 'node:os';

/** Of the levels that Unix calls nice: between everybody else and what waits for an idle machine. */
export type Modesty = 'reads-ahead' | 'nobody-waits';

// While VS Code starts, two reader threads would keep two processors from it. They still have a fair share of a machine that
// compiles a kernel, for a review waits for what they read.
const niceness: Readonly<Record<Modesty, number>> = { 'reads-ahead': 5, 'nobody-waits': 10 };

export function standBack(modesty: Modesty): void {
  // Linux alone sets it for this thread, and not for the process as a whole. Nobody may come forward again.
  if (process.platform !== 'linux' || getPriority() >= niceness[modesty]) return;
  setPriority(niceness[modesty]);
}
