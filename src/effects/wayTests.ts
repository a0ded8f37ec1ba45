// wayTests.ts
// What the tests along a whole way say of flags and roles, each function's put in the words of all. Two that exclude
// each other mean that no thread goes that way, unless somebody changes the flag in between.

import type { Program, ProgramFunction } from '../program/meaning.ts';
import { maskOfConstant } from './calls.ts';
import { ChangedMembers } from './changedMembers.ts';
import type { Classes } from './classes.ts';
import { anyValue, nonzero, zero } from './conditions.ts';
import type { Mask } from './conditions.ts';
import type { Hop, Tested, TestedValue, Trail } from './results.ts';
import { TestFlow } from './testFlow.ts';
import type { Place } from './testFlow.ts';
import { nothingKnown } from './knownValues.ts';
import type { Changed, Known, Value } from './knownValues.ts';
import { Predicates } from './predicates.ts';
import { equals, isRole, itself, parameterSubject, runs } from './tests.ts';
import type { Test } from './tests.ts';

export class WayTests {
  readonly #program: Program;
  readonly #classes: Classes;
  readonly #changed: ChangedMembers;
  readonly #predicates: Predicates;
  /** By function and by what its parameters are known to be. */
  readonly #flows = new Map<string, TestFlow>();
  readonly #seeded = new Map<string, Step>();
  readonly #places = new Map<string, Place>();
  readonly #steps = new Map<Hop, Step | 'unknown'>();
  readonly #begin = new WayNode(new Way(), nothingGiven);
  readonly #ends = new Map<Trail, WayNode>();
  #functions: ReadonlyMap<string, ProgramFunction> | undefined;

  constructor(program: Program, classes: Classes) {
    this.#program = program;
    this.#classes = classes;
    this.#changed = new ChangedMembers(program);
    this.#predicates = new Predicates(program, classes);
  }

  of(trail: Trail): Tested {
    let end = this.#ends.get(trail);
    if (!end) {
      end = this.#endOf(trail);
      this.#ends.set(trail, end);
    }
    return end.way;
  }

  #endOf(trail: Trail): WayNode {
    let node = this.#begin;
    for (let rest: Trail | undefined = trail; rest; rest = rest.inner)
      node = node.after(rest.hop) ?? this.#goOn(node, rest.hop);
    return node;
  }

  #goOn(node: WayNode, hop: Hop): WayNode {
    const { way, given } = node;
    const step = this.#stepOf(hop, given);
    const next = step
      ? new WayNode(way.with(step, given), givenBy(step, given))
      : new WayNode(way, nothingGiven);
    node.add(hop, next);
    return next;
  }

  #stepOf(hop: Hop, given: Given): Step | undefined {
    let step = this.#steps.get(hop);
    if (step === undefined) {
      step = this.#readStep(hop, '') ?? 'unknown';
      this.#steps.set(hop, step);
    }
    if (step === 'unknown') return undefined;
    const seed = seedOf(step.tested, given);
    return seed === '' ? step : this.#seededStep(hop, seed);
  }

  #seededStep(hop: Hop, seed: string): Step | undefined {
    const key = `${hop.path}:${hop.at} ${hop.target} ${seed}`;
    let step = this.#seeded.get(key);
    if (!step) {
      step = this.#readStep(hop, seed);
      if (step) this.#seeded.set(key, step);
    }
    return step;
  }

  #readStep(hop: Hop, seed: string): Step | undefined {
    const flow = this.#flowOf(hop, seed);
    if (!flow) return undefined;
    const { known, args, constants, isCutOff } = this.#placeOf(hop, flow, seed);
    return {
      flow,
      args,
      constants,
      tested: flow.testedParameters,
      // Without numbers that were given it is the reading of the tests that went wrong.
      isCutOff: isCutOff && seed !== '',
      needs: [...known.needs.values()],
      now: [...known.now.values()],
      changed: known.changed,
    };
  }

  #placeOf(hop: Hop, flow: TestFlow, seed: string): Place {
    const key = `${hop.path}:${hop.at} ${hop.target} ${seed}`;
    let place = this.#places.get(key);
    if (!place) {
      place = flow.at(hop.at, hop.target);
      this.#places.set(key, place);
    }
    return place;
  }

  #flowOf({ path, fn: name }: Hop, seed: string): TestFlow | undefined {
    this.#functions ??= new Map(
      this.#program.functions.flatMap((fn) => (fn.isMacro ? [] : [[`${fn.path}:${fn.name}`, fn] as const])),
    );
    const fn = this.#functions.get(`${path}:${name}`);
    if (!fn) return undefined;
    const key = `${fn.id} ${seed}`;
    let flow = this.#flows.get(key);
    if (!flow) {
      const changedBy = (callee: string): ReadonlySet<string> => this.#changed.by(callee, fn.path);
      flow = new TestFlow(fn, this.#program, this.#classes, this.#predicates, changedBy, knownFrom(seed));
      this.#flows.set(key, flow);
    }
    return flow;
  }
}

