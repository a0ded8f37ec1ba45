// lensTitle.ts
// The line above a function, in as few words as possible: `takes intf_mutex · waits for net_device references`.

import type { CallRow, OperationEffect, OperationRow, Row } from './results.ts';

// Longer lenses push the code out of sight. Counted in characters.
const longest = 90;
const mostNames = 4;

/** Empty for a function with nothing to say. */
export function lensTitle(rows: readonly Row[]): string {
  const own = rows.filter((row) => row.kind === 'operation').filter(isForLens);
  const calls = rows.filter((row) => row.kind === 'call');
  let title = '';
  for (let names = mostNames; names > 0; names--) {
    title = [...ownParts(own, names), ...callParts(calls)].join(' · ');
    if (title.length <= longest) break;
  }
  return title;
}

// prettier-ignore
const verbs: readonly { readonly words: string; readonly effects: readonly OperationEffect[] }[] = [
  { words: 'takes',          effects: ['acquire'] },
  { words: 'tries',          effects: ['try'] },
  { words: 'needs',          effects: ['assert'] },
  { words: 'waits for',      effects: ['wait'] },
  { words: 'calls chain',    effects: ['notify'] },
  { words: 'gets',           effects: ['get'] },
  { words: 'queues',         effects: ['queue', 'arm'] },
];

function ownParts(rows: readonly OperationRow[], mostPerVerb: number): string[] {
  const parts: string[] = [];
  for (const verb of verbs) {
    const names = [...new Set(rows.filter((row) => verb.effects.includes(row.effect)).map(nameOf))];
    if (names.length === 0) continue;
    const shown = names.slice(0, mostPerVerb).join(', ');
    const more = names.length - mostPerVerb;
    parts.push(more > 0 ? `${verb.words} ${shown} +${more} more` : `${verb.words} ${shown}`);
  }
  return parts;
}

/** `mlx4_do_bond() takes locks`, or `of its calls 3 take locks, 1 waits`. */
function callParts(rows: readonly CallRow[]): string[] {
  const groups = callVerbs
    .map((verb) => ({ ...verb, callees: calleesWith(rows, (row) => verb.effects.includes(row.effect)) }))
    .filter((group) => group.callees.size > 0);
  const [only, another] = new Set(groups.flatMap((group) => [...group.callees]));
  if (only === undefined) return [];
  if (another === undefined) return [`${only}() ${groups.map((group) => group.one).join(', ')}`];
  return [
    `of its calls ${groups.map(({ callees, one, many }) => `${callees.size} ${callees.size === 1 ? one : many}`).join(', ')}`,
  ];
}

// prettier-ignore
const callVerbs: readonly { readonly one: string; readonly many: string; readonly effects: readonly OperationEffect[] }[] = [
  { one: 'takes locks', many: 'take locks', effects: ['acquire'] },
  { one: 'waits',       many: 'wait',       effects: ['wait'] },
  { one: 'queues work', many: 'queue work', effects: ['queue', 'arm'] },
];

function calleesWith(rows: readonly CallRow[], wanted: (row: OperationRow) => boolean): ReadonlySet<string> {
  const callees = rows.filter((call) =>
    call.rows.some((row) => row.kind === 'operation' && isForLens(row) && wanted(row)),
  );
  return new Set(callees.map((call) => call.callee));
}

// Read sections of RCU and counters that readers retry on are everywhere and hold nobody up.
function isForLens(row: OperationRow): boolean {
  return (
    row.objectKind !== 'cpu' &&
    row.objectKind !== 'seqlock' &&
    !(row.objectKind === 'rcu' && row.effect !== 'wait')
  );
}

function nameOf(row: OperationRow): string {
  if (row.objectKind === 'rcu') return 'RCU';
  if (row.objectKind === 'srcu') return `SRCU ${row.object}`;
  const isVague = row.objectKind === 'callbacks' || row.objectKind === 'runtime power';
  return isVague ? `${row.object} ${row.objectKind}` : row.object;
}
