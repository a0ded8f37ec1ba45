// actReader.ts
// What a primitive does where it is called: to which object, on which queue, with which handler.

import type { Op, OpIndex } from '../facts/flow.ts';
import type { ExprId } from '../facts/terms.ts';
import { cleanupOf, guardOf } from '../kernel/knowledge.ts';
import type { OperationEffect, Primitive } from '../kernel/primitive.ts';
import type { ArgumentReader } from './argumentReader.ts';
import type { BodyInfo } from './bodyInfo.ts';
import type { Globals } from './globals.ts';
import type { Act, Meaning } from './meaning.ts';
import { undone } from './operations.ts';
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
  readonly args: ArgumentReader;
}

type Guard = Extract<Op, { kind: 'guard' }>;

export class ActReader {
  readonly #parts: ActReaderParts;

  constructor(parts: ActReaderParts) {
    this.#parts = parts;
  }

  of(primitive: Primitive, effect: OperationEffect, args: readonly ExprId[], info: BodyInfo): Act {
    const { handlerArgument, queueArgument, queue } = primitive;
    const handler = handlerArgument === undefined ? undefined : args[handlerArgument];
    const queueGiven = queueArgument === undefined ? undefined : args[queueArgument];
    return {
      primitive,
      effect,
      place: this.#object(primitive, args, info),
      queue:
        queueGiven !== undefined
          ? this.#parts.places.placeOf(queueGiven, info)
          : queue === undefined
            ? undefined
            : this.#parts.globals.named(queue),
      handler: handler === undefined ? undefined : this.#parts.args.functionOf(handler, info),
    };
  }

  ofGuard(op: Guard, info: BodyInfo): Meaning | undefined {
    // `__free(put_device)` does nothing where it stands, only where its scope ends.
    const primitive = op.form === 'free' ? undefined : guardOf(op.name);
    return primitive && { kind: 'act', act: this.of(primitive, primitive.effect, guarded(op), info) };
  }

  ofLeave(guard: OpIndex, info: BodyInfo): Meaning | undefined {
    const op = info.body.flow.op(guard);
    if (op.kind !== 'guard') return undefined;
    if (op.form === 'free') {
      const cleanup = cleanupOf(op.name);
      return cleanup && { kind: 'act', act: this.of(cleanup, cleanup.effect, op.args, info) };
    }
    const primitive = guardOf(op.name);
    return primitive && { kind: 'act', act: this.of(primitive, undone(primitive.effect), guarded(op), info) };
  }

  #object(primitive: Primitive, args: readonly ExprId[], info: BodyInfo): PlaceId | undefined {
    const { objectArgument, object, type, member } = primitive;
    if (objectArgument < 0) return object === undefined ? undefined : this.#parts.globals.named(object);
    const arg = args[objectArgument];
    const place = arg === undefined ? undefined : this.#parts.places.placeOf(arg, info);
    if (type === undefined || member === undefined) return place;
    const struct = this.#parts.structs.structNamed(type, info.view);
    const holder = place === undefined ? this.#parts.table.some(struct) : this.#holder(place, type, struct);
    const field = this.#parts.structs.field(struct, member);
    return this.#parts.table.member(holder, member, field?.owner ?? struct, field?.shape.struct);
  }

  /** `guard(pci_dev)(pdev)` locks the device inside: where the object is no such struct, one of its fields is. */
  #holder(place: PlaceId, type: string, struct: StructRef): PlaceId {
    const { table, names, structs, places } = this.#parts;
    const own = table.get(place).struct;
    if (own === undefined || own === struct || names.name(own).tag === type) return places.seenAs(place, struct);
    const inside = structs
      .fieldsOf(own)
      .find(({ shape }) => shape.struct !== undefined && names.name(shape.struct).tag === type);
    return inside
      ? table.member(place, inside.name, inside.owner, inside.shape.struct)
      : places.seenAs(place, struct);
  }
}

/** `CLASS(mutex, held)(&lock)`: the variable comes before what the constructor is given. */
const guarded = (op: Guard): readonly ExprId[] => (op.form === 'class' ? op.args.slice(1) : op.args);
