// chainsText.test.ts
// Alignment, line breaks and colour of the chains of a function.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { positionAt } from '../../../src/base/position.ts';
import type { FunctionReport, OperationRow } from '../../../src/engine/results.ts';
import { chainsJson } from '../../../src/report/chainsJson.ts';
import { chainsText } from '../../../src/report/chainsText.ts';
import { terminalPaint } from '../../../src/report/paint.ts';

const path = 'drivers/net/acme.c';

function row(line: number, over: Partial<OperationRow>): OperationRow {
  const at = positionAt(line, 1);
  return {
    kind: 'operation',
    path,
    at,
    effect: 'acquire',
    objectKind: 'mutex',
    primitive: 'mutex_lock',
    object: 'acme_mutex',
    text: '',
    ...over,
  };
}

const report: FunctionReport = {
  name: 'acme_close',
  path,
  start: positionAt(10, 0),
  end: positionAt(30, 1),
  rows: [
    row(12, { text: 'mutex_lock(&acme_mutex)' }),
    {
      kind: 'call',
      path,
      at: positionAt(14, 1),
      callee: 'acme_stop',
      definition: { path, at: positionAt(2, 0) },
      rows: [
        row(4, {
          effect: 'wait',
          objectKind: 'work',
          object: 'acme.reset_work',
          primitive: 'cancel_work_sync',
        }),
      ],
    },
    row(20, { effect: 'release' }),
  ],
  unresolved: ['ops->close'],
};

test('rows stand in call order, callees indented, places in one column', () => {
  assert.equal(
    chainsText([report]),
    `acme_close()  drivers/net/acme.c:10
  takes      (mutex) acme_mutex        drivers/net/acme.c:12
  calls      acme_stop()               drivers/net/acme.c:14
    waits for  (work) acme.reset_work  drivers/net/acme.c:4
  releases   (mutex) acme_mutex        drivers/net/acme.c:20

  not followed: ops->close
`,
  );
});

test('what a callee does is shown once', () => {
  const [, call] = report.rows;
  assert.ok(call);
  const lines = chainsText([{ ...report, rows: [call, call], unresolved: [] }]).split('\n');
  assert.match(lines[3] ?? '', /^ {2}calls {6}acme_stop\(\), as above {3,}drivers/);
  assert.equal(lines.length, 5);
});

test('silence says how far it reaches', () => {
  const quiet = { ...report, rows: [], unresolved: [] };
  assert.match(chainsText([quiet]), /\n {2}neither it nor what it calls directly takes a lock/);
  assert.match(
    chainsText([{ ...quiet, unresolved: ['x'] }]),
    /as far as calls could be followed\n\n {2}not followed: x\n$/,
  );
});

test('many names that were not followed are wrapped', () => {
  const names = Array.from({ length: 40 }, (_, i) => `ops->operation_${i}`);
  const lines = chainsText([{ ...report, unresolved: names }]).split('\n');
  assert.ok(lines.every((line) => line.length <= 100));
  assert.ok(lines.some((line) => line.includes('ops->operation_39')));
});

test('a long name moves only its own place', () => {
  const long = row(25, { object: `acme_private_data.${'very_'.repeat(20)}long_mutex` });
  const lines = chainsText([{ ...report, rows: [row(12, {}), long] }]).split('\n');
  assert.ok((lines[1] ?? '').length <= 100);
  assert.match(lines[2] ?? '', /long_mutex {2}drivers/);
});

test('colour changes nothing but colour', () => {
  // eslint-disable-next-line no-control-regex
  const bare = chainsText([report], terminalPaint).replace(/\u001b\[\d+m/g, '');
  assert.equal(bare, chainsText([report]));
});

test('the JSON form has the documented fields', () => {
  const json = JSON.parse(chainsJson([report])) as { format: string; functions: { rows: unknown[] }[] };
  assert.equal(json.format, 'holdwait-chains/1');
  assert.deepEqual(json.functions[0]?.rows[0], {
    kind: 'operation',
    effect: 'acquire',
    object: { kind: 'mutex', name: 'acme_mutex' },
    primitive: 'mutex_lock',
    text: 'mutex_lock(&acme_mutex)',
    file: path,
    line: 12,
    column: 1,
  });
});
