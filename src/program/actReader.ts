// actReader.ts
// What a primitive does where it is called: to which object, on which queue, with which handler.

import type { OperationEffect, Primitive } from '../kernel/primitive.ts';
import type { BodyInfo } from './bodyInfo.ts';
import type { Globals } from './globals.ts';
import type { Act, Argument } from './meaning.ts';
import type { PlaceReader } from './placeReader.ts';
import type { PlaceId, PlaceTable } from './places.ts';
import type { StructReader } from './structReader.ts';
import type { StructRef, StructTable } from './structs.ts';

export interface ActReaderParts {
  readonly table: PlaceTable;
  readonly names: StructTable;
  readonly places: PlaceReader;
  readonly structs: StructReader;
  readonly globals: Globals;
}

/** What a call passes, asked for one by one: most primitives look at one argument only. */
export type GivenArguments = (index: number) => Argument | undefined;

export class ActReader {
  readonly #parts: ActReaderParts;

  constructor(parts: ActReaderParts) {
    this.#parts = parts;
  }

  of(primitive: Primitive, effect: OperationEffect, given: GivenArguments, info: BodyInfo): Act {
    const { handlerArgument, queueArgument, queue, letsGoArgument, letsGoMember } = primitive;
    const place = this.#object(primitive, given, info);
    return {
      primitive,
      effect,
      place,
      letsGo:
        letsGoArgument !== undefined
          ? given(letsGoArgument)?.place
          : letsGoMember === undefined || place === undefined
            ? undefined
            : this.#parts.places.memberOf(place, letsGoMember),
      queue:
        queueArgument !== undefined
          ? given(queueArgument)?.place
          : queue === undefined
            ? undefined
            : this.#parts.globals.named(queue),
      handler: handlerArgument === undefined ? undefined : given(handlerArgument)?.fn,
    };
  }

  #object(primitive: Primitive, given: GivenArguments, info: BodyInfo): PlaceId | undefined {
    const { objectArgument, object, type, member } = primitive;
    const isMember = type !== undefined && member !== undefined;
    if (objectArgument < 0 && !isMember)
      return object === undefined ? undefined : this.#parts.globals.named(object);
    const place = objectArgument < 0 ? undefined : given(objectArgument)?.place;
    if (!isMember) return place;
    const struct = this.#parts.structs.structNamed(type, info.view);
    const holder = place === undefined ? this.#parts.table.some(struct) : this.#holder(place, type, struct);
    const field = this.#parts.structs.field(struct, member);
    return this.#parts.table.member(holder, member, field?.owner ?? struct, field?.shape.struct);
  }

  /** `guard(pci_dev)(pdev)` locks the device inside: where the object is no such struct, one of its fields is. */
  #holder(place: PlaceId, type: string, struct: StructRef): PlaceId {
    const { table, names, structs, places } = this.#parts;
    const own = table.get(place).struct;
    if (own === undefined || own === struct || names.name(own).tag === type)
      return places.seenAs(place, struct);
    const inside = structs
      .fieldsOf(own)
      .find(({ shape }) => shape.struct !== undefined && names.name(shape.struct).tag === type);
    return inside
      ? table.member(place, inside.name, inside.owner, inside.shape.struct)
      : places.seenAs(place, struct);
  }
}
