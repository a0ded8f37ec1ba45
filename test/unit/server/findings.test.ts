// findings.test.ts
// When the server looks for findings, what stops it, and how an editor gets to know what was found.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError } from '../../../src/base/cancel.ts';
import type { Token } from '../../../src/base/cancel.ts';
import type { Analyst } from '../../../src/server/environment.ts';
import type { LookedAround } from '../../../src/server/fileFindings.ts';
import type { FoundCycle } from '../../../src/server/protocol.ts';
import type { Confidence } from '../../../src/waits/finding.ts';
import { ServerHarness } from './serverHarness.ts';

const source = 'int foo_open(void)\n{\n\tmutex_lock(&foo_lock);\n}\n';
const files = { 'drivers/foo/a.c': source, 'drivers/foo/b.c': source, 'drivers/bar/c.c': source };

/** Finds what it is told to find, in all files of the folder. */
class StandInAnalyst implements Analyst {
  readonly asked: { readonly path: string; readonly texts: ReadonlyMap<string, Uint8Array> }[] = [];
  cycles: readonly FoundCycle[] = [];
  failure: Error | undefined;
  cancelled = 0;
  busy = 0;
  mostBusy = 0;
  workMs = 1;

  async findings(path: string, texts: ReadonlyMap<string, Uint8Array>, token: Token): Promise<LookedAround> {
    this.asked.push({ path, texts });
    this.mostBusy = Math.max(this.mostBusy, ++this.busy);
    try {
      for (let i = 0; i < this.workMs; i++) {
        await delay(1);
        if (!token.isCancellationRequested) continue;
        this.cancelled++;
        throw new CancelledError('cancelled');
      }
      if (this.failure) throw this.failure;
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      return {
        files: Object.keys(files).filter((file) => file.startsWith(folder)),
        findings: this.cycles,
        locks: { locks: [], orders: [], steps: [] },
      };
    } finally {
      this.busy--;
    }
  }

  review(): Promise<{ readonly reason: string }> {
    return Promise.resolve({ reason: 'not here' });
  }

  splat(): Promise<{ readonly reason: string }> {
    return Promise.resolve({ reason: 'not here' });
  }

  filesChanged(): void {
    return undefined;
  }

  close(): void {
    return undefined;
  }
}

const cycle = (id: string, name: string, confidence: Confidence = 'high'): FoundCycle => ({
  view: {
    id,
    title: `${name} twice`,
    rule: 'self-deadlock',
    confidence,
    reasons: [],
    status: 'existing',
    course: '',
    nodes: [],
    threads: [],
    isClosed: true,
    verdict: 'It waits for itself.',
    assumptions: [],
    unseenByLockdep: '',
    alsoFrom: [],
    text: '',
    reply: '',
  },
  functions: [{ path: 'drivers/foo/a.c', name: 'foo_open' }],
  steps: [{ path: 'drivers/foo/a.c', line: 2, character: 1, thread: 0, text: name, isLast: true }],
});

let harness: ServerHarness;
let analyst: StandInAnalyst;
afterEach(() => harness.dispose());

async function started(): Promise<void> {
  harness = new ServerHarness(files);
  harness.analyst = analyst = new StandInAnalyst();
  await harness.initialize();
}

async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !isSo(); i++) await delay(10);
  assert.ok(isSo());
}

const cycleTitles = async (uri: string): Promise<readonly (string | undefined)[]> =>
  (await harness.lenses(uri)).flatMap(({ command }) =>
    command?.command === 'holdwait.showCycle' ? [command.title] : [],
  );

