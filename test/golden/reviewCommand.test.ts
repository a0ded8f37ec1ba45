// reviewCommand.test.ts
// `holdwait review` as somebody runs it, in a small tree of its own with a real repository around it.

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { inProject } from '../../scripts/project.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'holdwait-review-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
const tree = join(scratch, 'tree');
const driver = join(tree, 'drivers/net/acme/main.c');

const outside = '\tmutex_unlock(&acme->lock);\n\tcancel_work_sync(&acme->reset);\n';
const inside = '\tcancel_work_sync(&acme->reset);\n\tmutex_unlock(&acme->lock);\n';
const source = `#include <linux/mutex.h>
#include <linux/workqueue.h>

struct acme {
	struct mutex lock;
	struct work_struct reset;
	int users;
};

static void acme_reset_work(struct work_struct *work)
{
	struct acme *acme = container_of(work, struct acme, reset);

	mutex_lock(&acme->lock);
	acme->users = 0;
	mutex_unlock(&acme->lock);
}

void acme_stop(struct acme *acme)
{
	mutex_lock(&acme->lock);
	acme->users--;
${outside}}

void acme_start(struct acme *acme)
{
	INIT_WORK(&acme->reset, acme_reset_work);
	schedule_work(&acme->reset);
}
`;

// Commits of one second have no order.
let day = 1;

function git(...words: readonly string[]): string {
  const identity = ['-c', 'user.name=A U Thor', '-c', 'user.email=author@example.org'];
  return execFileSync('git', [...identity, '-c', 'init.defaultBranch=main', ...words], {
    cwd: tree,
    encoding: 'utf8',
    env: { ...process.env, GIT_COMMITTER_DATE: `2026-03-${String(day++).padStart(2, "0")}T10:00:00Z` },
  });
}

interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly complaints: string;
}

function review(words: readonly string[], input = '', cache = join(scratch, 'cache')): Run {
  const all = ['review', ...words, '--cache-dir', cache];
  const run = spawnSync(process.execPath, [inProject('dist/cli.js'), ...all], {
    cwd: tree,
    encoding: 'utf8',
    input,
  });
  return { status: run.status, out: run.stdout, complaints: run.stderr };
}

const lastLine = ({ out }: Run): string => out.trimEnd().split('\n').at(-1) ?? '';

