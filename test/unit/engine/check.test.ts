// check.test.ts
// What a check looks at, and how the answers about its units become one.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CancelledError, neverCancelled } from '../../../src/base/cancel.ts';
import { positionAt } from '../../../src/base/position.ts';
import type { AnalyseUnit } from '../../../src/engine/analyse.ts';
import { checkTree } from '../../../src/engine/check.ts';
import type { CheckReport } from '../../../src/engine/checkReport.ts';
import { noLocks } from '../../../src/waits/lockOrders.ts';
import { factsIndex } from '../../support/factsIndex.ts';
import { bytesOf, createTestParser } from '../../support/factsReader.ts';
import { finding, hop, root, suspend } from '../../support/finding.ts';

const parser = await createTestParser();

const files = {
  'drivers/a/main.c': 'int a_open(void) { return 0; }\n  int  a_line ;\n',
  'drivers/b/main.c': 'int b_open(void) { return 0; }\n',
  'net/core/dev.c': 'int dev_open(void) { return 0; }\n',
};
const index = factsIndex(new Map(Object.entries(files).map(([path, text]) => [path, bytesOf(text)])), parser);

const nothing = {
  findings: [],
  functions: 1,
  reached: 3,
  unresolved: new Map(),
  unresolvedElsewhere: new Map(),
  givenUp: [],
  locks: noLocks,
};

function check(scope: readonly string[], analyse: AnalyseUnit): Promise<CheckReport> {
  return checkTree(index, { scope, kernel: '6.12.1' }, neverCancelled, analyse);
}

async function unitsFor(...scope: string[]): Promise<readonly string[]> {
  const units: string[] = [];
  await check(scope, (unit) => {
    units.push(unit.join(' '));
    return Promise.resolve(nothing);
  });
  return units;
}

test('a scope is a folder, a file, or everything', async () => {
  assert.deepEqual(await unitsFor('drivers'), ['drivers/a/main.c', 'drivers/b/main.c']);
  assert.deepEqual(await unitsFor('./drivers/b/', 'net/core/dev.c'), ['drivers/b/main.c', 'net/core/dev.c']);
  assert.equal((await unitsFor('.')).length, 3);
});

test('a scope that holds nothing says what does', async () => {
  await assert.rejects(unitsFor('drivers/c'), {
    name: 'UserError',
    message:
      'no C file in scope drivers/c of /tree; drivers is there; scopes are folders or files of the tree',
  });
  await assert.rejects(unitsFor('driver'), {
    message: /; scopes are folders or files of the tree, such as drivers\/net$/,
  });
});

test('counts are added up and the most frequent name comes first', async () => {
  const report = await check(['drivers'], (unit) =>
    Promise.resolve({
      ...nothing,
      unresolved: new Map(
        unit[0] === 'drivers/a/main.c'
          ? [
              ['x', 1],
              ['y', 2],
            ]
          : [['x', 4]],
      ),
      unresolvedElsewhere: new Map([['z', 3]]),
      givenUp: [{ path: '', fn: 'ops.f', reason: 'too much' }],
    }),
  );
  assert.deepEqual(report.unresolved, [
    { name: 'x', count: 5 },
    { name: 'z', count: 3 },
    { name: 'y', count: 2 },
  ]);
  assert.equal(report.unresolvedCalls, 10);
  assert.deepEqual([report.functions, report.reached, report.files.length], [2, 6, 2]);
  assert.equal(report.givenUp.length, 1);
});

test('a cycle that two units find is told once, as by the surer one, with the ways of both', async () => {
  const found = { ...finding, alsoFrom: ['acme_remove()'] };
  const lowRoot = { ...suspend, root: root('acme_shutdown') };
  const low = { ...finding, confidence: 'low' as const, edges: [lowRoot, finding.edges[1]!] };
  const report = await check(['drivers'], (unit) =>
    Promise.resolve({ ...nothing, findings: [unit[0] === 'drivers/a/main.c' ? low : found] }),
  );
  assert.deepEqual(
    report.findings.map(({ confidence, status, alsoFrom }) => ({ confidence, status, alsoFrom })),
    [{ confidence: 'high', status: 'existing', alsoFrom: ['acme_remove()', 'acme_shutdown()'] }],
  );
});

