// links.ts
// Links of a wait-for graph made by hand, for tests: only what the search for cycles looks at matters.

import type { Held, Waitable } from '../../../src/effects/results.ts';
import type { ObjectKind } from '../../../src/kernel/primitive.ts';
import type { EntryKind } from '../../../src/program/meaning.ts';
import type { Doubt, Link, Mode } from '../../../src/waits/link.ts';
import { root } from '../../support/finding.ts';

export interface LinkShape {
  readonly from: string;
  readonly to: string;
  readonly cost: number;
  readonly fromMode?: Mode;
  readonly toMode?: Mode;
  readonly fromSubclass?: string;
  readonly toSubclass?: string;
  readonly origin?: 'taken' | 'running';
  /** Names of handlers that have ended before. */
  readonly stopped?: readonly string[];
  /** Names of what is held besides; `read x` is only read. */
  readonly gates?: readonly string[];
  readonly fn?: string;
  readonly entry?: EntryKind;
  readonly phase?: 'setup' | 'running';
  readonly doubts?: readonly Doubt[];
}

export function linkOf(shape: LinkShape, kind: ObjectKind = 'rwsem'): Link {
  const { from, to, cost, fn = 'acme', entry = 'function', phase = 'running' } = shape;
  const held = (shape.gates ?? []).map((gate) => heldOf(gate, kind));
  const own = {
    waitable: waitable(from, kind),
    mode: shape.fromMode ?? 'exclusive',
    origin: shape.origin ?? 'taken',
  };
  return {
    from: own.waitable,
    to: waitable(to, kind),
    root: root(fn, { kind: entry, phase }),
    origin: own.origin,
    fromMode: own.mode,
    toMode: shape.toMode ?? 'exclusive',
    fromSubclass: shape.fromSubclass ?? '',
    toSubclass: shape.toSubclass ?? '',
    around: [own, ...held],
    held,
    toInstance: '',
    stopped: shape.stopped ?? [],
    steps: () => [],
    assumptions: [],
    doubts: shape.doubts ?? [],
    tested: { values: new Map(), changed: new Map(), contrary: [] },
    isInside: false,
    cost,
  };
}

function heldOf(gate: string, kind: ObjectKind): Held {
  const mode = gate.startsWith('read ') ? 'read' : 'exclusive';
  return {
    waitable: waitable(gate.replace('read ', ''), kind),
    mode,
    origin: 'taken',
    instance: '',
    subclass: '',
    trail: undefined,
  };
}

const waitable = (name: string, kind: ObjectKind): Waitable => ({ kind, name, key: name });
