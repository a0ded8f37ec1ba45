// handlers.ts
// Functions that run later, as entries: what makes them run is held while they do, and their parameters point at it.

import type { ExprId } from '../facts/terms.ts';
import type { Primitive } from '../kernel/primitive.ts';
import type { Attachment, Attachments } from './attachments.ts';
import { ascend, seenFrom } from './ascent.ts';
import type { Tuple } from './ascent.ts';
import type { ActSite, CallGraph } from './callGraph.ts';
import { handlerEntry } from './handlerEntry.ts';
import type { HandlerBinding } from './handlerEntry.ts';
import { handlerMember, hasRules, rulesOf } from './handlerRules.ts';
import type { HandlerKind, HandlerRule } from './handlerRules.ts';
import { keptBeyond, keptIn } from './kept.ts';
import type { Linking } from './linking.ts';
import type { Entry, FnId } from './meaning.ts';
import { classNameOf } from './placeNames.ts';
import type { PlaceId } from './places.ts';
import type { TableRow } from './tableRows.ts';
import type { Body } from './types.ts';

// A wrapper of a wrapper of the call that binds.
const mostWrappers = 3;
const unattached: Attachment = { within: [], first: undefined };

export function handlersOf(
  linking: Linking,
  graph: CallGraph,
  rows: readonly TableRow[],
  attachments: Attachments,
): readonly Entry[] {
  const reader = new HandlerReader(linking, graph, attachments);
  for (const site of graph.acts) reader.act(site);
  for (const { id, isStub } of linking.functions) if (isStub) reader.stub(id);
  for (const path of linking.files.keys()) reader.file(path);
  for (const row of rows) reader.row(row);
  return reader.entries;
}

/** A function with what it was bound with, in the terms of the function that binds it. */
interface Bound {
  readonly handler: FnId;
  readonly fn: FnId;
  readonly object: PlaceId | undefined;
  readonly data: PlaceId | undefined;
}

class HandlerReader {
  readonly entries: Entry[] = [];
  readonly #linking: Linking;
  readonly #graph: CallGraph;
  readonly #attachments: Attachments;
  /** Class names of high resolution timers that run as softirqs. */
  readonly #soft = new Set<string>();

  constructor(linking: Linking, graph: CallGraph, attachments: Attachments) {
    this.#linking = linking;
    this.#attachments = attachments;
    this.#graph = graph;
    for (const site of graph.acts) this.#noteSoft(site);
  }

  act({ fn, op, act: { primitive, place } }: ActSite): void {
    if (primitive.handlerArgument !== undefined) this.#binds(primitive, place, { fn, op });
  }

  /** What is told in C binds handlers as well as the function that it stands for. */
  stub(id: FnId): void {
    const primitive = this.#linking.primitiveOf(this.#linking.functions[id]?.name ?? '');
    if (primitive?.handlerArgument === undefined || !hasRules(primitive.name)) return;
    for (const { caller, op, args } of this.#graph.callersOf(id)) {
      this.#binds(primitive, args[primitive.objectArgument]?.place, { fn: caller, op });
    }
  }

