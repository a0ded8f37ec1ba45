// @ts-check
// syntax-grammar.mjs
// Makes syntaxes/holdwait-c.injection.json out of the kernel tables: scopes for the names of lock, wait, reference and
// queue primitives, laid over the C grammar of the editor.

/**
 * What the generator reads of a row of the kernel tables.
 * @typedef {object} Named
 * @property {string} name
 * @property {string} effect
 * @property {string} kind
 * @property {string} [waitsFor]
 *
 * @typedef {'lock' | 'wait' | 'reference' | 'queue'} Family
 */

/**
 * Scopes that themes colour already: a lock looks like a keyword, a wait like `return`, the others like functions
 * of a library. In the default themes only locks and waits stand out.
 * @type {Readonly<Record<Family, string>>}
 */
const scopes = {
  lock: 'keyword.other.lock.holdwait',
  wait: 'keyword.control.wait.holdwait',
  reference: 'support.function.reference.holdwait',
  queue: 'support.function.queue.holdwait',
};

/** Too common in drivers, or too far from a lock, to be set apart by colour. */
const plainKinds = new Set(['callbacks', 'transfer', 'device', 'cpu']);

/**
 * The family of a primitive, or none where its name stays as it is.
 * @param {Named} primitive
 * @returns {Family | undefined}
 */
export function familyOf({ effect, kind, waitsFor }) {
  if (plainKinds.has(kind)) return undefined;
  if (['acquire', 'try', 'release', 'downgrade'].includes(effect)) return 'lock';
  if (effect === 'wait' || waitsFor !== undefined) return 'wait';
  if (effect === 'get' || effect === 'put') return 'reference';
  return ['queue', 'arm', 'signal'].includes(effect) ? 'queue' : undefined;
}

/**
 * The grammar as the editor reads it.
 * @param {readonly Named[]} primitives
 */
export function makeInjection(primitives) {
  const guards = {
    name: scopes.lock,
    match: '\\b(?:guard|scoped_guard|scoped_cond_guard)(?=\\s*\\(\\s*\\w+\\s*[,)])',
  };
  const families = /** @type {Family[]} */ (Object.keys(scopes)).map((family) => {
    const names = primitives.filter((primitive) => familyOf(primitive) === family).map(({ name }) => name);
    return { name: scopes[family], match: `\\b${prefixTree(names.filter(isPlainName))}(?=\\s*\\()` };
  });
  return {
    $comment: 'Generated from the kernel tables by scripts/write-syntax.mjs.',
    scopeName: 'holdwait.c.injection',
    injectionSelector: 'L:source.c -comment -string, L:source.cpp -comment -string',
    patterns: [guards, ...families],
  };
}

/** @param {string} name */
const isPlainName = (name) => /^\w+$/.test(name);

/**
 * One expression for many names, common beginnings first: a list of a thousand alternatives would be tried one by one
 * at every word.
 * @param {readonly string[]} names
 */
function prefixTree(names) {
  return writeTree([...new Set(names)].sort(), 0);
}

/**
 * @param {readonly string[]} names sorted, equal in their first `depth` letters
 * @param {number} depth
 * @returns {string}
 */
function writeTree(names, depth) {
  const first = names[0] ?? '';
  if (names.length === 1) return first.slice(depth);
  const last = names[names.length - 1] ?? '';
  let shared = depth;
  while (shared < first.length && first[shared] === last[shared]) shared++;
  const begin = first.slice(depth, shared);
  /** @type {string[]} */
  const branches = [];
  const longer = names.filter((name) => name.length > shared);
  for (const letter of new Set(longer.map((name) => name[shared]))) {
    branches.push(
      writeTree(
        longer.filter((name) => name[shared] === letter),
        shared,
      ),
    );
  }
  return `${begin}(?:${branches.join('|')})${longer.length < names.length ? '?' : ''}`;
}
