// checkText.test.ts
// Findings as a person reads them: stories, folded calls, what could not be looked at, and one line for each.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { CheckReport, ReportedFinding } from '../../../src/engine/checkReport.ts';
import { checkLines, checkText } from '../../../src/report/checkText.ts';
import { terminalPaint } from '../../../src/report/paint.ts';
import type { Edge } from '../../../src/waits/finding.ts';
import { finding, hop, mutex, references, report, root, suspend } from '../../support/finding.ts';

const withFinding = (over: Partial<ReportedFinding>): CheckReport => ({
  ...report,
  findings: [{ ...finding, ...over }],
});

const withEdge = (over: Partial<Edge>, rule: ReportedFinding['rule'] = 'wait-cycle'): string =>
  checkText(withFinding({ rule, edges: [{ ...suspend, ...over }] }));

test('a cycle is told thread by thread', () => {
  assert.equal(
    checkText(report),
    `linux 6.12.117, drivers/net/acme: 1 file, 4 functions

1. acme_suspend() holds acme.lock and waits for acme.reset, which wants acme.lock
  wait-cycle, high confidence: Every class is known.

  acme_suspend() holds (mutex) acme.lock and waits for (work) acme.reset:
    takes      mutex_lock(&acme->lock)         drivers/net/acme/main.c:33
    calls      acme_stop()                     drivers/net/acme/main.c:34
    waits for  cancel_work_sync(&acme->reset)  drivers/net/acme/main.c:20

  acme_reset() runs as (work) acme.reset and wants (mutex) acme.lock:
    wants  mutex_lock(&acme->lock)  drivers/net/acme/main.c:12

  id 0123456789ab

1 finding: 1 of high confidence.
`,
  );
});

test('everything else that a reader must know stands below the story', () => {
  const text = checkText(
    withFinding({
      assumptions: ['acme_ops.stop is acme_stop(), one of 2 that it can be.'],
      unseenByLockdep: 'Lockdep does not see it: a reference count is not a lock.',
      alsoFrom: ['acme_remove()', 'acme_shutdown()'],
    }),
  );
  assert.match(text, /\n {2}Also from acme_remove\(\), acme_shutdown\(\)\.\n/);
  assert.match(text, /\n {2}Assumed: acme_ops\.stop is acme_stop\(\), one of 2 that it can be\.\n/);
  assert.match(text, /\n {2}Lockdep does not see it: a reference count is not a lock\.\n/);
});

test('a step in a function that nobody has named yet says where it is', () => {
  const steps = [hop('acme_begin', 40, 'acquire', 'mutex_lock'), ...suspend.steps.slice(1)];
  const text = withEdge({ steps });
  assert.match(
    text,
    /\n {4}in acme_begin\(\):\n {4}takes .*\n {4}in acme_suspend\(\):\n {4}calls {6}acme_stop\(\)/,
  );
});

test('calls that pass through code outside the scope are folded, but for the one that leads back', () => {
  const core = (fn: string, target: string): Edge['steps'][number] =>
    hop(fn, 7, 'call', target, { path: 'drivers/base/core.c' });
  const steps = [
    suspend.steps[0]!,
    hop('acme_suspend', 34, 'call', 'device_del'),
    core('device_del', 'bus_remove_device'),
    core('bus_remove_device', 'device_release_driver'),
    core('device_release_driver', 'device_remove'),
    hop('device_remove', 9, 'indirect-call', 'acme_remove', {
      path: 'drivers/base/dd.c',
      via: 'bus_type.remove',
    }),
    hop('acme_remove', 50, 'wait', 'cancel_work_sync'),
  ];
  const text = withEdge({ steps });
  const told = text.slice(text.indexOf('    calls'), text.indexOf('    waits for')).replaceAll(/ {2,}/g, ' ');
  assert.equal(
    told,
    ` calls device_del() drivers/net/acme/main.c:34
 ... 3 calls through the driver core ...
 calls acme_remove() via bus_type.remove drivers/base/dd.c:9
`,
  );
});

test('how a thread came to hold something is said', () => {
  const told = (over: Partial<Edge>): string =>
    /\n {2}(acme_suspend[^:]*):\n/.exec(withEdge(over))?.[1]?.replaceAll(/\s+/g, ' ') ?? '';
  const via = root('acme_suspend', { via: 'net_device_ops.ndo_stop' });
  assert.match(
    told({ root: via, origin: 'caller' }),
    /^acme_suspend\(\) \(net_device_ops\.ndo_stop\) runs with \(mutex\) acme\.lock held by its caller and waits/,
  );
  assert.match(
    told({ holds: references, origin: 'given' }),
    /^acme_suspend\(\) was given net_device references and waits for/,
  );
});

