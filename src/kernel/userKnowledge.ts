// userKnowledge.ts
// What the people of a tree say about their own locks, waits and callbacks: `.holdwait.json` in the root of the tree,
// in the words of the built-in tables.

import type { Callback } from './callback.ts';
import { parseJson } from './locatedJson.ts';
import type { Primitive } from './primitive.ts';
import type { Parsed, Problem } from './problem.ts';
import { problemAt } from './problem.ts';
import type { Schema } from './shape.ts';
import { exactly, list, optional, record, required, text } from './shape.ts';
import { callbackRow, completeCallback } from './userCallback.ts';
import type { CallbackEntry } from './userCallback.ts';
import { completePrimitive, primitiveRow } from './userPrimitive.ts';
import type { PrimitiveEntry } from './userPrimitive.ts';

/** In the root of the tree. */
export const userKnowledgeFile = '.holdwait.json';

export interface UserKnowledge {
  /** They go before the built-in rows of the same name. */
  readonly primitives: readonly Primitive[];
  /** C files of the tree, from its root, whose functions are taken in place of the tree's own. */
  readonly stubs: readonly string[];
  readonly callbacks: readonly Callback[];
}

/** Reads the text of `.holdwait.json`. Rows with mistakes are left out; each mistake is a problem. */
export function readUserKnowledge(source: string): Parsed<UserKnowledge> {
  const problems: Problem[] = [];
  const json = parseJson(source);
  if (!('kind' in json)) return { value: complete({}), problems: [json] };
  const report = (place: { readonly start: number }, what: string): void => {
    problems.push(problemAt(source, place.start, what));
  };
  const file = knowledgeFile.read(json, '', report) ?? {};
  refuseRepeated(file, (what) => report(json, what));
  return { value: complete(file), problems };
}

/** For editors: what the file may hold. */
export function userKnowledgeSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Holdwait: locks, waits and callbacks of this tree',
    ...knowledgeFile.schema,
  };
}

interface KnowledgeFile {
  readonly $schema?: string;
  readonly version?: 1;
  readonly primitives?: readonly PrimitiveEntry[];
  readonly stubs?: readonly string[];
  readonly callbacks?: readonly CallbackEntry[];
}

// Relative, with `/`, and never up: what lies outside of the tree is not the tree's to say.
const insideTree = /^(?![/\\]|[A-Za-z]:)(?!(?:.*\/)?\.\.?(?:\/|$))[^\\\0]+\.c$/;

const knowledgeFile = record<KnowledgeFile>(
  {
    $schema: optional(text('the address of a schema', /^/), 'Where editors find what this file may hold.'),
    version: required(exactly(1), 'The version of this format.'),
    primitives: optional(list(primitiveRow), 'Functions and macros that lock, wait, signal, count or queue.'),
    stubs: optional(
      list(text('the path of a C file from the root of the tree, such as ".holdwait/acme.c"', insideTree)),
      'C files whose functions are taken in place of those of the tree, where reading their source is not enough.',
    ),
    callbacks: optional(
      list(callbackRow),
      'Members of operations tables: which locks the caller holds, and in which context it calls.',
    ),
  },
  'leave out',
);

function complete({ primitives = [], stubs = [], callbacks = [] }: KnowledgeFile): UserKnowledge {
  return {
    primitives: primitives.map(completePrimitive),
    stubs,
    callbacks: callbacks.map(completeCallback),
  };
}

/** Of two rows for one name nobody would know which counts. */
function refuseRepeated(
  { primitives = [], callbacks = [] }: KnowledgeFile,
  report: (what: string) => void,
): void {
  const names = [
    ...primitives.map(({ name }) => `the primitive "${name}"`),
    ...callbacks.map(({ struct, member }) => `the callback "${struct}.${member}"`),
  ];
  const repeated = names.filter((name, i) => names.indexOf(name) !== i);
  for (const name of new Set(repeated)) report(`${name} is there more than once: remove all rows but one`);
}