/** What one step of a way says, in the words of its function. */
interface Step extends Pick<Known, 'changed'>, Pick<Place, 'args' | 'constants'> {
  readonly flow: TestFlow;
  /** Parameters that the function tests. */
  readonly tested: readonly number[];
  /** With the numbers that the caller gives no way leads there. */
  readonly isCutOff: boolean;
  readonly needs: readonly Value[];
  readonly now: readonly Value[];
}

const nothingGiven: Given = () => undefined;

/** What the caller gives for a parameter. */
interface GivenValue {
  /** As a test of something of its own. */
  readonly test: Test | undefined;
  /** A number. */
  readonly number: number | undefined;
  /** A constant, as written. */
  readonly constant: string | undefined;
  /** A member or global. */
  readonly base: string | undefined;
}

type Given = (index: number) => GivenValue | undefined;

/** Where a way has come to: most ways of a thread have their first steps in common. */
class WayNode {
  readonly way: Way;
  /** What is given to the function that is called there. */
  readonly given: Given;
  // Of a million nodes most have one that follows, or none: a map for each would take most of the memory.
  #hop: Hop | undefined;
  #next: WayNode | undefined;
  #others: Map<Hop, WayNode> | undefined;

  constructor(way: Way, given: Given) {
    this.way = way;
    this.given = given;
  }

  after(hop: Hop): WayNode | undefined {
    return hop === this.#hop ? this.#next : this.#others?.get(hop);
  }

  add(hop: Hop, next: WayNode): void {
    if (this.#hop) {
      (this.#others ??= new Map<Hop, WayNode>()).set(hop, next);
      return;
    }
    this.#hop = hop;
    this.#next = next;
  }
}

/** Found out when it is asked for, once. */
function givenBy(step: Step, outer: Given): Given {
  const known: (GivenValue | undefined | 'nothing')[] = [];
  return (index) => {
    const value = (known[index] ??= argumentOf(step, index, outer) ?? 'nothing');
    return value === 'nothing' ? undefined : value;
  };
}

function argumentOf(
  { args, constants, flow: { tests } }: Step,
  index: number,
  outer: Given,
): GivenValue | undefined {
  const arg = args[index];
  if (arg === undefined) return undefined;
  const test = tests.of(arg);
  // A parameter that is passed on.
  const own = test && test.whenTrue === nonzero ? parameterOf(test) : undefined;
  if (own !== undefined) return outer(own);
  return {
    test: test && inCaller(test, outer),
    number: constants[index],
    constant: tests.constantText(arg),
    base: tests.objectOf(arg),
  };
}

/** What numbers are given for the parameters that a function tests: `2=0 3=1`. */
function seedOf(tested: readonly number[], given: Given): string {
  return tested
    .flatMap((index) => {
      const number = given(index)?.number;
      return number === undefined ? [] : [`${index}=${Math.sign(number)}`];
    })
    .join(' ');
}

function knownFrom(seed: string): Known {
  if (seed === '') return nothingKnown;
  const values = seed.split(' ').map((part): readonly [string, Value] => {
    const [index, sign] = part.split('=').map(Number);
    const subject = parameterSubject(index ?? 0);
    return [subject.key, { subject, mask: maskOfConstant(sign) }];
  });
  return { ...nothingKnown, now: new Map(values) };
}

/** A test of a parameter, as the test of what the caller gives for it. */
function inCaller(test: Test, given: Given): Test | undefined {
  const compared = comparisonOf(test);
  if (compared) {
    const base = given(compared.index)?.base;
    const subject = base === undefined ? undefined : { key: `${base}${equals}${compared.constant}`, base };
    return subject && { ...test, subject };
  }
  const index = parameterOf(test);
  if (index === undefined) return test;
  const outer = given(index)?.test;
  if (!outer) return undefined;
  return {
    subject: outer.subject,
    whenTrue: translated(test.whenTrue, outer),
    whenFalse: translated(test.whenFalse, outer),
  };
}

/** The parameter is compared with a constant or asked whether it is zero, and something else is given for it. */
function isOtherConstant({ subject, mask }: Value, given: Given): boolean {
  const compared = comparisonOf({ subject });
  const index = compared ? undefined : parameterOf({ subject });
  if (index !== undefined) {
    const own = given(index)?.constant;
    if (own === undefined) return false;
    const isZero = /^(?:0x)?0+$|^false$|^NULL$/.test(own);
    // What an enumerator stands for is not looked up.
    return isZero ? (mask & zero) === 0 : /^[1-9]|^true$/.test(own) && (mask & nonzero) === 0;
  }
  const constant = compared && given(compared.index)?.constant;
  if (!compared || constant === undefined) return false;
  return (mask & (constant === compared.constant ? nonzero : zero)) === 0;
}

function comparisonOf({
  subject: { key },
}: Pick<Test, 'subject'>): { readonly index: number; readonly constant: string } | undefined {
  const at = key.startsWith('#') ? key.indexOf(equals) : -1;
  return at < 0 ? undefined : { index: Number(key.slice(1, at)), constant: key.slice(at + equals.length) };
}

/** What the caller's own subject is where the parameter has one of these values. */
function translated(mask: Mask, { whenTrue, whenFalse }: Test): Mask {
  const isFalse = (mask & zero) !== 0 ? whenFalse : 0;
  return (mask & ~zero & anyValue) === 0 ? isFalse : isFalse | whenTrue;
}

function parameterOf({ subject: { key } }: Pick<Test, 'subject'>): number | undefined {
  return key.startsWith('#') && !key.includes(equals) ? Number(key.slice(1)) : undefined;
}

const ownRun = runs(itself).key;

/** A way on which the tests of one function after the other are gathered. It shares what a step does not change. */
class Way implements Tested {
  readonly values: ReadonlyMap<string, TestedValue>;
  readonly contrary: readonly string[];
  readonly changed: ChangesOnWay;
  readonly #isBegun: boolean;

