// threads.ts
// Effects made by hand: threads of an invented driver, told step by step as the code would run.
//
//   effectsOf([thread('acme_stop').takes(lock).waitsFor(reset), handler('acme_reset', reset).takes(lock)])

import type { Position } from '../../src/base/position.ts';
import { positionAt } from '../../src/base/position.ts';
import type {
  Assumption,
  Effects,
  Held,
  Hop,
  Leak,
  Need,
  Root,
  Signal,
  Sleep,
  Trail,
  Waitable,
  Want,
} from '../../src/effects/results.ts';
import type { ObjectKind } from '../../src/kernel/primitive.ts';
import type { EntryKind } from '../../src/program/meaning.ts';

export const driverPath = 'drivers/net/acme/main.c';

const prefixes: Partial<Record<ObjectKind, string>> = {
  work: 'work:',
  workqueue: 'wq:',
  references: 'refs:',
  completion: 'completion:',
  'wait queue': 'wait:',
  timer: 'timer:',
  cpu: 'cpu:',
};

export function waitable(kind: ObjectKind, name: string): Waitable {
  return {
    kind,
    name: kind === 'references' ? `${name} references` : name,
    key: `${prefixes[kind] ?? ''}${name}`,
  };
}

export const mutex = (name: string): Waitable => waitable('mutex', name);
export const spinlock = (name: string): Waitable => waitable('spinlock', name);

type Taking = Partial<Pick<Held, 'mode' | 'instance' | 'subclass'>>;

export function thread(fn: string, over: Partial<Root> = {}): Thread {
  return new Thread({
    path: driverPath,
    at: positionAt(10, 0),
    fn,
    kind: 'function',
    context: 'any',
    via: '',
    phase: 'running',
    ...over,
  });
}

const handlerKinds: Partial<Record<ObjectKind, EntryKind>> = {
  work: 'work',
  timer: 'timer',
  tasklet: 'tasklet',
  irq: 'irq',
  napi: 'napi',
  kthread: 'kthread',
};

/** What runs for a work, a timer and so on: others wait for it until it returns. */
export function handler(fn: string, object: Waitable, over: Partial<Root> = {}): Thread {
  const kind = handlerKinds[object.kind] ?? 'callback';
  const via = `${object.kind} ${object.name}`;
  return thread(fn, { kind, context: 'process', via, ...over }).begins(object, 'running');
}

export class Thread {
  readonly wants: Want[] = [];
  readonly signals: Signal[] = [];
  readonly sleeps: Sleep[] = [];
  readonly #root: Root;
  readonly #needs: Need[] = [];
  #held: Held[] = [];
  #calls: readonly Hop[] = [];
  /** Where the functions lie that are entered. */
  #paths: readonly string[] = [];
  #assumptions: readonly Assumption[] = [];
  #masked: Want['masked'];
  #line = 20;

  constructor(root: Root) {
    this.#root = root;
  }

  /** Is held, or going on, from the very first line on. */
  begins(object: Waitable, origin: Held['origin'], taking: Taking = {}): this {
    return this.#hold(object, origin, taking, undefined);
  }

  takes(object: Waitable, taking: Taking = {}): this {
    const trail = this.#trail('acquire', 'mutex_lock');
    const { mode = 'exclusive' } = taking;
    this.#want(object, 'acquire', taking, trail, undefined);
    this.#needs.push({ waitable: object, mode, trail });
    return this.#hold(object, 'taken', taking, trail);
  }

  /** What a trylock gets is held, but never waited for. */
  tries(object: Waitable): this {
    return this.#hold(object, 'tried', {}, this.#trail('acquire', 'mutex_trylock'));
  }

  /** Interrupts or preemption, of which nobody else wants anything. */
  disables(object: Waitable): this {
    return this.#hold(object, 'taken', {}, this.#trail('acquire', 'local_irq_disable'));
  }

  asserts(object: Waitable): this {
    return this.#hold(object, 'asserted', {}, this.#trail('acquire', 'lockdep_assert_held'));
  }

  /** References that `giver` took before it queued this handler. */
  isGiven(object: Waitable, giver: Root): this {
    const hop = (line: number, action: Hop['action'], target: string): Hop => ({
      path: driverPath,
      at: positionAt(line, 1),
      fn: giver.fn,
      action,
      target,
    });
    const trail = {
      hop: hop(5, 'get', 'dev_hold'),
      inner: { hop: hop(6, 'queue', 'queue_work'), inner: undefined },
    };
    this.#held.push({ ...heldOf(object, 'given', {}, trail), giver });
    return this;
  }

