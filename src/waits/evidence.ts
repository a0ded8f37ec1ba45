// evidence.ts
// What the ways of all threads together tell about one of them, and how much of it is to be doubted.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { Effects, Held, Hop, Root, Trail, Waitable, Want } from '../effects/results.ts';
import type { Doubt } from './link.ts';
import { StackedCalls } from './stackedCalls.ts';
import { TableCalls } from './tableCalls.ts';
import { Takings } from './takings.ts';
import { TestedWays } from './testedWays.ts';
import { givesUpReference, isRecursive, sharedSteps, Ways } from './ways.ts';
import { HopNumbers, WaysBefore } from './waysBefore.ts';

// Functions until one calls itself again.
const shortCircle = 2;

// A table with as many different functions behind one call is a dispatcher: which of them runs depends on a number or a
// name that nobody has followed.
const dispatcherSize = 8;
// So many drivers do not lie side by side in one unit; as many callbacks of one core do, however few do something here.
const veryMany = 32;

export class Evidence {
  readonly ways: Ways;
  readonly takings: Takings;
  readonly tests: TestedWays;
  readonly #tables: TableCalls;
  readonly #stacked: StackedCalls;
  readonly #isFresh: (trail: Trail) => boolean;
  readonly #isWayAround: (earlier: Hop, later: Hop) => boolean;
  readonly #areRelated: (path: string, other: string) => boolean;
  /** By thread. */
  readonly #waits = new Map<string, WaysBefore>();
  readonly #waitsOfRoots = new Map<Root, WaysBefore>();
  readonly #hops = new HopNumbers();
  /** Files and directories that somebody takes away, and does not leave to the last reference. */
  readonly #takenAway = new Set<string>();
  /** Locks of devices that the core holds when it calls the driver: the devices that the driver is bound to. */
  readonly #bound: ReadonlySet<string>;

  constructor(effects: Effects, token: Token) {
    const { wants, areRelated, isFresh, isWayAround } = effects;
    this.#isWayAround = isWayAround ?? (() => false);
    this.#isFresh = isFresh ?? (() => false);
    this.#areRelated = areRelated ?? (() => true);
    this.ways = new Ways(effects);
    this.takings = new Takings(effects, this.ways, token);
    this.tests = new TestedWays(effects);
    this.#tables = new TableCalls(effects, this.ways);
    this.#stacked = new StackedCalls(effects);
    this.#bound = new Set(wants.flatMap(({ held }) => held.flatMap(boundDevice)));
    for (const { action, root, trail, waitable } of wants) {
      throwIfCancelled(token);
      if (action !== 'wait') continue;
      const steps = this.ways.of(trail);
      // What only the last reference does is not done on most ways.
      if (givesUpReference(steps)) continue;
      this.#waitsOf(root).add(steps, waitable.key);
      if (waitable.kind === 'callbacks') this.#takenAway.add(waitable.key);
    }
  }

