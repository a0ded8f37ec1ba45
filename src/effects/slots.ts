// slots.ts
// Fills calls through tables of functions with the functions that can stand there. It happens at the entries, not in
// the summaries: which functions they are depends on where the path began, and the core's summaries do not.

import type { FnId } from '../program/meaning.ts';
import { anyValue } from './conditions.ts';
import type { CallSite } from './calls.ts';
import { maskOfConstant } from './calls.ts';
import type { FileUnits } from './fileUnits.ts';
import type { Hop } from './results.ts';
import { startState } from './state.ts';
import type { State } from './state.ts';
import { EventSet, whenKey } from './summary.ts';
import type { Event, Target, TargetId } from './summary.ts';
import type { Summaries } from './summaries.ts';
import type { EffectTables } from './tables.ts';
import { firstHop, lastHop, withoutFirst } from './way.ts';
import type { Way } from './way.ts';

// Events behind one slot, everything behind further slots included.
const mostBehindSlot = 5000;

export class Slots {
  readonly #tables: EffectTables;
  readonly #summaries: Summaries;
  readonly #units: FileUnits;
  readonly #filled = new Map<string, readonly Event[]>();
  #unit = -1;
  /** Slots behind which there was more than is followed. */
  readonly overflown = new Set<string>();

  constructor(tables: EffectTables, summaries: Summaries, units: FileUnits) {
    this.#tables = tables;
    this.#summaries = summaries;
    this.#units = units;
  }

  /** The same events with all slots filled as on a path that began in the file `root`. What was called through them ends in the list in their place. */
  fill(open: readonly Event[], root: string): readonly Event[] {
    this.#unit = this.#units.unitOf(root);
    const events = new EventSet();
    for (const event of open) {
      if (!isOpen(this.#tables.targets.get(event.target))) events.add(event);
      else this.#through(event, this.#behind(event.target), events);
    }
    return events.list(this.#tables.held);
  }

  /** What the functions of one slot do, further slots filled: as if its call stood alone, in terms of its arguments. */
  #behind(id: TargetId): readonly Event[] {
    const target = this.#tables.targets.get(id);
    const candidates = this.#units.nearest(this.#candidates(target), this.#unit);
    const memo = `${nameOf(target)} ${this.#unit} ${candidates.join()}`;
    const known = this.#filled.get(memo);
    if (known) return known;
    const events = new EventSet();
    const queue: Passing[] = [];
    const seen = new Set<string>();
    const take = (found: readonly Event[], passed: readonly string[]): void => {
      for (const event of found) {
        const key = `${event.target},${event.held},${event.released},${event.requires},${whenKey(event.when)}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const target = this.#tables.targets.get(event.target);
        if (!isOpen(target)) events.add(event);
        // Through the same table again: a dispatcher that calls itself says nothing new but larger held sets.
        else if (!passed.includes(nameOf(target))) queue.push({ event, passed: [...passed, nameOf(target)] });
      }
    };
    take(this.#calls(target, candidates, undefined), [nameOf(target)]);
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (seen.size > mostBehindSlot) {
        this.overflown.add(nameOf(target));
        break;
      }
      const inner = this.#tables.targets.get(next.event.target);
      const own = this.#units.nearest(this.#candidates(inner), this.#unit);
      take(this.#calls(inner, own, next.event), next.passed);
    }
    const list = events.list(this.#tables.held);
    this.#filled.set(memo, list);
    return list;
  }

  /** The events of each of the functions, one level deep: at a call, or in their own terms. */
  #calls(target: Target, candidates: readonly FnId[], at: Event | undefined): readonly Event[] {
    const events = new EventSet();
    for (const fn of candidates) {
      const site = this.#site(target, fn, candidates.length, at);
      this.#summaries.calls.events(stateAt(at), this.#summaries.of(fn), site, events);
    }
    return events.list(this.#tables.held);
  }

  #through(at: Event, behind: readonly Event[], into: EventSet): void {
    const target = this.#tables.targets.get(at.target);
    const args = target.kind === 'slot' ? target.args : [];
    const place = lastHop(at.trail);
    const site: CallSite = {
      // The way behind starts with the call as such; here it gets its place.
      wrap: (inner) => {
        const { target: callee, via } = firstHop(inner);
        const called: Hop = { ...place, action: 'indirect-call', target: callee };
        const last = via === undefined ? called : { ...called, via };
        return { before: at.trail, last, rest: withoutFirst(inner) };
      },
      steps: at.length,
      args,
      argsId: this.#tables.held.argsOf(args.map((arg) => arg.place)),
      maskOf: (index) => maskOfConstant(args[index]?.constant),
      assumptions: at.assumptions,
      when: at.when,
    };
    this.#summaries.calls.events(stateAt(at), { events: behind, exits: [] }, site, into);
  }

  #candidates(target: Target): readonly FnId[] {
    const { program } = this.#tables;
    switch (target.kind) {
      case 'slot':
        return program.implementers(target.slot, target.args[0]?.place);
      case 'notify':
        return program.notified(target.chain);
      case 'acquire':
      case 'wait':
      case 'sleep':
      case 'signal':
      case 'put':
      case 'queue':
      case 'parameter':
        return [];
    }
  }

  #site(target: Target, fn: FnId, candidates: number, at: Event | undefined): CallSite {
    const { program, held } = this.#tables;
    const callee = program.functions[fn];
    const passed = target.kind === 'slot' ? target.args : [];
    // In their own terms: which constant a call gives for a parameter is seen there.
    const args = at ? passed : passed.map((arg, index) => ({ ...arg, parameter: index }));
    const name = callee?.name ?? '';
    const via = nameOf(target);
    const step = (last: Hop): Hop => ({ ...last, action: 'indirect-call', target: name, via });
    const alone: Hop = {
      path: callee?.path ?? '',
      at: callee?.at ?? (0 as Hop['at']),
      fn: name,
      action: 'indirect-call',
      target: name,
      via,
    };
    const last = at ? step(lastHop(at.trail)) : alone;
    const wrap = (inner: Way): Way => (at ? { before: at.trail, last, rest: inner } : { hop: alone, inner });
    return {
      wrap,
      steps: at?.length ?? 1,
      args,
      argsId: at ? held.argsOf(args.map((arg) => arg.place)) : undefined,
      maskOf: (index) => (at ? maskOfConstant(args[index]?.constant) : anyValue),
      assumptions: candidates > 1 ? [`${via} is ${name}(), one of ${candidates} that it can be.`] : [],
      when: [],
    };
  }
}

function stateAt(event: Event | undefined): State {
  if (!event) return startState;
  const { held, trails, released, requires } = event;
  return { ...startState, held, trails, released, requires };
}

/** A call through a table that is still to be filled, and the tables that the way there has passed. */
interface Passing {
  readonly event: Event;
  readonly passed: readonly string[];
}

const isOpen = (target: Target): boolean => target.kind === 'slot' || target.kind === 'notify';

function nameOf(target: Target): string {
  return target.kind === 'slot' ? `${target.slot.struct}.${target.slot.member}` : 'notifier chain';
}
