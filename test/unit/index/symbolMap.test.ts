// The map of a whole tree: built from blocks in any order, taken over with changes, written, read and damaged.

import assert from 'node:assert/strict';
import test from 'node:test';
import { sketchFile } from '../../../src/index/sketch.ts';
import { selectFiles, withSkippedFiles, type SketchBlock } from '../../../src/index/sketchBlock.ts';
import { SketchWriter } from '../../../src/index/sketchWriter.ts';
import { SymbolMap } from '../../../src/index/symbolMap.ts';
import { SymbolMapBuilder } from '../../../src/index/symbolMapBuilder.ts';
import { Tokeniser } from '../../../src/syntax/tokens.ts';
import { seeded } from './support.ts';

const tokeniser = new Tokeniser();
const writer = new SketchWriter();

function blockOf(texts: Readonly<Record<string, string>>): SketchBlock {
  for (const [path, text] of Object.entries(texts)) {
    sketchFile(new TextEncoder().encode(text), tokeniser, writer);
    writer.endFile(path, `blob of ${path}`);
  }
  return writer.take();
}

function mapOf(...blocks: SketchBlock[]): SymbolMap {
  const builder = new SymbolMapBuilder();
  for (const block of blocks) builder.add(block);
  return builder.build(() => true);
}

/** Everything that the map says of some names, to compare maps that were made in different ways. */
const answers = (map: SymbolMap, names: readonly string[]): unknown =>
  names.map((name) => [
    name,
    map.definitionsOf(name),
    map.callersOf(name),
    map.fieldUsesOf(name),
    map.functionsInField(name),
  ]);

const a = { 'a.c': 'static int one(void) { two(); two(); }\nstruct ops a = { .open = one, .stop = two };' };
const b = { 'b.c': 'int two(void) { three(); }\nint one(void) { }\nstruct ops b = { .open = one };' };
const c = { 'c/c.c': 'void three(void) { one(); two(); }\nstruct ops c = { .open = two, .open = two };' };
const names = ['one', 'two', 'three', 'open', 'stop', 'ops', 'a', 'nowhere', ''];

test('answers in order of path and place, whatever the order of the blocks', () => {
  const map = mapOf(blockOf(c), blockOf({ ...b, ...a }));
  assert.deepEqual(
    map.files.map(({ path }) => path),
    ['a.c', 'b.c', 'c/c.c'],
  );
  assert.deepEqual(
    map.definitionsOf('one').map(({ path, isStatic }) => [path, isStatic]),
    [
      ['a.c', true],
      ['b.c', false],
    ],
  );
  assert.deepEqual(map.callersOf('two'), ['a.c', 'c/c.c']);
  assert.deepEqual(
    map.fieldUsesOf('two').map(({ path, field }) => [path, field]),
    [
      ['a.c', 'stop'],
      ['c/c.c', 'open'],
      ['c/c.c', 'open'],
    ],
  );
  assert.deepEqual(map.functionsInField('open'), [
    { path: 'a.c', name: 'one' },
    { path: 'b.c', name: 'one' },
    { path: 'c/c.c', name: 'two' },
  ]);
  assert.deepEqual(answers(map, names), answers(mapOf(blockOf({ ...a, ...b, ...c })), names));
  assert.deepEqual(map.definitionsOf('toString'), []);
});

test('a map that takes over an older one answers like one that was made afresh', () => {
  const older = mapOf(blockOf(a), blockOf(b), blockOf(c));
  const changed = { 'b.c': 'int two(int changed) { one(); }\nstruct ops b = { .stop = one };' };
  const added = { 'aa.c': 'int four(void) { two(); }' };
  const builder = new SymbolMapBuilder(older);
  builder.add(blockOf({ ...changed, ...added }));
  const followed = builder.build((path) => path !== 'c/c.c');
  const fresh = mapOf(blockOf({ ...a, ...changed, ...added }));
  assert.deepEqual(followed.files, fresh.files);
  assert.deepEqual(answers(followed, [...names, 'four']), answers(fresh, [...names, 'four']));
});

test('a thousand names and files survive writing and reading', () => {
  const texts: Record<string, string> = {};
  for (let i = 0; i < 300; i++) {
    texts[`d${i % 7}/f${i}.c`] =
      `int fn_${i}(void) { fn_${(i * 7) % 300}(); shared(); }\nstruct o o_${i} = { .call = fn_${i} };`;
  }
  const map = mapOf(blockOf(texts));
  const read = SymbolMap.decode(Buffer.concat(map.encode()));
  assert.ok(read);
  const asked = ['shared', 'call', ...Array.from({ length: 300 }, (_, i) => `fn_${i}`)];
  assert.deepEqual(answers(read, asked), answers(map, asked));
  assert.equal(read.callersOf('shared').length, 300);
  assert.deepEqual(read.files, map.files);
});

test('a cut map, or one with a flipped bit, is not used', () => {
  const bytes = Buffer.concat(mapOf(blockOf({ ...a, ...b, ...c })).encode());
  const random = seeded(3);
  assert.ok(SymbolMap.decode(bytes));
  for (let round = 0; round < 400; round++) {
    const damaged = Uint8Array.from(bytes);
    damaged[random(bytes.length)]! ^= 1 << random(8);
    assert.equal(SymbolMap.decode(damaged), undefined);
    assert.equal(SymbolMap.decode(bytes.subarray(0, random(bytes.length))), undefined);
  }
});

test('blocks can lose files, and name files that gave nothing', () => {
  const block = blockOf({ ...a, ...b, ...c });
  const names = ['one', 'two', 'three', 'open'];
  const selected = selectFiles(block, ({ path }) => path !== 'b.c');
  assert.deepEqual(answers(mapOf(selected), names), answers(mapOf(blockOf({ ...a, ...c })), names));
  const longer = withSkippedFiles(block, [{ path: 'z.c', blob: '', skipped: 'gone' }]);
  const map = mapOf(longer);
  assert.deepEqual(map.files.at(-1), { path: 'z.c', blob: '', skipped: 'gone' });
  assert.deepEqual(answers(map, names), answers(mapOf(block), names));
});
