// splat.ts
// What a kernel says when lockdep or the hung-task watcher complains, as data: the threads, what each holds and wants,
// and the functions that it was in. Nothing of it is looked up in a tree yet.

export interface Splat {
  readonly kind: SplatKind;
  /** `possible circular locking dependency detected`. */
  readonly headline: string;
  /** `6.1.0-rc4 #1 Not tainted`; empty where it is not told. */
  readonly kernel: string;
  /** Who made it come out: `ip/1234`; empty where it is not told. */
  readonly task: string;
  /** `threads[i].wants` is `threads[i + 1].holds`, and the last one wants what the first holds; of `hung` in any order. */
  readonly threads: readonly SplatThread[];
  /** Splats in the same text that were left out. */
  readonly more: number;
}

export type SplatKind =
  | 'circular'
  | 'recursive'
  /** A lock that is taken in an interrupt, and by a thread that the interrupt can come into. */
  | 'inconsistent'
  /** The same with a second lock in between. */
  | 'inversion'
  | 'hung';

export interface SplatThread {
  /** `ip/1234`; empty where it is not told. */
  readonly task: string;
  /** Absent: it holds nothing that the text tells. */
  readonly holds: SplatLock | undefined;
  /** Where it took that, if the text says so. */
  readonly heldAt: SplatFrame | undefined;
  /** Absent: only the functions tell what it waits for. */
  readonly wants: SplatLock | undefined;
  /** The outermost first; the last ones are lockdep's own. */
  readonly frames: readonly SplatFrame[];
}

export interface SplatLock {
  /** `interrupt`: the handler that comes in. */
  readonly kind: 'lock' | 'work' | 'workqueue' | 'timer' | 'interrupt';
  /** `&priv->lock`, `rtnl_mutex`, `&x->reset_work`: without what lockdep puts around it. */
  readonly name: string;
}

export interface SplatFrame {
  /** Without what compilers append: `.isra.0`. */
  readonly fn: string;
  /** As it stands there: `foo_open+0x1c/0x40 [foo]`. */
  readonly text: string;
  /** The module, or empty. */
  readonly module: string;
  /** `drivers/net/foo.c`, where a tool has put it in; else empty. */
  readonly path: string;
}

export type ReadSplat =
  | { readonly kind: 'splat'; readonly splat: Splat }
  /** In one line. */
  | { readonly kind: 'problem'; readonly text: string };
