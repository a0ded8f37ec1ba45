// injection.test.ts
// The grammar that colours primitives: which names it takes, which it leaves alone, and that it follows the tables.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { familyOf, makeInjection } from '../../../scripts/syntax-grammar.mjs';
import { primitives } from '../../../src/kernel/knowledge.ts';

const { patterns, injectionSelector } = makeInjection(primitives);

/** The scope that the name of a call gets, without our suffix. */
function scopeIn(line: string): string | undefined {
  for (const { name, match } of patterns) {
    if (new RegExp(match).test(line)) return name.replace('.holdwait', '');
  }
  return undefined;
}

test('the file in the project is what the tables give; scripts/write-syntax.mjs writes it', () => {
  const written: unknown = JSON.parse(readFileSync('syntaxes/holdwait-c.injection.json', 'utf8'));
  assert.deepEqual(written, makeInjection(primitives));
});

test('every primitive of a family gets the scope of that family', () => {
  const scopeOf = {
    lock: 'keyword.other.lock',
    wait: 'keyword.control.wait',
    reference: 'support.function.reference',
    queue: 'support.function.queue',
  };
  for (const primitive of primitives) {
    const family = familyOf(primitive);
    if (!/^\w+$/.test(primitive.name)) continue;
    const scope = scopeIn(`\t${primitive.name}(&foo->lock);`);
    assert.equal(scope, family && scopeOf[family], primitive.name);
  }
});

test('names that only look alike are left alone', () => {
  for (const line of [
    '\tmutex_lock_foo(&foo->lock);',
    '\tmy_mutex_lock(&foo->lock);',
    '\tfoo->mutex_lock = mutex_lock;',
    '\tstruct mutex lock;',
    '\tguard = scoped_guard;',
    '\tif (foo_complete(foo))',
  ]) {
    assert.equal(scopeIn(line), undefined, line);
  }
});

test('guards are locks', () => {
  for (const line of [
    '\tguard(mutex)(&foo->lock);',
    '\tscoped_guard (rcu) {',
    '\tscoped_guard(spinlock_irqsave, &l)',
  ]) {
    assert.equal(scopeIn(line), 'keyword.other.lock', line);
  }
});

test('comments and strings keep their colours', () => {
  for (const part of injectionSelector.split(', ')) assert.match(part, /^L:source\.\w+ -comment -string$/);
});
