// newSteps.ts
// Whether a patch brings a way into a cycle that was there before by its classes. Classes are shared: the sockets of
// all protocols have one lock. So where a touched function makes a step of the finding as it never did before, with the
// lock that the step needs no longer let go, or now taken earlier, the cycle is new although one of its name is not.

import { lineOf } from '../base/position.ts';
import type { Token } from '../base/cancel.ts';
import type { Hop } from '../effects/results.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import { LoadedFacts } from '../program/loadedFacts.ts';
import type { Finding } from '../waits/finding.ts';
import { Bodies } from './bodies.ts';
import type { ReadBody } from './bodies.ts';
import type { HeldInside, LetGo } from './heldInside.ts';
import { HeldReader } from './heldReader.ts';
import type { TouchedCode } from './touchedCode.ts';

// Those of the functions themselves come first; then wrappers and headers, and the types in those.
const rounds = 4;

/** The ids of findings in which a touched function makes a step that it did not make so before. */
export async function findingsWithNewSteps(
  before: TreeIndex,
  after: TreeIndex,
  findings: readonly Finding[],
  { functions }: TouchedCode,
  token: Token,
): Promise<ReadonlySet<string>> {
  const steps = findings.flatMap((finding) =>
    finding.edges.flatMap(({ holds, steps: hops }) =>
      hops
        .filter((hop) => isWayOn.has(hop.action) && functions.get(hop.path)?.has(hop.fn) === true)
        .map((hop) => ({ id: finding.id, hop, holds: holds.name })),
    ),
  );
  if (steps.length === 0) return new Set();
  const paths = [...new Set(steps.map(({ hop }) => hop.path))].sort();
  const old = await callsOf(before, paths, steps, token);
  const now = await callsOf(after, paths, steps, token);
  return new Set(steps.filter((step, i) => isNew(step, old[i], now[i])).map(({ id }) => id));
}

interface AskedStep {
  readonly id: string;
  readonly hop: Hop;
  /** The name of what is held while the step is made. */
  readonly holds: string;
}

/** How a function stands with a lock. `let go`: its caller holds it, and gets it back later. */
type Standing = 'held' | 'let go' | 'untouched';

interface MadeStep {
  readonly line: number;
  readonly name: string;
  /** It takes a lock only if nobody has it: it waits less than one that takes it in any case. */
  readonly isTry: boolean;
  readonly standing: Standing;
}

interface Made {
  readonly steps: readonly MadeStep[];
  /** All functions of the file. */
  readonly functions: ReadonlySet<string>;
}

/** Where the lock is taken is not a step that is made while it is held. */
const isWayOn: ReadonlySet<Hop['action']> = new Set(['acquire', 'call', 'indirect-call', 'callback', 'wait']);

function isNew({ hop }: AskedStep, old: Made | undefined, now: Made | undefined): boolean {
  if (!old || !now) return false;
  return now.steps.some(({ line, name, isTry, standing }) => {
    if (line !== lineOf(hop.at) || standing === 'let go') return false;
    // What was cut out to a function of its own is no news.
    if (now.functions.has(name) && !old.functions.has(name)) return false;
    const earlier = old.steps.filter((step) => step.name === name && (isTry || !step.isTry));
    return !earlier.some((step) => step.standing === standing || step.standing === 'held');
  });
}

/** For each asked step: how the function stands with the lock wherever it makes such a step. */
async function callsOf(
  index: TreeIndex,
  paths: readonly string[],
  asked: readonly AskedStep[],
  token: Token,
): Promise<readonly (Made | undefined)[]> {
  const loaded = new LoadedFacts(index);
  await loaded.load(paths, token);
  const read = (): readonly (Made | undefined)[] => {
    const bodies = new Bodies(loaded);
    const held = new HeldReader(bodies);
    return asked.map((step) => stepsMade(step, bodies, held));
  };
  return loaded.ask(read, rounds, token);
}

/** `undefined`: the function is not there. */
function stepsMade({ hop, holds }: AskedStep, bodies: Bodies, held: HeldReader): Made | undefined {
  const facts = bodies.loaded.get(hop.path);
  const fn = facts?.functions.find(({ name }) => name === hop.fn);
  if (!facts || !fn) return undefined;
  const read = bodies.ofFunction(hop.path, facts, fn);
  const inside = held.ofFunction(hop.path, fn.name, read);
  const isMeant = (step: LetGo): boolean => lastWord(step.object) === lastWord(holds);
  const steps = read.steps.map((step) => ({
    line: lineOf(step.at),
    name: nameOf(step),
    isTry: step.kind === 'operation' && step.effect === 'try',
    standing: standingAt(inside.ways(step.op), isMeant),
  }));
  return { steps, functions: new Set(facts.functions.map(({ name }) => name)) };
}

function standingAt(ways: ReturnType<HeldInside['ways']>, isMeant: (step: LetGo) => boolean): Standing {
  if (ways.length === 0) return 'untouched';
  const holds = ways.every((way) => way.holds.some(isMeant));
  const isLetGo = ways.every((way) => way.released.some(isMeant));
  // What was let go and is held again is held for the caller.
  return holds === isLetGo ? 'untouched' : holds ? 'held' : 'let go';
}

/** The same lock is taken by `mutex_lock()`, by one that a signal ends and by a guard. */
function nameOf(step: ReadBody['steps'][number]): string {
  switch (step.kind) {
    case 'operation': {
      const effect = step.effect === 'try' ? 'acquire' : step.effect;
      return `${effect} ${step.objectKind} ${step.primitive.mode ?? ''} ${step.object}`;
    }
    case 'call':
      return step.name;
    case 'unresolved':
      // `disc->ops->open` and `ld->ops->open` are one call, whatever the local is called.
      return lastWord(step.text);
  }
}

/** `hci_dev.lock` and `hdev->lock` mean the same lock. */
const lastWord = (name: string): string => /\w*$/.exec(name)![0];
