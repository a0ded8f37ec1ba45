// exprText.ts
// Expressions and types of the term table, printed as C on one line.

import type { Expr, ExprId, ListItem, Terms, TypeId } from './terms.ts';

/** What `local` expressions index. */
type Named = readonly { readonly name: string }[];

/** `locals`: what `local` expressions index; in a macro body, the parameters of the macro. */
export function exprText(terms: Terms, id: ExprId, locals: Named): string {
  return new ExprPrinter(terms, locals).text(id, loosest);
}

/** `struct foo *`. */
export function typeText(terms: Terms, id: TypeId, locals: Named = []): string {
  return declarationText(terms, id, '', locals);
}

/** A type around a name, as a declaration has it: `struct foo *bar`, `int (*open)(struct inode *)`, `char name[]`. */
export function declarationText(terms: Terms, id: TypeId, name: string, locals: Named = []): string {
  const type = terms.type(id);
  switch (type.kind) {
    case 'tagged':
      return around(`${type.tag} ${type.name}`, name);
    case 'named':
      return around(type.name, name);
    case 'unknown':
      return around('?', name);
    case 'typeof':
      return around(`typeof(${exprText(terms, type.operand, locals)})`, name);
    case 'pointer': {
      const target = terms.type(type.to).kind;
      const pointer = `*${name}`;
      return declarationText(
        terms,
        type.to,
        target === 'function' || target === 'array' ? `(${pointer})` : pointer,
        locals,
      );
    }
    case 'array':
      return declarationText(terms, type.of, `${name}[]`, locals);
    case 'function': {
      const parameters = type.parameters.map((parameter) => typeText(terms, parameter, locals)).join(', ');
      return declarationText(terms, type.result, `${name}(${parameters || 'void'})`, locals);
    }
  }
}

const around = (type: string, name: string): string => (name === '' ? type : `${type} ${name}`);

// How tightly an operator binds; C's own order. What binds less tightly than its place asks for gets parentheses.
const loosest = 0;
const conditional = 3;
const unary = 14;
const postfix = 15;
// prettier-ignore
const binaryPrecedence = {
  ',': 1, '||': 4, '&&': 5, '|': 6, '^': 7, '&': 8, '==': 9, '!=': 9, '<': 10, '<=': 10, '>': 10, '>=': 10,
  '<<': 11, '>>': 11, '+': 12, '-': 12, '*': 13, '/': 13, '%': 13,
} as const;
const argument = 2;

class ExprPrinter {
  readonly #terms: Terms;
  readonly #locals: Named;

  constructor(terms: Terms, locals: Named) {
    this.#terms = terms;
    this.#locals = locals;
  }

  text(id: ExprId, place: number): string {
    const expr = this.#terms.expr(id);
    const text = this.#bare(expr);
    return this.#precedence(expr) < place ? `(${text})` : text;
  }

  #precedence(expr: Expr): number {
    switch (expr.kind) {
      case 'binary':
        return binaryPrecedence[expr.operator];
      case 'conditional':
        return conditional;
      case 'unary':
      case 'cast':
      case 'sizeof':
        return unary;
      case 'name':
      case 'local':
      case 'number':
      case 'string':
      case 'call':
      case 'field':
      case 'index':
      case 'list':
      case 'literal':
      case 'type':
      case 'config':
      case 'opaque':
        return postfix;
    }
  }

  #bare(expr: Expr): string {
    switch (expr.kind) {
      case 'name':
        return expr.name;
      case 'local':
        return this.#locals[expr.index]?.name ?? `local#${expr.index}`;
      case 'number':
      case 'opaque':
        return oneLine(expr.text);
      case 'string':
        return `"${oneLine(expr.text)}"`;
      case 'config':
        return `#if ${oneLine(expr.text)}`;
      case 'call':
        return `${this.text(expr.callee, postfix)}(${this.#arguments(expr.args)})`;
      case 'field':
        return `${this.text(expr.base, postfix)}${expr.arrow ? '->' : '.'}${expr.name}`;
      case 'index':
        return `${this.text(expr.base, postfix)}[${this.text(expr.index, loosest)}]`;
      case 'unary':
        return this.#unary(expr.operator, this.text(expr.operand, unary));
      case 'binary':
        return this.#binary(expr);
      case 'cast':
        return `(${typeText(this.#terms, expr.type, this.#locals)})${this.text(expr.operand, unary)}`;
      case 'conditional':
        return this.#conditional(expr);
      case 'list':
        return expr.items.length === 0
          ? '{}'
          : `{ ${expr.items.map((item) => this.#item(item)).join(', ')} }`;
      case 'literal':
        return `(${typeText(this.#terms, expr.type, this.#locals)})${this.text(expr.list, postfix)}`;
      case 'type':
        return typeText(this.#terms, expr.type, this.#locals);
      case 'sizeof':
        return `sizeof(${this.text(expr.operand, loosest)})`;
    }
  }

  #arguments(args: readonly ExprId[]): string {
    return args.map((id) => this.text(id, argument)).join(', ');
  }

  // `- -x` and `& &x` must not grow together into another operator.
  #unary(operator: string, operand: string): string {
    return operand.startsWith(operator) && operator !== '!' && operator !== '*' && operator !== '~'
      ? `${operator} ${operand}`
      : operator + operand;
  }

  #binary(expr: Extract<Expr, { kind: 'binary' }>): string {
    const precedence = binaryPrecedence[expr.operator];
    const left = this.text(expr.left, precedence);
    const right = this.text(expr.right, precedence + 1);
    return expr.operator === ',' ? `${left}, ${right}` : `${left} ${expr.operator} ${right}`;
  }

  #conditional(expr: Extract<Expr, { kind: 'conditional' }>): string {
    const condition = this.text(expr.condition, conditional + 1);
    return `${condition} ? ${this.text(expr.whenTrue, loosest)} : ${this.text(expr.whenFalse, conditional)}`;
  }

  #item(item: ListItem): string {
    const designators = item.designators.map((designator) => {
      switch (designator.kind) {
        case 'member':
          return `.${designator.name}`;
        case 'element':
          return `[${this.text(designator.index, loosest)}]`;
      }
    });
    const value = this.text(item.value, argument);
    return designators.length === 0 ? value : `${designators.join('')} = ${value}`;
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
