// chains.ts
// Answers a request for the chains of one function: asks the engine and turns its places into editor positions.

import type { Token } from '../base/cancel.ts';
import type { Engine } from '../engine/engine.ts';
import type { CallerRow, FunctionReport, Reach, Row } from '../engine/results.ts';
import { objectWords } from '../report/words.ts';
import type { AskedTree } from './answers.ts';
import type {
  CallerChainRow,
  ChainRow,
  ChainsAnswer,
  ChainsBeyond,
  ChainsParams,
  FunctionChains,
} from './protocol.ts';
import type { TreePlaces } from './treePlaces.ts';

export async function answerChains(
  { engine, path, root, isPartial, places }: AskedTree,
  params: ChainsParams,
  token: Token,
): Promise<ChainsAnswer> {
  const report = await findReport(engine, path, params, token);
  if (!report) return { kind: 'no-function' };
  const chains = convertReport(report, await places.read(pathsOf(report)));
  return { kind: 'chains', root, chains, isPartial };
}

async function findReport(
  engine: Engine,
  path: string,
  { line, functionName, depth }: ChainsParams,
  token: Token,
): Promise<FunctionReport | undefined> {
  const reach: Reach | undefined = depth === undefined ? undefined : { depth, callers: true };
  const [around] = await engine.report(`${path}:${line + 1}`, token, reach);
  if (functionName === undefined || around?.name === functionName) return around;
  // The text has moved since the lens or the panel was made.
  const sameName = await engine.report(functionName, token, reach);
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
  const visitCaller = (row: CallerRow): void => {
    paths.add(row.path);
    if (row.kind !== 'caller') return;
    paths.add(row.definition.path);
    row.callers.forEach(visitCaller);
  };
  report.callers?.forEach(visitCaller);
  return paths;
}

function convertReport(report: FunctionReport, places: TreePlaces): FunctionChains {
  return {
    ...places.toEditor(report.path, report.start),
    name: report.name,
    endLine: places.toEditor(report.path, report.end).line,
    rows: report.rows.map((row) => convertRow(row, places)),
    unresolved: report.unresolved,
    ...(report.callers && { beyond: convertBeyond(report, report.callers, places) }),
  };
}

const convertBeyond = (
  { moreCallers = 0, unresolvedBelow = [], notEntered = 0 }: FunctionReport,
  callers: readonly CallerRow[],
  places: TreePlaces,
): ChainsBeyond => ({
  callers: callers.map((row) => convertCaller(row, places)),
  moreCallers,
  unresolvedBelow,
  notEntered,
});

function convertCaller(row: CallerRow, places: TreePlaces): CallerChainRow {
  const place = { ...places.toEditor(row.path, row.at), holds: row.holds.map(objectWords) };
  switch (row.kind) {
    case 'caller': {
      const definition = places.toEditor(row.definition.path, row.definition.at);
      const callers = row.callers.map((caller) => convertCaller(caller, places));
      const repeats = row.repeats && { repeats: row.repeats };
      return { ...place, kind: 'caller', caller: row.caller, definition, callers, ...repeats };
    }
    case 'table':
      return { ...place, kind: 'table', via: row.via };
    case 'handler': {
      // They stand in the same file as the place itself.
      const queuedBy = row.queuedBy.map(({ caller, path, at }) => ({ ...places.toEditor(path, at), caller }));
      return { ...place, kind: 'handler', object: objectWords(row), queuedBy };
    }
  }
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
      const { via, repeats } = row;
      const how = { ...(via !== undefined && { via }), ...(repeats && { repeats }) };
      return { ...place, kind: 'call', callee: row.callee, definition, rows, ...how };
    }
  }
}
