// slots.ts
// Fills calls through tables of functions with the functions that can stand there. It happens at the entries, not in
// the summaries: which functions they are depends on where the path began, and the core's summaries do not.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { FnId } from '../program/meaning.ts';
import { anyValue } from './conditions.ts';
import type { CallSite } from './calls.ts';
import { maskOfConstant } from './calls.ts';
import type { FileUnits } from './fileUnits.ts';
import type { ArgsId } from './held.ts';
import { PairMap } from './pairMap.ts';
import type { ReadyEvents } from './readyEvents.ts';
import { assumptionName } from './results.ts';
import type { Assumption, Hop, Root } from './results.ts';
import { SlotBudget } from './slotBudget.ts';
import { startState } from './state.ts';
import type { State } from './state.ts';
import { EventSet, areLetGoAlike } from './summary.ts';
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
  readonly #candidatesOf: (readonly FnId[] | undefined)[] = [];
  /** By target and unit. */
  readonly #behindTarget = new PairMap<readonly Event[]>();
  readonly #readyBehind = new Map<readonly Event[], Map<ArgsId, ReadyEvents>>();
  readonly #nearest = new PairMap<readonly FnId[]>();
  readonly #insides = new Map<Way, Inside>();
  /** Each once, so that lists of them can be joined. */
  readonly #assumptions = new Map<string, Assumption>();
  #unit = -1;
  /** Slots behind which there was more than is followed. */
  readonly overflown = new Set<string>();
  /** Threads of which some calls through tables lead nowhere, since there was too much behind all of them. */
  readonly cutShort: Root[] = [];
  readonly #budget: SlotBudget;

  constructor(tables: EffectTables, summaries: Summaries, units: FileUnits) {
    this.#tables = tables;
    this.#summaries = summaries;
    this.#units = units;
    this.#budget = new SlotBudget(tables.program.entries.length);
  }

  /**
   * The same events with all slots filled as on a path that began at `root`. What was called through them ends in the
   * list in their place. To be asked once for each thread.
   */
  fill(open: readonly Event[], root: Root, token: Token): readonly Event[] {
    this.#unit = this.#units.unitOf(root.path);
    this.#budget.beginThread();
    const events = new EventSet();
    for (const event of open) {
      throwIfCancelled(token);
      if (!isOpen(this.#tables.targets.get(event.target))) events.add(event);
      else if (!this.#budget.isSpent) this.#through(event, this.#behind(event.target, token), events);
    }
    if (this.#budget.isSpent) this.cutShort.push(root);
    return events.list(this.#tables.held);
  }

  /** What the functions of one slot do, further slots filled: as if its call stood alone, in terms of its arguments. */
  #behind(id: TargetId, token: Token): readonly Event[] {
    let behind = this.#behindTarget.get(id, this.#unit + 1);
    if (!behind) {
      const target = this.#tables.targets.get(id);
      const candidates = this.#nearestBehind(id);
      const memo = `${nameOf(target)} ${this.#unit} ${candidates.join()}`;
      behind = this.#filled.get(memo) ?? this.#fill(target, candidates, token);
      this.#filled.set(memo, behind);
      this.#behindTarget.set(id, this.#unit + 1, behind);
    }
    return behind;
  }

  #fill(target: Target, candidates: readonly FnId[], token: Token): readonly Event[] {
    const events = new EventSet();
    const queue: Passing[] = [];
    const seen = new SeenEvents();
    const take = (found: readonly Event[], passed: readonly string[]): void => {
      for (const event of found) {
        if (!seen.add(event)) continue;
        const target = this.#tables.targets.get(event.target);
        if (!isOpen(target)) events.add(event);
        // Through the same table again: a dispatcher that calls itself says nothing new but larger held sets.
        else if (!passed.includes(nameOf(target))) queue.push({ event, passed: [...passed, nameOf(target)] });
      }
    };
    take(this.#calls(target, candidates, undefined), [nameOf(target)]);
    for (let at = 0; at < queue.length; at++) {
      throwIfCancelled(token);
      const next = queue[at]!;
      if (seen.size > mostBehindSlot || this.#budget.isSpent) {
        this.overflown.add(nameOf(target));
        break;
      }
      const inner = this.#tables.targets.get(next.event.target);
      take(this.#calls(inner, this.#nearestBehind(next.event.target), next.event), next.passed);
    }
    return events.list(this.#tables.held);
  }

  /** The events of each of the functions, one level deep: at a call, or in their own terms. */
  #calls(target: Target, candidates: readonly FnId[], at: Event | undefined): readonly Event[] {
    const events = new EventSet();
    for (const fn of candidates) {
      const site = this.#site(target, fn, candidates.length, at);
      const summary = this.#summaries.of(fn);
      this.#budget.spendForAll(summary.events.length);
      this.#summaries.calls.events(stateAt(at), summary, site, events);
    }
    return events.list(this.#tables.held);
  }

  #through(at: Event, behind: readonly Event[], into: EventSet): void {
    this.#budget.spend(behind.length);
    const target = this.#tables.targets.get(at.target);
    const args = target.kind === 'slot' ? target.args : [];
    const place = lastHop(at.trail);
    const calls = new Map<Hop, Hop>();
    const argsId = this.#tables.held.argsOf(args.map((arg) => arg.place));
    const site: CallSite = {
      // The way behind starts with the call as such; here it gets its place.
      wrap: (inner) => {
        const { first, rest } = this.#insideOf(inner);
        let last = calls.get(first);
        if (!last) {
          const { target: callee, via } = first;
          const called: Hop = { ...place, action: 'indirect-call', target: callee };
          last = via === undefined ? called : { ...called, via };
          calls.set(first, last);
        }
        return { before: at.trail, last, rest };
      },
      taken: new Map(),
      steps: at.length,
      args,
      argsId,
      maskOf: (index, bits) => maskOfConstant(args[index]?.constant, bits),
      assumptions: at.assumptions,
      when: at.when,
    };
    this.#summaries.calls.readyEvents(stateAt(at), this.#ready(behind, argsId), site, into);
  }

  #ready(behind: readonly Event[], args: ArgsId): ReadyEvents {
    let byArgs = this.#readyBehind.get(behind);
    if (!byArgs) this.#readyBehind.set(behind, (byArgs = new Map<ArgsId, ReadyEvents>()));
    let ready = byArgs.get(args);
    if (!ready) byArgs.set(args, (ready = this.#summaries.calls.ready(behind, args)));
    return ready;
  }

  /** The same ways are seen from all calls through one table. */
  #insideOf(way: Way): Inside {
    let inside = this.#insides.get(way);
    if (!inside) {
      inside = { first: firstHop(way), rest: withoutFirst(way) };
      this.#insides.set(way, inside);
    }
    return inside;
  }

  #nearestBehind(id: TargetId): readonly FnId[] {
    let nearest = this.#nearest.get(id, this.#unit + 1);
    if (!nearest) {
      const all = (this.#candidatesOf[id] ??= this.#candidates(this.#tables.targets.get(id)));
      nearest = this.#units.nearest(all, this.#unit);
      this.#nearest.set(id, this.#unit + 1, nearest);
    }
    return nearest;
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
      taken: new Map(),
      steps: at?.length ?? 1,
      args,
      argsId: at ? held.argsOf(args.map((arg) => arg.place)) : undefined,
      maskOf: (index, bits) => (at ? maskOfConstant(args[index]?.constant, bits) : anyValue),
      assumptions: this.#assumed(via, name, candidates),
      when: [],
    };
  }

  #assumed(slot: string, fn: string, among: number): readonly Assumption[] {
    if (among <= 1) return [];
    const made = { slot, fn, among };
    const name = assumptionName(made);
    const known = this.#assumptions.get(name) ?? made;
    this.#assumptions.set(name, known);
    return [known];
  }
}

function stateAt(event: Event | undefined): State {
  if (!event) return startState;
  const { held, trails, released, requires } = event;
  return { ...startState, held, trails, released, requires };
}

/** What has been met, by what tells events apart. */
class SeenEvents {
  readonly #byTarget = new PairMap<Event[]>();
  size = 0;

  /** Whether it is news. */
  add(event: Event): boolean {
    const known = this.#byTarget.get(event.target, event.held);
    if (known?.some((one) => areLetGoAlike(one, event)) === true) return false;
    if (known) known.push(event);
    else this.#byTarget.set(event.target, event.held, [event]);
    this.size++;
    return true;
  }
}

/** A way taken apart. */
interface Inside {
  readonly first: Hop;
  readonly rest: Way | undefined;
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