  /** How much is to be doubted for the way alone, whatever is held or wanted there. */
  ofWay({ root, trail, assumptions }: Pick<Want, 'root' | 'trail' | 'assumptions'>): readonly Doubt[] {
    const steps = this.ways.of(trail);
    const most = Math.max(assumptions.length > 0 ? 2 : 1, this.#tables.mostBehind(root.path, steps));
    const doubts: Doubt[] = [];
    if (most >= dispatcherSize || assumptions.some(({ among }) => among >= veryMany))
      doubts.push('dispatcher');
    else if (most > 1) doubts.push('assumed');
    if (isRecursive(steps, shortCircle)) doubts.push('recursive');
    if (this.#stacked.isOn(steps)) doubts.push('stacked');
    if (givesUpReference(steps)) {
      doubts.push('last reference');
      if (assumptions.some(({ slot }) => slot.endsWith('release'))) doubts.push('some release');
    }
    if (root.kind === 'callback' && root.context === 'any' && this.#tables.isCalledHere(root.via))
      doubts.push('inner');
    if (root.kind === 'module') doubts.push('module');
    if (root.phase === 'setup') doubts.push('setup');
    if (this.#leavesDriver(root, steps)) doubts.push('foreign');
    return doubts;
  }

  /** Nobody else can be at the other side of what was initialised here. */
  isFresh(trail: Trail | undefined): boolean {
    return trail !== undefined && this.#isFresh(trail);
  }

  /** How much is to be doubted that the thread still holds it at the end of its way. */
  ofHeld(held: Held, thread: Pick<Want, 'root' | 'trail'>): readonly Doubt[] {
    const doubts: Doubt[] = [];
    if (held.origin === 'asserted') doubts.push('asserted');
    doubts.push(...this.takings.doubtsOfReturn(held, thread.trail));
    if (this.takings.isLeaked(held, thread.trail)) doubts.push('leaked');
    if (this.takings.isGivenToNobody(held, thread)) doubts.push('given back');
    return doubts;
  }

  /**
   * Both the taking and the end of the way lie in code that is not the driver's: deep inside, or in one call of the
   * driver that never comes back to it.
   */
  isInside(held: Held, wanted: Trail): boolean {
    if (held.trail === undefined) return false;
    const [taken, steps] = [this.ways.of(held.trail), this.ways.of(wanted)];
    const first = sharedSteps(taken, steps);
    if (!this.#isOwnAfter(first, taken) && !this.#isOwnAfter(first, steps)) return true;
    return this.ways.endsInside(held.trail) && this.ways.endsInside(wanted);
  }

  #isOwnAfter(first: number, steps: readonly Hop[]): boolean {
    for (let i = first; i < steps.length; i++) if (this.ways.isOwn(steps[i]!.path)) return true;
    return false;
  }

  /** Through a table to a driver that has nothing to do with the one in which the thread began, or came through. */
  #leavesDriver(root: Root, steps: readonly Hop[]): boolean {
    const before = new Set([root.path]);
    return steps.some(({ path, via }, i) => {
      before.add(path);
      const next = steps[i + 1];
      return (
        via !== undefined &&
        next !== undefined &&
        [...before].some((one) => !this.#areRelated(one, next.path))
      );
    });
  }

  /** The threads begin in drivers that do not call each other. */
  areApart(a: Root, b: Root): boolean {
    return !this.#areRelated(a.path, b.path);
  }

  /** What the same thread has waited for before it comes here: keys, in order. */
  stoppedBefore({ root, trail }: Want): readonly string[] {
    return this.#waitsOf(root).before(this.ways.of(trail));
  }

  #waitsOf(root: Root): WaysBefore {
    let waits = this.#waitsOfRoots.get(root);
    if (!waits) {
      const thread = `${root.path}:${root.fn}:${root.via}`;
      waits = this.#waits.get(thread) ?? new WaysBefore(this.#hops, this.#isWayAround);
      this.#waits.set(thread, waits);
      this.#waitsOfRoots.set(root, waits);
    }
    return waits;
  }

  /** A release function waits for a part of its object, and who holds another part needs the object still. */
  isOfOwnPart(held: Held, { action, trail, waitable }: Want): boolean {
    const isWait = action === 'wait' && waitable.kind !== 'callbacks';
    return isWait && holderOf(held.waitable) === holderOf(waitable) && givesUpReference(this.ways.of(trail));
  }

  /** Files go with the last reference only where nobody took them away before. */
  isTakenAwayBefore({ trail, waitable }: Want): boolean {
    return this.#takenAway.has(waitable.key) && givesUpReference(this.ways.of(trail));
  }

  /** The core works on a device of another kind, and calls the driver as if it were bound to that. */
  isForOtherDevice({ held, trail }: Want): boolean {
    if (this.#bound.size === 0) return false;
    const foreign = held.filter(({ origin, waitable: { key } }) => {
      return origin === 'taken' && isDeviceLock(key) && !this.#bound.has(key);
    });
    if (foreign.length === 0) return false;
    const steps = this.ways.of(trail);
    const lastOwn = steps.findLastIndex((hop) => this.ways.isOwn(hop.path));
    return foreign.some((one) => {
      const taken = one.trail ? this.ways.of(one.trail) : [];
      return steps.slice(sharedSteps(taken, steps), lastOwn + 1).some((hop) => hop.via !== undefined);
    });
  }
}

const boundDevice = ({ origin, waitable: { key } }: Held): readonly string[] =>
  origin === 'caller' && isDeviceLock(key) && !key.endsWith('@?') ? [key] : [];

const isDeviceLock = (key: string): boolean => key.startsWith('device.mutex@');

/** `foo` of `work:foo.reset`; the global itself where it is one. */
const holderOf = ({ key }: Waitable): string => key.replace(/^\w+:(?=\w+\.)/, '').replace(/\.[^.]*$/, '');
