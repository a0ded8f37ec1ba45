// flowText.ts
// The operations of one flow, one line each: index, line of the source, and what it does.

import { lineOf } from '../base/position.ts';
import { exprText } from '../facts/exprText.ts';
import type { LocalFacts } from '../facts/fileFacts.ts';
import type { Flow, Op } from '../facts/flow.ts';
import type { ExprId, Terms } from '../facts/terms.ts';

export function flowLines(flow: Flow, terms: Terms, locals: readonly LocalFacts[]): string[] {
  const text = (id: ExprId): string => exprText(terms, id, locals);
  const lines: string[] = [];
  for (let i = 0; i < flow.count; i++) {
    const op = flow.op(i);
    const line = op.kind === 'jump' ? '' : String(lineOf(op.at));
    lines.push(`${String(i).padStart(3)} ${line.padStart(5)}  ${opText(op, flow, text)}`);
  }
  return lines;
}

function opText(op: Op, flow: Flow, text: (id: ExprId) => string): string {
  const target = (index: number): string => (index >= flow.count ? 'end' : String(index));
  switch (op.kind) {
    case 'call':
      return `call ${text(op.call)}`;
    case 'assign':
      return `${text(op.target)} = ${text(op.value)}`;
    case 'branch':
      return `branch ${text(op.condition)} ? ${target(op.whenTrue)} : ${target(op.whenFalse)}`;
    case 'each':
      return `each ${text(op.call)} body ${target(op.body)} exit ${target(op.exit)}`;
    case 'switch': {
      const cases = op.cases.map(
        (item) => `${item.value === undefined ? 'default' : text(item.value)}: ${target(item.target)}`,
      );
      return `switch ${text(op.value)} { ${cases.join(', ')} }`;
    }
    case 'jump':
      return `jump ${target(op.target)}`;
    case 'return':
      return op.value === undefined ? 'return' : `return ${text(op.value)}`;
    case 'guard':
      return `${op.form} ${op.name}(${op.args.map(text).join(', ')})`;
    case 'leave':
      return `leave ${op.guard}`;
  }
}
