// circles.ts
// The strongly connected components of a graph, each after those that it leads to. No recursion: call chains of a
// kernel are deeper than a stack likes.

export function circlesFirst<Node extends number>(
  outgoing: readonly (readonly Node[])[],
): readonly (readonly Node[])[] {
  const search = new Search(outgoing);
  for (let node = 0; node < outgoing.length; node++) search.from(node as Node);
  return search.circles;
}

class Search<Node extends number> {
  readonly circles: Node[][] = [];
  readonly #outgoing: readonly (readonly Node[])[];
  readonly #order: Int32Array;
  readonly #low: Int32Array;
  readonly #onStack: Uint8Array;
  readonly #stack: Node[] = [];
  #count = 0;

  constructor(outgoing: readonly (readonly Node[])[]) {
    this.#outgoing = outgoing;
    this.#order = new Int32Array(outgoing.length);
    this.#low = new Int32Array(outgoing.length);
    this.#onStack = new Uint8Array(outgoing.length);
  }

  from(start: Node): void {
    if (this.#order[start] !== 0) return;
    const path: { readonly node: Node; next: number }[] = [this.#enter(start)];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const target = this.#outgoing[top.node]?.[top.next++];
      if (target === undefined) {
        path.pop();
        this.#leave(top.node, path.at(-1)?.node);
      } else if (this.#order[target] === 0) {
        path.push(this.#enter(target));
      } else if (this.#onStack[target] === 1) {
        this.#lower(top.node, this.#order[target]!);
      }
    }
  }

  #enter(node: Node): { readonly node: Node; next: number } {
    this.#count++;
    this.#order[node] = this.#count;
    this.#low[node] = this.#count;
    this.#onStack[node] = 1;
    this.#stack.push(node);
    return { node, next: 0 };
  }

  #leave(node: Node, parent: Node | undefined): void {
    if (this.#low[node] === this.#order[node]) {
      const circle: Node[] = [];
      for (let member = this.#stack.pop(); member !== undefined; member = this.#stack.pop()) {
        this.#onStack[member] = 0;
        circle.push(member);
        if (member === node) break;
      }
      this.circles.push(circle.sort((a, b) => a - b));
    }
    if (parent !== undefined) this.#lower(parent, this.#low[node]!);
  }

  #lower(node: Node, to: number): void {
    if (to < this.#low[node]!) this.#low[node] = to;
  }
}
