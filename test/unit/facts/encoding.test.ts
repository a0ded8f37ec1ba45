// encoding.test.ts
// Facts survive being written and read; damaged bytes are noticed or at least never hang, crash or grow without bound.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { DamagedBytesError } from '../../../src/base/bytes.ts';
import { decodeFacts } from '../../../src/facts/decodeFacts.ts';
import { encodeFacts } from '../../../src/facts/encodeFacts.ts';
import { factsText } from '../../../src/report/factsText.ts';
import { bytesOf, createFactsReader } from '../../support/factsReader.ts';

const reader = await createFactsReader();

const everything = `#include <linux/mutex.h>
#define LOCK(f) mutex_lock(&(f)->lock)
#define SHOW(name) static int name##_show(void) { return name ## _value(); }
#define LIST { 1, two, three() }
struct foo { struct mutex lock; union { int a; long b; }; int (*open)(struct foo *f, int n); };
typedef struct { spinlock_t l; } bar_t;
enum state { IDLE, BUSY = 4 };
static DEFINE_MUTEX(big_lock);
static const struct ops ops[] = { [IDLE] = { .open = foo_open, .nested.close = foo_close } };
int declared(struct foo *f) __acquires(&f->lock);
static int f(struct foo *p, unsigned long n, ...) __must_hold(&p->lock)
{
	struct bar *b __free(kfree) = get(p);
	switch (n) { case 1: goto out; case 2 ... 3: p->open(p, n++); break; default: return -1; }
	guard(mutex)(&p->lock);
	list_for_each_entry(p, &head, list) if (p && !b) continue;
out:
	return n ? sizeof(struct foo) : ({ int z = 1; z; });
}
`;

void test('facts that were written and read say the same', () => {
  const facts = reader.read(bytesOf(everything));
  assert.equal(facts.errors.length, 0);
  const bytes = encodeFacts(facts);
  const decoded = decodeFacts(bytes);
  assert.equal(factsText(decoded), factsText(facts));
  assert.deepEqual(encodeFacts(decoded), bytes, 'written again they are the same bytes');
});

void test('so do the facts of every fixture', () => {
  const folder = 'test/golden';
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.c'))) {
    const facts = reader.read(new Uint8Array(readFileSync(join(folder, name))));
    assert.equal(factsText(decodeFacts(encodeFacts(facts))), factsText(facts), name);
  }
});

void test('a flipped, cut or lengthened record is damaged, or other facts, but nothing worse', () => {
  const bytes = encodeFacts(reader.read(bytesOf(everything)));
  const damage = fc.record({ at: fc.nat(bytes.length - 1), bit: fc.nat(7), cut: fc.nat(bytes.length) });
  fc.assert(
    fc.property(damage, ({ at, bit, cut }) => {
      const flipped = bytes.slice();
      flipped[at]! ^= 1 << bit;
      assertReadable(flipped);
      assertReadable(bytes.slice(0, cut));
    }),
    { numRuns: 2_000 },
  );
});

function assertReadable(bytes: Uint8Array): void {
  try {
    const facts = decodeFacts(bytes);
    for (const item of facts.functions) {
      for (let i = 0; i < item.flow.count; i++) item.flow.op(i);
    }
  } catch (error) {
    if (!(error instanceof DamagedBytesError)) throw error;
  }
}
