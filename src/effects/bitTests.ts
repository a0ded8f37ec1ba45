// bitTests.ts
// `if (x & (A | B)) { if (x & A) ...; else if (x & B) ...; }`: what is known of some bits of a value says which of the
// others can be set.

import type { ExprId, Terms } from '../facts/terms.ts';
import type { Program, ProgramFunction } from '../program/meaning.ts';
import { nonzero, zero } from './conditions.ts';
import type { Mask } from './conditions.ts';
import type { Values } from './values.ts';

/** Of one function. */
export class BitTests {
  readonly #fn: ProgramFunction;
  readonly #terms: Terms;
  readonly #program: Program;
  readonly #tests = new Map<ExprId, BitTest | undefined>();

  constructor(fn: ProgramFunction, program: Program) {
    this.#fn = fn;
    this.#terms = fn.body.scope.facts.terms;
    this.#program = program;
  }

  /** Which of zero and not zero the tested bits cannot be, by what is known of other bits of the same value. */
  impossible(subject: ExprId, values: Values): Mask {
    const test = this.#testOf(subject);
    if (!test) return 0;
    let clear = 0n;
    const someSet: bigint[] = [];
    for (const [expr, mask] of values) {
      const other = this.#testOf(expr);
      if (other?.value !== test.value) continue;
      if (mask === zero) clear |= other.bits;
      else if ((mask & zero) === 0) someSet.push(other.bits);
    }
    if ((test.bits & ~clear) === 0n) return nonzero;
    return someSet.some((bits) => (bits & ~(clear | test.bits)) === 0n) ? zero : 0;
  }

  #testOf(id: ExprId): BitTest | undefined {
    const known = this.#tests.get(id);
    if (known || this.#tests.has(id)) return known;
    const test = this.#read(id);
    this.#tests.set(id, test);
    return test;
  }

  #read(id: ExprId): BitTest | undefined {
    const expr = this.#terms.expr(id);
    if (expr.kind !== 'binary' || expr.operator !== '&') return undefined;
    const bits = this.#program.numberOf(this.#fn.id, expr.right);
    return bits === undefined || bits <= 0 ? undefined : { value: expr.left, bits: BigInt(bits) };
  }
}

interface BitTest {
  readonly value: ExprId;
  readonly bits: bigint;
}
