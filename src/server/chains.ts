// chains.ts
// Answers a request for the chains of one function: asks the engine and turns its places into editor positions.

import type { Token } from '../base/cancel.ts';
import type { Position } from '../base/position.ts';
import type { Engine } from '../engine/engine.ts';
import type { FunctionReport, Row } from '../engine/results.ts';
import { assumeAscii, ColumnConverter } from './columns.ts';
import type { ChainRow, ChainsParams, FunctionChains, SourcePlace } from './protocol.ts';

/** The bytes of a file, of the editor that shows it if there is one. */
export type TextOf = (path: string) => Promise<Uint8Array | undefined>;

export async function findChains(
  engine: Engine,
  path: string,
  { line, functionName }: ChainsParams,
  textOf: TextOf,
  token: Token,
): Promise<FunctionChains | undefined> {
  const report = await findReport(engine, path, line, functionName, token);
  if (!report) return undefined;
  const converters = await readConverters(report, textOf);
  return convertReport(report, converters);
}

async function findReport(
  engine: Engine,
  path: string,
  line: number,
  functionName: string | undefined,
  token: Token,
): Promise<FunctionReport | undefined> {
  const [around] = await engine.report(`${path}:${line + 1}`, token);
  if (functionName === undefined || around?.name === functionName) return around;
  // The text has moved since the lens or the panel was made.
  const sameName = await engine.report(functionName, token);
  return sameName.find((report) => report.path === path);
}

type Converters = ReadonlyMap<string, ColumnConverter>;

async function readConverters(report: FunctionReport, textOf: TextOf): Promise<Converters> {
  const converters = new Map<string, ColumnConverter>();
  for (const path of pathsOf(report)) {
    const bytes = await textOf(path);
    if (bytes) converters.set(path, new ColumnConverter(bytes));
  }
  return converters;
}

function pathsOf(report: FunctionReport): ReadonlySet<string> {
  const paths = new Set([report.path]);
  const visit = (row: Row): void => {
    paths.add(row.path);
    if (row.kind === 'operation') return;
    paths.add(row.definition.path);
    row.rows.forEach(visit);
  };
  report.rows.forEach(visit);
  return paths;
}

function convertReport(report: FunctionReport, converters: Converters): FunctionChains {
  return {
    ...convertPlace(report.path, report.start, converters),
    name: report.name,
    rows: report.rows.map((row) => convertRow(row, converters)),
    unresolved: report.unresolved,
  };
}

function convertRow(row: Row, converters: Converters): ChainRow {
  const place = convertPlace(row.path, row.at, converters);
  switch (row.kind) {
    case 'operation': {
      const { kind, effect, objectKind, primitive, object, text } = row;
      return { ...place, kind, effect, objectKind, primitive, object, text };
    }
    case 'call': {
      const definition = convertPlace(row.definition.path, row.definition.at, converters);
      const rows = row.rows.map((inner) => convertRow(inner, converters));
      return { ...place, kind: 'call', callee: row.callee, definition, rows };
    }
  }
}

function convertPlace(path: string, at: Position, converters: Converters): SourcePlace {
  const { line, character } = converters.get(path)?.toEditor(at) ?? assumeAscii(at);
  return { path, line, character };
}
