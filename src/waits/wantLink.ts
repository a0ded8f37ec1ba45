// wantLink.ts
// The links of a want: something that is held at that moment leads to what is wanted. What there is to be doubted is
// found out when it is asked for: most links have a better one beside them from the start.

import type { Held, Hop, Root, Tested, Waitable, Want } from '../effects/results.ts';
import type { ObjectKind } from '../kernel/primitive.ts';
import { sentenceOf } from './assumption.ts';
import { costOf } from './cost.ts';
import type { Evidence } from './evidence.ts';
import type { Doubt, Link, Mode } from './link.ts';
import { stepsBetween } from './steps.ts';

/** What does not depend on which of the held things is looked at. */
export class WantAlone {
  readonly want: Want;
  readonly evidence: Evidence;
  #known: WantDoubts | undefined;
  #stopped: readonly string[] | undefined;
  #isExcluded: boolean | undefined;
  #tested: Tested | undefined;

  constructor(want: Want, evidence: Evidence) {
    this.want = want;
    this.evidence = evidence;
  }

  /** All but the tests on the way. */
  get known(): WantDoubts {
    this.#known ??= { ofWay: doubtsOfWay(this.want, this.evidence), ofClass: doubtsOfClass(this.want) };
    return this.#known;
  }

  get stopped(): readonly string[] {
    return (this.#stopped ??= this.evidence.stoppedBefore(this.want));
  }

  get tested(): Tested {
    return (this.#tested ??= this.evidence.tests.of(this.want));
  }

  get isExcluded(): boolean {
    return (this.#isExcluded ??= this.evidence.tests.excludes(this.want));
  }
}

export class WantLink implements Link {
  readonly #alone: WantAlone;
  readonly #held: Held;
  #known: HeldDoubts | undefined;
  #doubts: readonly Doubt[] | undefined;
  #cost = -1;

  constructor(alone: WantAlone, held: Held) {
    this.#alone = alone;
    this.#held = held;
  }

  get from(): Waitable {
    return this.#held.waitable;
  }

  get to(): Waitable {
    return this.#alone.want.waitable;
  }

  get root(): Root {
    return this.#alone.want.root;
  }

  get origin(): Held['origin'] {
    return this.#held.origin;
  }

  get fromMode(): Mode {
    return this.#held.mode;
  }

  get toMode(): Mode {
    return this.#alone.want.mode;
  }

  get fromSubclass(): string {
    return subclassOf(this.#held);
  }

  get toSubclass(): string {
    return subclassOf(this.#alone.want);
  }

  get around(): readonly Held[] {
    return this.#alone.want.held;
  }

  get held(): readonly Held[] {
    return this.around.filter((one) => one !== this.#held);
  }

  get toInstance(): string {
    return this.#alone.want.instance;
  }

  get stopped(): readonly string[] {
    return this.#alone.stopped;
  }

  readonly steps = (): readonly Hop[] =>
    stepsBetween(this.#held, this.#alone.want.trail, this.#alone.evidence.ways);

  get assumptions(): readonly string[] {
    const { assumptions, pointer, waitable } = this.#alone.want;
    const sentences = assumptions.map(sentenceOf);
    return pointer === undefined ? sentences : [...sentences, `${pointer} points at ${waitable.name}.`];
  }

  get doubts(): readonly Doubt[] {
    if (!this.#doubts) {
      const { want, known, isExcluded, evidence } = this.#alone;
      const own = this.#knownOfHeld();
      const differs = evidence.tests.differ(this.#held, want);
      this.#doubts = [
        ...known.ofWay,
        ...(isExcluded ? excluded : []),
        ...known.ofClass,
        ...own.ofReturn,
        ...(differs ? excluded : []),
        ...own.ofRest,
      ];
    }
    return this.#doubts;
  }

  get tested(): Tested {
    return this.#alone.tested;
  }

  get isInside(): boolean {
    return this.#alone.evidence.isInside(this.#held, this.#alone.want.trail);
  }

  get cost(): number {
    if (this.#cost < 0) this.#cost = this.#costWith(this.doubts);
    return this.#cost;
  }

  /** What is to be doubted at least, and what it costs at least: tests can only add to both. */
  get least(): { readonly doubts: readonly Doubt[]; readonly cost: number } {
    const { ofWay, ofClass } = this.#alone.known;
    const { ofReturn, ofRest } = this.#knownOfHeld();
    const doubts = [...ofWay, ...ofClass, ...ofReturn, ...ofRest];
    return { doubts, cost: this.#costWith(doubts) };
  }

  #costWith(doubts: readonly Doubt[]): number {
    const { want, evidence } = this.#alone;
    return costOf(doubts, evidence.ways.of(want.trail).length, want.assumptions.length);
  }

  #knownOfHeld(): HeldDoubts {
    this.#known ??= {
      ofReturn: this.#alone.evidence.ofHeld(this.#held, this.#alone.want),
      ofRest: doubtsOfHeld(this.#held, this.#alone.want, this.#alone.evidence),
    };
    return this.#known;
  }
}

/** One link that is looked at for itself. */
export const linkOf = (want: Want, held: Held, evidence: Evidence): WantLink =>
  new WantLink(new WantAlone(want, evidence), held);

/** Everything found out, for a link that is to be told otherwise in some respect. */
export function copyOf(link: Link): Link {
  const { from, to, root, origin, fromMode, toMode, fromSubclass, toSubclass, around, held } = link;
  const { toInstance, stopped, steps, assumptions, doubts, tested, isInside, cost } = link;
  const ends = { from, to, root, origin, fromMode, toMode, fromSubclass, toSubclass, around, held };
  return { ...ends, toInstance, stopped, steps, assumptions, doubts, tested, isInside, cost };
}

interface WantDoubts {
  readonly ofWay: readonly Doubt[];
  readonly ofClass: readonly Doubt[];
}

interface HeldDoubts {
  readonly ofReturn: readonly Doubt[];
  readonly ofRest: readonly Doubt[];
}

const excluded: readonly Doubt[] = ['excluded'];

// Of these the order is found out while they are taken.
const subclassOf = ({ waitable, subclass }: Want | Held): string =>
  waitable.kind === 'ww mutex' ? '' : subclass;

function doubtsOfWay(want: Want, evidence: Evidence): readonly Doubt[] {
  const doubts: Doubt[] = [...evidence.ofWay(want)];
  if (want.endedBy?.includes('timeout') === true) doubts.push('timeout');
  if (isAsleepInHandler(want)) doubts.push('context');
  if (evidence.isTakenAwayBefore(want)) doubts.push('taken away');
  if (evidence.isForOtherDevice(want)) doubts.push('other device');
  if (evidence.isFresh(want.trail)) doubts.push('fresh');
  return doubts;
}

function doubtsOfHeld(held: Held, want: Want, evidence: Evidence): readonly Doubt[] {
  const length = evidence.ways.lengthBetween(held.trail, want.trail);
  const ofClass: Doubt[] = [...doubtsOfClass(held)];
  if (evidence.isFresh(held.trail)) ofClass.unshift('fresh');
  if (evidence.isOfOwnPart(held, want)) ofClass.push('own part');
  return length > longWay ? ['long', ...ofClass] : ofClass;
}

function doubtsOfClass({ waitable, instance }: Want | Held): readonly Doubt[] {
  if (isUnknown(waitable.key)) return ofUnknown;
  return isOneOfMany(waitable) && instance === '' ? ofSomeInstance : nothing;
}

const nothing: readonly Doubt[] = [];
const ofUnknown: readonly Doubt[] = ['unknown device'];
const ofSomeInstance: readonly Doubt[] = ['instance'];

const sleeping: ReadonlySet<ObjectKind> = new Set(['mutex', 'rt mutex', 'ww mutex', 'rwsem', 'percpu rwsem']);

function isAsleepInHandler({ root, waitable, held }: Want): boolean {
  if (root.context !== 'softirq' && root.context !== 'hardirq') return false;
  return sleeping.has(waitable.kind) || held.some((one) => sleeping.has(one.waitable.kind));
}

// Every device has one of these. Where the core comes to it by a list, it is mostly another device's: a child's, or
// that of a virtual function.
const isOneOfMany = ({ key }: Waitable): boolean =>
  key.startsWith('device.mutex@') || (key.startsWith('callbacks:') && key.endsWith('.dev'));

const isUnknown = (key: string): boolean => key.endsWith('@?');

// Steps from where something is taken to where the next thing is wanted. Each call has a condition of its own.
const longWay = 9;
