// kept.ts
// Members and globals into which a function puts a value, directly or by way of a local: `task = f(); x->task = task`.

import type { ExprId } from '../facts/terms.ts';
import type { Linking } from './linking.ts';
import type { PlaceId } from './places.ts';
import type { Body } from './types.ts';

export function keptIn(value: ExprId, body: Body, linking: Linking): readonly PlaceId[] {
  const { flow, scope } = body;
  const found: PlaceId[] = [];
  const values = new Set([value]);
  // Twice: the member is often given its value before the local is, as code is written.
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < flow.count; i++) {
      const op = flow.op(i);
      if (op.kind !== 'assign' || !values.has(op.value)) continue;
      const target = scope.facts.terms.expr(op.target);
      if (target.kind === 'local') values.add(op.target);
      else if (target.kind === 'field' || target.kind === 'name') {
        const place = linking.placeOf(op.target, body);
        if (place !== undefined && !found.includes(place)) found.push(place);
      }
    }
  }
  return found;
}
