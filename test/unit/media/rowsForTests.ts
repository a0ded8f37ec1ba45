// rowsForTests.ts
// Rows of a report, as short as they can be written.

import type { CallChainRow, ChainRow, OperationChainRow } from '../../../src/server/protocol.ts';

type Kind = OperationChainRow['objectKind'];

export function operation(
  effect: OperationChainRow['effect'],
  object: string,
  objectKind: Kind = 'mutex',
): OperationChainRow {
  const place = { path: 'drivers/foo.c', line: 9, character: 1 };
  return {
    ...place,
    kind: 'operation',
    effect,
    object,
    objectKind,
    primitive: 'do_it',
    text: `do_it(&${object});`,
  };
}

export function call(callee: string, rows: readonly ChainRow[]): CallChainRow {
  const place = { path: 'drivers/foo.c', line: 9, character: 1 };
  return { ...place, kind: 'call', callee, definition: place, rows };
}
