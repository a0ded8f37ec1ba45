// findingGroups.test.ts
// The rows of the Findings view, from what the server answers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  aboutLooked,
  findingAfter,
  findingGroups,
  findingLabel,
  findingsIn,
  mainStep,
} from '../../../extension/findingGroups.ts';
import type { FoundCycle } from '../../../src/server/protocol.ts';
import type { Confidence, Rule } from '../../../src/waits/finding.ts';

function found(rule: Rule, confidence: Confidence, names: readonly string[] = []): FoundCycle {
  const nodes = names.map((name) => ({ kind: 'mutex' as const, name, kindWords: 'mutex' }));
  const view = { rule, confidence, nodes, title: 'it waits' } as unknown as FoundCycle['view'];
  return { view, functions: [], steps: [] };
}

test('the surest stand first and by rule, what is not sure is closed', () => {
  const findings = [
    found('lock-leak', 'low'),
    found('lock-leak', 'high'),
    found('lock-cycle', 'high'),
    found('wait-cycle', 'medium'),
  ];
  assert.deepEqual(
    findingGroups(findings).map((group) => [
      group.label,
      group.isOpen,
      group.findings.map(({ view }) => view.rule),
    ]),
    [
      ['High confidence (2)', true, ['lock-cycle', 'lock-leak']],
      ['Medium confidence (1)', true, ['wait-cycle']],
      ['Low confidence (1)', false, ['lock-leak']],
    ],
  );
});

test('a row is called by what is waited for', () => {
  assert.equal(findingLabel(found('lock-cycle', 'high', ['a', 'b']).view), 'a → b');
  assert.equal(findingLabel(found('lock-cycle', 'high').view), 'it waits');
});

test('silence says what was looked at', () => {
  assert.equal(aboutLooked({ files: ['a.c'], findings: [] }), '1 file was looked at: nothing found.');
  const findings = [found('lock-leak', 'low')];
  assert.equal(aboutLooked({ files: ['a.c', 'b.c'], findings }), '2 files were looked at: 1 finding.');
  assert.match(aboutLooked({ files: [], findings: [] }), /belongs to no driver/);
});

const step = (path: string, isLast: boolean) => ({
  path,
  line: 1,
  character: 0,
  thread: 0,
  text: 'it waits',
  isLast,
});

test('by rule and by subsystem, the surest first in each', () => {
  const at = (path: string, rule: Rule, confidence: Confidence): FoundCycle => ({
    ...found(rule, confidence),
    functions: [{ path, name: 'f' }],
  });
  const findings = [
    at('drivers/net/foo/a.c', 'lock-leak', 'low'),
    at('drivers/net/foo/b.c', 'lock-cycle', 'high'),
    at('drivers/acme/c.c', 'lock-cycle', 'medium'),
  ];
  const labels = (grouping: 'rule' | 'subsystem'): unknown =>
    findingGroups(findings, grouping).map((group) => [
      group.label,
      group.findings.map(({ view }) => view.confidence),
    ]);
  assert.deepEqual(labels('rule'), [
    ['Cycles of locks (2)', ['high', 'medium']],
    ['Locks left held (1)', ['low']],
  ]);
  assert.deepEqual(labels('subsystem'), [
    ['drivers/acme (1)', ['medium']],
    ['drivers/net/foo (2)', ['high', 'low']],
  ]);
});

test('a finding lies in the files of its steps', () => {
  const finding = { ...found('lock-cycle', 'high'), steps: [step('a.c', false), step('b.c', true)] };
  assert.equal(findingsIn([finding], new Set(['b.c'])).length, 1);
  assert.equal(findingsIn([finding], new Set(['c.c'])).length, 0);
  assert.equal(mainStep(finding, new Set())?.path, 'b.c');
});

test('next and previous go round the end', () => {
  const three = ['high', 'medium', 'low'].map((confidence, i) => {
    const one = found('lock-cycle', confidence as Confidence);
    return { ...one, view: { ...one.view, id: `${i}` } };
  });
  const groups = findingGroups(three);
  const from = (current: string | undefined, direction: 1 | -1): string | undefined =>
    findingAfter(groups, current, direction)?.finding.view.id;
  assert.deepEqual([from(undefined, 1), from('0', 1), from('2', 1)], ['0', '1', '0']);
  assert.deepEqual([from(undefined, -1), from('0', -1), from('2', -1)], ['2', '2', '1']);
  assert.equal(findingAfter([], undefined, 1), undefined);
});
