// readSplat.test.ts
// What stands before the lines of a splat, names of locks, and texts that are no splat or only a part of one.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { canBe } from '../../../src/review/lockName.ts';
import { readSplat } from '../../../src/review/readSplat.ts';
import type { Splat } from '../../../src/review/splat.ts';
import { frameIn, lockIn, lockNamed, splatLines } from '../../../src/review/splatLines.ts';
import { fuzzedText } from '../../support/fuzzPatches.ts';

const folder = join('test', 'golden', 'splat');
const texts = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readFileSync(join(folder, name), 'utf8'));

test('a splat says the same whatever stands before its lines', () => {
  const bare = splatIn(plain);
  const prefixes = [
    '[   12.345678] ',
    '<4>[   12.345678] ',
    '[   12.345678][ T1234] ',
    '[   12.345678] [    C0] ',
    'kern  :warn  : [   12.345678] ',
    '[Sat Nov 21 09:14:02 2026] ',
    'Nov 21 09:14:02 board kernel: [   12.345678] ',
    '2026-11-21T09:14:02.120+01:00 board kernel: ',
    '> ',
    '> > [   12.345678] ',
  ];
  for (const prefix of prefixes) {
    const text = plain
      .split('\n')
      .map((line) => prefix + line)
      .join('\r\n');
    assert.deepEqual(splatIn(text), bare, prefix);
  }
  assert.deepEqual(
    bare.threads.map(({ holds, wants, heldAt, frames }) => [
      holds?.name,
      wants?.name,
      heldAt?.fn,
      frames.map(({ fn }) => fn),
    ]),
    [['&a->lock', '&a->lock', 'acme_drain', ['acme_drain', 'acme_flush', '__mutex_lock']]],
  );
});

test('functions as kernels and tools write them', () => {
  const fields = (line: string): readonly unknown[] => {
    const { fn, module, path } = frameIn(splatLines(line)[0]!) ?? {};
    return [fn, module, path];
  };
  assert.deepEqual(fields(' acme_open+0x1c/0x40 [acme]'), ['acme_open', 'acme', '']);
  assert.deepEqual(fields(' acme_open.isra.0+0x1c/0x40 [acme 3f2a]'), ['acme_open', 'acme', '']);
  assert.deepEqual(fields(' [<ffffffff810b1c2e>] acme_open+0x1c/0x40'), ['acme_open', '', '']);
  const path = 'drivers/net/acme.c';
  assert.deepEqual(fields(` acme_open+0x1c/0x40 ${path}:120`), ['acme_open', '', path]);
  assert.deepEqual(fields(` acme_lock ${path}:100 [inline]`), ['acme_lock', '', path]);
  assert.deepEqual(fields(` acme_open (${path}:120 (discriminator 1)) acme`), ['acme_open', 'acme', path]);
  assert.deepEqual(fields(' ? acme_open+0x1c/0x40 [acme]'), [undefined, undefined, undefined]);
});

test('locks as lockdep writes them', () => {
  assert.deepEqual(lockIn('ffff8881 (&a->lock){+.+.}-{3:3}, at: acme_open+0x1/0x2 [acme]')?.lock, {
    kind: 'lock',
    name: '&a->lock',
  });
  assert.deepEqual(lockIn('#1: ffff ((wq_completion)events){+.+.}-{0:0}, at: x+0x1/0x2')?.lock, {
    kind: 'workqueue',
    name: 'events',
  });
  assert.deepEqual(lockNamed('(work_completion)(&(&a->poll)->work)'), {
    kind: 'work',
    name: '&(&a->poll)->work',
  });
  assert.deepEqual(lockNamed('(&a->watchdog)'), { kind: 'timer', name: '&a->watchdog' });
  assert.deepEqual(lockNamed('&a->lock#2/1'), { kind: 'lock', name: '&a->lock' });
});

test('a name of lockdep and a class of ours', () => {
  const isSame = (written: string, kind: Parameters<typeof canBe>[1]['kind'], name: string): boolean =>
    canBe(lockNamed(written), { kind, name });
  assert.ok(isSame('&priv->lock', 'mutex', 'acme_priv.lock'));
  assert.ok(isSame('&priv->ports[i].lock', 'spinlock', 'acme_port.lock'));
  assert.ok(isSame('rtnl_mutex', 'mutex', 'rtnl_mutex'));
  assert.ok(isSame('(work_completion)(&(&a->poll)->work)', 'work', 'acme.poll'));
  assert.ok(isSame('(wq_completion)acme', 'workqueue', 'acme.wq'));
  assert.ok(!isSame('&priv->lock', 'mutex', 'acme_priv.list_lock'));
  assert.ok(!isSame('(work_completion)(&a->reset)', 'mutex', 'acme.reset'));
});

test('what is no splat is told in one line', () => {
  const told = (text: string): string => {
    const answer = readSplat(text);
    assert.equal(answer.kind, 'problem');
    assert.ok(!answer.text.includes('\n'));
    return answer.text;
  };
  assert.match(told(''), /there is no splat in it/);
  assert.match(told('[    0.000000] Linux version 6.1.0'), /there is no splat in it/);
  const circular = texts.find((text) => text.includes('-> #1'))!;
  const upTo = (end: string): string => circular.slice(0, circular.indexOf(end));
  assert.match(told(upTo('-> #1')), /its dependency chain is missing; paste all of it/);
  assert.match(told(upTo('-> #0')), /its dependency chain is missing/);
  const inconsistent =
    'WARNING: inconsistent lock state\ninconsistent {HARDIRQ-ON-W} -> {IN-HARDIRQ-W} usage.';
  assert.match(told(inconsistent), /cut off: the lock that is taken is missing/);
  assert.match(told('possible irq lock inversion dependency detected'), /one of the two locks is missing/);
  assert.match(told(plain.slice(0, plain.indexOf('but task'))), /the lock that is held is missing/);
  assert.match(told('INFO: task ip:12 blocked for more than 120 seconds.'), /call trace .* is missing/);
});

test('a second splat is counted and left out', () => {
  const splat = splatIn(`${plain}\n${plain}`);
  assert.equal(splat.more, 1);
  assert.equal(splat.threads.length, 1);
});

test('damaged texts are read without an exception, and in no time', () => {
  const start = process.cpuUsage().user;
  for (let seed = 1; seed <= 3000; seed++) readSplat(fuzzedText(texts, seed));
  readSplat(`${'> '.repeat(100_000)}\n${'('.repeat(100_000)}){\n${'[ 1.1] '.repeat(50_000)}`);
  assert.ok((process.cpuUsage().user - start) / 1e6 < 20);
});

function splatIn(text: string): Splat {
  const answer = readSplat(text);
  assert.equal(answer.kind, 'splat');
  return answer.splat;
}

const plain = `============================================
WARNING: possible recursive locking detected
6.6.30 #1 Not tainted
--------------------------------------------
ip/88 is trying to acquire lock:
ffff8881 (&a->lock){+.+.}-{3:3}, at: acme_flush+0x24/0x50 [acme]

but task is already holding lock:
ffff8881 (&a->lock#3){+.+.}-{3:3}, at: acme_drain+0x24/0x60 [acme]

stack backtrace:
Call Trace:
 <TASK>
 __mutex_lock+0x9c/0x5f0
 ? srso_return_thunk+0x5/0x5f
 acme_flush+0x24/0x50 [acme]
 acme_drain+0x34/0x60 [acme]
 </TASK>
`;
