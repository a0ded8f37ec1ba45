// usedNames.ts
// Names that the functions and variables of a file mention: flags by which it says how it wants to be called.

import type { FileFacts } from '../facts/fileFacts.ts';
import type { ExprId } from '../facts/terms.ts';

const known = new WeakMap<FileFacts, ReadonlySet<string>>();

export function namesUsedIn(facts: FileFacts): ReadonlySet<string> {
  let names = known.get(facts);
  if (!names) {
    names = read(facts);
    known.set(facts, names);
  }
  return names;
}

function read(facts: FileFacts): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<ExprId>();
  const walk = (id: ExprId | undefined): void => {
    if (id === undefined || seen.has(id)) return;
    seen.add(id);
    const expr = facts.terms.expr(id);
    switch (expr.kind) {
      case 'name':
        names.add(expr.name);
        return;
      case 'field':
        names.add(expr.name);
        walk(expr.base);
        return;
      case 'call':
        walk(expr.callee);
        for (const arg of expr.args) walk(arg);
        return;
      case 'index':
        walk(expr.base);
        walk(expr.index);
        return;
      case 'unary':
      case 'cast':
      case 'sizeof':
        walk(expr.operand);
        return;
      case 'binary':
        walk(expr.left);
        walk(expr.right);
        return;
      case 'conditional':
        walk(expr.condition);
        walk(expr.whenTrue);
        walk(expr.whenFalse);
        return;
      case 'list':
        for (const item of expr.items) {
          for (const one of item.designators) if (one.kind === 'member') names.add(one.name);
          walk(item.value);
        }
        return;
      case 'literal':
        walk(expr.list);
        return;
      case 'local':
      case 'number':
      case 'string':
      case 'type':
      case 'config':
      case 'opaque':
        return;
    }
  };
  for (const { value } of facts.globals) walk(value);
  for (const { flow } of facts.functions) {
    for (let i = 0; i < flow.count; i++) {
      const op = flow.op(i);
      if (op.kind === 'assign') {
        walk(op.target);
        walk(op.value);
      } else if (op.kind === 'call') walk(op.call);
    }
  }
  return names;
}
