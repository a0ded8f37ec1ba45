// tests.ts
// What a condition asks, in words that mean the same in every function: whether `acme.state & GOING` is set, what
// `acme_is_master()` says of a device, whether this is the thread of a certain work.

import { exprText } from '../facts/exprText.ts';
import type { BinaryOperator, Expr, ExprId, Terms } from '../facts/terms.ts';
import type { ObjectKind } from '../kernel/primitive.ts';
import type { Program, ProgramFunction } from '../program/meaning.ts';
import type { Classes } from './classes.ts';
import { anyValue, negative, nonzero, positive, zero } from './conditions.ts';
import type { Mask } from './conditions.ts';
import type { Predicates } from './predicates.ts';

/** What is asked about, and the values that it then has. */
export interface Test {
  readonly subject: Subject;
  readonly whenTrue: Mask;
  readonly whenFalse: Mask;
  /** A local tells what it was when that was given to the local. */
  readonly isEarlier?: boolean;
}

export interface Subject {
  /** Equal texts are the same question about objects of one class. */
  readonly key: string;
  /** The member that changes it; empty: it stays for as long as the object is there. */
  readonly base: string;
}

/** The question whether this thread is that handler. */
export const runs = (waitable: string): Subject => ({ key: `runs ${waitable}`, base: '' });

/** Of a handler: what it was given, for which it runs. */
export const itself = 'itself';

export const isRole = ({ base }: Subject): boolean => base === '';

/** Between what is compared and the constant in the key of a comparison. */
export const equals = ' == ';

/** `#0`: the function's own first parameter. */
export const parameterSubject = (index: number): Subject => ({ key: `#${index}`, base: `#${index}` });

const comparisons: Readonly<Partial<Record<BinaryOperator, Mask>>> = {
  '==': zero,
  '!=': nonzero,
  '<': negative,
  '<=': negative | zero,
  '>': positive,
  '>=': positive | zero,
};

const transparent: ReadonlySet<string> = new Set([
  'likely',
  'unlikely',
  'WARN_ON',
  'WARN_ON_ONCE',
  'READ_ONCE',
  'atomic_read',
]);

const bitTests: ReadonlySet<string> = new Set([
  'test_bit',
  'test_and_clear_bit',
  'test_and_set_bit',
  'test_bit_acquire',
]);

const pendingTests: Readonly<Record<string, ObjectKind>> = {
  timer_pending: 'timer',
  hrtimer_active: 'hrtimer',
  work_pending: 'work',
  delayed_work_pending: 'work',
};

// Who asks whether a handler runs may be that handler. Where it does not run, nobody is within it.
const runningTests: Readonly<Record<string, ObjectKind>> = {
  hrtimer_callback_running: 'hrtimer',
};

// A list, an address or a mask says of itself what may be otherwise at the next moment.
const roleName = /(?:^|_)(?:is|has|supports?)_/;
const noRole = /^(?:list|hlist|is_zero|is_valid|IS)_/;

// Conditions are short; a longer chain of locals and negations is a circle.
const deepest = 8;

/** Reads the conditions of one function. */
export class TestReader {
  readonly #fn: ProgramFunction;
  readonly #terms: Terms;
  readonly #program: Program;
  readonly #classes: Classes;
  readonly #predicates: Predicates;
  readonly #valueOfLocal: (index: number) => ExprId | undefined;
  readonly #tests = new Map<ExprId, Test | undefined>();

  /** `valueOfLocal`: what a local is once and for all. */
  constructor(
    fn: ProgramFunction,
    program: Program,
    classes: Classes,
    predicates: Predicates,
    valueOfLocal: (index: number) => ExprId | undefined,
  ) {
    this.#fn = fn;
    this.#terms = fn.body.scope.facts.terms;
    this.#program = program;
    this.#classes = classes;
    this.#predicates = predicates;
    this.#valueOfLocal = valueOfLocal;
  }

