// flatArrays.ts
// The growing arrays behind a flat tree, owned by one parser and filled anew by each parse.

import type { FlatTree } from './flatTree.ts';

export class FlatArrays implements FlatTree {
  count = 0;
  kind = new Uint16Array(1 << 14);
  start = new Uint32Array(1 << 14);
  end = new Uint32Array(1 << 14);
  next = new Uint32Array(1 << 14);
  flags = new Uint8Array(1 << 14);

  /** Adds a node without children; a node that gets some has its `next` set again when they are all there. */
  add(kind: number, start: number, end: number, flags: number): number {
    const node = this.count;
    if (node === this.kind.length) this.grow();
    this.kind[node] = kind;
    this.start[node] = start;
    this.end[node] = end;
    this.flags[node] = flags;
    this.next[node] = node + 1;
    this.count = node + 1;
    return node;
  }

  /** Makes room for as many nodes again. */
  grow(): void {
    const size = this.count * 2;
    const { kind, start, end, next, flags } = this;
    this.kind = new Uint16Array(size);
    this.start = new Uint32Array(size);
    this.end = new Uint32Array(size);
    this.next = new Uint32Array(size);
    this.flags = new Uint8Array(size);
    this.kind.set(kind);
    this.start.set(start);
    this.end.set(end);
    this.next.set(next);
    this.flags.set(flags);
  }
}
