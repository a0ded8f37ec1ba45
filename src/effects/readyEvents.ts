// readyEvents.ts
// The events of a callee, sorted for those who call it: which of them hang on the same condition, and which are made with
// the same things held. What is found out of one then goes for all of its group.

import type { ArgsId, Composed, Merged, SetId } from './held.ts';
import { PairMap } from './pairMap.ts';
import { whenKey } from './summary.ts';
import type { Event, ParameterValue, TargetTable } from './summary.ts';
import { partOf } from './tables.ts';
import type { Part } from './tables.ts';

/** What decides in a state of the caller whether the callee comes to an event. */
export interface EventCondition {
  readonly when: readonly ParameterValue[];
  readonly requires: SetId;
  readonly released: SetId;
}

/** What is held and let go at a point inside the callee, and which of the caller's matters there. */
export interface Inside {
  readonly part: Part;
  readonly inner: Merged;
  readonly gone: SetId;
}

/** A list of events in groups, whatever the arguments are. */
export interface EventGroups {
  readonly events: readonly Event[];
  readonly conditions: readonly EventCondition[];
  /** By event. */
  readonly conditionOf: Int32Array;
  /** Of each group one, for all. */
  readonly alike: readonly Event[];
  /** By event. */
  readonly alikeOf: Int32Array;
  /** The arguments of which one of the conditions asks something. */
  readonly asked: readonly ParameterValue[];
}

/** Groups in the places of those who call with certain arguments. */
export interface ReadyEvents {
  readonly groups: EventGroups;
  readonly args: ArgsId | undefined;
  /** By event; below zero: one of those below. */
  readonly targets: Int32Array;
  /** By group of those that hold the same; as they are asked for. */
  readonly insides: (Inside | undefined)[];
  /** By what the caller holds and has let go: how that meets each of the insides. Callers come by in the same states. */
  readonly met: PairMap<(Composed | undefined)[]>;
}

/** Of a target: not asked for yet; a function that is given to the callee; nothing that matters. */
export const unasked = -1;
export const byParameter = -2;
export const irrelevant = -3;

export function readyFor(groups: EventGroups, args: ArgsId | undefined): ReadyEvents {
  const targets = new Int32Array(groups.events.length).fill(unasked);
  return { groups, args, targets, insides: [], met: new PairMap() };
}

export function groupsOf(events: readonly Event[], table: TargetTable): EventGroups {
  const conditions: EventCondition[] = [];
  const alike: Event[] = [];
  const conditionIndexes = new Map<string, number>();
  const alikeIndexes = new Map<string, number>();
  const conditionOf = new Int32Array(events.length);
  const alikeOf = new Int32Array(events.length);
  const asked = new Map<string, ParameterValue>();
  events.forEach((event, i) => {
    const { when, requires, released, held } = event;
    const key = `${whenKey(when)}${requires},${released}`;
    let condition = conditionIndexes.get(key);
    if (condition === undefined) {
      condition = conditions.push({ when, requires, released }) - 1;
      conditionIndexes.set(key, condition);
      for (const one of when) asked.set(`${one.index}&${one.bits}`, one);
    }
    conditionOf[i] = condition;
    const state = `${partOf(table.get(event.target))}${held},${released}`;
    let group = alikeIndexes.get(state);
    if (group === undefined) {
      group = alike.push(event) - 1;
      alikeIndexes.set(state, group);
    }
    alikeOf[i] = group;
  });
  return { events, conditions, conditionOf, alike, alikeOf, asked: [...asked.values()] };
}
