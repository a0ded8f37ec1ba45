// pairMap.ts
// A map whose keys are two numbers, none below zero. It makes no object and no text for a key: most of what is
// remembered while effects are computed is asked for millions of times.

export class PairMap<Value> {
  #first = new Int32Array(startSize).fill(free);
  #second = new Int32Array(startSize);
  #values: (Value | undefined)[] = Array.from({ length: startSize }, () => undefined);
  #count = 0;

  get(first: number, second: number): Value | undefined {
    return this.#values[this.#slotOf(first, second)];
  }

  set(first: number, second: number, value: Value): void {
    let slot = this.#slotOf(first, second);
    if (this.#first[slot] === free) {
      if (++this.#count * 2 > this.#first.length) {
        this.#grow();
        slot = this.#slotOf(first, second);
      }
      this.#first[slot] = first;
      this.#second[slot] = second;
    }
    this.#values[slot] = value;
  }

  /** Where the key is, or would be. */
  #slotOf(first: number, second: number): number {
    const mask = this.#first.length - 1;
    let slot = hashOf(first, second) & mask;
    for (let known = this.#first[slot]!; known !== free; known = this.#first[slot]!) {
      if (known === first && this.#second[slot] === second) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const [first, second, values] = [this.#first, this.#second, this.#values];
    const size = first.length * 2;
    this.#first = new Int32Array(size).fill(free);
    this.#second = new Int32Array(size);
    this.#values = Array.from({ length: size }, () => undefined);
    for (let i = 0; i < first.length; i++) {
      if (first[i] === free) continue;
      const slot = this.#slotOf(first[i]!, second[i]!);
      this.#first[slot] = first[i]!;
      this.#second[slot] = second[i]!;
      this.#values[slot] = values[i];
    }
  }
}

const startSize = 64;
const free = -1;

function hashOf(first: number, second: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
