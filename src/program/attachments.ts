// attachments.ts
// Where files of sysfs, debugfs and proc hang: who takes away the directory, the group or the list of groups waits for
// the callbacks of every file in it.

import type { ExprId, Terms } from '../facts/terms.ts';
import { ascend } from './ascent.ts';
import type { CallGraph } from './callGraph.ts';
import { keptIn } from './kept.ts';
import type { Linking } from './linking.ts';
import type { FnId, ProgramFunction } from './meaning.ts';
import { classNameOf, detached } from './placeNames.ts';
import type { PlaceId } from './places.ts';
import type { ObjectRow, TableRow } from './tableRows.ts';
import type { SlotTable } from './tables.ts';
import type { Body } from './types.ts';

/** What a kind does to an object as such is no operation of a file. */
export const isOfFiles = (struct: string): boolean => !filesOfKind.has(struct);

/** What a file, or a table of file operations, is part of. */
export interface Attachment {
  /** Taking any of these away waits for its callbacks. */
  readonly within: readonly PlaceId[];
  /** The device or kobject that its callbacks get first; `undefined` where there are several, or none is known. */
  readonly first: PlaceId | undefined;
}

export interface Attachments {
  of(table: PlaceId): Attachment;
  /** Functions that show a file, with the operations of that file. */
  readonly shown: readonly { readonly fn: FnId; readonly table: PlaceId }[];
}

/** A call that makes a file: indices of the directory or device, and of the attribute, group or operations. */
interface Maker {
  readonly parent: number;
  readonly table: number;
  /** Callbacks get the parent as their first argument. */
  readonly givesParent: boolean;
}

/** Calls that make a directory: the index of the one that it is made in. */
const directories: ReadonlyMap<string, number> = new Map([
  ['debugfs_create_dir', 1],
  ['proc_mkdir', 1],
]);

/** Calls that open a file with operations of its own, the second argument. */
export const seqOpens: ReadonlySet<string> = new Set(['seq_open', 'seq_open_private', '__seq_open_private']);
/** The same with a function that shows all of it. */
const singleOpens: ReadonlySet<string> = new Set(['single_open', 'single_open_size']);

const attribute: Maker = { parent: 0, table: 1, givesParent: true };
// prettier-ignore
const makers: ReadonlyMap<string, Maker> = new Map([
  ...[
    'device_create_file', 'device_create_bin_file', 'sysfs_create_file', 'sysfs_create_bin_file', 'sysfs_create_group',
    'sysfs_create_groups', 'sysfs_create_files', 'sysfs_merge_group', 'sysfs_update_group', 'device_add_group',
    'device_add_groups', 'devm_device_add_group', 'devm_device_add_groups', 'driver_create_file', 'bus_create_file', 'class_create_file',
  ].map((name): [string, Maker] => [name, attribute]),
  ...['debugfs_create_file', 'debugfs_create_file_size']
    .map((name): [string, Maker] => [name, { parent: 2, table: 4, givesParent: false }]),
  ['proc_create', { parent: 2, table: 3, givesParent: false }],
  ['proc_create_data', { parent: 2, table: 3, givesParent: false }],
  ['proc_create_single_data', { parent: 2, table: 3, givesParent: false }],
  ['proc_create_seq_private', { parent: 2, table: 3, givesParent: false }],
]);

// `.attrs`, `.bin_attrs`, `.dev_groups`; empty for an element of a list.
const listsFiles = /^$|attrs$|groups?$/;

/** What says of which kind a device or kobject is, and the members of it that are about the files of all such. */
const filesOfKind: ReadonlyMap<string, readonly string[]> = new Map([
  ['device_type', ['groups']],
  ['class', ['dev_groups']],
  ['kobj_type', ['default_groups', 'sysfs_ops']],
]);

/** The member of a device or kobject that points at its kind. */
const kinds: ReadonlySet<string> = new Set(['type', 'class', 'ktype']);
const ofKinds: ReadonlySet<string> = new Set(['device', 'kobject']);

/** Calls that say of which type a kobject is: first the kobject, then the type. */
const typesKobject: ReadonlySet<string> = new Set(['kobject_init', 'kobject_init_and_add']);

const opensFiles: ReadonlySet<string> = new Set(['file_operations', 'proc_ops']);

// A choice between choices between tables.
const deepestChoice = 3;

const nothing: Attachment = { within: [], first: undefined };

