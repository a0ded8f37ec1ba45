// cycleView.ts
// One finding as the panel shows it: what is waited for as nodes, the threads between them, and the story of each.
// Plain data that crosses to a web page and is kept there; lines count from 1, as people read them.

import type { ObjectKind } from '../kernel/primitive.ts';
import type { Confidence, Edge, Finding, Rule } from '../waits/finding.ts';
import { cycleRows } from './cycleRows.ts';
import type { CycleRow, RowContext } from './cycleRows.ts';
import {
  alsoHeld,
  beginning,
  ending,
  holdingWords,
  isSameAs,
  namesWanted,
  wantingWords,
} from './threadWords.ts';
import { waitableWords } from './words.ts';

export interface CycleView {
  readonly id: string;
  readonly title: string;
  readonly rule: Rule;
  readonly confidence: Confidence;
  readonly reasons: readonly string[];
  readonly status: CycleStatus;
  /** `seen by lockdep on 6.1.0`, and then nothing of it is our claim; absent: found in the source. */
  readonly seen?: string;
  /** For people: `introduced by 2/5`; of a tree without a patch empty. */
  readonly course: string;
  readonly nodes: readonly CycleNode[];
  /** `threads[i]` goes from the node that it holds to the one that it wants. */
  readonly threads: readonly CycleThread[];
  /** The last thread wants what the first one holds. */
  readonly isClosed: boolean;
  /** Why this never ends, in one sentence. */
  readonly verdict: string;
  readonly assumptions: readonly string[];
  /** Empty where lockdep could report it. */
  readonly unseenByLockdep: string;
  readonly alsoFrom: readonly string[];
  /** The same as a report, and as a reply to the patch's mail; empty where there is no mail. */
  readonly text: string;
  readonly reply: string;
}

export type CycleStatus = 'introduced' | 'fixed' | 'existing';

export interface CycleNode {
  /** `return`: the way out of a function, at which a lock is left behind. */
  readonly kind: ObjectKind | 'return';
  readonly name: string;
  /** What stands below the name: `mutex`; empty where the name says it. */
  readonly kindWords: string;
}

export interface CycleThread {
  /** `acme_suspend`. */
  readonly fn: string;
  /** How it is entered: `work acme.reset`; empty for a plain function. */
  readonly via: string;
  /** Indexes of nodes. */
  readonly holds: number;
  readonly wants: number;
  readonly holdingWords: string;
  readonly wantingWords: string;
  /** What is wanted belongs behind the words; otherwise they say all. */
  readonly namesWanted: boolean;
  /** `acme_suspend() holds (mutex) acme.lock and waits for (work) acme.reset`. */
  readonly sentence: string;
  readonly rows: readonly CycleRow[];
  /** Other locks that it holds at the end: `(mutex) rtnl_mutex`. */
  readonly alsoHeld: readonly string[];
}

export interface CycleContext extends RowContext {
  readonly status: CycleStatus;
  readonly course: string;
  readonly text: string;
  readonly reply: string;
  readonly seen?: string;
}

export function cycleView(finding: Finding, context: CycleContext): CycleView {
  const { id, title, rule, confidence, reasons, edges, assumptions, alsoFrom } = finding;
  const { status, course, text, reply, seen } = context;
  const nodes = nodesOf(finding);
  const threads = edges.map((edge) => threadOf(rule, edge, nodes, context));
  return {
    ...{ id, title, rule, confidence, reasons, status, course, ...(seen === undefined ? {} : { seen }) },
    nodes: nodes.map(({ key: _, ...node }) => node),
    threads,
    isClosed: threads.length > 0 && threads[0]?.holds === threads.at(-1)?.wants,
    verdict: verdictOf(rule, edges.length),
    ...{ assumptions, unseenByLockdep: finding.unseenByLockdep ?? '', alsoFrom, text, reply },
  };
}

interface KeyedNode extends CycleNode {
  readonly key: string;
}

const wayOut: KeyedNode = { kind: 'return', name: 'return', kindWords: 'still held', key: 'return' };

/** What is held, in the order of the threads, and at the end what is wanted if nobody holds it. */
function nodesOf({ rule, edges }: Finding): readonly KeyedNode[] {
  const nodes = new Map<string, KeyedNode>();
  const wanted = edges.slice(-1).map(({ wants }) => wants);
  for (const { kind, name, key } of [...edges.map(({ holds }) => holds), ...wanted]) {
    const words = waitableWords({ kind, name, key });
    if (!nodes.has(key)) nodes.set(key, { kind, name, key, kindWords: words === name ? '' : kind });
  }
  return isLeak(rule) ? [...nodes.values(), wayOut] : [...nodes.values()];
}

function threadOf(rule: Rule, edge: Edge, nodes: readonly KeyedNode[], context: RowContext): CycleThread {
  const { root, holds, wants, origin } = edge;
  const indexOf = (key: string): number => nodes.findIndex((node) => node.key === key);
  return {
    fn: root.fn,
    via: isSameAs(root.via, waitableWords(holds)) ? '' : root.via,
    holds: indexOf(holds.key),
    wants: indexOf(isLeak(rule) ? wayOut.key : wants.key),
    holdingWords: holdingWords(origin, holds),
    wantingWords: wantingWords(rule, edge),
    namesWanted: namesWanted(rule),
    sentence: `${beginning(edge)} and ${ending(rule, edge)}`,
    rows: cycleRows(rule, edge, context),
    alsoHeld: alsoHeld(edge),
  };
}

const isLeak = (rule: Rule): boolean => rule === 'lock-leak';

function verdictOf(rule: Rule, threads: number): string {
  switch (rule) {
    case 'lock-cycle':
    case 'wait-cycle':
    case 'self-deadlock':
      return threads === 1 ? 'It waits for itself.' : nobodyGoesOn(threads);
    case 'irq-deadlock':
      return threads === 2 ? 'The handler waits for the thread that it interrupts.' : nobodyGoesOn(threads);
    case 'sleep-in-atomic':
      return 'It may sleep where it must not.';
    case 'lock-leak':
      return 'Whoever takes it next waits forever.';
  }
}

const nobodyGoesOn = (threads: number): string =>
  threads === 2 ? 'Neither can go on before the other does.' : `None of the ${threads} can go on.`;