test('findings come by themselves, and lenses are fetched anew only if there are some', async () => {
  await started();
  const quiet = await harness.open('drivers/bar/c.c');
  assert.deepEqual(await harness.findings(quiet), {
    kind: 'findings',
    root: 'file:///kernel',
    files: ['drivers/bar/c.c'],
    findings: [],
  });
  assert.equal(harness.refreshes, 0);
  analyst.cycles = [cycle('1', 'foo_lock'), cycle('2', 'bar_lock'), cycle('3', 'baz_lock', 'low')];
  const uri = await harness.open('drivers/foo/a.c');
  assert.deepEqual(await cycleTitles(uri), []);
  await until(() => harness.refreshes > 0);
  assert.equal(harness.refreshes, 1);
  assert.deepEqual(await cycleTitles(uri), ['2 cycles']);
  assert.deepEqual(harness.findingsChanged, [quiet, uri]);
});

test('files of one driver are looked at together, and one at a time', async () => {
  await started();
  analyst.workMs = 50;
  // All at once: a slow machine would look at the first before the others are open.
  const uris = await Promise.all(Object.keys(files).map((path) => harness.open(path)));
  await until(() => analyst.busy > 0);
  // Who waits for another file starts nothing beside what is under way.
  const first = harness.findings(uris[0] ?? '');
  await delay(60);
  analyst.workMs = 1;
  await first;
  for (const uri of uris) assert.equal((await harness.findings(uri)).kind, 'findings');
  assert.equal(analyst.asked.length, 2);
  assert.equal(analyst.mostBusy, 1);
  assert.equal(analyst.asked[0]?.texts.size, 3);
});

test('an edit cancels what is under way, and the next look sees it', async () => {
  await started();
  analyst.workMs = 200;
  const uri = await harness.open('drivers/foo/a.c');
  const answer = harness.findings(uri);
  await until(() => analyst.asked.length > 0);
  await harness.type(uri, 2, '//\n');
  await until(() => analyst.cancelled > 0);
  analyst.workMs = 1;
  await answer;
  assert.equal(analyst.asked.length, 2);
  const text = analyst.asked[1]?.texts.get('drivers/foo/a.c');
  assert.equal(new TextDecoder().decode(text), `//\n${source}`);
});

test('many edits in a row are looked at together, and not one by one', async () => {
  await started();
  const uri = await harness.open('drivers/foo/a.c');
  await harness.findings(uri);
  for (let version = 2; version < 32; version++) await harness.type(uri, version, '/');
  await harness.findings(uri);
  // On a busy machine there may be a rest in between.
  assert.ok(analyst.asked.length <= 4, `asked ${analyst.asked.length} times`);
  assert.match(new TextDecoder().decode(analyst.asked.at(-1)?.texts.get('drivers/foo/a.c')), /^\/{30}int/);
});

test('what was found last is there at once for those whom it is enough for', async () => {
  await started();
  analyst.cycles = [cycle('1', 'foo_lock')];
  const uri = await harness.open('drivers/foo/a.c');
  await harness.findings(uri);
  analyst.workMs = 1000;
  await harness.type(uri, 2, '//\n');
  const answer = await harness.findings(uri, true);
  assert.equal(answer.kind === 'findings' && answer.findings.length, 1);
  // The lens stays, and moves with its function.
  const lens = (await harness.lenses(uri)).find(({ command }) => command?.command === 'holdwait.showCycle');
  assert.equal(lens?.range.start.line, 1);
});

test('a failure is logged and answered, and the next edit tries again', async () => {
  await started();
  analyst.failure = new Error('the thread ended');
  const uri = await harness.open('drivers/foo/a.c');
  await assert.rejects(harness.findings(uri), /the thread ended/);
  assert.ok(harness.logged.some((line) => line.includes('drivers/foo/a.c was not looked at for cycles')));
  await delay(60);
  assert.equal(analyst.asked.length, 1);
  analyst.failure = undefined;
  await harness.type(uri, 2, '//\n');
  assert.equal((await harness.findings(uri)).kind, 'findings');
});

test('a server that looks for none says so', async () => {
  harness = new ServerHarness(files);
  await harness.initialize();
  const uri = await harness.open('drivers/foo/a.c');
  assert.deepEqual(await harness.findings(uri), { kind: 'not-available' });
});
