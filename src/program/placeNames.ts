// placeNames.ts
// Names of places beyond one function: which member of which struct, or which global. Two functions that say the same
// name mean objects of one class.

import { namesOf } from './fileNames.ts';
import type { Linking } from './linking.ts';
import type { PlaceId, PlaceTable } from './places.ts';
import { nearest } from './resolve.ts';
import type { StructRef, StructTable } from './structs.ts';

/** `foo.nb`, or the key of a global; `undefined` where only the caller knows, or nobody. */
export function classNameOf(id: PlaceId, places: PlaceTable, structs: StructTable): string | undefined {
  const place = places.get(id);
  switch (place.kind) {
    case 'global':
      return place.key;
    case 'local':
      return place.isObject ? `${place.owner}:${place.name}` : undefined;
    case 'member':
      return place.owner === undefined ? undefined : `${structs.name(place.owner).tag}.${place.name}`;
    case 'element': {
      const base = classNameOf(place.base, places, structs);
      return base && `${base}[]`;
    }
    case 'view':
      return classNameOf(place.of, places, structs);
    case 'parameter':
    case 'result':
    case 'container':
    case 'some':
      return undefined;
  }
}

/** The same object as others see it who know only its type: what hangs from a parameter or a pointer of one function. */
export function detached(id: PlaceId, places: PlaceTable): PlaceId {
  const place = places.get(id);
  switch (place.kind) {
    case 'global':
    case 'some':
      return id;
    case 'parameter':
      return places.some(place.struct);
    case 'local':
      return place.isObject ? id : places.some(place.struct);
    case 'member':
      return places.member(detached(place.base, places), place.name, place.owner, place.struct);
    case 'element':
      return places.element(detached(place.base, places), place.struct);
    case 'container':
      return place.struct === undefined
        ? places.container(detached(place.of, places), place.member, place.struct)
        : places.some(place.struct);
    case 'view':
      return places.view(detached(place.of, places), place.struct);
    case 'result':
      return place.struct === undefined
        ? places.result(
            place.callee,
            place.args.map((arg) => detached(arg, places)),
          )
        : places.some(place.struct);
  }
}

/** The one variable of that name, wherever it is, as tables of primitives name it. */
export function globalNamed(name: string, linking: Linking): PlaceId {
  const all = linking.index.definitionsOf(name).filter(({ kind }) => kind === 'global');
  const [only] = all;
  const isSeen = only?.isStatic === true && all.length === 1;
  return linking.places.global(name, isSeen ? `${only.path}:${name}` : name);
}

/** `foo.work`, `reset_work`: for people. */
export function shownName(id: PlaceId, places: PlaceTable, structs: StructTable): string {
  const place = places.get(id);
  switch (place.kind) {
    case 'global':
    case 'local':
      return place.name;
    case 'member':
      return place.owner === undefined
        ? place.name
        : `${structs
            .name(place.owner)
            .tag.replaceAll('::', '.')
            .replaceAll(/\.#\d+/g, '')}.${place.name}`;
    case 'element':
      return `${shownName(place.base, places, structs)}[]`;
    case 'view':
      return shownName(place.of, places, structs);
    case 'container':
      return shownName(place.of, places, structs);
    case 'result':
      return `${place.callee}()`;
    case 'parameter':
    case 'some':
      return place.struct === undefined ? '' : structs.name(place.struct).tag;
  }
}

/** What a name that is no local stands for in that file, as expressions there have it. */
export function globalIn(name: string, path: string, linking: Linking, struct?: StructRef): PlaceId {
  const { places, index } = linking;
  const facts = linking.factsOf(path);
  const own = facts && namesOf(facts).globals.get(name);
  if (facts && own && !own.isExtern)
    return places.global(name, own.isStatic ? `${path}:${name}` : name, struct);
  const maker = facts?.macroCalls.find(
    ({ name: macro, args }) =>
      /DEFINE|DECLARE|LIST_HEAD/.test(macro) &&
      args.some((id) => {
        const expr = facts.terms.expr(id);
        return expr.kind === 'name' && expr.name === name;
      }),
  );
  if (maker) return places.global(name, maker.isStatic ? `${path}:${name}` : name, struct);
  const from = { path, includes: facts?.includes ?? [] };
  const defined = own ? undefined : nearest(index.definitionsOf(name), ['global'], from);
  return places.global(name, defined?.isStatic === true ? `${defined.path}:${name}` : name, struct);
}
