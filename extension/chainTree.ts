// chainTree.ts
// The rows of the Lock chains view: who comes to run a function and holds what then, and below that what the function
// does, in call order. Knows no editor.

import { wordsFor } from '../media/chains/words.ts';
import type { EffectFamily } from '../media/chains/words.ts';
import { fileName } from '../media/shared/paths.ts';
import { counted } from '../src/report/words.ts';
import type { CallerChainRow, ChainRow, FunctionChains, SourcePlace } from '../src/server/protocol.ts';

export interface ChainTreeRow {
  /** The same for the same row of the next answer, so that what is open and selected stays so. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** As a screen reader says it. */
  readonly spoken: string;
  readonly icon: ChainIcon;
  /** What a click opens. */
  readonly place?: SourcePlace;
  /** The function that the row leads to, for those who want to see its chains. */
  readonly leadsTo?: ChainFunction;
  readonly isOpen: boolean;
  readonly children: () => readonly ChainTreeRow[];
  /** A click asks for more levels. */
  readonly asksDeeper?: true;
}

export interface ChainFunction {
  readonly name: string;
  readonly place: SourcePlace;
}

export type ChainIcon =
  EffectFamily | 'release' | 'up' | 'down' | 'caller' | 'call' | 'table' | 'handler' | 'lost' | 'deeper';

/** Who calls it is there only where it was asked for. */
export function chainTree(chains: FunctionChains): readonly ChainTreeRow[] {
  const { beyond } = chains;
  return [
    ...(beyond ? [upwards(chains, beyond.callers, beyond.moreCallers)] : []),
    downwards(chains),
    ...lostRows(chains),
    ...(beyond && beyond.notEntered > 0 ? [deeperRow(beyond.notEntered)] : []),
  ];
}

function upwards(chains: FunctionChains, callers: readonly CallerChainRow[], more: number): ChainTreeRow {
  const nobody = 'no caller, table or handler is known';
  const description = callers.length === 0 ? nobody : waysWords(callers.length + more, more);
  return {
    ...section('up', 'Called by', description),
    children: () => numbered(callers, 'up', callerRow),
    place: placeOf(chains),
  };
}

const waysWords = (all: number, hidden: number): string =>
  hidden === 0 ? counted(all, 'way') : `${counted(all, 'way')}, ${hidden} not shown`;

function downwards(chains: FunctionChains): ChainTreeRow {
  const empty = chains.unresolved.length === 0 ? 'nothing' : 'nothing, as far as calls could be followed';
  return {
    ...section('down', 'Takes and waits for', chains.rows.length === 0 ? empty : 'in call order'),
    children: () => numbered(chains.rows, 'down', chainRow),
    place: placeOf(chains),
  };
}

function section(icon: 'up' | 'down', label: string, description: string): Omit<ChainTreeRow, 'children'> {
  return { id: icon, label, description, spoken: `${label}: ${description}`, icon, isOpen: true };
}

/** Rows that say the same are told apart by their number. */
function numbered<R>(
  rows: readonly R[],
  parent: string,
  toRow: (row: R, parent: string) => ChainTreeRow,
): readonly ChainTreeRow[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const made = toRow(row, parent);
    const count = (seen.get(made.id) ?? 0) + 1;
    seen.set(made.id, count);
    return count === 1 ? made : toRow(row, `${parent}#${count}`);
  });
}

function callerRow(row: CallerChainRow, parent: string): ChainTreeRow {
  const holding = row.holds.length === 0 ? '' : `holding ${row.holds.join(', ')}`;
  const place = placeOf(row);
  switch (row.kind) {
    case 'caller': {
      const { caller, definition, callers, repeats } = row;
      const id = `${parent}/${caller}@${row.path}:${holding}`;
      return {
        id,
        label: `${caller}()`,
        description: words(holding, repeatWords(repeats), whereWords(row)),
        spoken: sentence('called by', caller, holding, repeatWords(repeats), spokenPlace(row)),
        ...{ icon: 'caller', place, leadsTo: { name: caller, place: definition }, isOpen: false },
        children: () => numbered(callers, id, callerRow),
      };
    }
    case 'table':
      return {
        ...leaf(`${parent}/table:${row.via}`, `via ${row.via}`, 'table', row),
        description: words(holding, whereWords(row)),
        spoken: sentence('via', row.via, holding, spokenPlace(row)),
      };
    case 'handler': {
      const id = `${parent}/handler:${row.object}`;
      return {
        ...leaf(id, `handles ${row.object}`, 'handler', row),
        children: () => numbered(row.queuedBy, id, queuedRow),
        isOpen: true,
      };
    }
  }
}

