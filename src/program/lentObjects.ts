// lentObjects.ts
// What a function waits on lies on its stack often, and others know it by a pointer: `x->waiter = &done`. For them it is
// what that member points at, so the wait goes by the name of the member.

import type { ExprId } from '../facts/terms.ts';
import type { ObjectKind } from '../kernel/primitive.ts';
import type { BodyInfo } from './bodyInfo.ts';
import type { Code } from './code.ts';
import { detached } from './placeNames.ts';
import type { PlaceReader } from './placeReader.ts';
import type { PlaceId, PlaceTable } from './places.ts';
import type { Uses } from './uses.ts';

/** Kinds that one thread waits for and another ends by a pointer. */
const lentKinds: ReadonlySet<ObjectKind> = new Set(['completion', 'wait queue']);

// `submit(x, &done)` calls `fill(x, done)`, and that one stores it.
const deepest = 3;

export interface LentObjectsParts {
  readonly table: PlaceTable;
  readonly places: PlaceReader;
  readonly uses: Uses;
  readonly bodyOf: (code: Code) => BodyInfo;
}

export class LentObjects {
  readonly #parts: LentObjectsParts;

  constructor(parts: LentObjectsParts) {
    this.#parts = parts;
  }

  /** The only member that is made to point at the object of the function's own which the expression means. */
  memberFor(kind: ObjectKind, object: ExprId | undefined, info: BodyInfo): PlaceId | undefined {
    if (object === undefined || info.caller || !lentKinds.has(kind) || !this.#isOwn(object, info))
      return undefined;
    const own = inner(object, info);
    const isOwn: IsOwn = (id) => inner(id, info) === own;
    const found = new Set(this.#storesOf(isOwn, info, 0).map((place) => detached(place, this.#parts.table)));
    const [only] = found;
    return found.size === 1 ? only : undefined;
  }

  #isOwn(object: ExprId, info: BodyInfo): boolean {
    const own = inner(object, info);
    if (info.view.facts.terms.expr(own).kind === 'name') return isDeclaredHere(own, info);
    const place = this.#parts.places.placeOf(object, info);
    const found = place === undefined ? undefined : this.#parts.table.get(place);
    return found?.kind === 'local' && found.isObject;
  }

  /** Members into which the function, or one that it gives the object to, puts its address. */
  #storesOf(isOwn: IsOwn, info: BodyInfo, depth: number): readonly PlaceId[] {
    const { flow } = info.body;
    const found: PlaceId[] = [];
    for (let i = 0; i < flow.count; i++) {
      const op = flow.op(i);
      if (op.kind === 'assign') found.push(...this.#stored(op.target, op.value, isOwn, info));
      else if (op.kind === 'call' && depth < deepest) found.push(...this.#given(op.call, isOwn, info, depth));
    }
    return found;
  }

  #stored(target: ExprId, value: ExprId, isOwn: IsOwn, info: BodyInfo): readonly PlaceId[] {
    const { terms } = info.view.facts;
    const list = terms.expr(value);
    if (list.kind !== 'list') {
      const isStored = isOwn(value) && terms.expr(target).kind === 'field';
      const place = isStored ? this.#parts.places.placeOf(target, info) : undefined;
      return place === undefined ? [] : [place];
    }
    const holder = this.#parts.places.placeOf(target, info);
    return list.items.flatMap(({ designators: [first, ...deeper], value: item }) =>
      holder !== undefined && first?.kind === 'member' && deeper.length === 0 && isOwn(item)
        ? [this.#parts.places.memberOf(holder, first.name)]
        : [],
    );
  }

  #given(id: ExprId, isOwn: IsOwn, info: BodyInfo, depth: number): readonly PlaceId[] {
    const { terms } = info.view.facts;
    const call = terms.expr(id);
    const callee = call.kind === 'call' ? terms.expr(call.callee) : undefined;
    if (call.kind !== 'call' || callee?.kind !== 'name') return [];
    const index = call.args.findIndex(isOwn);
    const code = index < 0 ? undefined : this.#storing(callee.name, info);
    if (!code || index >= code.parameters) return [];
    const inside = this.#parts.bodyOf(code);
    const isParameter: IsOwn = (arg) => {
      const expr = code.view.facts.terms.expr(inner(arg, inside));
      return expr.kind === 'local' && expr.index === index;
    };
    return this.#storesOf(isParameter, inside, depth + 1);
  }

  /** Who waits or signals stores nothing. */
  #storing(name: string, info: BodyInfo): Code | undefined {
    const callee = this.#parts.uses.callee(name, info);
    const isWait = callee.kind === 'primitive' && lentKinds.has(callee.primitive.kind);
    return isWait ? undefined : this.#parts.uses.functionNamed(name, info);
  }
}

/** `DECLARE_COMPLETION_ONSTACK(done)`: no declaration for who does not know the macro. */
function isDeclaredHere(own: ExprId, { body, view }: BodyInfo): boolean {
  const { terms } = view.facts;
  for (let i = 0; i < body.flow.count; i++) {
    const op = body.flow.op(i);
    const call = op.kind === 'call' ? terms.expr(op.call) : undefined;
    const callee = call?.kind === 'call' && call.args[0] === own ? terms.expr(call.callee) : undefined;
    if (callee?.kind === 'name' && callee.name.startsWith('DECLARE_')) return true;
  }
  return false;
}

type IsOwn = (id: ExprId) => boolean;

/** `done` of `&done`, `(void *)&done`. */
function inner(id: ExprId, info: BodyInfo): ExprId {
  const expr = info.view.facts.terms.expr(id);
  if (expr.kind === 'cast') return inner(expr.operand, info);
  return expr.kind === 'unary' && expr.operator === '&' ? inner(expr.operand, info) : id;
}
