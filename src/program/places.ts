// places.ts
// Where an object lives, as far as one function can tell: behind a parameter, in a global, in a member of either.
// Equal places have one number, so "the same object" is a comparison of numbers. A callee's places are turned into
// the caller's by putting arguments for parameters.

import type { StructRef } from './structs.ts';

declare const tag: unique symbol;
export type PlaceId = number & { readonly [tag]: 'PlaceId' };

/** `struct` is the type of the object itself; `undefined` where it is no struct or not known. */
export type Place =
  /** What the parameter points at, or is. */
  | { readonly kind: 'parameter'; readonly index: number; readonly struct: StructRef | undefined }
  /** `key` is the name, with the file before it where the linkage is static. */
  | {
      readonly kind: 'global';
      readonly name: string;
      readonly key: string;
      readonly struct: StructRef | undefined;
    }
  /** A local whose value is not followed. `owner` is `path:function`. Nobody else can name it. */
  | {
      readonly kind: 'local';
      readonly owner: string;
      readonly name: string;
      /** The local is the object itself; otherwise it points at one that is not known. */
      readonly isObject: boolean;
      readonly struct: StructRef | undefined;
    }
  /** `owner` is the struct in which the member is declared. */
  | {
      readonly kind: 'member';
      readonly base: PlaceId;
      readonly name: string;
      readonly owner: StructRef | undefined;
      readonly struct: StructRef | undefined;
    }
  /** Some element of an array. */
  | { readonly kind: 'element'; readonly base: PlaceId; readonly struct: StructRef | undefined }
  /** What a call gives: `netdev_priv(dev)`. */
  | {
      readonly kind: 'result';
      readonly callee: string;
      readonly args: readonly PlaceId[];
      readonly struct: StructRef | undefined;
    }
  /** `container_of(of, struct S, member)`. */
  | {
      readonly kind: 'container';
      readonly of: PlaceId;
      readonly member: string;
      readonly struct: StructRef | undefined;
    }
  /** The same object, seen as a struct that its declaration does not tell: a `void *` that was cast. */
  | { readonly kind: 'view'; readonly of: PlaceId; readonly struct: StructRef | undefined }
  /** An object of which nothing but the type is known. */
  | { readonly kind: 'some'; readonly struct: StructRef | undefined };

// A longer chain of members is a walk through a list or a tree: only its type is kept.
const deepest = 10;

export class PlaceTable {
  readonly #places: Place[] = [];
  readonly #depths: number[] = [];
  readonly #ids = new Map<string, PlaceId>();

  get(id: PlaceId): Place {
    const place = this.#places[id];
    if (!place) throw new RangeError(`no place ${id}`);
    return place;
  }

  parameter(index: number, struct?: StructRef): PlaceId {
    return this.#intern(`p${index},${struct ?? ''}`, 1, { kind: 'parameter', index, struct });
  }

  global(name: string, key: string, struct?: StructRef): PlaceId {
    return this.#intern(`g${key}`, 1, { kind: 'global', name, key, struct });
  }

