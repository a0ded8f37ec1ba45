// code.ts
// A piece of the tree that runs: the body of a function, or of a function-like macro before it is used. What it calls
// is found by names alone, so that the files of a program are known before any type is asked for.

import type { Position } from '../base/position.ts';
import type { FunctionFacts, LocalFacts, MacroFacts } from '../facts/fileFacts.ts';
import type { Flow } from '../facts/flow.ts';
import type { ExprId, TypeId } from '../facts/terms.ts';
import type { FileView } from './fileView.ts';
import type { PlaceId } from './places.ts';

export class Code {
  readonly view: FileView;
  readonly name: string;
  readonly at: Position;
  readonly flow: Flow;
  readonly locals: readonly LocalFacts[];
  readonly parameters: number;
  readonly isStatic: boolean;
  readonly isMacro: boolean;
  /** What a macro that is an expression gives. */
  readonly value: ExprId | undefined;
  /** The declared type of what a function returns. */
  readonly result: TypeId | undefined;
  /** Direct calls of code that is entered; `undefined`: not scanned yet. */
  calls: readonly Code[] | undefined = undefined;
  /** Parameters of a macro that it calls, itself or through other macros. */
  calledParameters: readonly number[] = none;
  /** It has an operation or a call through a pointer, or something that it calls has. Final when all of that is scanned. */
  matters = false;
  /** What it returns, in terms of its parameters, where it is an accessor; `null`: not asked yet. */
  returned: PlaceId | undefined | null = null;

  constructor(view: FileView, parts: CodeParts) {
    this.view = view;
    this.name = parts.name;
    this.at = parts.at;
    this.flow = parts.flow;
    this.locals = parts.locals;
    this.parameters = parts.parameters;
    this.isStatic = parts.isStatic;
    this.isMacro = parts.isMacro;
    this.value = parts.value;
    this.result = parts.result;
  }
}

const none: readonly number[] = [];

interface CodeParts {
  readonly name: string;
  readonly at: Position;
  readonly flow: Flow;
  readonly locals: readonly LocalFacts[];
  readonly parameters: number;
  readonly isStatic: boolean;
  readonly isMacro: boolean;
  readonly value: ExprId | undefined;
  readonly result: TypeId | undefined;
}

export function codeOfFunction(view: FileView, fn: FunctionFacts): Code {
  let code = view.codes.get(fn.name);
  if (!code) {
    const { name, at, flow, locals, isStatic, result } = fn;
    const parameters = fn.parameters.length;
    code = new Code(view, {
      name,
      at,
      flow,
      locals,
      parameters,
      isStatic,
      isMacro: false,
      value: undefined,
      result,
    });
    view.codes.set(name, code);
  }
  return code;
}

/** `undefined`: nothing that runs, such as a constant, or definitions with pasted names. */
export function codeOfMacro(view: FileView, macro: MacroFacts): Code | undefined {
  if (view.macros.has(macro.name)) return view.macros.get(macro.name);
  const code = macroCode(view, macro);
  view.macros.set(macro.name, code);
  return code;
}

function macroCode(view: FileView, { name, at, body, parameters }: MacroFacts): Code | undefined {
  if (body.kind === 'text' || body.kind === 'declarations') return undefined;
  return new Code(view, {
    name,
    at,
    flow: body.flow,
    locals: body.locals,
    parameters: parameters?.length ?? 0,
    isStatic: true,
    isMacro: true,
    value: body.kind === 'expression' ? body.value : undefined,
    result: undefined,
  });
}
