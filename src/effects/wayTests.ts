// wayTests.ts
// What the tests along a whole way say of flags and roles, each function's put in the words of all. Two that exclude
// each other mean that no thread goes that way, unless somebody changes the flag in between.

import type { ExprId } from '../facts/terms.ts';
import type { FnId, Program, ProgramFunction } from '../program/meaning.ts';
import { ChangedMembers } from './changedMembers.ts';
import type { Classes } from './classes.ts';
import { anyValue, nonzero, zero } from './conditions.ts';
import type { Mask } from './conditions.ts';
import type { Hop, Tested, TestedValue, Trail } from './results.ts';
import { TestFlow } from './testFlow.ts';
import type { Place } from './testFlow.ts';
import type { Known, Value } from './knownValues.ts';
import { equals, isRole, itself, runs } from './tests.ts';
import type { Test } from './tests.ts';

export class WayTests {
  readonly #program: Program;
  readonly #classes: Classes;
  readonly #changed: ChangedMembers;
  readonly #flows = new Map<FnId, TestFlow>();
  readonly #places = new Map<string, Place>();
  readonly #tested = new WeakMap<Trail, Tested>();
  #functions: ReadonlyMap<string, ProgramFunction> | undefined;

  constructor(program: Program, classes: Classes) {
    this.#program = program;
    this.#classes = classes;
    this.#changed = new ChangedMembers(program);
  }

  of(trail: Trail): Tested {
    let tested = this.#tested.get(trail);
    if (!tested) {
      tested = this.#read(trail);
      this.#tested.set(trail, tested);
    }
    return tested;
  }

  #read(trail: Trail): Tested {
    const way = new Way();
    let given: Given = () => undefined;
    for (let step: Trail | undefined = trail; step; step = step.inner) {
      const flow = this.#flowOf(step.hop);
      if (!flow) {
        given = () => undefined;
        continue;
      }
      const place = this.#placeOf(step.hop, flow);
      way.add(place.known, given);
      const outer = given;
      given = (index) => argumentOf(place.args[index], flow, outer);
    }
    return way;
  }

  #placeOf(hop: Hop, flow: TestFlow): Place {
    const key = `${hop.path}:${hop.at} ${hop.target}`;
    let place = this.#places.get(key);
    if (!place) {
      place = flow.at(hop.at, hop.target);
      this.#places.set(key, place);
    }
    return place;
  }

  #flowOf({ path, fn: name }: Hop): TestFlow | undefined {
    this.#functions ??= new Map(
      this.#program.functions.flatMap((fn) => (fn.isMacro ? [] : [[`${fn.path}:${fn.name}`, fn] as const])),
    );
    const fn = this.#functions.get(`${path}:${name}`);
    if (!fn) return undefined;
    let flow = this.#flows.get(fn.id);
    if (!flow) {
      flow = new TestFlow(fn, this.#program, this.#classes, (callee) => this.#changed.by(callee, fn.path));
      this.#flows.set(fn.id, flow);
    }
    return flow;
  }
}

/** What the caller gives for a parameter. */
interface GivenValue {
  /** As a test of something of its own. */
  readonly test: Test | undefined;
  /** A constant, as written. */
  readonly constant: string | undefined;
  /** A member or global. */
  readonly base: string | undefined;
}

type Given = (index: number) => GivenValue | undefined;

function argumentOf(arg: ExprId | undefined, { tests }: TestFlow, outer: Given): GivenValue | undefined {
  if (arg === undefined) return undefined;
  const test = tests.of(arg);
  // A parameter that is passed on.
  const index = test && test.whenTrue === nonzero ? parameterOf(test) : undefined;
  if (index !== undefined) return outer(index);
  return {
    test: test && inCaller(test, outer),
    constant: tests.constantText(arg),
    base: tests.objectOf(arg),
  };
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

/** A way on which the tests of one function after the other are gathered. */
class Way implements Tested {
  readonly values = new Map<string, TestedValue>();
  readonly changed = new Map<string, ReadonlySet<string>>();
  readonly contrary: string[] = [];
  #isBegun = false;

  add({ needs, now, changed }: Known, given: Given): void {
    for (const value of needs.values()) {
      if (isOtherConstant(value, given)) this.contrary.push(value.subject.key);
      else this.#need(value, given);
    }
    for (const [base, { locks }] of changed) this.#forget(base, locks);
    for (const value of now.values()) this.#hold(value, given);
    // Only where the thread begins it is given what it runs for.
    if (this.#isBegun) this.values.delete(runs(itself).key);
    this.#isBegun = true;
  }

  #need(value: Value, given: Given): void {
    const need = seen(value, given);
    const known = need && this.values.get(need.key);
    if (known && (known.mask & need.mask) === 0 && !this.contrary.includes(need.key))
      this.contrary.push(need.key);
  }

  #forget(base: string, locks: ReadonlySet<string>): void {
    this.changed.set(base, locks);
    for (const [key, value] of this.values) if (value.base === base) this.values.delete(key);
  }

  #hold(value: Value, given: Given): void {
    const held = seen(value, given);
    if (!held) return;
    const both = (this.values.get(held.key)?.mask ?? anyValue) & held.mask;
    const mask = both === 0 ? held.mask : both;
    if (mask !== anyValue) this.values.set(held.key, { mask, base: held.base, isRole: held.isRole });
  }
}

interface Seen extends TestedValue {
  readonly key: string;
}

function seen({ subject, mask }: Value, given: Given): Seen | undefined {
  const test = inCaller({ subject, whenTrue: mask, whenFalse: anyValue }, given);
  if (!test || test.subject.key.startsWith('#')) return undefined;
  const { key, base } = test.subject;
  return { key, base, mask: test.whenTrue, isRole: isRole(test.subject) };
}
