// linking.ts
// What is known while a program is put together, for those who read tables of functions and entries out of it.
// Nothing here waits: a file or a function that is not there yet is noted, brought in, and the question asked again
// from the start. Whoever asks must therefore keep no state between two askings.

import type { FileFacts } from '../facts/fileFacts.ts';
import type { OpIndex } from '../facts/flow.ts';
import type { ExprId, TypeId } from '../facts/terms.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { Primitive } from '../kernel/primitive.ts';
import type { FnId, Meaning, ProgramFunction, Slot } from './meaning.ts';
import type { PlaceId, PlaceTable } from './places.ts';
import type { StructRef, StructTable } from './structs.ts';
import type { Body } from './types.ts';

/** A type, behind typedefs: a struct, or something else, with stars and arrays counted. */
export interface Shape {
  /** `undefined`: no struct or union, or an unknown one. */
  readonly struct: StructRef | undefined;
  readonly pointers: number;
}

export interface Field {
  readonly name: string;
  readonly shape: Shape;
  /** The struct that declares it: the outer one for a field of an embedded anonymous struct. */
  readonly owner: StructRef;
}

export interface Linking {
  readonly index: TreeIndex;
  readonly places: PlaceTable;
  readonly structs: StructTable;
  /** Facts of the files in scope, in order of path. */
  readonly files: ReadonlyMap<string, FileFacts>;
  /** All functions so far; macros' uses and stubs included. */
  readonly functions: readonly ProgramFunction[];
  /** Every call through a pointer in a struct that the program makes, with what its first argument points at there. */
  readonly slotCalls: readonly SlotCall[];
  primitiveOf(name: string): Primitive | undefined;
  inScope(path: string): boolean;
  /** How often something was lacking so far: what is read while this stays as it is, is final. */
  readonly lacks: number;
  /** Facts of any file. `undefined`: not there yet (then it will be at the next asking), or not readable. */
  factsOf(path: string): FileFacts | undefined;
  /** The function that this name means in that file; brought into the program if it is not there yet. */
  fnOf(name: string, from: string): FnId | undefined;
  /** Brings in the function that this very file defines. */
  want(name: string, path: string): FnId | undefined;
  body(fn: FnId): Body;
  /** A scope without locals, for what stands outside functions: the values of globals, arguments of macro calls. */
  fileBody(path: string): Body | undefined;
  /** Of a function's own expression, or of one outside functions (see `fileBody`). */
  placeOf(id: ExprId, body: Body): PlaceId | undefined;
  shapeOf(id: ExprId, body: Body): Shape | undefined;
  /** Of a type of that file's facts. */
  shapeOfType(type: TypeId, path: string): Shape | undefined;
  /** The struct that a tag means in that file. */
  structOf(tag: string, from: string): StructRef | undefined;
  /** A field of that name, those of embedded anonymous structs included. */
  field(struct: StructRef, name: string): Field | undefined;
  /** All fields in order of declaration, for initialisers without designators. */
  fieldsOf(struct: StructRef): readonly Field[];
  meaningOf(fn: FnId, op: OpIndex): Meaning | undefined;
  /** Those of a function's operations that mean something, in order. */
  meaningsOf(fn: FnId): readonly OpMeaning[];
}

export interface OpMeaning {
  readonly op: OpIndex;
  readonly meaning: Meaning;
}

export interface SlotCall {
  readonly fn: FnId;
  readonly op: OpIndex;
  readonly slot: Slot;
  readonly first: PlaceId | undefined;
}