  #binds(primitive: Primitive, place: PlaceId | undefined, site: Pick<ActSite, 'fn' | 'op'>): void {
    const body = this.#linking.body(site.fn);
    const call = callAt(site.op, body);
    if (!call || primitive.handlerArgument === undefined) return;
    for (const rule of rulesOf(primitive.name, primitive.kind, primitive.handlerArgument)) {
      const data = rule.data === undefined ? undefined : call.args[rule.data];
      const object = primitive.objectArgument < 0 ? undefined : place;
      const dataPlace = data === undefined ? undefined : this.#linking.placeOf(data, body);
      const handler = call.args[rule.handler];
      if (handler === undefined) continue;
      const others = this.#otherNames(call.id, call.args[primitive.objectArgument], rule, site.fn);
      for (const bound of this.#bound(handler, { fn: site.fn, object, data: dataPlace }, body)) {
        this.#add(bound, rule, primitive.name, others);
      }
    }
  }

  /** `DECLARE_WORK(work, handler)` outside functions. */
  file(path: string): void {
    const facts = this.#linking.files.get(path);
    const body = this.#linking.fileBody(path);
    if (!facts || !body) return;
    for (const { name, args } of facts.macroCalls) {
      const primitive = this.#linking.primitiveOf(name);
      if (primitive?.handlerArgument === undefined) continue;
      for (const { is, handler, parameter } of rulesOf(name, primitive.kind, primitive.handlerArgument)) {
        const object = args[primitive.objectArgument];
        const id = this.#functionOf(args[handler], body);
        const place = object === undefined ? undefined : this.#linking.placeOf(object, body);
        if (id === undefined) continue;
        this.#push({ fn: id, is, by: name, object: place, parameter, data: undefined, others: [] });
      }
    }
  }

  /** `timer->function = f`, `.func = f`. */
  row({ struct, member, fn, path, holder }: TableRow): void {
    const is = handlerMember(struct, member);
    const id = is && this.#linking.fnOf(fn, path);
    if (!is || id === undefined) return;
    const shared = { fn: id, by: `${struct}.${member}`, object: holder };
    if (is.kind === 'attribute') {
      const { within, first } = holder === undefined ? unattached : this.#attachments.of(holder);
      const parameter = first === undefined ? -1 : 0;
      this.#push({ ...shared, is, parameter, data: first, others: within });
    } else {
      const parameter = is.kind === 'irq' || is.kind === 'threaded irq' ? -1 : 0;
      this.#push({ ...shared, is: this.#softened(is, holder), parameter, data: undefined, others: [] });
    }
  }

  #noteSoft({ fn, op, act }: ActSite): void {
    if (act.primitive.kind !== 'hrtimer' || act.effect !== 'init' || act.place === undefined) return;
    const { places, structs } = this.#linking;
    const name = classNameOf(act.place, places, structs);
    const body = this.#linking.body(fn);
    const { terms } = body.scope.facts;
    const isSoft = callAt(op, body)?.args.some((id) => {
      const expr = terms.expr(id);
      return expr.kind === 'name' && expr.name.endsWith('_SOFT');
    });
    if (isSoft && name !== undefined) this.#soft.add(name);
  }

  #softened(is: HandlerKind, object: PlaceId | undefined): HandlerKind {
    if (is.kind !== 'hrtimer' || object === undefined) return is;
    const name = classNameOf(object, this.#linking.places, this.#linking.structs);
    return name !== undefined && this.#soft.has(name) ? { ...is, context: 'softirq' } : is;
  }

  /** The function that an argument gives: a name, or a parameter that callers give a name for. */
  #bound(id: ExprId, at: Omit<Bound, 'handler'>, body: Body): readonly Bound[] {
    const handler = this.#functionOf(id, body);
    if (handler !== undefined) return this.#ascended({ ...at, handler });
    const expr = body.scope.facts.terms.expr(id);
    return expr.kind === 'local' ? this.#given(expr.index, at, 0) : [];
  }

  #given(index: number, { fn, object, data }: Omit<Bound, 'handler'>, depth: number): readonly Bound[] {
    if (depth === mostWrappers) return [];
    const { places } = this.#linking;
    const found: Bound[] = [];
    for (const { caller, args } of this.#graph.callersOf(fn)) {
      const given = args.map((arg) => arg.place);
      const above = {
        fn: caller,
        object: seenFrom(object, given, places),
        data: seenFrom(data, given, places),
      };
      const arg = args[index];
      if (arg?.fn !== undefined) found.push(...this.#ascended({ ...above, handler: arg.fn }));
      else if (arg?.parameter !== undefined) found.push(...this.#given(arg.parameter, above, depth + 1));
    }
    return found;
  }

  /** `setup(&x->work)` with the handler in `setup`: which work it is, only the callers know. */
  #ascended(bound: Bound): readonly Bound[] {
    const { places, structs } = this.#linking;
    const isKnown = ([object]: Tuple): boolean =>
      object === undefined || classNameOf(object, places, structs) !== undefined;
    const start = { fn: bound.fn, places: [bound.object, bound.data] };
    return ascend(start, this.#graph, places, isKnown).map(({ fn, places: [object, data] }) => ({
      handler: bound.handler,
      fn,
      object,
      data,
    }));
  }

  #functionOf(id: ExprId | undefined, body: Body): FnId | undefined {
    if (id === undefined) return undefined;
    const { terms } = body.scope.facts;
    const expr = terms.expr(id);
    if (expr.kind === 'cast') return this.#functionOf(expr.operand, body);
    if (expr.kind === 'unary' && expr.operator === '&') return this.#functionOf(expr.operand, body);
    if (expr.kind === 'name') return this.#linking.fnOf(expr.name, body.scope.path);
    const expanded = expr.kind === 'local' ? body.scope.expanded : undefined;
    const given = expanded && expr.kind === 'local' ? expanded.args[expr.index] : undefined;
    return expanded && given !== undefined ? this.#functionOf(given, expanded.caller) : undefined;
  }

  #add({ handler, object, data }: Bound, rule: HandlerRule, by: string, others: readonly PlaceId[]): void {
    const is = this.#softened(rule.is, object);
    // Data of which nothing is known is not the object either.
    const isLost = rule.data !== undefined && data === undefined;
    const parameter = isLost ? -1 : rule.parameter;
    this.#push({
      fn: handler,
      is,
      by,
      object,
      parameter,
      data: rule.data === undefined ? undefined : data,
      others,
    });
  }

  /** Where the thread, or the number of the line or the state, is kept: who waits for it names it by that. */
  #otherNames(call: ExprId, object: ExprId | undefined, { is }: HandlerRule, fn: FnId): readonly PlaceId[] {
    if (is.kind === 'kthread' || (is.kind === 'callback' && is.held === 'callbacks'))
      return keptBeyond(call, fn, this.#linking, this.#graph);
    if (is.kind === 'irq' || is.kind === 'threaded irq' || is.held === 'transfer')
      return object === undefined ? [] : keptIn(object, this.#linking.body(fn), this.#linking);
    return [];
  }

  #push(binding: HandlerBinding): void {
    if (this.#linking.functions[binding.fn]?.inScope === true) {
      this.entries.push(handlerEntry(binding, this.#linking));
    }
  }
}

function callAt(
  index: number,
  body: Body,
): { readonly id: ExprId; readonly args: readonly ExprId[] } | undefined {
  const op = body.flow.op(index);
  const call = op.kind === 'call' ? body.scope.facts.terms.expr(op.call) : undefined;
  return op.kind === 'call' && call?.kind === 'call' ? { id: op.call, args: call.args } : undefined;
}
