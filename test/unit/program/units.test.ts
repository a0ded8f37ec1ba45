// units.test.ts
// Which files of a large scope are looked at together.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { neverCancelled } from '../../../src/base/cancel.ts';
import { unitsOf } from '../../../src/program/units.ts';
import { factsIndex } from '../../support/factsIndex.ts';
import { bytesOf, createTestParser } from '../../support/factsReader.ts';

const parser = await createTestParser();

const exported = (name: string): string => `EXPORT_SYMBOL_GPL(${name});`;

async function units(
  files: Readonly<Record<string, string>>,
  scope = Object.keys(files),
  asked: readonly string[] = [],
): Promise<readonly string[]> {
  const texts = new Map(Object.entries(files).map(([path, text]) => [path, bytesOf(text)]));
  const found = await unitsOf(factsIndex(texts, parser), scope, neverCancelled, asked);
  return found.map((unit) => unit.join(' '));
}

test('a file that calls a function of another one goes with it, a namesake elsewhere does not', async () => {
  assert.deepEqual(
    await units({
      'drivers/a/main.c': 'int a_open(void) { return a_start(); }',
      'drivers/a/hw.c': 'int a_start(void) { return 0; }',
      'drivers/b/main.c': 'int b_open(void) { return a_stop(); }',
      'drivers/b/hw.c': 'static int a_start(void) { return 0; } int b_start(void) { return a_start(); }',
    }),
    ['drivers/a/hw.c drivers/a/main.c', 'drivers/b/hw.c', 'drivers/b/main.c'],
  );
});

test('of two functions of one name the nearer one is meant', async () => {
  assert.deepEqual(
    await units({
      'drivers/net/a/main.c': 'int a_open(void) { return start(); }',
      'drivers/net/a/hw.c': 'int start(void) { return 0; }',
      'drivers/net/b/main.c': 'int b_open(void) { return start(); }',
      'drivers/net/b/hw.c': 'int start(void) { return 0; }',
    }),
    ['drivers/net/a/hw.c drivers/net/a/main.c', 'drivers/net/b/hw.c drivers/net/b/main.c'],
  );
});

test('functions given away and variables shared join files too', async () => {
  assert.deepEqual(
    await units({
      'drivers/a/main.c': 'int a_open(void) { return request(a_irq); }',
      'drivers/a/irq.c': 'int a_irq(void) { return 0; }',
      'drivers/b/main.c': 'extern const struct ops b_ops; void b_open(struct b *b) { b->ops = &b_ops; }',
      'drivers/b/ops.c': 'const struct ops b_ops = { .open = 0 };',
      'drivers/c/a.c': 'extern struct mutex c_lock;',
      'drivers/c/b.c': 'static int c_lock;',
    }),
    [
      'drivers/a/irq.c drivers/a/main.c',
      'drivers/b/main.c drivers/b/ops.c',
      'drivers/c/a.c',
      'drivers/c/b.c',
    ],
  );
});

test('a driver in two folders is one unit', async () => {
  assert.deepEqual(
    await units({
      'drivers/net/ethernet/acme/main.c': `int acme_register(void) { return 0; } ${exported('acme_register')}`,
      'drivers/infiniband/hw/acme/main.c': 'int acme_ib_init(void) { return acme_register(); }',
    }),
    ['drivers/infiniband/hw/acme/main.c drivers/net/ethernet/acme/main.c'],
  );
});

test('a core that many modules use does not make them one unit', async () => {
  const users = Array.from({ length: 9 }, (_, i) => `drivers/net/u${i}.c`);
  const core = { 'drivers/net/core.c': `int core_register(void) { return 0; } ${exported('core_register')}` };
  const use = (path: string, i: number): [string, string] => [
    path,
    `int u${i}(void) { return core_register(); }`,
  ];
  assert.equal((await units({ ...core, ...Object.fromEntries(users.map(use)) })).length, 10);
  assert.equal((await units({ ...core, ...Object.fromEntries(users.slice(1).map(use)) })).length, 1);
});

test('an equal name that nobody declares is another thing', async () => {
  assert.deepEqual(
    await units({
      'drivers/net/a/main.c':
        '#define FIELD(x) (x->page)\nint a_open(struct a *x) { return FIELD(x) + page; }',
      'drivers/net/b/main.c': 'int page;',
    }),
    ['drivers/net/a/main.c', 'drivers/net/b/main.c'],
  );
});

test('what a header of the scope calls is called by those who use the header', async () => {
  assert.deepEqual(
    await units({
      'drivers/net/a/main.c': '#include "../lib/lib.h"\nint a_open(void) { return lib_start(); }',
      'drivers/net/b/main.c': '#include "../lib/lib.h"\nint b_open(void) { return 0; }',
      'drivers/net/lib/lib.c': 'int __lib_start(void) { return 0; }',
      'drivers/net/lib/lib.h':
        'int __lib_start(void); static inline int lib_start(void) { return __lib_start(); }',
    }),
    [
      'drivers/net/a/main.c drivers/net/lib/lib.c drivers/net/lib/lib.h',
      'drivers/net/b/main.c drivers/net/lib/lib.h',
    ],
  );
});

