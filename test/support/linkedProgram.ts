// linkedProgram.ts
// Links a small tree of C texts through the real index, and says what its functions mean, one line for each operation.

import { neverCancelled } from '../../src/base/cancel.ts';
import { FactsReader } from '../../src/facts/factsReader.ts';
import { openIndex } from '../../src/index/indexedTree.ts';
import { MemoryTreeHost } from '../../src/index/memoryHost.ts';
import type { LinkedProgram } from '../../src/program/link.ts';
import { linkProgram } from '../../src/program/link.ts';
import type { Argument, FnId, Meaning } from '../../src/program/meaning.ts';
import type { PlaceId } from '../../src/program/places.ts';
import type { StructRef } from '../../src/program/structs.ts';
import { bytesOf, createTestParser } from './factsReader.ts';

export interface TestTree {
  readonly files: Readonly<Record<string, string>>;
  /** Paths; all `.c` files where left out. */
  readonly scope?: readonly string[];
  readonly stubs?: Readonly<Record<string, string>>;
}

export class LinkedTree {
  readonly program: LinkedProgram;

  constructor(program: LinkedProgram) {
    this.program = program;
  }

  /** `acquire mutex_lock $0.lock`, for each operation of the function that means something. */
  lines(name: string): readonly string[] {
    const fn = this.program.functions.find((candidate) => candidate.name === name);
    return fn ? this.linesOf(fn.id) : [];
  }

  linesOf(fn: FnId): readonly string[] {
    const { body } = this.program.functions[fn]!;
    return Array.from({ length: body.flow.count }, (_, op) => this.program.meaningOf(fn, op)).flatMap(
      (meaning) => (meaning ? this.#meaning(meaning) : []),
    );
  }

  place(id: PlaceId | undefined): string {
    if (id === undefined) return '?';
    const place = this.program.places.get(id);
    switch (place.kind) {
      case 'parameter':
        return `$${String(place.index)}`;
      case 'global':
        return place.key;
      case 'local':
        return place.isObject ? place.name : `*${place.name}`;
      case 'member':
        return `${this.place(place.base)}.${place.name}`;
      case 'element':
        return `${this.place(place.base)}[]`;
      case 'result':
        return `${place.callee}(${place.args.map((arg) => this.place(arg)).join(', ')})`;
      case 'container':
        return `${this.#tag(place.struct)}around(${this.place(place.of)}, ${place.member})`;
      case 'view':
        return `(${this.#tag(place.struct)})${this.place(place.of)}`;
      case 'some':
        return `some ${this.#tag(place.struct)}`;
    }
  }

  /** The struct that declares the member, and that of the member itself. */
  types(id: PlaceId | undefined): string {
    const place = id === undefined ? undefined : this.program.places.get(id);
    if (place?.kind !== 'member') return '';
    return `${this.#tag(place.owner)}> ${this.#tag(place.struct)}`;
  }

  /** Of the first operation with that primitive. */
  firstPlace(fn: string, primitive: string): PlaceId | undefined {
    const found = this.program.functions.find((candidate) => candidate.name === fn);
    for (let op = 0; found && op < found.body.flow.count; op++) {
      const meaning = this.program.meaningOf(found.id, op);
      if (meaning?.kind === 'act' && meaning.act.primitive.name === primitive) return meaning.act.place;
    }
    return undefined;
  }

  #tag(struct: StructRef | undefined): string {
    return struct === undefined ? '' : `${this.program.structs.name(struct).tag} `;
  }

  #meaning(meaning: Meaning): readonly string[] {
    const { functions } = this.program;
    switch (meaning.kind) {
      case 'act': {
        const { act } = meaning;
        const queue = act.queue === undefined ? '' : ` on ${this.place(act.queue)}`;
        const handler = act.handler === undefined ? '' : ` runs ${functions[act.handler]!.name}`;
        return [`${act.effect} ${act.primitive.name} ${this.place(act.place)}${queue}${handler}`];
      }
      case 'call': {
        const target = functions[meaning.target]!;
        if (target.isMacro) return [target.name, ...this.linesOf(target.id).map((line) => `  ${line}`)];
        return [`call ${target.isStub ? 'stub ' : ''}${target.name}${this.#args(meaning.args)}`];
      }
      case 'slot':
        return [`slot ${meaning.slot.struct}.${meaning.slot.member}${this.#args(meaning.args)}`];
      case 'parameter':
        return [`parameter ${String(meaning.index)}${this.#args(meaning.args)}`];
      case 'unresolved':
        return [`unresolved ${meaning.text}`];
    }
  }

  #args(args: readonly Argument[]): string {
    return `(${args.map((arg) => this.#arg(arg)).join(', ')})`;
  }

  #arg({ place, fn, constant, parameter }: Argument): string {
    if (fn !== undefined) return `&${this.program.functions[fn]!.name}`;
    if (constant !== undefined) return String(constant);
    return parameter === undefined ? this.place(place) : `=${this.place(place)}`;
  }
}

export async function linkTree({ files, scope, stubs }: TestTree): Promise<LinkedTree> {
  const parser = await createTestParser();
  const index = await openIndex({
    tree: new MemoryTreeHost('/tree', { ...files }),
    cache: undefined,
    workers: undefined,
    sha1: (chunks) => chunks.map((chunk) => new TextDecoder().decode(chunk)).join(''),
    createParser: () => Promise.resolve(parser),
    now: () => 0,
    breathe: () => Promise.resolve(),
    memoryBytes: () => 0,
    uniqueName: () => 'x',
    log: () => {},
  });
  const reader = new FactsReader(parser);
  const program = await linkProgram(
    {
      index,
      scope: scope ?? Object.keys(files).filter((path) => path.endsWith('.c')),
      stubs: Object.entries(stubs ?? {}).map(([path, text]) => ({ path, facts: reader.read(bytesOf(text)) })),
    },
    neverCancelled,
  );
  return new LinkedTree(program);
}
