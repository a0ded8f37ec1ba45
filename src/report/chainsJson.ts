// chainsJson.ts
// `holdwait chains --format json`: one object, `holdwait-chains/1`. Fields may be added; none of these change.
//
//   { "format": "holdwait-chains/1",
//     "functions": [ { "name", "file", "line", "endLine", "rows": [ROW...], "unresolved": ["ops->open", ...] } ] }
//   ROW of an operation: { "kind": "operation", "effect", "object": { "kind", "name" }, "primitive", "text", "file",
//     "line", "column", and where they apply "mode": "read|write|either", "disables": "bh|irq|irqsave|preemption" }
//   ROW of a direct call: { "kind": "call", "function", "file", "line", "column",
//     "definition": { "file", "line" }, "rows": [ROW...] }
//
// Lines count from 1, columns from 0 in bytes. Effects and object kinds are those of src/kernel/primitive.ts.

import { columnOf, lineOf } from '../base/position.ts';
import type { FunctionReport, Row } from '../engine/results.ts';

export function chainsJson(reports: readonly FunctionReport[]): string {
  const functions = reports.map((report) => ({
    name: report.name,
    file: report.path,
    line: lineOf(report.start),
    endLine: lineOf(report.end),
    rows: report.rows.map(rowJson),
    unresolved: report.unresolved,
  }));
  return `${JSON.stringify({ format: 'holdwait-chains/1', functions }, null, 2)}\n`;
}

function rowJson(row: Row): object {
  const place = { file: row.path, line: lineOf(row.at), column: columnOf(row.at) };
  switch (row.kind) {
    case 'operation':
      return {
        kind: 'operation',
        effect: row.effect,
        object: { kind: row.objectKind, name: row.object },
        primitive: row.primitive,
        text: row.text,
        ...place,
        mode: row.mode,
        disables: row.disables,
      };
    case 'call':
      return {
        kind: 'call',
        function: row.callee,
        ...place,
        definition: { file: row.definition.path, line: lineOf(row.definition.at) },
        rows: row.rows.map(rowJson),
      };
  }
}
