// progress.ts
// How far the work on a tree is, told a few times a second.

export type IndexPhase = 'list' | 'symbols' | 'facts';

export interface IndexProgress {
  readonly phase: IndexPhase;
  /** Files. */
  readonly done: number;
  readonly total: number;
}

export type ProgressListener = (progress: IndexProgress) => void;

const throttleMs = 100;

/** The first and the last step of a phase are always told. */
export function throttled(listener: ProgressListener, now: () => number): ProgressListener {
  let lastMs = -Infinity;
  let lastPhase: IndexPhase | undefined;
  return (progress) => {
    const time = now();
    const isEdge = progress.phase !== lastPhase || progress.done >= progress.total;
    if (!isEdge && time - lastMs < throttleMs) return;
    lastMs = time;
    lastPhase = progress.phase;
    listener(progress);
  };
}