const queuedRow = (row: SourcePlace & { readonly caller: string }, parent: string): ChainTreeRow =>
  leaf(`${parent}/${row.caller}`, `queued by ${row.caller}()`, 'caller', row);

function chainRow(row: ChainRow, parent: string): ChainTreeRow {
  switch (row.kind) {
    case 'operation': {
      const { verb, family } = wordsFor(row.effect);
      const icon = row.effect === 'release' ? 'release' : family;
      return {
        ...leaf(`${parent}/${row.effect}:${row.object}`, `${verb} ${row.object}`, icon, row),
        description: words(whereWords(row), row.objectKind),
        spoken: sentence(verb, row.object, row.objectKind, row.primitive, spokenPlace(row)),
      };
    }
    case 'call': {
      const { callee, definition, rows, via, repeats } = row;
      const id = `${parent}/${callee}@${definition.path}`;
      const how = via === undefined ? '' : `via ${via}`;
      return {
        id,
        label: `${callee}()`,
        description: words(how, repeatWords(repeats), summary(rows), whereWords(row)),
        spoken: sentence('calls', callee, how, repeatWords(repeats), summary(rows), spokenPlace(row)),
        ...{ icon: 'call', place: placeOf(row), leadsTo: { name: callee, place: definition } },
        // What the function does itself is to be seen at one glance.
        isOpen: false,
        children: () => numbered(rows, id, chainRow),
      };
    }
  }
}

/** `2 locks, 1 wait`: whether it is worth a look below. */
function summary(rows: readonly ChainRow[]): string {
  const counts = { locks: 0, waits: 0 };
  const count = (row: ChainRow): void => {
    if (row.kind === 'call') row.rows.forEach(count);
    else if (row.effect === 'acquire' || row.effect === 'try') counts.locks++;
    else if (row.effect === 'wait') counts.waits++;
  };
  rows.forEach(count);
  const parts = [
    ...(counts.locks > 0 ? [counted(counts.locks, 'lock')] : []),
    ...(counts.waits > 0 ? [counted(counts.waits, 'wait')] : []),
  ];
  return parts.join(', ');
}

/** Silence has to mean something, so what nobody could follow is counted and named. */
function lostRows({ unresolved, beyond, ...at }: FunctionChains): readonly ChainTreeRow[] {
  const own = unresolved.map((text) => leaf(`lost/${text}`, text, 'lost', at));
  const below = (beyond?.unresolvedBelow ?? []).map(({ name, count }) => ({
    ...leaf(`below/${name}`, name, 'lost', undefined),
    description: count === 1 ? 'in what it calls' : `${count} times in what it calls`,
  }));
  const all = [...own, ...below];
  if (all.length === 0) return [];
  const count = own.length + (beyond?.unresolvedBelow ?? []).reduce((sum, lost) => sum + lost.count, 0);
  const label = `${counted(count, 'call')} not followed`;
  return [{ ...leaf('lost', label, 'lost', undefined), children: () => all }];
}

const deeperRow = (count: number): ChainTreeRow => ({
  ...leaf('deeper', `${counted(count, 'function')} deeper`, 'deeper', undefined),
  description: 'show them, too',
  asksDeeper: true,
});

const leaf = (id: string, label: string, icon: ChainIcon, place: SourcePlace | undefined): ChainTreeRow => ({
  ...{ id, label, icon, isOpen: false },
  description: place ? whereWords(place) : '',
  spoken: place ? sentence(label, spokenPlace(place)) : label,
  ...(place && { place: placeOf(place) }),
  children: () => [],
});

const placeOf = ({ path, line, character }: SourcePlace): SourcePlace => ({ path, line, character });

const repeatWords = (repeats: 'above' | 'cycle' | undefined): string => {
  if (repeats === undefined) return '';
  return repeats === 'above' ? 'as above' : 'again: a cycle of calls';
};

const whereWords = ({ path, line }: SourcePlace): string => `${fileName(path)}:${line + 1}`;
const spokenPlace = ({ path, line }: SourcePlace): string => `line ${line + 1} of ${fileName(path)}`;
const words = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');
const sentence = (first: string, ...parts: readonly string[]): string =>
  [first, ...parts.filter((part) => part !== '')].join(', ').replace(', ', ' ');
