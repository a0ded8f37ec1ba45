// linker.ts
// Brings a program together: follows direct calls from the scope until nothing new is reached, then reads what the
// calls mean, in rounds: what a round lacks is loaded before the next one.

import type { Token } from '../base/cancel.ts';
import { throwIfCancelled } from '../base/cancel.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { OpIndex } from '../facts/flow.ts';
import type { ExprId, TypeId } from '../facts/terms.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { Primitive } from '../kernel/primitive.ts';
import { ActReader } from './actReader.ts';
import { ArgumentReader } from './argumentReader.ts';
import { BodyInfo } from './bodyInfo.ts';
import { Callees } from './callees.ts';
import type { Code } from './code.ts';
import { codeOfFunction } from './code.ts';
import { Constants } from './constants.ts';
import type { FileView } from './fileView.ts';
import { FunctionTable } from './functionTable.ts';
import { Globals } from './globals.ts';
import { GuardClasses } from './guardClasses.ts';
import { GuardReader } from './guardReader.ts';
import type { KnownNames } from './knownNames.ts';
import { LentObjects } from './lentObjects.ts';
import type { Field, Linking, OpMeaning, Shape, SlotCall } from './linking.ts';
import type { FnId, Meaning, ProgramFunction } from './meaning.ts';
import { MeaningReader } from './meaningReader.ts';
import { PlaceReader } from './placeReader.ts';
import { PlaceTable } from './places.ts';
import type { PlaceId } from './places.ts';
import { Scanner } from './scanner.ts';
import { ShapeReader } from './shapeReader.ts';
import { lacking, Sources } from './sources.ts';
import { StructReader } from './structReader.ts';
import { StructTable } from './structs.ts';
import type { StructRef } from './structs.ts';
import type { Body } from './types.ts';
import type { TreeNames } from './treeNames.ts';
import { Uses } from './uses.ts';

/** Loads of what meanings lack; after that the answer stands with what is still unknown left unknown. */
const mostRounds = 200;

export interface LinkerParts {
  readonly index: TreeIndex;
  readonly scope: readonly string[];
  readonly stubs: readonly { readonly path: string; readonly facts: FileFacts }[];
  readonly known: KnownNames;
  readonly names: TreeNames;
}

export class Linker implements Linking {
  readonly index: TreeIndex;
  readonly places = new PlaceTable();
  readonly structs = new StructTable();
  readonly slotCalls: SlotCall[] = [];
  readonly unresolved = new Map<string, number>();
  readonly #parts: LinkerParts;
  readonly #scope: ReadonlySet<string>;
  readonly #sources: Sources;
  readonly #callees: Callees;
  readonly #scanner: Scanner;
  readonly #table: FunctionTable;
  readonly #structReader: StructReader;
  readonly #shapeReader: ShapeReader;
  readonly #placeReader: PlaceReader;
  readonly #constants: Constants;
  readonly #meanings: MeaningReader;
  readonly #files = new Map<string, FileFacts>();
  readonly #fileBodies = new Map<string, BodyInfo>();
  /** By function: what its operations mean; `undefined`: not read yet. */
  readonly #read: ((Meaning | undefined)[] | undefined)[] = [];
  readonly #meaningful: (readonly OpMeaning[] | undefined)[] = [];
  #waiting: FnId[] = [];
  #listed = 0;