  local(owner: string, name: string, isObject: boolean, struct?: StructRef): PlaceId {
    return this.#intern(`l${owner},${name},${struct ?? ''}`, 1, {
      kind: 'local',
      owner,
      name,
      isObject,
      struct,
    });
  }

  some(struct: StructRef | undefined): PlaceId {
    return this.#intern(`s${struct ?? ''}`, 1, { kind: 'some', struct });
  }

  /** `base->name`. The member of a container at that member is the pointer it was made from. */
  member(base: PlaceId, name: string, owner?: StructRef, struct?: StructRef): PlaceId {
    const outer = this.get(base);
    if (outer.kind === 'container' && outer.member === name) return outer.of;
    const depth = this.depthOf(base) + 1;
    if (depth > deepest) return this.member(this.some(outer.struct), name, owner, struct);
    return this.#intern(`m${base},${name},${owner ?? ''},${struct ?? ''}`, depth, {
      kind: 'member',
      base,
      name,
      owner,
      struct,
    });
  }

  element(base: PlaceId, struct?: StructRef): PlaceId {
    return this.#intern(`e${base},${struct ?? ''}`, this.depthOf(base) + 1, {
      kind: 'element',
      base,
      struct,
    });
  }

  result(callee: string, args: readonly PlaceId[], struct?: StructRef): PlaceId {
    const owner = ownerCalls.has(callee) ? this.#around(args[0], struct) : undefined;
    if (owner !== undefined) return owner;
    const depth = 1 + Math.max(0, ...args.map((arg) => this.depthOf(arg)));
    if (depth > deepest) return this.some(struct);
    return this.#intern(`r${callee}(${args.join(',')})${struct ?? ''}`, depth, {
      kind: 'result',
      callee,
      args,
      struct,
    });
  }

  container(of: PlaceId, member: string, struct?: StructRef): PlaceId {
    const inner = this.get(of);
    // A pointer of the same name in some other struct leads elsewhere: `container_of(port->dev, struct card, dev)`.
    if (inner.kind === 'member' && inner.name === member && mayBe(inner.owner, struct))
      return this.view(inner.base, struct);
    const depth = this.depthOf(of) + 1;
    if (depth > deepest) return this.some(struct);
    return this.#intern(`c${of},${member},${struct ?? ''}`, depth, { kind: 'container', of, member, struct });
  }

  view(of: PlaceId, struct: StructRef | undefined): PlaceId {
    const seen = this.get(of);
    if (struct === undefined || seen.struct === struct) return of;
    if (seen.kind === 'view') return this.view(seen.of, struct);
    if (seen.kind === 'some') return this.some(struct);
    return this.#intern(`v${of},${struct}`, this.depthOf(of) + 1, { kind: 'view', of, struct });
  }

  /** A place of a callee, seen from the caller that passes `args`; an argument without a place is `undefined`. */
  substitute(id: PlaceId, args: readonly (PlaceId | undefined)[]): PlaceId {
    const place = this.get(id);
    switch (place.kind) {
      case 'parameter': {
        const arg = args[place.index];
        return arg === undefined ? this.some(place.struct) : this.#seenAs(arg, place.struct);
      }
      case 'member': {
        const base = this.substitute(place.base, args);
        return base === place.base ? id : this.member(base, place.name, place.owner, place.struct);
      }
      case 'element': {
        const base = this.substitute(place.base, args);
        return base === place.base ? id : this.element(base, place.struct);
      }
      case 'container': {
        const of = this.substitute(place.of, args);
        return of === place.of ? id : this.container(of, place.member, place.struct);
      }
      case 'view': {
        const of = this.substitute(place.of, args);
        return of === place.of ? id : this.view(of, place.struct);
      }
      case 'result': {
        const own = place.args.map((arg) => this.substitute(arg, args));
        if (own.every((arg, i) => arg === place.args[i])) return id;
        // What is got from an object that is not known is not known either.
        const isKnown = own.every((arg) => this.root(arg).kind !== 'some');
        return isKnown ? this.result(place.callee, own, place.struct) : this.some(place.struct);
      }
      case 'local':
        // Which object a local of the callee pointed at is of no meaning to the caller.
        return place.isObject ? id : this.some(place.struct);
      case 'global':
      case 'some':
        return id;
    }
  }

  /** `foo` of `&foo->pdev->dev`: the nearest object of that struct by which a driver came to the device. */
  #around(id: PlaceId | undefined, struct: StructRef | undefined): PlaceId | undefined {
    let at = struct === undefined ? undefined : id;
    for (let members = 0; at !== undefined;) {
      const place = this.get(at);
      if (place.struct === struct) return at;
      const isOwn = place.kind === 'member' && place.name !== 'parent' && members++ < mostToDevice;
      at = isOwn ? place.base : place.kind === 'view' ? place.of : undefined;
    }
    return undefined;
  }

  /** The place that all others of a chain hang from: a parameter, a global, a local. */
  root(id: PlaceId): Place {
    const place = this.get(id);
    switch (place.kind) {
      case 'member':
      case 'element':
        return this.root(place.base);
      case 'container':
      case 'view':
        return this.root(place.of);
      case 'parameter':
      case 'global':
      case 'local':
      case 'result':
      case 'some':
        return place;
    }
  }

  // A callee may declare less than its caller knows (`void *`), or more.
  #seenAs(arg: PlaceId, struct: StructRef | undefined): PlaceId {
    return this.get(arg).struct === undefined ? this.view(arg, struct) : arg;
  }

  /** How many members, containers and calls away from the root of the chain. */
  depthOf(id: PlaceId): number {
    return this.#depths[id] ?? 0;
  }

  #intern(key: string, depth: number, place: Place): PlaceId {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#places.length as PlaceId;
    this.#places.push(place);
    this.#depths.push(depth);
    this.#ids.set(key, id);
    return id;
  }
}

/** What a driver stores with its device: an object that knows its device is the one that the device leads back to. */
const ownerCalls: ReadonlySet<string> = new Set([
  'dev_get_drvdata',
  'i2c_get_clientdata',
  'pci_get_drvdata',
  'platform_get_drvdata',
  'spi_get_drvdata',
  'usb_get_intfdata',
]);

// `foo->pdev->dev`. Further away lies the device of another: `foo->spi->controller->dev`.
const mostToDevice = 2;

const mayBe = (owner: StructRef | undefined, struct: StructRef | undefined): boolean =>
  owner === undefined || struct === undefined || owner === struct;
