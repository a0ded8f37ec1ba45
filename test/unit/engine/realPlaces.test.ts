// realPlaces.test.ts
// Steps through functions that the product tells in its own words stand in the tree's source.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neverCancelled } from '../../../src/base/cancel.ts';
import { lineOf } from '../../../src/base/position.ts';
import { withRealPlaces } from '../../../src/engine/realPlaces.ts';
import { finding, hop } from '../../support/finding.ts';
import { memoryIndex } from '../../support/memoryIndex.ts';

const core = `static void helper(void) { }

void core_remove(struct core *c)
{
	helper();
	core_wait(c);
}
`;

test('a step goes to the call in the source, else to the head of the function', async () => {
  const index = await memoryIndex({ 'kernel/core.c': core });
  const told = { path: 'holdwait/stubs/core.c' };
  const steps = [
    hop('acme_exit', 3, 'call', 'core_remove'),
    hop('core_remove', 90, 'call', 'core_wait', told),
    hop('core_remove', 91, 'wait', 'holdwait_wait', told),
    hop('core_unknown', 92, 'wait', 'core_wait', told),
  ];
  const edges = finding.edges.map((edge) => ({ ...edge, steps }));
  const [found] = await withRealPlaces([{ ...finding, edges }], index, neverCancelled);
  assert.deepEqual(
    found?.edges[0]?.steps.map(({ path, at }) => `${path}:${lineOf(at)}`),
    ['drivers/net/acme/main.c:3', 'kernel/core.c:6', 'kernel/core.c:3', 'holdwait/stubs/core.c:92'],
  );
});