  of(id: ExprId, depth = 0): Test | undefined {
    if (this.#tests.has(id)) return this.#tests.get(id);
    if (depth > deepest) return undefined;
    const test = this.#read(id, depth + 1);
    this.#tests.set(id, test);
    return test;
  }

  #read(id: ExprId, depth: number): Test | undefined {
    const expr = this.#terms.expr(id);
    switch (expr.kind) {
      case 'unary':
        return expr.operator === '!' ? inverted(this.of(expr.operand, depth)) : undefined;
      case 'cast':
        return this.of(expr.operand, depth);
      case 'binary':
        return this.#binary(expr, depth);
      case 'call':
        return this.#call(expr, depth);
      case 'local':
        return this.#local(expr.index, depth);
      case 'field':
      case 'name':
        return truthOf(this.valueSubject(id));
      case 'index':
      case 'number':
      case 'string':
      case 'conditional':
      case 'list':
      case 'literal':
      case 'type':
      case 'sizeof':
      case 'config':
      case 'opaque':
        return undefined;
    }
  }

  #local(index: number, depth: number): Test | undefined {
    if (index < this.#fn.parameters && !this.#fn.isMacro) return truthOf(parameterSubject(index));
    const value = this.#valueOfLocal(index);
    const test = value === undefined ? undefined : this.of(value, depth);
    return test && { ...test, isEarlier: true };
  }

