// findingGroups.test.ts
// The rows of the Findings view, from what the server answers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aboutLooked, findingGroups, findingLabel } from '../../../extension/findingGroups.ts';
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
