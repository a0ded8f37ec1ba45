// disposable.ts
// Things that must be let go of: listeners, workers, trees, open files.

export interface Disposable {
  dispose(): void;
}