  #binary(expr: Extract<Expr, { kind: 'binary' }>, depth: number): Test | undefined {
    if (expr.operator === '&') return truthOf(this.bitSubject(expr.left, expr.right));
    const whenTrue = comparisons[expr.operator];
    if (whenTrue === undefined) return undefined;
    const isEqual = expr.operator === '==';
    if (isEqual || expr.operator === '!=') {
      const own = this.#isThread(expr.left, expr.right) ?? this.#isThread(expr.right, expr.left);
      if (own) return isEqual ? own : inverted(own);
      if (this.isZero(expr.right)) {
        const inner = this.of(expr.left, depth);
        return isEqual ? inverted(inner) : inner;
      }
      const equal = truthOf(this.equalSubject(expr.left, expr.right));
      return isEqual ? equal : inverted(equal);
    }
    const subject = this.isZero(expr.right) ? this.valueSubject(expr.left) : undefined;
    return subject && { subject, whenTrue, whenFalse: anyValue & ~whenTrue };
  }

  /** `current_work() == &x->work`, `current == x->thread`. */
  #isThread(own: ExprId, handler: ExprId): Test | undefined {
    const expr = this.#terms.expr(own);
    const isWork = expr.kind === 'call' && this.nameOf(expr.callee) === 'current_work';
    const isTask = expr.kind === 'name' && expr.name === 'current';
    if (!isWork && !isTask) return undefined;
    const place = this.#program.placeOf(this.#fn.id, handler);
    const waitable =
      place === undefined ? undefined : this.#classes.waitable(isWork ? 'work' : 'kthread', place);
    return waitable && truthOf(runs(waitable.key));
  }

  #call(expr: Extract<Expr, { kind: 'call' }>, depth: number): Test | undefined {
    const name = this.nameOf(expr.callee);
    const [first, second] = expr.args;
    if (first === undefined) return undefined;
    if (transparent.has(name)) return this.of(first, depth) ?? truthOf(this.valueSubject(first));
    if (bitTests.has(name))
      return second === undefined ? undefined : truthOf(this.numberedBit(first, second));
    const pending = pendingTests[name];
    if (pending !== undefined) return this.#isOutside(pending, first, 'true');
    const running = runningTests[name];
    if (running !== undefined) return this.#isOutside(running, first, 'false');
    return roleName.test(name) && !noRole.test(name) ? this.#role(name, expr.args) : undefined;
  }

  // What is still to run does not run now: this thread is not within the handler where the answer is that one.
  #isOutside(kind: ObjectKind, object: ExprId, answer: 'true' | 'false'): Test | undefined {
    const place = this.#program.placeOf(this.#fn.id, object);
    if (place === undefined) return undefined;
    const isGiven = this.#program.places.get(place).kind === 'parameter';
    const key = isGiven ? itself : this.#classes.waitable(kind, place)?.key;
    if (key === undefined) return undefined;
    const whenTrue = answer === 'true' ? zero : anyValue;
    return { subject: runs(key), whenTrue, whenFalse: answer === 'true' ? anyValue : zero };
  }

  #role(name: string, [object, ...rest]: readonly ExprId[]): Test | undefined {
    const place = object === undefined ? undefined : this.#program.placeOf(this.#fn.id, object);
    if (place === undefined || this.#program.places.get(place).struct === undefined) return undefined;
    const texts = rest.map((arg) => this.constantText(arg));
    if (texts.includes(undefined)) return undefined;
    return truthOf({ key: `${name}(${texts.join(', ')})`, base: this.#predicates.baseOf(name, this.#fn) });
  }

  valueSubject(id: ExprId): Subject | undefined {
    const base = this.objectOf(id);
    return base === undefined ? undefined : { key: base, base };
  }

  /** `x->flags & BUSY`. */
  bitSubject(flags: ExprId, bit: ExprId): Subject | undefined {
    const base = this.objectOf(flags);
    const text = this.constantText(bit);
    return base === undefined || text === undefined ? undefined : { key: `${base} & ${text}`, base };
  }

  /** `x->state == RUNNING`, or the same of a parameter. */
  equalSubject(state: ExprId, value: ExprId): Subject | undefined {
    const base = this.#parameter(state) ?? this.objectOf(state);
    const text = this.constantText(value);
    return base === undefined || text === undefined ? undefined : { key: `${base}${equals}${text}`, base };
  }

  #parameter(id: ExprId): string | undefined {
    const expr = this.#terms.expr(id);
    if (expr.kind === 'cast') return this.#parameter(expr.operand);
    const isOwn = expr.kind === 'local' && expr.index < this.#fn.parameters && !this.#fn.isMacro;
    return isOwn ? parameterSubject(expr.index).base : undefined;
  }

  /** `test_bit(BUSY, &x->flags)`: each bit is changed for itself. */
  numberedBit(bit: ExprId, flags: ExprId): Subject | undefined {
    const object = this.objectOf(flags);
    const text = this.constantText(bit);
    if (object === undefined || text === undefined) return undefined;
    const key = `${object} bit ${text}`;
    return { key, base: key };
  }

  /** The class of a member or global that an expression means. */
  objectOf(id: ExprId): string | undefined {
    const expr = this.#terms.expr(id);
    if (expr.kind === 'call' && transparent.has(this.nameOf(expr.callee)) && expr.args[0] !== undefined)
      return this.objectOf(expr.args[0]);
    if (expr.kind === 'cast' || (expr.kind === 'unary' && expr.operator === '&'))
      return this.objectOf(expr.operand);
    if (expr.kind !== 'field' && expr.kind !== 'name' && expr.kind !== 'index') return undefined;
    const place = this.#program.placeOf(this.#fn.id, id);
    return place === undefined ? undefined : this.#classes.keyOf(place);
  }

  isZero(id: ExprId): boolean {
    const expr = this.#terms.expr(id);
    if (expr.kind === 'number') return Number.parseInt(expr.text, expr.text.startsWith('0x') ? 16 : 10) === 0;
    return expr.kind === 'name' && (expr.name === 'NULL' || expr.name === 'false');
  }

  nameOf(callee: ExprId): string {
    const expr = this.#terms.expr(callee);
    return expr.kind === 'name' ? expr.name : '';
  }

  /** A number or a name in capitals, as written. */
  constantText(id: ExprId): string | undefined {
    const expr = this.#terms.expr(id);
    if (expr.kind === 'name' && !/^[A-Z][A-Z0-9_]*$|^__[A-Z]|^true$|^false$/.test(expr.name))
      return undefined;
    const isBit = expr.kind === 'call' && this.nameOf(expr.callee) === 'BIT';
    if (expr.kind !== 'name' && expr.kind !== 'number' && !isBit) return undefined;
    return exprText(this.#terms, id, this.#fn.body.scope.locals);
  }
}

const truthOf = (subject: Subject | undefined): Test | undefined =>
  subject && { subject, whenTrue: nonzero, whenFalse: zero };

const inverted = (test: Test | undefined): Test | undefined =>
  test && { ...test, whenTrue: test.whenFalse, whenFalse: test.whenTrue };