  letsGo(object: Waitable): this {
    this.#line++;
    this.#held = this.#held.filter(({ waitable: { key } }) => key !== object.key);
    return this;
  }

  waitsFor(object: Waitable, over: Taking & { readonly endedBy?: NonNullable<Want['endedBy']> } = {}): this {
    const { endedBy, ...taking } = over;
    this.#want(object, 'wait', taking, this.#trail('wait', 'wait_for'), endedBy);
    return this;
  }

  signalsTo(object: Waitable): this {
    this.signals.push({
      root: this.#root,
      waitable: object,
      needs: [...this.#needs],
      // What the thread has taken itself is among its needs.
      held: this.#sorted().filter(({ origin }) => origin === 'running' || origin === 'caller'),
      trail: this.#trail('signal', 'complete'),
    });
    return this;
  }

  sleepsIn(target: string): this {
    this.sleeps.push({
      root: this.#root,
      held: this.#sorted(),
      inInterrupt: false,
      trail: this.#trail('call', target),
      assumptions: this.#assumptions,
    });
    return this;
  }

  /** From here on in that function; `via` a table of functions, in another file. */
  calls(fn: string, { via, path }: { readonly via?: string; readonly path?: string } = {}): this {
    const hop = this.#hop(via === undefined ? 'call' : 'indirect-call', fn);
    this.#calls = [...this.#calls, via === undefined ? hop : { ...hop, via }];
    this.#paths = [...this.#paths, path ?? this.#paths.at(-1) ?? driverPath];
    return this;
  }

  returns(): this {
    this.#calls = this.#calls.slice(0, -1);
    this.#paths = this.#paths.slice(0, -1);
    return this;
  }

  /** That a call through the table leads to the function, one of so many. */
  assumes(slot: string, fn: string, among = 2): this {
    this.#assumptions = [...this.#assumptions, { slot, fn, among }];
    return this;
  }

  switchesOff(masked: NonNullable<Want['masked']>): this {
    this.#masked = masked;
    return this;
  }

  #want(
    object: Waitable,
    action: Want['action'],
    { mode = 'exclusive', instance = '', subclass = '' }: Taking,
    trail: Trail,
    endedBy: Want['endedBy'],
  ): void {
    this.wants.push({
      root: this.#root,
      waitable: object,
      mode,
      instance,
      subclass,
      action,
      ...(endedBy !== undefined && { endedBy }),
      held: this.#sorted(),
      masked: this.#masked,
      trail,
      assumptions: this.#assumptions,
    });
  }

  #hold(object: Waitable, origin: Held['origin'], taking: Taking, trail: Trail | undefined): this {
    this.#held.push(heldOf(object, origin, taking, trail));
    return this;
  }

  #sorted(): readonly Held[] {
    return [...this.#held].sort((a, b) => (a.waitable.key < b.waitable.key ? -1 : 1));
  }

  #trail(action: Hop['action'], target: string): Trail {
    const hops = [...this.#calls, this.#hop(action, target)];
    return hops.reduceRight<Trail | undefined>((inner, hop) => ({ hop, inner }), undefined)!;
  }

  #hop(action: Hop['action'], target: string): Hop {
    return {
      path: this.#paths.at(-1) ?? driverPath,
      at: this.#nextPlace(),
      fn: this.#calls.at(-1)?.target ?? this.#root.fn,
      action,
      target,
    };
  }

  #nextPlace(): Position {
    return positionAt(this.#line++, 1);
  }
}

function heldOf(object: Waitable, origin: Held['origin'], taking: Taking, trail: Trail | undefined): Held {
  const { mode = 'exclusive', instance = '', subclass = '' } = taking;
  return { waitable: object, mode, origin, instance, subclass, trail };
}

export function effectsOf(threads: readonly Thread[], leaks: readonly Leak[] = []): Effects {
  return {
    wants: threads.flatMap(({ wants }) => wants),
    signals: threads.flatMap(({ signals }) => signals),
    sleeps: threads.flatMap(({ sleeps }) => sleeps),
    leaks,
    givenUp: [],
  };
}
