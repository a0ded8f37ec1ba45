// chains.ts
// Answers a request for the chains of one function: asks the engine and turns its places into editor positions.

import type { Token } from '../base/cancel.ts';
import type { Engine } from '../engine/engine.ts';
import type { FunctionReport, Row } from '../engine/results.ts';
import type { AskedTree } from './answers.ts';
import type { ChainRow, ChainsAnswer, ChainsParams, FunctionChains } from './protocol.ts';
import type { TreePlaces } from './treePlaces.ts';

export async function answerChains(
  { engine, path, root, isPartial, places }: AskedTree,
  { line, functionName }: ChainsParams,
  token: Token,
): Promise<ChainsAnswer> {
  const report = await findReport(engine, path, line, functionName, token);
  if (!report) return { kind: 'no-function' };
  const chains = convertReport(report, await places.read(pathsOf(report)));
  return { kind: 'chains', root, chains, isPartial };
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

function convertReport(report: FunctionReport, places: TreePlaces): FunctionChains {
  return {
    ...places.toEditor(report.path, report.start),
    name: report.name,
    rows: report.rows.map((row) => convertRow(row, places)),
    unresolved: report.unresolved,
  };
}

function convertRow(row: Row, places: TreePlaces): ChainRow {
  const place = places.toEditor(row.path, row.at);
  switch (row.kind) {
    case 'operation': {
      const { kind, effect, objectKind, primitive, object, text } = row;
      return { ...place, kind, effect, objectKind, primitive, object, text };
    }
    case 'call': {
      const definition = places.toEditor(row.definition.path, row.definition.at);
      const rows = row.rows.map((inner) => convertRow(inner, places));
      return { ...place, kind: 'call', callee: row.callee, definition, rows };
    }
  }
}
