// guardReader.ts
// What a guard does where it stands and where its scope ends: by the tables, or as its class says itself.

import type { Op, OpIndex } from '../facts/flow.ts';
import type { ExprId } from '../facts/terms.ts';
import type { ActReader, GivenArguments } from './actReader.ts';
import { noArgument } from './argumentReader.ts';
import type { ArgumentReader } from './argumentReader.ts';
import type { BodyInfo } from './bodyInfo.ts';
import type { Callees } from './callees.ts';
import type { Code } from './code.ts';
import type { GuardCall, GuardClass, GuardClasses } from './guardClasses.ts';
import type { KnownNames } from './knownNames.ts';
import type { Argument, FnId, Meaning } from './meaning.ts';
import { undone } from './operations.ts';
import type { PlaceReader } from './placeReader.ts';

export interface GuardReaderParts {
  readonly known: KnownNames;
  readonly acts: ActReader;
  readonly args: ArgumentReader;
  readonly classes: GuardClasses;
  readonly callees: Callees;
  readonly places: PlaceReader;
  /** Throws `lacking` where it is not yet known what the code calls. */
  readonly mustBeScanned: (code: Code) => void;
  readonly idOf: (code: Code) => FnId;
}

type Guard = Extract<Op, { kind: 'guard' }>;

export class GuardReader {
  readonly #parts: GuardReaderParts;

  constructor(parts: GuardReaderParts) {
    this.#parts = parts;
  }

  enter(op: Guard, info: BodyInfo): Meaning | undefined {
    // `__free(put_device)` does nothing where it stands, only where its scope ends.
    if (op.form === 'free') return undefined;
    const primitive = this.#parts.known.guardOf(op.name);
    if (primitive) {
      const given = this.#given(constructed(op), info);
      return { kind: 'act', act: this.#parts.acts.of(primitive, primitive.effect, given, info) };
    }
    const own = this.#parts.classes.of(op.name, info.view);
    return own?.enter && this.#call(own, own.enter, op, info);
  }

  leave(guard: OpIndex, info: BodyInfo): Meaning | undefined {
    const op = info.body.flow.op(guard);
    if (op.kind !== 'guard') return undefined;
    const { known } = this.#parts;
    const primitive = op.form === 'free' ? known.cleanupOf(op.name) : known.guardOf(op.name);
    if (primitive) {
      const effect = op.form === 'free' ? primitive.effect : undone(primitive.effect);
      const given = this.#given(op.form === 'free' ? op.args : constructed(op), info);
      return { kind: 'act', act: this.#parts.acts.of(primitive, effect, given, info) };
    }
    const own = this.#parts.classes.of(op.name, info.view);
    return own?.leave && this.#call(own, own.leave, op, info);
  }

  #call(own: GuardClass, call: GuardCall, op: Guard, info: BodyInfo): Meaning | undefined {
    const target = this.#parts.callees.of(call.callee, own.view);
    const args = call.args.map((arg) => this.#argument(arg, op, info));
    switch (target.kind) {
      case 'primitive': {
        const { primitive } = target;
        const given: GivenArguments = (index) => args[index];
        return { kind: 'act', act: this.#parts.acts.of(primitive, primitive.effect, given, info) };
      }
      case 'code':
        this.#parts.mustBeScanned(target.code);
        // A macro would have to be read with arguments that are no expressions of this body.
        if (!target.code.matters || target.code.isMacro) return undefined;
        return { kind: 'call', target: this.#parts.idOf(target.code), args };
      case 'cut':
      case 'nothing':
      case 'unknown':
        return undefined;
    }
  }

  #argument(arg: GuardCall['args'][number], op: Guard, info: BodyInfo): Argument {
    switch (arg.kind) {
      case 'argument': {
        const id = constructed(op)[arg.index];
        return id === undefined ? noArgument : this.#parts.args.one(id, info);
      }
      case 'guarded': {
        const id = op.args[0];
        if (id === undefined) return noArgument;
        if (arg.path.length === 0) return this.#parts.args.one(id, info);
        let place = this.#parts.places.placeOf(id, info);
        for (const name of arg.path)
          place = place === undefined ? undefined : this.#parts.places.memberOf(place, name);
        return { ...noArgument, place };
      }
      case 'other':
        return noArgument;
    }
  }

  #given(args: readonly ExprId[], info: BodyInfo): GivenArguments {
    return (index) => {
      const arg = args[index];
      return arg === undefined ? undefined : this.#parts.args.one(arg, info);
    };
  }
}

/** `CLASS(mutex, held)(&lock)`: the variable comes before what the constructor is given. */
const constructed = (op: Guard): readonly ExprId[] => (op.form === 'class' ? op.args.slice(1) : op.args);