export function attachmentsOf(
  linking: Linking,
  graph: CallGraph,
  { objects, rows }: Pick<SlotTable, 'objects' | 'rows'>,
): Attachments {
  const reader = new AttachmentReader(linking, graph);
  for (const row of objects) reader.part(row);
  for (const fn of linking.functions) if (fn.inScope) reader.calls(fn);
  for (const row of rows) reader.opens(row);
  return { of: (table) => reader.of(table), shown: reader.shown };
}

class AttachmentReader {
  readonly #linking: Linking;
  readonly #graph: CallGraph;
  /** By class name of the part: what it is in. */
  readonly #within = new Map<string, PlaceId[]>();
  readonly #firsts = new Map<string, Set<PlaceId>>();
  readonly shown: { readonly fn: FnId; readonly table: PlaceId }[] = [];

  constructor(linking: Linking, graph: CallGraph) {
    this.#linking = linking;
    this.#graph = graph;
  }

  /** An attribute in a list, a list in a group, a group in a list of groups, that list in a device or driver. */
  part({ object, holder, member }: ObjectRow): void {
    if (holder === undefined) return;
    const { places } = this.#linking;
    const place = places.get(holder);
    const struct = this.#tagOf(holder);
    if (kinds.has(member) && ofKinds.has(struct)) this.#ofKind(object, holder);
    // The kind stands for the files of all that are of it.
    if (filesOfKind.get(struct)?.includes(member) === true) return this.#put(this.#name(object), holder);
    if (!listsFiles.test(member)) return;
    // A list is its own container; a group stands for its list; for others it is the member that is taken away.
    const isList = member === '';
    const isGroup = member === 'attrs' || member === 'bin_attrs';
    const container = isList || isGroup ? holder : places.member(holder, member, place.struct);
    this.#put(this.#name(object), container);
  }

