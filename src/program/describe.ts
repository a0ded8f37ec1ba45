// describe.ts
// An object as a person would name it: `intf_mutex` for a global, `mlx4_priv.bond_mutex` for a field of a struct
// whose type is known, else the expression as it is written.

import { exprText } from '../facts/exprText.ts';
import type { ExprId } from '../facts/terms.ts';
import type { Body, TypeReader } from './types.ts';

// `lock = &a->lock; mutex_lock(lock)` is followed this often.
const deepest = 4;

export function describe(id: ExprId, body: Body, types: TypeReader, depth = 0): string {
  const { scope } = body;
  const terms = scope.facts.terms;
  const expr = terms.expr(id);
  switch (expr.kind) {
    case 'name':
      return expr.name;
    case 'unary':
      return expr.operator === '&' || expr.operator === '*'
        ? describe(expr.operand, body, types, depth)
        : exprText(terms, id, scope.locals);
    case 'cast':
      return describe(expr.operand, body, types, depth);
    case 'local':
      return describeLocal(expr.index, body, types, depth) ?? exprText(terms, id, scope.locals);
    case 'index':
      return `${describe(expr.base, body, types, depth)}[]`;
    case 'field':
      return describeField(id, body, types) ?? exprText(terms, id, scope.locals);
    case 'call':
    case 'number':
    case 'string':
    case 'binary':
    case 'conditional':
    case 'list':
    case 'literal':
    case 'type':
    case 'sizeof':
    case 'config':
    case 'opaque':
      return exprText(terms, id, scope.locals);
  }
}

/** `priv->port[i].lock` is `mlx4_priv.port[].lock`: the members from the innermost pointer on, below the struct it points at. */
function describeField(id: ExprId, body: Body, types: TypeReader): string | undefined {
  const { scope } = body;
  let members = '';
  let current = id;
  for (;;) {
    const expr = scope.facts.terms.expr(current);
    if (expr.kind === 'field') {
      members = `.${expr.name}${members}`;
      if (expr.arrow) {
        const tag = types.tagOf(types.typeOf(expr.base, scope), 1);
        return tag && tag + members;
      }
      current = expr.base;
    } else if (expr.kind === 'index') {
      // An element of an array belongs to what holds the array; behind a pointer begins something new.
      const tag = types.tagOf(types.typeOf(expr.base, scope), 1);
      const held = scope.facts.terms.expr(expr.base);
      if (held.kind !== 'field' && held.kind !== 'name') return tag && tag + members;
      members = `[]${members}`;
      current = expr.base;
    } else if (expr.kind === 'name') {
      return expr.name + members;
    } else {
      const tag = types.tagOf(types.typeOf(current, scope), 0);
      return tag && tag + members;
    }
  }
}

/** A local that gets its value in one place stands for that value. */
function describeLocal(index: number, body: Body, types: TypeReader, depth: number): string | undefined {
  if (depth >= deepest) return undefined;
  const { expanded } = body.scope;
  const argument = expanded?.args[index];
  if (expanded && argument !== undefined) return describe(argument, expanded.caller, types, depth + 1);
  const value = onlyValueOf(index, body);
  if (value === undefined) return undefined;
  const kind = body.scope.facts.terms.expr(value).kind;
  return kind === 'unary' || kind === 'field' || kind === 'name' || kind === 'local'
    ? describe(value, body, types, depth + 1)
    : undefined;
}

function onlyValueOf(index: number, { scope, flow }: Body): ExprId | undefined {
  let value: ExprId | undefined;
  for (let i = 0; i < flow.count; i++) {
    const op = flow.op(i);
    if (op.kind !== 'assign') continue;
    const target = scope.facts.terms.expr(op.target);
    if (target.kind !== 'local' || target.index !== index) continue;
    if (value !== undefined) return undefined;
    value = op.value;
  }
  return value;
}
