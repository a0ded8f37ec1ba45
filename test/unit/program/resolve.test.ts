// resolve.test.ts
// Which definition a name means, from where it is used.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { positionAt } from '../../../src/base/position.ts';
import type { Definition, DefinitionKind } from '../../../src/index/treeIndex.ts';
import { bestFirst, nearest } from '../../../src/program/resolve.ts';

const at = positionAt(1, 0);

/** `static a/b.h`, `macro a/b.h`, `a/b.c`. */
function definition(text: string): Definition {
  const path = text.split(' ').at(-1) ?? '';
  const kind: DefinitionKind = text.startsWith('macro ') ? 'macro' : 'function';
  return { path, kind, at, isStatic: text.startsWith('static ') };
}

function meant(
  from: string,
  definitions: readonly string[],
  includes: readonly string[] = [],
): string | undefined {
  const viewpoint = { path: from, includes: includes.map((path) => ({ path })) };
  return nearest(definitions.map(definition), ['function', 'macro'], viewpoint)?.path;
}

const driver = 'drivers/net/ethernet/acme/main.c';

test('the own file comes first, static or not', () => {
  assert.equal(meant(driver, ['net/core/dev.c', `static ${driver}`]), driver);
});

test('a header that calls what it also has a stub of means the function itself', () => {
  const header = 'include/acme/core.h';
  const core = 'drivers/acme/core/main.c';
  assert.equal(meant(header, [`static ${header}`, core]), core);
  assert.equal(meant(header, [`static ${header}`]), header);
  assert.equal(meant(header, [`static ${header}`, 'tools/acme/main.c']), header);
});

test('a static function of another file is never meant, unless that file is included', () => {
  const other = 'drivers/net/ethernet/acme/other.c';
  assert.equal(meant(driver, [`static ${other}`]), undefined);
  assert.equal(meant(driver, [`static ${other}`], ['other.c']), other);
});

test('the same driver comes before a global of the same name elsewhere', () => {
  assert.equal(
    meant(driver, ['drivers/net/ethernet/zeta/reset.c', 'drivers/net/ethernet/acme/reset.c']),
    'drivers/net/ethernet/acme/reset.c',
  );
});

test('a real function comes before the empty stub in a header', () => {
  assert.equal(meant(driver, ['static include/linux/pci.h', 'drivers/pci/msi.c']), 'drivers/pci/msi.c');
  assert.equal(
    meant(driver, ['static drivers/net/ethernet/acme/acme.h', 'drivers/net/ethernet/acme/ptp.c']),
    'drivers/net/ethernet/acme/ptp.c',
  );
});

test('a stub of the own driver is not for a real function of the driver beside it, but for one of the folder above', () => {
  const stub = 'drivers/gpu/drm/acme/display/flush.h';
  const from = 'drivers/gpu/drm/acme/display/commit.c';
  assert.equal(meant(from, [`static ${stub}`, 'drivers/gpu/drm/zeta/display/flush.c']), stub);
  assert.equal(meant(from, [`static ${stub}`, 'drivers/gpu/drm/flush.c']), 'drivers/gpu/drm/flush.c');
});

test('an inline function of a public header, when there is nothing else', () => {
  assert.equal(meant(driver, ['static include/linux/netdevice.h']), 'include/linux/netdevice.h');
});

test('a header of some other driver is out of reach', () => {
  assert.equal(meant(driver, ['static sound/soc/acme/acme.h']), undefined);
});

test('a header of the folders above comes before one of a neighbour', () => {
  const all = ['macro drivers/net/wireless/acme/acme.h', 'static drivers/net/wireless/other/other.h'];
  assert.equal(meant('drivers/net/wireless/acme/card/main.c', all), 'drivers/net/wireless/acme/acme.h');
  assert.equal(meant('drivers/net/wireless/other/main.c', all), 'drivers/net/wireless/other/other.h');
  const wrapped = ['macro drivers/net/wireless/acme/acme.h', 'drivers/net/wireless/other/core.c'];
  assert.equal(meant('drivers/net/wireless/acme/card/main.c', wrapped), 'drivers/net/wireless/acme/acme.h');
  assert.equal(meant('drivers/net/wireless/other/main.c', wrapped), 'drivers/net/wireless/other/core.c');
  const stub = ['static drivers/net/wireless/acme/acme.h', 'drivers/net/wireless/acme/card/debug.c'];
  assert.equal(
    meant('drivers/net/wireless/acme/core/main.c', stub),
    'drivers/net/wireless/acme/card/debug.c',
  );
});

test('what x86 defines replaces the generic function, and other architectures are not meant', () => {
  const all = ['arch/arm64/mm/init.c', 'arch/x86/mm/init.c', 'mm/init.c'];
  assert.equal(meant(driver, all), 'arch/x86/mm/init.c');
  assert.equal(meant(driver, ['arch/arm64/mm/init.c', 'mm/init.c']), 'mm/init.c');
  assert.equal(meant('arch/arm64/kernel/setup.c', all), 'arch/arm64/mm/init.c');
});

test('a stub in a header of the architecture does not hide the real function', () => {
  assert.equal(meant(driver, ['static arch/x86/include/asm/hv.h', 'drivers/hv/hv.c']), 'drivers/hv/hv.c');
});

test('tools and samples are not the kernel', () => {
  assert.equal(meant(driver, ['tools/lib/list.c', 'static include/linux/list.h']), 'include/linux/list.h');
});

test('a copy that a staging driver brings is its own', () => {
  const all = ['drivers/staging/acme/rx.c', 'static include/net/rx.h'];
  assert.equal(meant('net/rx/main.c', all), 'include/net/rx.h');
  assert.equal(meant('drivers/staging/acme/main.c', all), 'drivers/staging/acme/rx.c');
});

test('a function comes before the macro that wraps it', () => {
  assert.equal(meant(driver, ['macro include/linux/wq.h', 'kernel/wq.c']), 'kernel/wq.c');
});

test('for a reader who names only the function, the shared one comes first', () => {
  const definitions = ['static arch/arm/foo.c', 'static drivers/foo.c', 'tools/foo.c', 'net/foo.c'].map(
    definition,
  );
  assert.deepEqual(
    bestFirst(definitions, ['function']).map((found) => found.path),
    ['net/foo.c', 'drivers/foo.c', 'arch/arm/foo.c', 'tools/foo.c'],
  );
});
