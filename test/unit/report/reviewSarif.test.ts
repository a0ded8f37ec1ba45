// reviewSarif.test.ts
// Every report is a valid SARIF 2.1.0 log by the official schema, and says what code scanners go by.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

import { positionAt } from '../../../src/base/position.ts';
import type { ReviewReport } from '../../../src/engine/reviewReport.ts';
import { checkAsReview } from '../../../src/report/checkAsReview.ts';
import { reviewSarif } from '../../../src/report/reviewSarif.ts';
import { driver, finding, hop, report as check, suspend } from '../../support/finding.ts';
import { reviewFixture, reviewSituations } from '../../support/reviewedFixture.ts';

const validate = compiledSchema();

for (const [situation, fixture] of Object.entries(reviewSituations)) {
  test(`${situation} is valid`, async () => {
    const report = await reviewFixture(fixture);
    checkValid(reviewSarif(report));
    checkValid(reviewSarif(report, { version: '1.2.3', rulesUrl: 'https://example.org/rules/' }));
  });
}

test('a check is valid, and compares with nothing', () => {
  const text = reviewSarif(checkAsReview(check));
  checkValid(text);
  const [result] = resultsOf(text);
  assert.equal(result!['baselineState'], undefined);
});

test('what is no SARIF does not pass', () => {
  const text = reviewSarif(checkAsReview(check));
  const wrong = text.replace('"startLine": 20', '"startLine": 0');
  assert.notEqual(wrong, text);
  assert.equal(validate(JSON.parse(wrong)), false);
  assert.equal(validate(JSON.parse(text.replace('"level": "error"', '"level": "bad"'))), false);
});

test('what is new, gone and unchanged is told apart', async () => {
  const stateOf = async (name: string): Promise<unknown> => {
    const [result] = resultsOf(reviewSarif(await reviewFixture(reviewSituations[name]!)));
    return result?.['baselineState'];
  };
  assert.equal(await stateOf('cycle'), 'new');
  assert.equal(await stateOf('fixed'), 'absent');
  assert.equal(await stateOf('transient'), 'absent');
  const old = await reviewFixture(reviewSituations['cycle']!);
  const findings = old.findings.map((one) => ({
    ...one,
    status: 'existing' as const,
    introducedBy: undefined,
  }));
  const [result] = resultsOf(reviewSarif({ ...old, findings }));
  assert.equal(result!['baselineState'], 'unchanged');
});

test('columns count UTF-16 units from 1, and are left out where that is not known', () => {
  const columnAfter = (line: string, column: number): unknown => {
    const steps = [hop('acme_suspend', 33, 'acquire', 'mutex_lock', { at: positionAt(33, column) })];
    const edges = [{ ...suspend, steps }];
    const report: ReviewReport = checkAsReview({
      ...check,
      findings: [{ ...finding, edges }],
      lines: () => line,
    });
    const text = reviewSarif(report);
    checkValid(text);
    return /"startColumn": (\d+)/.exec(text)?.[1];
  };
  assert.equal(columnAfter('mutex_lock(&a->lock);', 1), '2');
  // One tab, then a comment with two letters of two bytes each in front of the call.
  assert.equal(columnAfter('/* \u00e4\u00f6 */ mutex_lock(&a->lock);', 12), '11');
  // A letter outside the basic plane is four bytes and two units.
  assert.equal(columnAfter('/* \u{1f512} */ mutex_lock(&a->lock);', 12), '11');
  assert.equal(columnAfter('/* \u00e4 mutex_lock */ mutex_lock(&a->lock);', 24), undefined);
  assert.equal(columnAfter('mutex_lock(&a->lock);', 4095), undefined);
});

test('a path is a relative URI', () => {
  const path = 'drivers/net/a b/m%c#1.c';
  const edges = [{ ...suspend, steps: suspend.steps.map((step) => ({ ...step, path })) }];
  const text = reviewSarif(checkAsReview({ ...check, findings: [{ ...finding, edges }] }));
  checkValid(text);
  assert.match(text, /"uri": "drivers\/net\/a%20b\/m%25c%231\.c"/);
  assert.doesNotMatch(text, new RegExp(driver));
});

test('the fingerprint does not hang on lines', () => {
  const moved = suspend.steps.map((step) => ({ ...step, at: positionAt(900, 5) }));
  const edges = [{ ...suspend, steps: moved }, ...finding.edges.slice(1)];
  const printOf = (findings: typeof check.findings): unknown =>
    resultsOf(reviewSarif(checkAsReview({ ...check, findings })))[0]!['partialFingerprints'];
  assert.deepEqual(printOf([{ ...finding, edges }]), printOf([finding]));
  const turned = [...finding.edges.slice(1), ...finding.edges.slice(0, 1)];
  assert.deepEqual(printOf([{ ...finding, edges: turned }]), printOf([finding]));
});

function compiledSchema(): (log: unknown) => boolean {
  const require = createRequire(join(process.cwd(), 'package.json'));
  const folder = dirname(dirname(require.resolve('@microsoft/sarif-multitool-ts')));
  const schema = JSON.parse(
    readFileSync(join(folder, 'assets', 'sarif-2.1.0.schema.json'), 'utf8'),
  ) as object;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  return ajv.compile(schema);
}

function checkValid(text: string): void {
  const validated = validate as typeof validate & { readonly errors?: unknown };
  assert.ok(validate(JSON.parse(text)), JSON.stringify(validated.errors, null, 2));
}

interface Log {
  readonly runs: readonly { readonly results: readonly Record<string, unknown>[] }[];
}

const resultsOf = (text: string): readonly Record<string, unknown>[] =>
  (JSON.parse(text) as Log).runs[0]!.results;
