// Held sets: a callee's set on top of its caller's.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeldTable, emptySet } from '../../../src/effects/held.ts';
import { PlaceTable } from '../../../src/program/places.ts';

function tables(): { readonly places: PlaceTable; readonly held: HeldTable } {
  const places = new PlaceTable();
  return {
    places,
    held: new HeldTable(
      places,
      () => false,
      (place) => place,
    ),
  };
}

test('what the callee let go of the caller is gone, what it took is there', () => {
  const { places, held } = tables();
  const a = held.markOf('mutex', places.global('a', 'a'));
  const b = held.markOf('mutex', places.global('b', 'b'));
  const composed = held.compose(held.setOf([a]), emptySet, held.setOf([b]), held.setOf([a]));
  assert.deepEqual(held.items(composed.set), [b]);
  assert.equal(composed.released, emptySet);
  assert.deepEqual(composed.from, [~0]);
});

test('what nobody here holds is let go of the caller of both', () => {
  const { places, held } = tables();
  const a = held.markOf('mutex', places.global('a', 'a'));
  const composed = held.compose(emptySet, emptySet, emptySet, held.setOf([a]));
  assert.equal(composed.set, emptySet);
  assert.deepEqual(held.items(composed.released), [a]);
});

test("a callee's parameter is the caller's argument", () => {
  const { places, held } = tables();
  const own = places.member(places.parameter(0), 'lock');
  const global = places.global('dev', 'dev');
  const set = held.setOf([held.markOf('mutex', own)]);
  const seen = held.substitute(set, held.argsOf([global]));
  assert.deepEqual(held.items(seen.set), [held.markOf('mutex', places.member(global, 'lock'))]);
});

test('one object spelt in two ways is let go by its class, unless the class is held twice', () => {
  const places = new PlaceTable();
  const held = new HeldTable(
    places,
    () => true,
    (place) => place,
  );
  const one = held.markOf('mutex', places.member(places.parameter(0), 'lock'));
  const other = held.markOf('mutex', places.member(places.parameter(1), 'lock'));
  assert.equal(held.matching(held.setOf([one]), other), 0);
  assert.equal(
    held.matching(held.setOf([one, other]), other),
    held.items(held.setOf([one, other])).indexOf(other),
  );
});
