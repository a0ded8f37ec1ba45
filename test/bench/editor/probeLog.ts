// probeLog.ts
// What the probe in the extension host wrote down between two moments.

import { existsSync, readFileSync } from 'node:fs';

type ProbeLine = { readonly at: number; readonly pid: number } & (
  | { readonly kind: 'host'; readonly busyMs: number; readonly residentBytes: number }
  | { readonly kind: 'lenses'; readonly ms: number }
);

export class ProbeLog {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** The longest time for which the host heard nothing, since a moment of `Date.now()`. */
  longestBusy(since: number): number {
    return Math.max(0, ...this.#since(since).map((line) => (line.kind === 'host' ? line.busyMs : 0)));
  }

  /** From an edit to the lenses, for one who asks at once. */
  lensTimes(since: number): readonly number[] {
    return this.#since(since).flatMap((line) => (line.kind === 'lenses' ? [line.ms] : []));
  }

  /** Of the extension host that wrote last. */
  hostBytes(): number {
    const lines = this.#since(0).filter((line) => line.kind === 'host');
    return lines.at(-1)?.residentBytes ?? 0;
  }

  #since(moment: number): readonly ProbeLine[] {
    if (!existsSync(this.#file)) throw new Error('the probe did not start in the extension host');
    const lines = readFileSync(this.#file, 'utf8').trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as ProbeLine).filter(({ at }) => at >= moment);
  }
}