  constructor(parts: LinkerParts) {
    this.index = parts.index;
    this.#parts = parts;
    this.#scope = new Set(parts.scope);
    this.#sources = new Sources(parts.index, parts.names);
    const inScope = (path: string): boolean => this.#scope.has(path);
    const stubs = new Map<string, FileView>();
    for (const { path, facts } of parts.stubs) {
      const view = this.#sources.add(path, facts, true);
      for (const fn of facts.functions) if (!fn.isStatic && !stubs.has(fn.name)) stubs.set(fn.name, view);
    }
    this.#table = new FunctionTable(inScope);
    this.#callees = new Callees(this.#sources, {
      primitiveOf: (name) => parts.known.primitiveOf(name),
      inScope,
      stubs,
    });
    const guardClasses = new GuardClasses(this.#sources);
    this.#scanner = new Scanner(this.#callees, guardClasses, parts.known);
    this.#structReader = new StructReader(this.#sources, this.structs);
    const globals = new Globals(this.#sources, this.#structReader, this.places);
    const uses = new Uses(this.#callees, this.#sources);
    this.#shapeReader = new ShapeReader(this.#structReader, globals, uses);
    this.#placeReader = new PlaceReader({
      places: this.places,
      structs: this.#structReader,
      shapes: this.#shapeReader,
      globals,
      uses,
      bodyOf: (code) => this.#table.bodyOf(code),
    });
    this.#constants = new Constants(this.#sources);
    const idOf = (code: Code): FnId => this.#add(code);
    const args = new ArgumentReader({
      places: this.#placeReader,
      constants: this.#constants,
      uses,
      idOf,
    });
    const acts = new ActReader({
      table: this.places,
      names: this.structs,
      places: this.#placeReader,
      structs: this.#structReader,
      globals,
    });
    const guards = new GuardReader({
      known: parts.known,
      acts,
      args,
      classes: guardClasses,
      callees: this.#callees,
      places: this.#placeReader,
      mustBeScanned: (code) => this.#mustBeScanned(code),
      idOf,
    });
    this.#meanings = new MeaningReader({
      acts,
      guards,
      args,
      lent: new LentObjects({
        table: this.places,
        places: this.#placeReader,
        uses,
        bodyOf: (code) => this.#table.bodyOf(code),
      }),
      places: this.#placeReader,
      shapes: this.#shapeReader,
      structs: this.#structReader,
      names: this.structs,
      uses,
      mustBeScanned: (code) => this.#mustBeScanned(code),
      idOf,
      idOfUse: (use, code) => this.#table.addUse(use, code),
    });
  }

  get functions(): readonly ProgramFunction[] {
    return this.#table.all;
  }

  get files(): ReadonlyMap<string, FileFacts> {
    return this.#files;
  }

  get loadedFiles(): number {
    return this.#sources.loadedCount;
  }

  get scanned(): number {
    return this.#scanner.count;
  }

  /** All functions of the files in scope, in order of path and place. */
  async begin(token: Token): Promise<void> {
    const paths = [...this.#scope].sort();
    await this.#sources.load(paths, token);
    for (const path of paths) {
      const view = this.#sources.peek(path);
      if (!view) continue;
      this.#files.set(path, view.facts);
      for (const fn of view.names.functions.values()) this.#add(codeOfFunction(view, fn));
    }
  }

  /** Until nothing more is reached, and every meaning is read. */
  async settle(token: Token): Promise<void> {
    for (let round = 0; ; round++) {
      this.#scanner.run();
      // What matters is known only when all calls are: meanings come after.
      if (this.#scanner.isDone) this.#readMeanings(token);
      if (round === mostRounds) this.#sources.close();
      if (this.#sources.lacksSome) await this.#sources.loadLacking(token);
      else if (this.#scanner.isDone && this.#waiting.length === 0 && this.#listed === this.functions.length)
        return;
      throwIfCancelled(token);
    }
  }

  get isSettled(): boolean {
    return this.#scanner.isDone && !this.#sources.lacksSome && this.#listed === this.functions.length;
  }

  primitiveOf(name: string): Primitive | undefined {
    return this.#parts.known.primitiveOf(name);
  }

  get lacks(): number {
    return this.#sources.lacks;
  }

  inScope(path: string): boolean {
    return this.#scope.has(path);
  }

  factsOf(path: string): FileFacts | undefined {
    return this.#sources.peek(path)?.facts;
  }

  fnOf(name: string, from: string): FnId | undefined {
    return this.#now(() => {
      const view = this.#sources.view(from);
      const code = view && this.#callees.functionNamed(name, view);
      return code && this.#add(code);
    });
  }

  want(name: string, path: string): FnId | undefined {
    const view = this.#sources.peek(path);
    const fn = view?.names.functions.get(name);
    return view && fn ? this.#add(codeOfFunction(view, fn)) : undefined;
  }

  body(fn: FnId): Body {
    return this.#infoOf(fn).body;
  }

  fileBody(path: string): Body | undefined {
    const known = this.#fileBodies.get(path);
    if (known) return known.body;
    const view = this.#sources.peek(path);
    if (!view) return undefined;
    const scope = { path, facts: view.facts, includes: view.includes, locals: [] };
    const info = new BodyInfo(view, { scope, flow: noFlow }, path, undefined);
    this.#fileBodies.set(path, info);
    this.#table.note(info);
    return info.body;
  }

  placeOf(id: ExprId, body: Body): PlaceId | undefined {
    const info = this.#table.infoOf(body);
    return info && this.#now(() => this.#placeReader.placeOf(id, info));
  }

  numberOf(id: ExprId, body: Body): number | undefined {
    const info = this.#table.infoOf(body);
    return info && this.#now(() => this.#constants.valueOf(id, info.view));
  }

  shapeOf(id: ExprId, body: Body): Shape | undefined {
    const info = this.#table.infoOf(body);
    return info && this.#now(() => this.#shapeReader.shapeOf(id, info));
  }

  shapeOfType(type: TypeId, path: string): Shape | undefined {
    return this.#now(() => {
      const view = this.#sources.view(path);
      return view && this.#structReader.shapeOfType(type, view);
    });
  }

  structOf(tag: string, from: string): StructRef | undefined {
    return this.#now(() => {
      const view = this.#sources.view(from);
      return view && this.#structReader.structOf(tag, view);
    });
  }

  field(struct: StructRef, name: string): Field | undefined {
    return this.#now(() => this.#structReader.field(struct, name));
  }

  fieldsOf(struct: StructRef): readonly Field[] {
    return this.#now(() => this.#structReader.fieldsOf(struct)) ?? [];
  }

  meaningOf(fn: FnId, op: OpIndex): Meaning | undefined {
    return this.#read[fn]?.[op];
  }

  meaningsOf(fn: FnId): readonly OpMeaning[] {
    return this.#meaningful[fn] ?? noMeanings;
  }

  /** The end: what is not there now never will be. */
  close(): void {
    this.#sources.close();
    this.#table.forget();
  }

  #add(code: Code): FnId {
    this.#scanner.add(code);
    return this.#table.add(code);
  }

  #mustBeScanned(code: Code): void {
    if (code.calls !== undefined) return;
    this.#scanner.add(code);
    throw lacking;
  }

  #infoOf(fn: FnId): BodyInfo {
    const info = this.#table.infos[fn];
    if (!info) throw new RangeError(`no function ${String(fn)}`);
    return info;
  }

  /** The answer of this moment: a file that is lacking is noted, and the answer is that nothing is known. */
  #now<T>(question: () => T): T | undefined {
    try {
      return question();
    } catch (error) {
      if (error !== lacking) throw error;
      return undefined;
    }
  }

  #readMeanings(token: Token): void {
    const stuck: FnId[] = [];
    for (const fn of this.#waiting) if (!this.#readFunction(fn)) stuck.push(fn);
    this.#waiting = stuck;
    // Reading a function brings in what it calls, so the list grows while it is walked.
    for (; this.#listed < this.functions.length; this.#listed++) {
      const fn = this.#listed as FnId;
      const code = this.#table.codes[fn];
      if (code && !code.isMacro && code.calls === undefined) return;
      if (!this.#readFunction(fn)) this.#waiting.push(fn);
      if (this.#listed % 64 === 0) throwIfCancelled(token);
    }
  }

  /** False while something is lacking. What was found out is kept all the same. */
  #readFunction(fn: FnId): boolean {
    const info = this.#infoOf(fn);
    const { flow } = info.body;
    const code = this.#table.codes[fn];
    // A use of a macro is only made where it matters.
    if (!code || (!code.matters && !code.isMacro)) {
      this.#read[fn] = [];
      return true;
    }
    const meanings: (Meaning | undefined)[] = [];
    let isWhole = true;
    for (let op = 0; op < flow.count; op++) {
      try {
        meanings.push(this.#meanings.read(op, info));
      } catch (error) {
        if (error !== lacking) throw error;
        isWhole = false;
      }
    }
    if (!isWhole) return false;
    this.#read[fn] = meanings;
    const meaningful = meanings.flatMap((meaning, op) => (meaning ? [{ op, meaning }] : []));
    this.#meaningful[fn] = meaningful;
    for (const { op, meaning } of meaningful) this.#note(fn, op, meaning);
    return true;
  }

  #note(fn: FnId, op: OpIndex, meaning: Meaning): void {
    if (meaning.kind === 'slot') {
      this.slotCalls.push({ fn, op, slot: meaning.slot, first: meaning.args[0]?.place });
    } else if (meaning.kind === 'unresolved') {
      this.unresolved.set(meaning.text, (this.unresolved.get(meaning.text) ?? 0) + 1);
    }
  }
}

const noMeanings: readonly OpMeaning[] = [];

const noFlow = {
  count: 0,
  op: (): never => {
    throw new RangeError('nothing runs outside functions');
  },
};
