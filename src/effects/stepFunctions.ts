// stepFunctions.ts
// The function in which a step of a way is made.

import type { Program, ProgramFunction } from '../program/meaning.ts';
import type { Hop } from './results.ts';

export class StepFunctions {
  readonly #program: Program;
  #functions: ReadonlyMap<string, ProgramFunction> | undefined;

  constructor(program: Program) {
    this.#program = program;
  }

  of({ path, fn }: Hop): ProgramFunction | undefined {
    this.#functions ??= new Map(
      this.#program.functions.flatMap((one) =>
        one.isMacro ? [] : [[`${one.path}:${one.name}`, one] as const],
      ),
    );
    return this.#functions.get(`${path}:${fn}`);
  }
}
