// fileView.ts
// One file of the program with what was found out about the names and types in it, so that nothing is looked up twice.

import type { FileFacts, MacroCallFacts } from '../facts/fileFacts.ts';
import type { TypeId } from '../facts/terms.ts';
import type { Callee } from './callees.ts';
import type { Code } from './code.ts';
import { namesOf } from './fileNames.ts';
import type { FileNames } from './fileNames.ts';
import type { Shape } from './linking.ts';
import type { PlaceId } from './places.ts';
import type { Viewpoint } from './resolve.ts';
import type { StructRef } from './structs.ts';
import type { FileMeanings } from './treeNames.ts';

/** What a name that is no local and no function stands for. */
export interface GlobalObject {
  readonly place: PlaceId;
  readonly shape: Shape | undefined;
}

export class FileView implements Viewpoint {
  readonly path: string;
  readonly facts: FileFacts;
  readonly includes: Viewpoint['includes'];
  readonly names: FileNames;
  readonly meanings: FileMeanings;
  readonly isStub: boolean;
  readonly callees = new Map<string, Callee>();
  readonly codes = new Map<string, Code>();
  readonly macros = new Map<string, Code | undefined>();
  readonly functionsByName = new Map<string, Code | undefined>();
  readonly shapes = new Map<TypeId, Shape>();
  readonly structs = new Map<string, StructRef>();
  /** Members that macros stand for, as the members on the way; empty where there is no such macro. */
  readonly memberAliases = new Map<string, readonly string[]>();
  readonly globals = new Map<string, GlobalObject | undefined>();
  #made: ReadonlyMap<string, MacroCallFacts> | undefined;

  constructor(path: string, facts: FileFacts, isStub: boolean, meanings: FileMeanings) {
    this.path = path;
    this.facts = facts;
    this.includes = facts.includes;
    this.names = namesOf(facts);
    this.meanings = meanings;
    this.isStub = isStub;
  }

  /** The macro call outside functions that makes an object of this name: `DEFINE_MUTEX(name)`. */
  maker(name: string): MacroCallFacts | undefined {
    this.#made ??= makersOf(this.facts);
    return this.#made.get(name);
  }
}

function makersOf(facts: FileFacts): ReadonlyMap<string, MacroCallFacts> {
  const made = new Map<string, MacroCallFacts>();
  for (const call of facts.macroCalls) {
    if (!/DEFINE|DECLARE|LIST_HEAD/.test(call.name)) continue;
    for (const arg of call.args) {
      const expr = facts.terms.expr(arg);
      if (expr.kind === 'name' && !made.has(expr.name)) made.set(expr.name, call);
    }
  }
  return made;
}