test('rules that are no cycles have words of their own', () => {
  const leak = withEdge(
    { wants: mutex, steps: [suspend.steps[0]!, hop('acme_suspend', 20, 'call', 'return')] },
    'lock-leak',
  );
  assert.match(leak, /acme_suspend\(\) holds \(mutex\) acme\.lock and returns with it:\n/);
  assert.match(leak, /\n {4}returns {2}cancel_work_sync\(&acme->reset\) {2}drivers/);
  assert.match(
    withEdge({}, 'sleep-in-atomic'),
    /acme\.lock and may sleep:\n[^]*\n {4}sleeps in {2}cancel_work_sync/,
  );
  assert.match(withEdge({ wants: mutex }, 'self-deadlock'), /acme\.lock and wants it again:\n/);
  const irq = { kind: 'irq', name: 'acme_irq()', key: 'irq:acme_irq' } as const;
  assert.match(
    withEdge({ wants: irq }, 'irq-deadlock'),
    /acme\.lock and can be interrupted by \(irq\) acme_irq\(\):\n/,
  );
});

test('other locks that are held at the end are named, and what merely runs is not', () => {
  const rtnl = { kind: 'mutex', name: 'rtnl_mutex', key: 'rtnl_mutex' } as const;
  const queue = { kind: 'workqueue', name: 'system_wq', key: 'wq:system_wq' } as const;
  assert.match(withEdge({ held: [mutex, rtnl, queue] }), /\n {4}holding \(mutex\) rtnl_mutex too\n/);
  assert.doesNotMatch(withEdge({ held: [mutex, queue] }), /holding/);
});

test('a finding of low confidence has one line, or its story when all is asked for', () => {
  const low = withFinding({ confidence: 'low' });
  assert.match(
    checkText(low),
    /\nLow confidence; --all tells these in full:\ndrivers\/net\/acme\/main\.c:20 acme_stop\(\) warn: /,
  );
  assert.doesNotMatch(checkText(low), / runs as /);
  assert.match(checkText(low, { tellsAll: true }), / runs as /);
});

test('one line for each finding', () => {
  assert.equal(
    checkLines(report),
    'drivers/net/acme/main.c:20 acme_stop() warn: acme_suspend() holds acme.lock and waits for acme.reset, which wants acme.lock [wait-cycle, high]\n',
  );
  assert.equal(checkLines({ ...report, findings: [] }), '');
});

test('silence says how far it reaches', () => {
  const unresolved = Array.from({ length: 14 }, (_, i) => ({ name: `ops->f${i}`, count: 14 - i }));
  const text = checkText({
    ...report,
    kernel: '',
    reached: 1234,
    findings: [],
    unresolvedCalls: 105,
    unresolved,
    givenUp: [{ path: 'a.c', fn: 'f', reason: 'too much' }],
    skipped: [{ path: 'b.c', reason: 'binary' }],
  });
  assert.match(
    text,
    /^drivers\/net\/acme: 1 file, 4 functions, and 1,230 more that they reach\n\nNothing found\.\n/,
  );
  assert.match(text, /Not followed: 105 calls: ops->f0 \(14\), [^]* and 2\s+other names\n/);
  assert.match(text, /\n {2}Given up, too much: f\(\)\n {2}Not read:\n {4}b\.c: binary\n$/);
});

const escape = String.fromCharCode(27);

test('colour changes nothing but colour', () => {
  const painted = checkText(report, { paint: terminalPaint });
  assert.notEqual(painted, checkText(report));
  assert.equal(painted.replaceAll(new RegExp(`${escape}\\[\\d+m`, 'g'), ''), checkText(report));
});

const suppressed = withFinding({
  suppression: { status: 'known', reason: 'acme_open() is not called then', from: 'team' },
});

test('a suppressed finding is counted, and told where all is asked for', () => {
  const short = checkText(suppressed);
  assert.match(short, /4 functions\n\nNothing found; 1 suppressed\.\n$/);
  const all = checkText(suppressed, { tellsAll: true });
  assert.match(all, /\n\nSuppressed:\n\n1\. acme_suspend\(\) holds/);
  assert.match(all, /\n {2}wait-cycle, high confidence, suppressed as known: Every class is known\.\n/);
  assert.match(
    all,
    /\n {2}id 0123456789ab\n {2}Suppressed by the team: acme_open\(\) is not called then\n\nNothing found; 1 supp/,
  );
  assert.equal(checkLines(suppressed), '');
  assert.match(
    checkLines(suppressed, { tellsAll: true }),
    /\[wait-cycle, high\] \(suppressed as known: acme_open\(\) is not called then\)\n$/,
  );
  const both = { ...suppressed, findings: [finding, ...suppressed.findings] };
  assert.match(checkText(both), /\n1 finding: 1 of high confidence; 1 suppressed\.\n$/);
  assert.match(checkText(both, { tellsAll: true }), /\nSuppressed:\n\n2\. acme_suspend/);
});

test('suppressions that fit nothing are named before the last line', () => {
  const stale = { ...report, staleSuppressions: ['ffffffffffff (known): acme holds'] };
  assert.match(
    checkText(stale),
    /\n\nSuppressions that fit nothing any more; holdwait suppress ID --remove [^\n]*:\n {2}ffffffffffff \(known\): acme holds\n\n1 find/,
  );
});
