// checkLimits.test.ts
// Code that is made to hurt the analysis, too big to be stored: it ends within bounds, what is beside it is found all
// the same, and what was given up has a name.

import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { test } from 'node:test';

import { checkOneFile } from '../support/checkedFixtures.ts';
import { disagreements, readFixture } from '../support/checkFixture.ts';
import { bytesOf, createTestParser } from '../support/factsReader.ts';

// Generous, as other tests run beside this one; what grows with the number of ways would take hours.
const limitMs = 20_000;

const parser = await createTestParser();

/** The opposite orders that must be found whatever stands beside them. */
const beside = `
#include "kernel.h"
struct acme { struct mutex rx_lock; struct mutex tx_lock; int state[64]; struct acme *next; };
void acme_forward(struct acme *acme)
{
	mutex_lock(&acme->rx_lock);
	mutex_lock(&acme->tx_lock);
	mutex_unlock(&acme->tx_lock);
	mutex_unlock(&acme->rx_lock);
}
void acme_drain(struct acme *acme)
{
	mutex_lock(&acme->tx_lock);
	mutex_lock(&acme->rx_lock);
	mutex_unlock(&acme->rx_lock);
	mutex_unlock(&acme->tx_lock);
}
`;

const { expectation } = readFixture(`/*
 * check-name: opposite orders
 * check-expect: lock-cycle high: acme.rx_lock -> acme.tx_lock; acme_forward, acme_drain
 */`);

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
const lines = (count: number, line: (i: number) => string): string => numbers(count).map(line).join('\n');

