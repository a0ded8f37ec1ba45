// checkJson.test.ts
// The fields that programs rely on, and how the engine's words become theirs.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkJson } from '../../../src/report/checkJson.ts';
import { driver, finding, hop, mutex, references, report, suspend, work } from '../../support/finding.ts';

interface Answer {
  readonly tree: object;
  readonly findings: readonly (Record<string, unknown> & { readonly cycle: readonly Edge[] })[];
}
interface Edge {
  readonly holds: object;
  readonly wants: object;
  readonly steps: readonly object[];
}

const read = (text: string): Answer => JSON.parse(text) as Answer;

test('every field that is promised is there', () => {
  const answer = read(checkJson(report));
  assert.deepEqual(Object.keys(answer), ['format', 'tree', 'patches', 'findings', 'staleSuppressions']);
  checkFields(answer.tree, {
    kernel: '6.12.117',
    scope: ['drivers/net/acme'],
    files: 1,
    functions: 4,
    unresolvedCalls: 0,
  });
  const [first] = answer.findings;
  checkFields(first!, {
    id: '0123456789ab',
    rule: 'wait-cycle',
    status: 'existing',
    confidence: 'high',
    title: finding.title,
    assumptions: [],
  });
  assert.deepEqual(
    first!.cycle.map(({ holds, wants }) => [holds, wants]),
    [
      [mutex, work],
      [work, mutex],
    ],
  );
});

test('a step carries its line of the source', () => {
  const [first] = read(checkJson(report)).findings[0]!.cycle[0]!.steps;
  assert.deepEqual(first, {
    file: driver,
    line: 33,
    column: 1,
    function: 'acme_suspend',
    action: 'acquire',
    target: 'mutex_lock',
    text: 'mutex_lock(&acme->lock);',
    inPatch: false,
  });
});

test('references are called refs, and an indirect call names its slot', () => {
  const steps = [hop('acme_suspend', 9, 'indirect-call', 'acme_stop', { via: 'acme_ops.stop' })];
  const edges = [{ ...suspend, holds: references, steps }];
  const [edge] = read(checkJson({ ...report, findings: [{ ...finding, edges }] })).findings[0]!.cycle;
  assert.deepEqual(edge!.holds, { kind: 'refs', name: 'net_device references', key: 'refs:net_device' });
  checkFields(edge!.steps[0]!, { action: 'indirect-call', via: 'acme_ops.stop', text: '' });
});

function checkFields(actual: object, expected: object): void {
  const kept = Object.entries(actual).filter(([name]) => name in expected);
  assert.deepEqual(Object.fromEntries(kept), expected);
}