  /** `foo->dev.type = &foo_type`, `kobject_init(&foo->kobj, &foo_type)`: the files of the kind go with the object. */
  #ofKind(kind: PlaceId, object: PlaceId): void {
    this.#put(this.#name(kind), detached(object, this.#linking.places));
  }

  calls({ id, path }: ProgramFunction): void {
    const body = this.#linking.body(id);
    const { terms } = body.scope.facts;
    for (let i = 0; i < body.flow.count; i++) {
      const op = body.flow.op(i);
      const call = op.kind === 'call' ? terms.expr(op.call) : undefined;
      if (op.kind !== 'call' || call?.kind !== 'call' || path === '') continue;
      const name = calleeName(call.callee, terms);
      const maker = makers.get(name);
      if (maker) this.#made(maker, op.call, call.args, id, body);
      const outer = directories.get(name);
      if (outer !== undefined) this.#madeDirectory(op.call, call.args[outer], body);
      if (!typesKobject.has(name)) continue;
      for (const kobject of this.#meant(call.args[0], body))
        for (const kind of this.#meant(call.args[1], body)) this.#ofKind(kind, kobject);
    }
  }

  /** `.open = foo_open` of a file, which hands it on to operations on sequences or to a function that shows it. */
  opens({ struct, member, fn, path, holder }: TableRow): void {
    const isOpen = member === (struct === 'proc_ops' ? 'proc_open' : 'open');
    const id = isOpen && opensFiles.has(struct) ? this.#linking.fnOf(fn, path) : undefined;
    if (id === undefined || holder === undefined) return;
    const body = this.#linking.body(id);
    const { terms } = body.scope.facts;
    for (let i = 0; i < body.flow.count; i++) {
      const op = body.flow.op(i);
      const call = op.kind === 'call' ? terms.expr(op.call) : undefined;
      if (call?.kind !== 'call') continue;
      const name = calleeName(call.callee, terms);
      const given = call.args[1];
      if (given === undefined) continue;
      if (seqOpens.has(name)) {
        const place = this.#linking.placeOf(given, body);
        if (place !== undefined) this.#put(this.#name(place), holder);
      } else if (singleOpens.has(name)) {
        const fnShown = this.#linking.fnOf(calleeName(given, terms), path);
        if (fnShown !== undefined) this.shown.push({ fn: fnShown, table: holder });
      }
    }
  }

  of(table: PlaceId): Attachment {
    const name = this.#name(table);
    if (name === undefined) return nothing;
    const within: PlaceId[] = [];
    const firsts = new Set<PlaceId>();
    const seen = new Set<string>();
    const open = [name];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      for (const first of this.#firsts.get(next) ?? []) firsts.add(first);
      for (const place of this.#within.get(next) ?? []) {
        if (!within.includes(place)) within.push(place);
        const outer = this.#name(place);
        if (outer !== undefined) open.push(outer);
      }
    }
    const [first] = firsts;
    return { within, first: firsts.size === 1 ? first : undefined };
  }

  #made(
    { parent, table, givesParent }: Maker,
    call: ExprId,
    args: readonly ExprId[],
    fn: FnId,
    body: Body,
  ): void {
    for (const tablePlace of this.#meant(args[table], body)) {
      const parents = this.#meant(args[parent], body);
      for (const parentPlace of parents.length === 0 ? [undefined] : parents)
        this.#madeIn(tablePlace, parentPlace, givesParent, fn);
      // `x->file = debugfs_create_file(...)`: it may be taken away alone.
      const name = this.#name(tablePlace);
      for (const place of keptIn(call, body, this.#linking))
        this.#put(name, detached(place, this.#linking.places));
    }
  }

  /** `x->inner = debugfs_create_dir("inner", x->outer)`: who takes the outer one away takes both. */
  #madeDirectory(call: ExprId, outer: ExprId | undefined, body: Body): void {
    const { places } = this.#linking;
    for (const parent of this.#meant(outer, body))
      for (const place of keptIn(call, body, this.#linking))
        this.#put(this.#name(place), detached(parent, places));
  }

  /** The object that an argument means, or all that a local can be: `ops = is_text ? &text_ops : &data_ops`. */
  #meant(id: ExprId | undefined, body: Body, depth = 0): readonly PlaceId[] {
    if (id === undefined || depth > deepestChoice) return [];
    const place = this.#linking.placeOf(id, body);
    const { flow, scope } = body;
    const expr = scope.facts.terms.expr(id);
    if (expr.kind === 'conditional')
      return [expr.whenTrue, expr.whenFalse].flatMap((one) => this.#meant(one, body, depth + 1));
    if (expr.kind !== 'local') return place === undefined ? [] : [place];
    const values: ExprId[] = [];
    for (let i = 0; i < flow.count; i++) {
      const op = flow.op(i);
      if (op.kind === 'assign' && op.target === id) values.push(op.value);
    }
    // One value is the place itself, as is a parameter that keeps what it was given.
    if (values.length < 2) return place === undefined ? [] : [place];
    return values.flatMap((value) => this.#meant(value, body, depth + 1));
  }

  #madeIn(tablePlace: PlaceId, parentPlace: PlaceId | undefined, givesParent: boolean, fn: FnId): void {
    const { places } = this.#linking;
    const isKnown = (tuple: readonly (PlaceId | undefined)[]): boolean =>
      tuple.every((place) => place === undefined || this.#name(place) !== undefined);
    for (const { places: found } of ascend(
      { fn, places: [tablePlace, parentPlace] },
      this.#graph,
      places,
      isKnown,
    )) {
      const name = found[0] === undefined ? undefined : this.#name(found[0]);
      if (name === undefined || found[1] === undefined) continue;
      const outer = detached(found[1], places);
      if (this.#name(outer) !== undefined) this.#put(name, outer);
      if (givesParent) this.#firsts.set(name, (this.#firsts.get(name) ?? new Set()).add(outer));
    }
  }

  #tagOf(place: PlaceId): string {
    const { places, structs } = this.#linking;
    const { struct } = places.get(place);
    return struct === undefined ? '' : structs.name(struct).tag;
  }

  #put(part: string | undefined, container: PlaceId): void {
    if (part === undefined) return;
    const known = this.#within.get(part);
    if (!known) this.#within.set(part, [container]);
    else if (!known.includes(container)) known.push(container);
  }

  /** `&dev_attr_x.attr` is the file `dev_attr_x`. */
  #name(id: PlaceId): string | undefined {
    const { places, structs } = this.#linking;
    const place = places.get(id);
    const isInner =
      place.kind === 'member' &&
      (place.name === 'attr' || place.name === 'dev_attr') &&
      (place.owner === undefined || structs.name(place.owner).tag.endsWith('attribute'));
    return isInner ? this.#name(place.base) : classNameOf(id, places, structs);
  }
}

function calleeName(id: ExprId, terms: Terms): string {
  const expr = terms.expr(id);
  return expr.kind === 'name' ? expr.name : '';
}
