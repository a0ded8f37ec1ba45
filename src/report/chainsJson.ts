// chainsJson.ts
// `holdwait chains --format json`: one object, `holdwait-chains/1`. Fields may be added; none of these change.
//
//   { "format": "holdwait-chains/1",
//     "functions": [ { "name", "file", "line", "endLine", "rows": [ROW...], "unresolved": ["ops->open", ...],
//                      "unresolvedBelow": [ { "name", "count" } ], "notEntered": 0,
//                      "callers": [CALLER...], "moreCallers": 0 } ] }
//   ROW of an operation: { "kind": "operation", "effect", "object": { "kind", "name" }, "primitive", "text", "file",
//     "line", "column", and where they apply "mode": "read|write|either", "disables": "bh|irq|irqsave|preemption" }
//   ROW of a call: { "kind": "call", "function", "file", "line", "column", "definition": { "file", "line" },
//     "rows": [ROW...], and where they apply "via": "net_device_ops.ndo_open", "repeats": "above|cycle" }
//   CALLER: { "kind": "caller|table|handler", "file", "line", "column", "holds": [ { "kind", "name", "mode" } ] and
//     of a caller "function", "definition", "callers": [CALLER...], "repeats"; of a table "via"; of a handler "object",
//     "queuedBy": [ { "function", "file", "line" } ] }
//
// Lines count from 1, columns from 0 in bytes. Effects and object kinds are those of src/kernel/primitive.ts.

import { columnOf, lineOf } from '../base/position.ts';
import type { CallerRow, FunctionReport, Row } from '../engine/results.ts';

export function chainsJson(reports: readonly FunctionReport[]): string {
  const functions = reports.map((report) => ({
    name: report.name,
    file: report.path,
    line: lineOf(report.start),
    endLine: lineOf(report.end),
    rows: report.rows.map(rowJson),
    unresolved: report.unresolved,
    unresolvedBelow: report.unresolvedBelow,
    notEntered: report.notEntered,
    callers: report.callers?.map(callerJson),
    moreCallers: report.moreCallers,
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
        via: row.via,
        repeats: row.repeats,
      };
  }
}

function callerJson(row: CallerRow): object {
  const place = { file: row.path, line: lineOf(row.at), column: columnOf(row.at) };
  const holds = row.holds.map(({ objectKind, object, mode }) => ({ kind: objectKind, name: object, mode }));
  switch (row.kind) {
    case 'caller':
      return {
        kind: 'caller',
        function: row.caller,
        ...place,
        holds,
        definition: { file: row.definition.path, line: lineOf(row.definition.at) },
        callers: row.callers.map(callerJson),
        repeats: row.repeats,
      };
    case 'table':
      return { kind: 'table', via: row.via, ...place, holds };
    case 'handler':
      return {
        kind: 'handler',
        object: { kind: row.objectKind, name: row.object },
        ...place,
        holds,
        queuedBy: row.queuedBy.map(({ caller, path, at }) => ({
          function: caller,
          file: path,
          line: lineOf(at),
        })),
      };
  }
}
