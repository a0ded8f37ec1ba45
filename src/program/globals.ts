// globals.ts
// What a name stands for that is neither a local nor a function: a variable of this file or of another one.

import type { Definition } from '../index/treeIndex.ts';
import type { FileView, GlobalObject } from './fileView.ts';
import type { Shape } from './linking.ts';
import type { PlaceId, PlaceTable } from './places.ts';
import { globals } from './resolve.ts';
import type { Sources } from './sources.ts';
import type { StructReader } from './structReader.ts';

export class Globals {
  readonly #sources: Sources;
  readonly #structs: StructReader;
  readonly #places: PlaceTable;

  constructor(sources: Sources, structs: StructReader, places: PlaceTable) {
    this.#sources = sources;
    this.#structs = structs;
    this.#places = places;
  }

  find(name: string, view: FileView): GlobalObject | undefined {
    if (view.globals.has(name)) return view.globals.get(name);
    const object = this.#find(name, view);
    view.globals.set(name, object);
    return object;
  }

  /** The object that a table of primitives names: the one variable of that name, wherever it is. */
  named(name: string): PlaceId {
    const all = this.#sources.definitionsOf(name).filter(({ kind }) => kind === 'global');
    const [only] = all;
    const isSeen = only?.isStatic === true && all.length === 1;
    return this.#places.global(name, isSeen ? `${only.path}:${name}` : name);
  }

  #find(name: string, view: FileView): GlobalObject | undefined {
    const own = view.names.globals.get(name);
    if (own && !own.isExtern) {
      const key = own.isStatic ? `${view.path}:${name}` : name;
      return this.#object(name, key, this.#structs.shapeOfType(own.type, view));
    }
    const maker = view.maker(name);
    if (maker) return this.#object(name, maker.isStatic ? `${view.path}:${name}` : name, undefined);
    const definitions = this.#sources.definitionsOf(name);
    const defined =
      view.meanings.nearest(name, globals) ?? (view.isStub ? onlyGlobal(definitions) : undefined);
    if (own) return this.#object(name, name, this.#structs.shapeOfType(own.type, view));
    if (defined) {
      const key = defined.isStatic ? `${defined.path}:${name}` : name;
      return this.#object(name, key, this.#shapeThere(name, defined));
    }
    return definitions.length === 0 && !isConstantName(name)
      ? this.#object(name, name, undefined)
      : undefined;
  }

  #shapeThere(name: string, { path }: Definition): Shape | undefined {
    const home = this.#sources.view(path);
    const global = home?.names.globals.get(name);
    return home && global ? this.#structs.shapeOfType(global.type, home) : undefined;
  }

  #object(name: string, key: string, shape: Shape | undefined): GlobalObject {
    return { place: this.#places.global(name, key, shape?.struct), shape };
  }
}

/** A stub tells what a function of another file does with the variables of that file. */
function onlyGlobal(definitions: readonly Definition[]): Definition | undefined {
  const all = definitions.filter(({ kind }) => kind === 'global');
  return all.length === 1 ? all[0] : undefined;
}

const isConstantName = (name: string): boolean => !/[a-z]/.test(name) || name === 'true' || name === 'false';
