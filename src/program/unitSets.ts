// unitSets.ts
// Files that belong together, as sets that grow.

/** A set that is looked at with each of those that use it; all by their tops. */
export interface Library {
  readonly module: string;
  readonly users: readonly string[];
}

/** Sets that grow together. A key that is no path of the scope joins those that name it. */
export class Sets {
  readonly #paths: readonly string[];
  readonly #parents = new Map<string, string>();

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  join(a: string, b: string): void {
    const [first, second] = [this.top(a), this.top(b)];
    if (first !== second) this.#parents.set(second, first);
  }

  /** The same for all of one set. */
  top(key: string): string {
    let top = key;
    for (let parent = this.#parents.get(top); parent !== undefined; parent = this.#parents.get(top)) {
      const above = this.#parents.get(parent);
      if (above !== undefined) this.#parents.set(top, above);
      top = parent;
    }
    return top;
  }

  /** How many paths each set has, by its top. */
  sizes(): ReadonlyMap<string, number> {
    const sizes = new Map<string, number>();
    for (const path of this.#paths) {
      const top = this.top(path);
      sizes.set(top, (sizes.get(top) ?? 0) + 1);
    }
    return sizes;
  }

  all(): readonly (readonly string[])[] {
    const sets = new Map<string, string[]>();
    for (const path of this.#paths) {
      const top = this.top(path);
      const set = sets.get(top);
      if (set) set.push(path);
      else sets.set(top, [path]);
    }
    return [...sets.values()];
  }
}

/** The sets, with each library in those of its users and not as one of its own. */
export function withLibraries(sets: Sets, libraries: readonly Library[]): readonly (readonly string[])[] {
  const all = new Map(sets.all().map((set) => [sets.top(set[0] ?? ''), set]));
  const used = new Map<string, string[]>();
  const elsewhere = new Set<string>();
  for (const { module, users } of libraries) {
    for (const user of users) {
      used.set(user, [...(used.get(user) ?? []), module]);
      elsewhere.add(module);
    }
  }
  // A library that uses another one brings that along.
  const tops = (top: string): ReadonlySet<string> => {
    const found = new Set([top]);
    for (const next of found) for (const library of used.get(next) ?? []) found.add(library);
    return found;
  };
  const own = [...all.keys()].filter((top) => !elsewhere.has(top));
  const covered = new Set(own.flatMap((top) => [...tops(top)]));
  // Libraries that only use each other.
  const alone = [...all.keys()].filter((top) => !covered.has(top));
  return [...own, ...alone].map((top) => [...tops(top)].flatMap((one) => all.get(one) ?? []).sort());
}