mkdirSync(join(tree, 'drivers/net/acme'), { recursive: true });
for (const name of ['MAINTAINERS', 'Kconfig']) writeFileSync(join(tree, name), '');
writeFileSync(join(tree, 'Makefile'), 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 0\n');
writeFileSync(driver, source);
git('init', '--quiet');
git('add', '--all');
git('commit', '--quiet', '-m', 'acme: begin');
const broken = source.replace(outside, inside);
writeFileSync(driver, broken);

test('the change that is not committed', () => {
  const run = review([]);
  assert.equal(run.complaints, '');
  assert.equal(run.status, 1);
  assert.match(run.out, /acme_stop\(\) holds acme\.lock and waits for acme\.reset/);
  assert.equal(lastLine(run), '1 cycle introduced.');
  assert.equal(readFileSync(driver, 'utf8'), broken);
});

test('a commit, a range, its mail from a file and from the standard input say the same', () => {
  git('commit', '--quiet', '--all', '-m', 'acme: stop the reset under the lock');
  const mail = git('format-patch', '-1', '--stdout');
  const file = join(scratch, 'acme.patch');
  writeFileSync(file, mail);
  const base = git('rev-parse', 'HEAD~1').slice(0, 12);
  for (const run of [
    review(['HEAD']),
    review(['HEAD~1..HEAD']),
    review([file]),
    review(['-'], mail),
    review(['-'], mail.replaceAll('\n', '\r\n')),
  ]) {
    assert.equal(run.status, 1, run.complaints);
    assert.match(run.out, /^acme: stop the reset under the lock\n/);
    assert.ok(run.out.includes(base), run.out);
    assert.equal(lastLine(run), '1 cycle introduced.');
  }
});

test('a reply to nobody says of nobody that they wrote', () => {
  const mail = git('format-patch', '-1', '--stdout');
  assert.match(review(['-', '--format', 'mail'], mail).out, /^On .*A U Thor wrote:$/m);
  const nameless = mail.replace(/^From: .*\n/m, '');
  const run = review(['-', '--format', 'mail'], nameless);
  assert.equal(run.status, 1, run.complaints);
  assert.doesNotMatch(run.out, /wrote:/);
});

test('what was there before is no finding of a patch, and what goes is told', () => {
  writeFileSync(driver, broken.replace('acme->users = 0;', 'acme->users = 1;'));
  const unrelated = review([]);
  assert.equal(unrelated.status, 0);
  assert.equal(lastLine(unrelated), 'Nothing introduced.');
  assert.ok(!unrelated.out.includes('acme_stop() holds'), unrelated.out);
  assert.match(review(['--all']).out, /acme_stop\(\) holds/);
  writeFileSync(driver, broken.replace('acme->users = 0;', 'acme->users = 0; /* again */'));
  assert.match(review([]).out, /No code changes/);
  writeFileSync(driver, source);
  const fixed = review([]);
  assert.equal(lastLine(fixed), 'Nothing introduced, 1 cycle fixed.');
  const blamed = git('rev-parse', 'HEAD').slice(0, 12);
  assert.ok(fixed.out.includes(`    Fixes: ${blamed} ("acme: stop the reset under the lock")\n`), fixed.out);
  git('checkout', '--quiet', '.');
});

test('a fix that names what it fixes is not told so', () => {
  writeFileSync(driver, source);
  git('commit', '--quiet', '--all', '-m', 'acme: no reset under the lock', '-m', 'Fixes: 123456789abc ("acme: x")');
  const run = review(['HEAD']);
  assert.equal(lastLine(run), 'Nothing introduced, 1 cycle fixed.');
  assert.doesNotMatch(run.out, /Fixes:/);
  git('reset', '--quiet', '--hard', 'HEAD~1');
});

test('files for b4 review: made, replaced, and those of somebody else left alone', () => {
  const folder = join(scratch, 'b4');
  assert.equal(review(['HEAD', '--b4-review', folder]).status, 1);
  assert.deepEqual(readdirSync(folder).sort(), ['0001.txt', 'identity.txt', 'series.txt']);
  assert.match(readFileSync(join(folder, '0001.txt'), 'utf8'), /^Introduces 1 cycle\n/);
  writeFileSync(driver, broken.replace('acme->users = 0;', 'acme->users = 1;'));
  assert.equal(review(['--b4-review', folder]).status, 0);
  assert.deepEqual(readdirSync(folder).sort(), ['identity.txt', 'series.txt']);
  writeFileSync(join(folder, 'identity.txt'), 'Somebody <else@example.org>\n');
  const refused = review(['--b4-review', folder]);
  assert.equal(refused.status, 2);
  assert.match(refused.complaints, /holds something else than a review by Holdwait and is not written; name a new folder\n$/);
  git('checkout', '--quiet', '.');
});

test('names that change are no new finding', () => {
  writeFileSync(driver, broken.replaceAll('acme->lock', 'acme->state_lock').replace('mutex lock', 'mutex state_lock'));
  const renamed = review([]);
  assert.equal(renamed.status, 0, renamed.out);
  assert.equal(lastLine(renamed), 'Nothing introduced.');
  git('checkout', '--quiet', '.');
});

test('a version against the one before', () => {
  const first = join(scratch, 'v1.patch');
  writeFileSync(first, git('format-patch', '-1', '--stdout'));
  writeFileSync(driver, source.replace('users = 0', 'users = 1'));
  git('commit', '--quiet', '--all', '--amend', '-m', 'acme: reset to one');
  const second = join(scratch, 'v2.patch');
  writeFileSync(second, git('format-patch', '-1', '--stdout'));
  const run = review([second, '--against', first]);
  assert.equal(run.status, 0, run.complaints);
  assert.match(run.out, /Against \S+v1\.patch: 1 gone, 0 still there, 0 new\.\n {2}gone: acme_stop\(\)/);
});

test('what cannot be done is one line', () => {
  const refused = (words: readonly string[], expected: RegExp, input = ''): void => {
    const run = review(words, input);
    assert.equal(run.status, 2, run.out);
    assert.match(run.complaints, expected);
    assert.equal(run.complaints.trimEnd().split('\n').length, 1, run.complaints);
  };
  refused([], /^holdwait: nothing is changed since the last commit; /);
  refused(['no-such-thing'], /^holdwait: no-such-thing is no commit of this repository; /);
  refused(['-'], /^holdwait: there is no patch in the standard input; /, 'Dear all,\n');
  const other = join(scratch, 'other.patch');
  writeFileSync(
    other,
    '--- a/drivers/net/acme/main.c\n+++ b/drivers/net/acme/main.c\n@@ -1,2 +1,2 @@\n #include <linux/rwsem.h>\n-x\n+y\n',
  );
  refused([other], /^holdwait: patch 1 does not apply: drivers\/net\/acme\/main\.c/);
});

test('what is named wrongly is said before the tree is read', () => {
  const untouched = (words: readonly string[]): void => {
    const cache = join(scratch, 'unread');
    assert.equal(review(words, '', cache).status, 2);
    assert.equal(existsSync(cache), false);
  };
  untouched(['no-such-thing']);
  untouched(['HEAD', '--against', 'no-such-thing']);
});

const commands = `#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>

struct zeta {
	struct mutex lock;
	struct completion done;
	struct work_struct reset;
};

static void zeta_reset_work(struct work_struct *work)
{
	struct zeta *zeta = container_of(work, struct zeta, reset);

	mutex_lock(&zeta->lock);
	complete(&zeta->done);
	mutex_unlock(&zeta->lock);
}

static irqreturn_t zeta_irq(int irq, void *data)
{
	struct zeta *zeta = data;

	complete(&zeta->done); /* in time */
	schedule_work(&zeta->reset);
	return IRQ_HANDLED;
}

void zeta_command(struct zeta *zeta)
{
	mutex_lock(&zeta->lock);
	wait_for_completion(&zeta->done);
	mutex_unlock(&zeta->lock);
}

int zeta_start(struct zeta *zeta, int irq)
{
	INIT_WORK(&zeta->reset, zeta_reset_work);
	init_completion(&zeta->done);
	return request_irq(irq, zeta_irq, 0, "zeta", zeta);
}
`;

test('a patch that takes away who ended a wait', () => {
  const path = join(tree, 'drivers/net/acme/zeta.c');
  writeFileSync(path, commands);
  git('add', '--all');
  git('commit', '--quiet', '-m', 'zeta: begin');
  writeFileSync(path, commands.replace('\tcomplete(&zeta->done); /* in time */\n', ''));
  const run = review([]);
  assert.equal(run.status, 1, run.complaints);
  assert.match(run.out, /zeta_command\(\) holds zeta\.lock and waits for zeta\.done/);
  writeFileSync(path, commands.replace('\tschedule_work(&zeta->reset);\n', ''));
  assert.equal(lastLine(review([])), 'Nothing introduced.');
});

test('what stands in a file of an architecture that is not indexed is not new', () => {
  const other = join(tree, 'arch/arm/mach-acme/main.c');
  mkdirSync(dirname(other), { recursive: true });
  writeFileSync(other, broken);
  git('add', '--all');
  git('commit', '--quiet', '-m', 'arm: acme: begin');
  writeFileSync(other, broken.replace('users--;', 'users = 3;'));
  const run = review([]);
  assert.equal(run.complaints, '');
  assert.match(run.out, /There before, and still: 1;/);
  assert.equal(lastLine(run), 'Nothing introduced.');
  assert.equal(run.status, 0);
});

test('a file that is too large to be read is no answer', () => {
  const path = 'drivers/net/acme/table.c';
  writeFileSync(join(tree, path), 'int acme_first;\nint acme_last;\n' + '/* filler */\n'.repeat(700_000));
  const diff = `--- a/${path}\n+++ b/${path}\n@@ -1,2 +1,3 @@\n int acme_first;\n+int acme_second;\n int acme_last;\n`;
  const run = review(['-'], diff);
  rmSync(join(tree, path));
  assert.equal(run.status, 2, run.out);
  assert.equal(lastLine(run), `Not reviewed: ${path} could not be read.`);
  assert.match(run.complaints, /^holdwait: drivers\/net\/acme\/table\.c cannot be read: .*8 MB\n$/m);
});

test('a signal ends it at once, whatever it is at', async () => {
  const running = spawn(process.execPath, [inProject('dist/cli.js'), 'review', '-'], { cwd: tree });
  await delay(1000);
  running.kill('SIGINT');
  assert.deepEqual(await once(running, 'exit'), [null, 'SIGINT']);
});
