// testFiles.ts
// Tests that are built into a driver. They run one after the other, on the machine of somebody who works on it and while
// nobody else uses the device, and call all of its functions in every way: half of the threads of i915 are such tests.

import { isSource } from './unitFiles.ts';

// A selftest.c is another thing: ethtool runs it on a device that is in use.
const ofTest = /(?:^|\/)(?:(?:selftests|tests|kunit)\/|selftest_[^/]*$|[^/]*_kunit\.[ch]$)/;

/** Where the unit is more than tests; those that are asked for stay. */
export function withoutTests(unit: readonly string[], asked: ReadonlySet<string>): readonly string[] {
  const rest = unit.filter((path) => !ofTest.test(path) || asked.has(path));
  return rest.some(isSource) ? rest : unit;
}
