// reviewScope.test.ts
// Which units a review looks at besides those of the touched files.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { neverCancelled } from '../../../src/base/cancel.ts';
import { reviewScope, reviewUnits } from '../../../src/engine/reviewScope.ts';
import { factsIndex } from '../../support/factsIndex.ts';
import { bytesOf, createTestParser } from '../../support/factsReader.ts';

const parser = await createTestParser();
const files = {
  'drivers/acme/main.c': 'int acme_open(void) { return 0; } static int start(void) { return 0; }',
  'drivers/bus/main.c': 'int bus_open(void) { return acme_open(); }',
  'drivers/zeta/hw.c': 'int start(void) { return 0; }',
  'drivers/zeta/main.c': 'int zeta_open(void) { return start(); }',
};

async function looked(names: readonly string[]): Promise<readonly string[]> {
  const texts = new Map(Object.entries(files).map(([path, text]) => [path, bytesOf(text)]));
  const callersOf = (name: string): string[] =>
    Object.entries(files).flatMap(([path, text]) => (text.includes(`return ${name}(`) ? [path] : []));
  const index = { ...factsIndex(texts, parser), callersOf };
  const touched = { paths: ['drivers/acme/main.c'], names: new Set(names) };
  const scope = await reviewScope(index, touched.paths, []);
  return (await reviewUnits(index, touched, scope, neverCancelled)).flat();
}

test('who calls a touched function from elsewhere is looked at', async () => {
  assert.deepEqual(await looked(['acme_open']), ['drivers/acme/main.c', 'drivers/bus/main.c']);
});

test('who calls a function of the same name that is another one is not', async () => {
  assert.deepEqual(await looked(['start']), ['drivers/acme/main.c']);
});

const makefile = `obj-$(CONFIG_ACME) += acme.o
acme-y := main.o hw/pci.o
obj-$(CONFIG_BUS) += \\
	bus/
obj-y += $(subst m,y,x)/ zeta/core/	hw/
`;

async function withoutBelow(count: number): Promise<readonly string[]> {
  const many = Array.from({ length: count }, (_, i) => `drivers/zeta/unit${i}.c`);
  const text = (path: string): Promise<Uint8Array | undefined> =>
    Promise.resolve(path === 'drivers/Makefile' ? bytesOf(makefile) : undefined);
  const index = { ...factsIndex(new Map(), parser), files: ['drivers/main.c', ...many], text };
  const scope = await reviewScope(index, ['drivers/main.c'], []);
  return 'around' in scope ? scope.around.flatMap(({ without }) => without) : [];
}

test('what the Makefile of a large folder descends into is another driver', async () => {
  assert.deepEqual(await withoutBelow(500), ['bus/', 'zeta/']);
  assert.deepEqual(await withoutBelow(499), []);
});
