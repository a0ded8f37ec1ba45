// body.ts
// What is known while one body is read: its locals and their scopes, the flow that is being written, where loops go.

import type { FlowBuilder, Label, Scope } from './flowBuilder.ts';
import type { LocalFacts } from './fileFacts.ts';
import type { Node, Source } from './source.ts';
import type { ExprId } from './terms.ts';
import type { TypeReader } from './typeReader.ts';

/** Where `break` and `continue` go, and which guards stay alive there. */
export interface Target {
  readonly label: Label;
  readonly scope: Scope;
}

/** How expressions and loops reach the statements inside them: statementReader.ts, which imports both. */
export interface StatementReader {
  read(body: Body, node: Node): void;
  /** `({ ...; value; })`; `undefined` where the block has no value. */
  readBlockValue(body: Body, block: Node): ExprId | undefined;
}

export class Body {
  readonly source: Source;
  readonly types: TypeReader;
  /** `undefined` where nothing is evaluated: outside functions, inside `sizeof`. */
  flow: FlowBuilder | undefined;
  breakTarget: Target | undefined = undefined;
  continueTarget: Target | undefined = undefined;
  readonly locals: LocalFacts[] = [];
  readonly statements: StatementReader;
  readonly #indexOf = new Map<number, number>();
  readonly #shadowed: { readonly nameId: number; readonly index: number | undefined }[] = [];

  constructor(source: Source, types: TypeReader, flow: FlowBuilder | undefined, statements: StatementReader) {
    this.source = source;
    this.types = types;
    this.flow = flow;
    this.statements = statements;
  }

  /** The local that this name means here. */
  localIndex(nameId: number): number | undefined {
    return this.#indexOf.get(nameId);
  }

  declare(local: LocalFacts): number {
    const nameId = this.source.terms.names.idOfText(local.name);
    const index = this.locals.length;
    this.#shadowed.push({ nameId, index: this.#indexOf.get(nameId) });
    this.#indexOf.set(nameId, index);
    this.locals.push(local);
    return index;
  }

  /** Runs `read` in a scope of its own: names declared inside are gone afterwards. */
  inScope(read: () => void): void {
    const depth = this.#shadowed.length;
    read();
    while (this.#shadowed.length > depth) {
      const { nameId, index } = this.#shadowed.pop()!;
      if (index === undefined) this.#indexOf.delete(nameId);
      else this.#indexOf.set(nameId, index);
    }
  }

  /** Runs `read` with nothing evaluated. */
  unevaluated<R>(read: () => R): R {
    const flow = this.flow;
    this.flow = undefined;
    try {
      return read();
    } finally {
      this.flow = flow;
    }
  }
}

/** A statement in the place of a block: a guard in it ends with it. */
export function readScoped(body: Body, node: Node): void {
  if (node < 0) return;
  const scope = body.flow?.scope;
  body.inScope(() => body.statements.read(body, node));
  body.flow?.endScope(scope, body.source.lastAt(node));
}
