// disposable.ts
// Ownership of things that must be let go of: listeners, workers, trees, open files.

export interface Disposable {
  dispose(): void;
}

/** Owns disposables. One added after disposal is disposed at once, so late async results cannot leak. */
export class DisposableStore implements Disposable {
  #items: Disposable[] | undefined = [];

  add<T extends Disposable>(item: T): T {
    if (this.#items) this.#items.push(item);
    else item.dispose();
    return item;
  }

  dispose(): void {
    const items = this.#items ?? [];
    this.#items = undefined;
    for (const item of items.reverse()) item.dispose();
  }
}