  constructor(
    values: Way['values'] = new Map(),
    contrary: Way['contrary'] = [],
    changed = new ChangesOnWay(),
    isBegun = false,
  ) {
    this.values = values;
    this.contrary = contrary;
    this.changed = changed;
    this.#isBegun = isBegun;
  }

  with({ needs, now, changed, isCutOff }: Step, given: Given): Way {
    const contrary = isCutOff ? [...this.contrary, 'what is given'] : [...this.contrary];
    for (const value of needs) {
      if (isOtherConstant(value, given)) contrary.push(value.subject.key);
      else this.#need(value, given, contrary);
    }
    return new Way(
      this.#valuesAfter(now, changed, given),
      contrary.length === this.contrary.length ? this.contrary : contrary,
      changed.size > 0 ? new ChangesOnWay([...this.changed.steps, changed]) : this.changed,
      true,
    );
  }

  #valuesAfter(now: readonly Value[], changed: Changed, given: Given): Way['values'] {
    // Only where the thread begins it is given what it runs for.
    const isGone = this.#isBegun && this.values.has(ownRun);
    if (now.length === 0 && changed.size === 0 && !isGone) return this.values;
    const values = new Map(this.values);
    if (changed.size > 0) for (const [key, { base }] of values) if (changed.has(base)) values.delete(key);
    for (const value of now) hold(value, given, values);
    if (this.#isBegun) values.delete(ownRun);
    return values;
  }

  #need(value: Value, given: Given, contrary: string[]): void {
    if (this.values.size === 0) return;
    const need = seen(value, given);
    if (!need || contrary.includes(need.key)) return;
    const known = this.values.get(need.key)?.mask ?? anyValue;
    if ((known & need.mask) === 0 || this.#equalsAnother(need)) contrary.push(need.key);
  }

  /** It has to be equal to one constant, and is to another. */
  #equalsAnother({ key, base, mask }: Seen): boolean {
    if (!isEqual(key, mask)) return false;
    for (const [other, value] of this.values)
      if (other !== key && value.base === base && isEqual(other, value.mask)) return true;
    return false;
  }
}

function hold(value: Value, given: Given, values: Map<string, TestedValue>): void {
  const held = seen(value, given);
  if (!held) return;
  const both = (values.get(held.key)?.mask ?? anyValue) & held.mask;
  const mask = both === 0 ? held.mask : both;
  if (mask !== anyValue) values.set(held.key, { mask, base: held.base, isRole: held.isRole });
}

/** What the steps of a way have changed; the last one says under which locks. */
class ChangesOnWay {
  readonly steps: readonly Changed[];

  constructor(steps: readonly Changed[] = []) {
    this.steps = steps;
  }

  has(base: string): boolean {
    return this.steps.some((changed) => changed.has(base));
  }

  get(base: string): ReadonlySet<string> | undefined {
    return this.steps.findLast((changed) => changed.has(base))?.get(base)?.locks;
  }
}

const isEqual = (key: string, mask: Mask): boolean => key.includes(equals) && (mask & zero) === 0;

interface Seen extends TestedValue {
  readonly key: string;
}

function seen({ subject, mask }: Value, given: Given): Seen | undefined {
  const test = inCaller({ subject, whenTrue: mask, whenFalse: anyValue }, given);
  if (!test || test.subject.key.startsWith('#')) return undefined;
  const { key, base } = test.subject;
  return { key, base, mask: test.whenTrue, isRole: isRole(test.subject) };
}