test('files of one folder that include its header share its types', async () => {
  const header = { 'drivers/a/a.h': 'struct a { int lock; };', 'drivers/a/other.h': '' };
  assert.deepEqual(
    await units({
      ...header,
      'drivers/a/one.c': '#include "a.h"\nint one(struct a *a) { return 0; }',
      'drivers/a/two.c': '#include "a.h"\nint two(struct a *a) { return 0; }',
      'drivers/b/one.c': '#include "a.h"\nint three(struct a *a) { return 0; }',
    }),
    ['drivers/a/a.h drivers/a/one.c drivers/a/other.h drivers/a/two.c', 'drivers/b/one.c'],
  );
});

test('a file that includes another source file goes with it', async () => {
  assert.deepEqual(
    await units({
      'drivers/a/one.c': '#include "two.c"\n',
      'drivers/a/two.c': 'static int two(void) { return 0; }',
    }),
    ['drivers/a/one.c drivers/a/two.c'],
  );
});

test('public headers go with those who include them, the rest are a unit of their own', async () => {
  assert.deepEqual(
    await units({
      'drivers/a/one.c': '#include <linux/acme/one.h>\n',
      'include/linux/acme/one.h': 'int one;',
      'include/linux/acme/two.h': 'int two;',
      'include/linux/one.h': 'int three;',
    }),
    ['drivers/a/one.c include/linux/acme/one.h', 'include/linux/acme/two.h include/linux/one.h'],
  );
});

test('the order of the scope changes nothing', async () => {
  const files = {
    'a/x.c': 'int x(void) { return y(); }',
    'a/y.c': 'int y(void) { return 0; }',
    'b/z.c': 'int z;',
  };
  assert.deepEqual(await units(files, ['b/z.c', 'a/y.c', 'a/x.c', 'a/y.c']), ['a/x.c a/y.c', 'b/z.c']);
});

/** A driver of so many files, each of which calls the next. */
function chain(name: string, count: number, first: string): Record<string, string> {
  const call = (i: number): string => (i === 0 ? first : `int ${name}_${i - 1}(void);`);
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `drivers/${name}/${name}${String(i).padStart(2, '0')}.c`,
      `${call(i)} int ${name}_${i}(void) { return ${i === 0 ? 'lib_start()' : `${name}_${i - 1}()`}; }`,
    ]),
  );
}

const library = { 'drivers/lib/lib.c': `int lib_start(void) { return 0; } ${exported('lib_start')}` };
const folders = (unit: string): readonly string[] => [
  ...new Set(unit.split(' ').map((path) => path.split('/')[1] ?? '')),
];

test('a small library joins two small drivers, and goes with each of two large ones', async () => {
  const declared = 'int lib_start(void);';
  const few = await units({ ...library, ...chain('a', 3, declared), ...chain('b', 3, declared) });
  assert.deepEqual(few.map(folders), [['a', 'b', 'lib']]);
  const many = await units({ ...library, ...chain('a', 30, declared), ...chain('b', 30, declared) });
  assert.deepEqual(many.map(folders), [
    ['a', 'lib'],
    ['b', 'lib'],
  ]);
});

test('two large drivers that call each other stay together, whatever library they share', async () => {
  const declared = 'int lib_start(void);';
  const a = chain('a', 30, declared);
  const files = {
    ...library,
    ...a,
    ...chain('b', 30, declared),
    'drivers/b/b99.c': 'int a_3(void); int b_29(void); int b_99(void) { return a_3() + b_29(); }',
    'drivers/a/a03.c': `${a['drivers/a/a03.c'] ?? ''} ${exported('a_3')}`,
  };
  assert.deepEqual((await units(files)).map(folders), [['a', 'b', 'lib']]);
});

test('tests of a driver are looked at where somebody asks for them, and where there is nothing else', async () => {
  const files = {
    'drivers/a/main.c': 'int a_open(void) { return a_test(); }',
    'drivers/a/selftests/main.c': 'int a_test(void) { return a_open() + a_more(); }',
    'drivers/a/selftest_more.c': 'int a_more(void) { return 0; }',
    'drivers/a/b_selftest.c': 'int a_loopback(void) { return a_open(); }',
    'drivers/tests/only.c': 'int only(void) { return 0; }',
  };
  const own = 'drivers/a/b_selftest.c drivers/a/main.c';
  assert.deepEqual(await units(files), [own, 'drivers/tests/only.c']);
  assert.deepEqual(await units(files, undefined, ['drivers/a/selftests/main.c']), [
    `${own} drivers/a/selftests/main.c`,
    'drivers/tests/only.c',
  ]);
});
