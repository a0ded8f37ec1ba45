// Places: the same object has the same number, however it is reached.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlaceTable } from '../../../src/program/places.ts';
import { StructTable } from '../../../src/program/structs.ts';

test('the container of a member is what the member lies in', () => {
  const places = new PlaceTable();
  const priv = new StructTable().of('foo.c', 'priv');
  const base = places.parameter(0, priv);
  const work = places.member(base, 'work', priv);
  assert.equal(places.container(work, 'work', priv), base);
  const pointer = places.parameter(1);
  assert.equal(places.member(places.container(pointer, 'work', priv), 'work', priv), pointer);
});

test('arguments stand for parameters in every part of a place', () => {
  const places = new PlaceTable();
  const inner = places.member(places.result('netdev_priv', [places.parameter(0)]), 'lock');
  const dev = places.global('dev', 'dev');
  const seen = places.substitute(inner, [dev]);
  assert.equal(seen, places.member(places.result('netdev_priv', [dev]), 'lock'));
});

test('a walk through a list ends at its type', () => {
  const places = new PlaceTable();
  const node = new StructTable().of('foo.c', 'node');
  let place = places.parameter(0, node);
  const seen = new Set<number>();
  for (let i = 0; i < 100; i++) {
    place = places.member(place, 'next', node, node);
    seen.add(place);
  }
  assert.ok(seen.size < 20);
});
