// pathRows.ts
// Rows of a table by path. At a start all files of a tree are asked for in the order of the table, and comparing each
// with the next row takes a fraction of the time that hashing 60,000 paths takes; other questions are answered by a map.

export class PathRows {
  readonly #paths: readonly string[];
  #rows: Map<string, number> | undefined;
  #next = 0;

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  /** `undefined`: not in the table. */
  of(path: string): number | undefined {
    if (this.#paths[this.#next] === path) return this.#next++;
    this.#rows ??= new Map(this.#paths.map((other, row) => [other, row]));
    const row = this.#rows.get(path);
    if (row !== undefined) this.#next = row + 1;
    return row;
  }
}
