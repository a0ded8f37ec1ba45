// provenance.ts
// Which struct an object of the core lies in: `&auxdev->dev` lies in an `auxiliary_device`. A function that is called
// for a `struct device` and goes from there to the struct around it is meant for those devices and for no others.

import type { FileFacts, FunctionFacts, LocalFacts } from '../facts/fileFacts.ts';
import type { Flow } from '../facts/flow.ts';
import type { ExprId, Terms } from '../facts/terms.ts';
import { namesOf } from './fileNames.ts';
import type { Linking } from './linking.ts';
import { containerMacros } from './macroTables.ts';
import type { PlaceId } from './places.ts';
import { nearest } from './resolve.ts';

export type Provenance =
  /** Tag of the struct in which the object lies. */
  | { readonly kind: 'embedded'; readonly struct: string }
  /** An object of its own: in nothing. */
  | { readonly kind: 'alone' }
  | { readonly kind: 'unknown' };

const unknown: Provenance = { kind: 'unknown' };
const alone: Provenance = { kind: 'alone' };

export function provenanceOf(id: PlaceId, linking: Linking): Provenance {
  const { places, structs } = linking;
  const place = places.get(id);
  switch (place.kind) {
    case 'member': {
      if (place.owner === undefined) return unknown;
      const field = linking.field(place.owner, place.name);
      // Behind a pointer lies something that may be part of anything.
      if (!field || field.shape.pointers > 0) return unknown;
      return { kind: 'embedded', struct: structs.name(place.owner).tag };
    }
    case 'element':
      return provenanceOf(place.base, linking);
    case 'view':
      return provenanceOf(place.of, linking);
    case 'global':
      return alone;
    case 'local':
      return place.isObject ? alone : unknown;
    case 'parameter':
    case 'result':
    case 'container':
    case 'some':
      return unknown;
  }
}

// `to_foo(dev)` may be a macro over an inline function over `container_of`.
const deepest = 3;

/** Tags of the structs that a function goes to from its first parameter: the outermost, and those inside on the way. */
export interface Downcasts {
  readonly outer: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

export function downcasts(fn: FunctionFacts, path: string, facts: FileFacts, linking: Linking): Downcasts {
  const found = { outer: new Set<string>(), all: new Set<string>() };
  collect({ flow: fn.flow, locals: fn.locals, path, facts }, found, linking, 0);
  return found;
}

interface Found {
  readonly outer: Set<string>;
  readonly all: Set<string>;
}

interface Code {
  readonly flow: Flow;
  readonly locals: readonly LocalFacts[];
  readonly path: string;
  readonly facts: FileFacts;
  readonly value?: ExprId;
}

function collect(code: Code, found: Found, linking: Linking, depth: number): void {
  const { flow } = code;
  for (let i = 0; i < flow.count; i++) {
    const op = flow.op(i);
    if (op.kind === 'call') ofCall(op.call, code, found, linking, depth);
  }
  if (code.value !== undefined) ofCall(code.value, code, found, linking, depth);
}

function ofCall(id: ExprId, code: Code, found: Found, linking: Linking, depth: number): void {
  const { terms } = code.facts;
  const call = terms.expr(id);
  if (call.kind !== 'call') return;
  const callee = terms.expr(call.callee);
  const [first, type, member] = call.args;
  if (callee.kind !== 'name' || first === undefined || !isFirstParameter(first, code)) return;
  if (containerMacros.has(callee.name) && type !== undefined) {
    const [outer, ...inner] = structsAlong(type, member, code, linking);
    if (outer === undefined) return;
    found.outer.add(outer);
    for (const tag of [outer, ...inner]) found.all.add(tag);
  } else if (depth < deepest) {
    const inner = accessor(callee.name, code, linking);
    if (inner) collect(inner, found, linking, depth + 1);
  }
}

/** The parameter, or a local that is nothing but the parameter. */
function isFirstParameter(id: ExprId, { facts, flow }: Code): boolean {
  const expr = facts.terms.expr(id);
  if (expr.kind === 'cast') return isFirstParameter(expr.operand, { facts, flow } as Code);
  if (expr.kind !== 'local') return false;
  if (expr.index === 0) return true;
  for (let i = 0; i < flow.count; i++) {
    const op = flow.op(i);
    if (op.kind !== 'assign') continue;
    const target = facts.terms.expr(op.target);
    if (target.kind !== 'local' || target.index !== expr.index) continue;
    const value = facts.terms.expr(op.value);
    return value.kind === 'local' && value.index === 0;
  }
  return false;
}

/** `container_of(dev, struct foo, pdev.dev)`: the object lies in a `foo`, and in the `pci_dev` inside. */
function structsAlong(
  type: ExprId,
  member: ExprId | undefined,
  { facts, path }: Code,
  linking: Linking,
): readonly string[] {
  const expr = facts.terms.expr(type);
  let struct = expr.kind === 'name' ? linking.structOf(expr.name, path) : undefined;
  if (expr.kind === 'type') struct = linking.shapeOfType(expr.type, path)?.struct;
  const tags: string[] = [];
  const members = member === undefined ? [] : memberNames(member, facts.terms);
  for (const name of ['', ...members.slice(0, -1)]) {
    if (struct !== undefined && name !== '') struct = linking.field(struct, name)?.shape.struct;
    if (struct !== undefined) tags.push(linking.structs.name(struct).tag);
  }
  return tags;
}

function memberNames(id: ExprId, terms: Terms): readonly string[] {
  const expr = terms.expr(id);
  if (expr.kind === 'field') return [...memberNames(expr.base, terms), expr.name];
  return expr.kind === 'name' ? [expr.name] : [];
}

function accessor(name: string, { path, facts }: Code, linking: Linking): Code | undefined {
  const from = { path, includes: facts.includes };
  const target = nearest(linking.index.definitionsOf(name), ['function', 'macro'], from);
  const home = target && (target.path === path ? facts : linking.factsOf(target.path));
  if (!home) return undefined;
  if (target.kind === 'function') {
    const fn = namesOf(home).functions.get(name);
    // Only what is written to be an accessor: all others would have to be followed to the end.
    return fn && fn.flow.count <= 4
      ? { flow: fn.flow, locals: fn.locals, path: target.path, facts: home }
      : undefined;
  }
  const macro = namesOf(home).macros.get(name);
  if (macro?.body.kind !== 'expression') return undefined;
  const { flow, locals, value } = macro.body;
  return { flow, locals, path: target.path, facts: home, value };
}
