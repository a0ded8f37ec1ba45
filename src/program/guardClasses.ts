// guardClasses.ts
// Guard classes that no table knows: `DEFINE_GUARD(acme, struct acme *, acme_lock(_T), acme_unlock(_T))` and its kin say
// themselves which functions run at both ends. Their arguments are text, for they are no C by themselves.

import { exprText } from '../facts/exprText.ts';
import type { MacroCallFacts } from '../facts/fileFacts.ts';
import type { FileView } from './fileView.ts';
import { isLeaf } from './leaf.ts';
import type { Sources } from './sources.ts';

/** One call that the class makes. */
export interface GuardCall {
  readonly callee: string;
  readonly args: readonly GuardArgument[];
}

export type GuardArgument =
  /** What the guard was given; `path` are the members from there on: `&_T->lock`. */
  | { readonly kind: 'guarded'; readonly path: readonly string[] }
  /** An argument of the constructor, by its index. */
  | { readonly kind: 'argument'; readonly index: number }
  | { readonly kind: 'other' };

export interface GuardClass {
  /** Where the class stands: names in it mean what they mean there. */
  readonly view: FileView;
  readonly enter: GuardCall | undefined;
  readonly leave: GuardCall | undefined;
}

export class GuardClasses {
  readonly #sources: Sources;
  readonly #found = new Map<FileView, Map<string, GuardClass | undefined>>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** Throws `lacking` where a file that may define it is not there yet. */
  of(name: string, view: FileView): GuardClass | undefined {
    let names = this.#found.get(view);
    if (!names) this.#found.set(view, (names = new Map<string, GuardClass | undefined>()));
    if (names.has(name)) return names.get(name);
    const found = this.#find(name, view);
    names.set(name, found);
    return found;
  }

  #find(name: string, view: FileView): GuardClass | undefined {
    const own = classIn(view, name);
    if (own) return own;
    const paths = new Set(this.#sources.definitionsOf(name).map(({ path }) => path));
    for (const path of [...paths].filter((candidate) => candidate.endsWith('.h') && !isLeaf(candidate))) {
      const home = this.#sources.view(path);
      const found = home && classIn(home, name);
      if (found) return found;
    }
    return undefined;
  }
}

function classIn(view: FileView, name: string): GuardClass | undefined {
  for (const call of view.facts.macroCalls) {
    const first = call.args[0];
    if (!call.name.startsWith('DEFINE_') || first === undefined) continue;
    const expr = view.facts.terms.expr(first);
    if (expr.kind !== 'name' || expr.name !== name) continue;
    const found = readClass(view, call);
    if (found) return found;
  }
  return undefined;
}

function readClass(view: FileView, call: MacroCallFacts): GuardClass | undefined {
  const texts = call.args.map((arg) => exprText(view.facts.terms, arg, []));
  const read = (index: number, names: readonly string[] = []): GuardCall | undefined =>
    callIn(texts[index] ?? '', names);
  switch (call.name) {
    case 'DEFINE_GUARD':
    case 'DEFINE_LOCK_GUARD_1':
      return { view, enter: read(2), leave: read(3) };
    case 'DEFINE_LOCK_GUARD_0':
      return { view, enter: read(1), leave: read(2) };
    case 'DEFINE_FREE':
      return { view, enter: undefined, leave: read(2) };
    case 'DEFINE_CLASS':
      return { view, enter: read(3, texts.slice(4).map(lastName)), leave: read(2) };
    default:
      return undefined;
  }
}

const callPattern = /\b([A-Za-z_]\w*)\s*\(([^()]*)\)/g;
const checks = new Set(['if', 'IS_ERR', 'IS_ERR_OR_NULL', 'likely', 'unlikely', 'sizeof']);

/** The last call of the text: what comes before it asks whether there is anything to do. */
function callIn(text: string, names: readonly string[]): GuardCall | undefined {
  const calls = [...text.matchAll(callPattern)].filter(([, callee]) => !checks.has(callee ?? ''));
  const last = calls.at(-1);
  if (!last) return undefined;
  const given = (last[2] ?? '').trim();
  const args = given === '' ? [] : given.split(',').map((arg) => argumentOf(arg.trim(), names));
  return { callee: last[1] ?? '', args };
}

function argumentOf(text: string, names: readonly string[]): GuardArgument {
  const match = /^&?\s*([A-Za-z_]\w*)((?:\s*(?:->|\.)\s*\w+)*)$/.exec(text);
  if (!match) return { kind: 'other' };
  const index = names.indexOf(match[1] ?? '');
  const path = (match[2] ?? '')
    .split(/->|\./)
    .map((member) => member.trim())
    .slice(1);
  if (index >= 0 && path.length === 0) return { kind: 'argument', index };
  if (match[1] !== '_T') return { kind: 'other' };
  // A guard of DEFINE_LOCK_GUARD_1 keeps what it was given in its member `lock`.
  return {
    kind: 'guarded',
    path: path.length === 1 && path[0] === 'lock' && !text.startsWith('&') ? [] : path,
  };
}

const lastName = (text: string): string => /(\w+)\s*$/.exec(text)?.[1] ?? '';