test('findings stand by confidence, rule and place', async () => {
  const at = (id: string, line: number, over: object): typeof finding => ({
    ...finding,
    id,
    edges: [{ ...suspend, steps: [hop('f', line, 'acquire', 'mutex_lock')] }],
    ...over,
  });
  const findings = [
    at('d', 1, { confidence: 'low' }),
    at('c', 9, {}),
    at('b', 8, {}),
    at('a', 99, { rule: 'lock-cycle' }),
  ];
  const report = await check(['drivers/a'], () => Promise.resolve({ ...nothing, findings }));
  assert.deepEqual(
    report.findings.map(({ id }) => id),
    ['a', 'b', 'c', 'd'],
  );
});

test('lines of the source are there for every step, trimmed', async () => {
  const step = hop('a_open', 2, 'acquire', 'x', { path: 'drivers/a/main.c', at: positionAt(2, 2) });
  const edges = [{ ...suspend, steps: [step, { ...step, path: 'gone.c' }] }];
  const { lines } = await check(['drivers/a'], () =>
    Promise.resolve({ ...nothing, findings: [{ ...finding, edges }] }),
  );
  assert.equal(lines('drivers/a/main.c', 2), 'int  a_line ;');
  assert.equal(lines('gone.c', 2), '');
});

test('a fault in one unit is named and leaves the others; a fault in the only one is a fault', async () => {
  const faulty: AnalyseUnit = (unit) =>
    unit[0] === 'drivers/a/main.c' ? Promise.reject(new RangeError('no place 7')) : Promise.resolve(nothing);
  const report = await check(['drivers'], faulty);
  assert.deepEqual(report.givenUp, [
    { path: 'drivers/a/main.c', fn: '', reason: 'nothing is known of it: internal error: no place 7' },
  ]);
  assert.equal(report.functions, 1);
  await assert.rejects(check(['drivers/a'], faulty), RangeError);
});

test('cancelling ends it', async () => {
  const analyse: AnalyseUnit = () => Promise.reject(new CancelledError('cancelled'));
  await assert.rejects(check(['drivers'], analyse), CancelledError);
  await assert.rejects(
    checkTree(index, { scope: ['drivers'], kernel: '' }, { isCancellationRequested: true }, analyse),
    CancelledError,
  );
});

test('findings keep their place with their suppressions, and stale ones are told of what was looked at', async () => {
  const asked: { findings: readonly string[]; files: readonly string[] }[] = [];
  const suppression = { status: 'known', reason: 'x', from: 'team' } as const;
  const suppressions = {
    of: ({ id }: { readonly id: string }) => (id === finding.id ? suppression : undefined),
    stale: (findings: readonly { readonly id: string }[], looked: readonly string[]) => {
      asked.push({ findings: findings.map(({ id }) => id), files: looked });
      return ['stale'];
    },
    problems: [],
  };
  const analyse: AnalyseUnit = (unit) =>
    unit[0] === 'drivers/b/main.c'
      ? Promise.reject(new Error('broken'))
      : Promise.resolve({ ...nothing, findings: [finding, { ...finding, id: 'ffffffffffff' }] });
  const request = { scope: ['drivers'], kernel: '', suppressions };
  const report = await checkTree(index, request, neverCancelled, analyse);
  assert.deepEqual(
    report.findings.map(({ id, suppression: own }) => [id, own]),
    [
      [finding.id, suppression],
      ['ffffffffffff', undefined],
    ],
  );
  assert.deepEqual(report.staleSuppressions, ['stale']);
  // What failed was not looked at.
  assert.deepEqual(asked, [{ findings: [finding.id, 'ffffffffffff'], files: ['drivers/a/main.c'] }]);
});
