// parameterTests.ts
// What the conditions of one function ask of its parameters: whether they are zero, or whether some of their bits are
// set. What holds for an argument decides in each caller which ways through the function there are.

import type { Expr, ExprId, Terms } from '../facts/terms.ts';
import type { Program, ProgramFunction } from '../program/meaning.ts';
import { maskOfConstant } from './calls.ts';
import { anyValue, positive, zero } from './conditions.ts';
import type { Conditions, Mask } from './conditions.ts';
import type { ParameterValue } from './summary.ts';
import type { Valued } from './values.ts';

export class ParameterTests {
  readonly #fn: ProgramFunction;
  readonly #terms: Terms;
  readonly #program: Program;
  /** In order of parameter and bits. */
  readonly #tests: readonly ParameterTest[];
  readonly #changed = new Set<number>();

  constructor(fn: ProgramFunction, conditions: Conditions, program: Program) {
    this.#fn = fn;
    this.#terms = fn.body.scope.facts.terms;
    this.#program = program;
    this.#tests = fn.isMacro ? [] : this.#unchanged(conditions);
  }

  /** What the arguments must have been for a way on which that is known. */
  when({ values }: Valued): readonly ParameterValue[] {
    if (values.size === 0 || this.#tests.length === 0) return [];
    return this.#tests.flatMap(({ index, bits, expr }) => {
      const mask = values.get(expr);
      return mask === undefined || mask === anyValue ? [] : [{ index, mask, bits }];
    });
  }

  /** What is known of some bits of an argument that is given on. */
  bitsOf(arg: ExprId, bits: number, { values }: Valued): Mask {
    const expr = this.#terms.expr(arg);
    if (expr.kind === 'cast') return this.bitsOf(expr.operand, bits, { values });
    if (expr.kind === 'local') {
      const test = this.#tests.find((one) => one.index === expr.index && one.bits === bits);
      return test ? (values.get(test.expr) ?? anyValue) : anyValue;
    }
    // `flags | NOWAIT`: what is added is set, whatever was there before.
    const added = expr.kind === 'binary' && expr.operator === '|' ? this.#number(expr.right) : undefined;
    return added !== undefined && maskOfConstant(added, bits) === positive ? positive : anyValue;
  }

  /** The parameter that decides about some bits of an argument: of `flags | NOWAIT` all others are as they came. */
  decidesOn(arg: ExprId, bits: number): number | undefined {
    const expr = this.#terms.expr(arg);
    if (expr.kind === 'cast') return this.decidesOn(expr.operand, bits);
    if (expr.kind !== 'binary' || expr.operator !== '|') return this.#unchangedParameter(expr);
    const added = this.#number(expr.right);
    return added !== undefined && maskOfConstant(added, bits) === zero
      ? this.decidesOn(expr.left, bits)
      : undefined;
  }

  #unchangedParameter(expr: Expr): number | undefined {
    const index = this.#parameter(expr);
    return index === undefined || this.#changed.has(index) ? undefined : index;
  }

  /** Parameters that a condition tests and no assignment changes. */
  #unchanged(conditions: Conditions): readonly ParameterTest[] {
    const { flow } = this.#fn.body;
    const tests = new Map<ExprId, ParameterTest>();
    for (let i = 0; i < flow.count; i++) {
      const op = flow.op(i);
      if (op.kind === 'branch') {
        const { subject } = conditions.of(op.condition);
        const test = tests.has(subject) ? undefined : this.#testOf(subject);
        if (test) tests.set(subject, test);
      }
      const target = op.kind === 'assign' ? this.#terms.expr(op.target) : undefined;
      if (target?.kind === 'local') this.#changed.add(target.index);
    }
    return [...tests.values()]
      .filter(({ index }) => !this.#changed.has(index))
      .sort((a, b) => a.index - b.index || a.bits - b.bits);
  }

  #testOf(subject: ExprId): ParameterTest | undefined {
    const expr = this.#terms.expr(subject);
    const index = this.#parameter(expr);
    if (index !== undefined) return { index, bits: 0, expr: subject };
    if (expr.kind !== 'binary' || expr.operator !== '&') return undefined;
    const tested = this.#parameter(this.#terms.expr(expr.left));
    const bits = tested === undefined ? undefined : this.#number(expr.right);
    return tested === undefined || bits === undefined || bits === 0
      ? undefined
      : { index: tested, bits, expr: subject };
  }

  #parameter(expr: Expr): number | undefined {
    return expr.kind === 'local' && expr.index < this.#fn.parameters ? expr.index : undefined;
  }

  #number(id: ExprId): number | undefined {
    return this.#program.numberOf(this.#fn.id, id);
  }
}

interface ParameterTest {
  readonly index: number;
  /** 0: all of it. */
  readonly bits: number;
  readonly expr: ExprId;
}