const programs: Readonly<Record<string, string>> = {
  '10,000 branches that do nothing': `
int acme_many(struct acme *acme)
{
${lines(10_000, (i) => `\tif (acme->state[${i % 64}] == ${i})\n\t\tacme->state[0]++;`)}
	return 0;
}`,
  '2,000 branches under a lock, each with an unlock and a return': `
int acme_many(struct acme *acme)
{
	mutex_lock(&acme->rx_lock);
${lines(2_000, (i) => `\tif (acme->state[1] == ${i}) {\n\t\tmutex_unlock(&acme->rx_lock);\n\t\treturn ${i};\n\t}`)}
	mutex_unlock(&acme->rx_lock);
	return 0;
}`,
  '24 locks, each taken on a condition of its own': `
${lines(24, (i) => `static DEFINE_MUTEX(acme_mutex_${i});`)}
void acme_many(struct acme *acme)
{
${lines(24, (i) => `\tif (acme->state[${i}])\n\t\tmutex_lock(&acme_mutex_${i});`)}
${lines(24, (i) => `\tif (acme->state[${i}])\n\t\tmutex_unlock(&acme_mutex_${i});`)}
}`,
  'a switch of 5,000 cases': `
int acme_many(struct acme *acme, int value)
{
	switch (value) {
${lines(5_000, (i) => `\tcase ${i}:\n\t\tmutex_lock(&acme->rx_lock);\n\t\tmutex_unlock(&acme->rx_lock);\n\t\tbreak;`)}
	}
	return 0;
}`,
  '300 nested blocks': `
void acme_deep(struct acme *acme)
{
${lines(300, (i) => `if (acme->state[${i % 64}] > ${i}) {`)}
	mutex_lock(&acme->rx_lock);
	mutex_unlock(&acme->rx_lock);
${'}\n'.repeat(300)}
}`,
  '200 nested loops': `
void acme_deep(struct acme *acme)
{
${lines(200, (i) => `while (acme->state[${i % 64}] > ${i}) {`)}
	mutex_lock(&acme->rx_lock);
	mutex_unlock(&acme->rx_lock);
${'}\n'.repeat(200)}
}`,
  'a chain of 3,000 calls': `
${lines(3_000, (i) => `static void acme_call_${i}(struct acme *acme);`)}
${lines(2_999, (i) => `static void acme_call_${i}(struct acme *acme)\n{\n\tacme_call_${i + 1}(acme);\n}`)}
static void acme_call_2999(struct acme *acme)
{
	mutex_lock(&acme->rx_lock);
	mutex_unlock(&acme->rx_lock);
}
void acme_first(struct acme *acme)
{
	acme_call_0(acme);
}`,
  '40 functions that all call each other': `
${lines(40, (i) => `static void acme_knot_${i}(struct acme *acme);`)}
${lines(
  40,
  (i) => `static DEFINE_MUTEX(acme_knot_mutex_${i});
static void acme_knot_${i}(struct acme *acme)
{
	mutex_lock(&acme_knot_mutex_${i});
	acme->state[${i}]++;
	mutex_unlock(&acme_knot_mutex_${i});
${lines(40, (j) => `\tif (acme->state[${j}] == ${i})\n\t\tacme_knot_${j}(acme);`)}
}`,
)}
void acme_enter(struct acme *acme)
{
	acme_knot_0(acme);
}`,
  'calls that double 30 times': `
static void acme_double_0(struct acme *acme)
{
	acme->state[0]++;
}
${lines(30, (i) => `static void acme_double_${i + 1}(struct acme *acme)\n{\n\tacme_double_${i}(acme);\n\tacme_double_${i}(acme->next);\n}`)}
void acme_start(struct acme *acme)
{
	acme_double_30(acme);
}`,
  'macros that double 30 times': `
#define ACME_0(a) ((a)->state[0]++)
${lines(30, (i) => `#define ACME_${i + 1}(a) (ACME_${i}(a) + ACME_${i}((a)->next))`)}
int acme_macro(struct acme *acme)
{
	return ACME_30(acme);
}`,
  'a callback that is passed on 20 times in both of two parameters': `
typedef void (*acme_fn)(struct acme *acme);
static void acme_end(struct acme *acme)
{
	mutex_lock(&acme->rx_lock);
	mutex_unlock(&acme->rx_lock);
}
static void acme_pass_0(struct acme *acme, acme_fn a, acme_fn b)
{
	a(acme);
	b(acme);
}
${lines(20, (i) => `static void acme_pass_${i + 1}(struct acme *acme, acme_fn a, acme_fn b)\n{\n\tacme_pass_${i}(acme, b, a);\n\tacme_pass_${i}(acme, a, acme_end);\n}`)}
void acme_pass(struct acme *acme)
{
	acme_pass_20(acme, acme_end, acme_end);
}`,
  '400 locks, each taken under the one before it': `
${lines(400, (i) => `static DEFINE_MUTEX(acme_chain_${i});`)}
${lines(399, (i) => `void acme_take_${i}(void)\n{\n\tmutex_lock(&acme_chain_${i});\n\tmutex_lock(&acme_chain_${i + 1});\n\tmutex_unlock(&acme_chain_${i + 1});\n\tmutex_unlock(&acme_chain_${i});\n}`)}`,
};

for (const [name, text] of Object.entries(programs)) {
  test(`${name}: ends, and what is beside it is found`, async () => {
    const started = performance.now();
    const { findings } = await checkOneFile('acme.c', bytesOf(beside + text), parser);
    const ms = performance.now() - started;
    assert.deepEqual(disagreements(expectation, findings), []);
    assert.ok(ms < limitMs, `${Math.round(ms)} ms`);
  });
}

test('a function with too many states is named among what was given up', async () => {
  const text = beside + (programs['24 locks, each taken on a condition of its own'] ?? '');
  const { givenUp } = await checkOneFile('acme.c', bytesOf(text), parser);
  assert.deepEqual([...new Set(givenUp.map(({ fn }) => fn))], ['acme_many']);
});

test('a cycle through 60 locks is found', async () => {
  const text = `#include "kernel.h"
${lines(60, (i) => `static DEFINE_MUTEX(acme_ring_${i});`)}
${lines(60, (i) => `void acme_take_${i}(void)\n{\n\tmutex_lock(&acme_ring_${i});\n\tmutex_lock(&acme_ring_${(i + 1) % 60});\n\tmutex_unlock(&acme_ring_${(i + 1) % 60});\n\tmutex_unlock(&acme_ring_${i});\n}`)}`;
  const { findings, givenUp } = await checkOneFile('acme.c', bytesOf(text), parser);
  const found = findings.some(({ edges }) => edges.length === 60);
  // A bound on the length of a ring is allowed, but not in silence.
  assert.ok(found || givenUp.length > 0, 'neither found nor given up');
});
