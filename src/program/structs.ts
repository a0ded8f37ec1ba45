// structs.ts
// Struct and union types of the whole program as numbers: the same tag in the same file is the same type.

declare const tag: unique symbol;
export type StructRef = number & { readonly [tag]: 'StructRef' };

export interface StructName {
  readonly tag: string;
  /** Where it is defined; empty where no definition was found. */
  readonly path: string;
}

export class StructTable {
  readonly #names: StructName[] = [];
  readonly #refs = new Map<string, StructRef>();

  of(path: string, structTag: string): StructRef {
    const key = `${path}:${structTag}`;
    const known = this.#refs.get(key);
    if (known !== undefined) return known;
    const ref = this.#names.length as StructRef;
    this.#names.push({ tag: structTag, path });
    this.#refs.set(key, ref);
    return ref;
  }

  name(ref: StructRef): StructName {
    const name = this.#names[ref];
    if (!name) throw new RangeError(`no struct ${ref}`);
    return name;
  }
}
