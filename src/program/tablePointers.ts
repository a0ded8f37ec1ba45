// tablePointers.ts
// Which member of which struct points at a table: `.fops` of a `miscdevice`, in its initialiser or by assignment.

import type { Linking } from './linking.ts';
import { classNameOf } from './placeNames.ts';
import type { PlaceId } from './places.ts';
import type { ObjectRow } from './tableRows.ts';

export class TablePointers {
  readonly #linking: Linking;
  readonly #known: ReadonlySet<string>;

  constructor(objects: readonly ObjectRow[], linking: Linking) {
    this.#linking = linking;
    this.#known = new Set(objects.flatMap((row) => this.#keyOf(row) ?? []));
  }

  lead({ struct, member }: { readonly struct: string; readonly member: string }, table?: PlaceId): boolean {
    const name = table === undefined ? undefined : this.#nameOf(table);
    return name !== undefined && this.#known.has(`${struct}.${member} ${name}`);
  }

  #keyOf({ object, member, holder }: ObjectRow): string | undefined {
    const { places, structs } = this.#linking;
    const struct = holder === undefined ? undefined : places.get(holder).struct;
    const name = this.#nameOf(object);
    return struct === undefined || name === undefined
      ? undefined
      : `${structs.name(struct).tag}.${member} ${name}`;
  }

  #nameOf(table: PlaceId): string | undefined {
    return classNameOf(table, this.#linking.places, this.#linking.structs);
  }
}
