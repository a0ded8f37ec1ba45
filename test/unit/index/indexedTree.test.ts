// An indexed tree over files in memory: what is read again after changes, overlays, facts, cancelling and pausing.

import assert from 'node:assert/strict';
import test from 'node:test';
import { CancelledError, neverCancelled } from '../../../src/base/cancel.ts';
import { encodeFacts } from '../../../src/facts/encodeFacts.ts';
import { FactsReader } from '../../../src/facts/factsReader.ts';
import { createParser } from '../../../src/hosts/node/parser.ts';
import { MemoryTreeHost } from '../../../src/index/memoryHost.ts';
import { openIndex } from '../../../src/index/indexedTree.ts';
import type { IndexProgress } from '../../../src/index/progress.ts';
import type { TreeIndex } from '../../../src/index/treeIndex.ts';
import type { CParser } from '../../../src/syntax/parser.ts';
import { testHost } from './support.ts';

const texts = {
  Makefile: 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 117\nEXTRAVERSION =\nNAME = Baby\n',
  'drivers/foo.c':
    'static int foo_open(void) { bar_lock(); return 0; }\nstruct ops foo_ops = { .open = foo_open, .data = foo_data };\n',
  'drivers/bar.c': 'void bar_lock(void) { }\nint foo_data;\n',
  'include/bar.h': 'void bar_lock(void);\n',
  'arch/x86/a.c': 'int here;\n',
  'arch/arm/a.c': 'int not_here;\n',
  'drivers/gpu/drm/amd/include/regs.h': 'int registers;\n',
  '.git/x.c': 'int hidden;\n',
  'tools/lib/list.c': 'int of_user_space;\n',
  'README.txt': 'text',
};

const paths = (index: TreeIndex, name: string): string[] => index.definitionsOf(name).map(({ path }) => path);

test('a kernel tree: its version, its files, its symbols', async () => {
  const index = await openIndex(testHost(texts));
  assert.equal(index.kernelVersion, '6.12.117');
  assert.deepEqual(index.files, ['arch/x86/a.c', 'drivers/bar.c', 'drivers/foo.c', 'include/bar.h']);
  assert.deepEqual(paths(index, 'foo_open'), ['drivers/foo.c']);
  assert.deepEqual(index.callersOf('bar_lock'), ['drivers/foo.c']);
  assert.deepEqual(index.functionsInField('open'), [{ path: 'drivers/foo.c', name: 'foo_open' }]);
  assert.deepEqual(index.functionsInField('data'), [], 'a variable is no function');
  assert.equal(index.fieldUsesOf('foo_data').length, 1);
});

test('another architecture, and a folder that is no kernel', async () => {
  const arm = await openIndex(testHost(texts), { architecture: 'arm' });
  assert.deepEqual(paths(arm, 'not_here'), ['arch/arm/a.c']);
  assert.deepEqual(paths(arm, 'here'), []);
  const plain = await openIndex(testHost({ 'a.c': 'int main(void) { }', 'arch/arm/b.c': 'int b;' }));
  assert.equal(plain.kernelVersion, undefined);
  assert.deepEqual(plain.files, ['a.c', 'arch/arm/b.c']);
});

test('a second start reads nothing; a changed file alone is read again', async () => {
  const host = testHost(texts);
  await (await openIndex(host)).close();
  host.tree.reads.clear();
  await (await openIndex(host)).close();
  assert.deepEqual([...host.tree.reads.keys()], ['Makefile']);

  host.tree.reads.clear();
  host.tree.write('drivers/bar.c', 'void bar_unlock(void) { }\n');
  const index = await openIndex(host);
  assert.deepEqual([...host.tree.reads.keys()], ['Makefile', 'drivers/bar.c']);
  assert.deepEqual(paths(index, 'bar_lock'), []);
  assert.deepEqual(paths(index, 'bar_unlock'), ['drivers/bar.c']);
  await index.close();

  host.tree.reads.clear();
  const again = await openIndex(host);
  assert.deepEqual([...host.tree.reads.keys()], ['Makefile'], 'the layer over the map was kept');
  assert.deepEqual(paths(again, 'bar_unlock'), ['drivers/bar.c']);
});

test('a file that was just written is not trusted by its time stamp', async () => {
  const tree = new MemoryTreeHost('/tree', texts);
  const host = testHost({}, { tree, nowMs: 100 });
  await (await openIndex(host)).close();
  tree.reads.clear();
  await (await openIndex(host)).close();
  assert.equal(tree.reads.has('drivers/bar.c'), true);
});

test('a time stamp in the far future is a time stamp like any other', async () => {
  const tree = new MemoryTreeHost('/tree', texts);
  const host = testHost({}, { tree, nowMs: -3_600_000 });
  await (await openIndex(host)).close();
  tree.reads.clear();
  await (await openIndex(host)).close();
  assert.deepEqual([...tree.reads.keys()], ['Makefile']);
});

test('refresh follows the disk: changed, new, removed, back again', async () => {
  const host = testHost(texts);
  const index = await openIndex(host);
  host.tree.write('drivers/foo.c', 'int foo_close(void) { }');
  host.tree.write('drivers/new.c', 'int foo_open(void) { }');
  host.tree.remove('drivers/bar.c');
  host.tree.reads.clear();
  await index.refresh(['drivers/foo.c', 'drivers/new.c', 'drivers/bar.c', 'README.txt', 'arch/arm/a.c']);
  assert.deepEqual([...host.tree.reads.keys()].sort(), ['drivers/foo.c', 'drivers/new.c']);
  assert.deepEqual(paths(index, 'foo_open'), ['drivers/new.c']);
  assert.deepEqual(paths(index, 'bar_lock'), []);
  assert.deepEqual(index.files, ['arch/x86/a.c', 'drivers/foo.c', 'drivers/new.c', 'include/bar.h']);
  for (const [path, text] of Object.entries(texts)) host.tree.write(path, text);
  host.tree.remove('drivers/new.c');
  await index.refresh();
  assert.deepEqual(paths(index, 'foo_open'), ['drivers/foo.c']);
  assert.deepEqual(paths(index, 'bar_lock'), ['drivers/bar.c']);
});

test('hundreds of changes become a new map', async () => {
  const many: Record<string, string> = {};
  for (let i = 0; i < 1200; i++) many[`f${i}.c`] = `int f_${i}(void) { g_${i % 10}(); }`;
  const host = testHost(many);
  await (await openIndex(host)).close();
  for (let i = 0; i < 700; i++) host.tree.write(`f${i}.c`, `int changed_${i}(void) { }`);
  host.tree.remove('f1000.c');
  const index = await openIndex(host);
  assert.deepEqual(paths(index, 'changed_699'), ['f699.c']);
  assert.deepEqual(paths(index, 'f_699'), []);
  assert.deepEqual(paths(index, 'f_1000'), []);
  assert.deepEqual(paths(index, 'f_1001'), ['f1001.c']);
  await index.close();
  host.tree.reads.clear();
  assert.deepEqual(paths(await openIndex(host), 'changed_0'), ['f0.c']);
  assert.deepEqual([...host.tree.reads.keys()], ['Makefile']);
});

test('binary, unreadable and vanished files are named and counted, and the rest is there', async () => {
  const host = testHost({
    ...texts,
    'binary.c': 'int a;\0\0',
    'vanishing.c': 'int gone;',
    'large.c': 'x'.repeat(9 << 20),
  });
  const read = host.tree.read.bind(host.tree);
  host.tree.read = (path) =>
    path === 'vanishing.c' ? Promise.resolve({ kind: 'failed', reason: 'gone' }) : read(path);
  const index = await openIndex(host);
  assert.deepEqual(
    [...index.counts.skipped].sort((a, b) => (a.path < b.path ? -1 : 1)),
    [
      { path: 'binary.c', reason: 'binary: has a NUL byte' },
      { path: 'large.c', reason: 'larger than 8 MB' },
      { path: 'vanishing.c', reason: 'gone' },
    ],
  );
  assert.deepEqual(paths(index, 'foo_open'), ['drivers/foo.c']);
});

test('a damaged cache is made again', async () => {
  const host = testHost(texts);
  const first = await openIndex(host);
  await first.facts(['drivers/foo.c'], neverCancelled);
  await first.close();
  for (const folder of ['trees-1.1', ...(await foldersOfFacts())]) {
    for (const { name } of await host.cache.list(folder))
      await host.cache.replace(`${folder}/${name}`, [new Uint8Array(64)]);
  }
  const index = await openIndex(host);
  assert.deepEqual(paths(index, 'foo_open'), ['drivers/foo.c']);
  assert.equal((await index.facts(['drivers/foo.c'], neverCancelled)).size, 1);
});

async function foldersOfFacts(): Promise<string[]> {
  const { factsVersion } = await import('../../../src/facts/encodeFacts.ts');
  const { grammarVersion } = await import('../../../src/syntax/cSymbols.ts');
  return [`facts-${factsVersion}-${grammarVersion}`];
}

test('facts are made once, kept, and found by the next start', async () => {
  const host = testHost(texts);
  const index = await openIndex(host);
  assert.equal(index.counts.filesWithFacts, 0);
  const facts = await index.facts(['drivers/foo.c', 'nowhere.c', 'drivers/bar.c'], neverCancelled);
  assert.deepEqual([...facts.keys()], ['drivers/foo.c', 'drivers/bar.c']);
  assert.deepEqual(
    facts.get('drivers/foo.c')!.functions.map(({ name }) => name),
    ['foo_open'],
  );
  assert.equal(index.counts.filesWithFacts, 2);
  await index.close();
  const next = await openIndex(host);
  host.tree.reads.clear();
  const again = await next.facts(['drivers/foo.c'], neverCancelled);
  assert.deepEqual(
    again.get('drivers/foo.c')!.functions.map(({ name }) => name),
    ['foo_open'],
  );
  assert.equal(host.tree.reads.size, 0);
});

test('two questions at once have a file read once', async () => {
  const host = testHost(texts);
  const index = await openIndex(host);
  host.tree.reads.clear();
  const token = { isCancellationRequested: false };
  const cancelled = index.facts(['drivers/bar.c', 'include/bar.h'], token);
  const questions = [1, 2, 3].map(() => index.facts(['drivers/foo.c', 'drivers/bar.c'], neverCancelled));
  token.isCancellationRequested = true;
  await assert.rejects(cancelled, (error) => CancelledError.is(error));
  for (const facts of await Promise.all(questions))
    assert.deepEqual([...facts.keys()], ['drivers/foo.c', 'drivers/bar.c']);
  assert.equal(host.tree.reads.get('drivers/foo.c'), 1);
  assert.ok((host.tree.reads.get('drivers/bar.c') ?? 0) <= 2);
});

test('a file that changed since the last look gives its new facts, and its symbols follow', async () => {
  const host = testHost(texts);
  const index = await openIndex(host);
  host.tree.write('drivers/foo.c', 'int changed(void) { }');
  const facts = await index.facts(['drivers/foo.c'], neverCancelled);
  assert.deepEqual(
    facts.get('drivers/foo.c')!.functions.map(({ name }) => name),
    ['changed'],
  );
  await index.refresh([]);
  assert.deepEqual(paths(index, 'changed'), ['drivers/foo.c']);
});

test('background work makes all facts, can be paused, cancelled and taken up again', async () => {
  const many: Record<string, string> = {};
  for (let i = 0; i < 200; i++) many[`d${i % 4}/f${i}.c`] = `int f_${i}(void) { return g_${i}(); }`;
  const host = testHost(many);
  const index = await openIndex(host);
  const token = { isCancellationRequested: false };
  const seen: IndexProgress[] = [];
  const cancelled = index.indexFacts({
    token,
    onProgress: (progress) => {
      seen.push(progress);
      if (progress.done > 0) token.isCancellationRequested = true;
    },
  });
  await assert.rejects(cancelled, (error) => CancelledError.is(error));
  const partial = index.counts.filesWithFacts;
  assert.ok(partial > 0 && partial < 200, `${partial} files`);

  await index.indexFacts({ folders: ['d1'] });
  assert.ok(index.counts.filesWithFacts >= 50);

  index.pause();
  let isDone = false;
  const run = index.indexFacts({}).then(() => (isDone = true));
  await new Promise((resolve) => setTimeout(resolve, 120));
  assert.equal(isDone, false);
  assert.ok(index.counts.filesWithFacts < 200);
  index.resume();
  await run;
  assert.equal(index.counts.filesWithFacts, 200);
  assert.deepEqual(seen[0], { phase: 'facts', done: 0, total: 200 });
});

test('a paused run can be cancelled', async () => {
  const index = await openIndex(testHost(texts));
  index.pause();
  const token = { isCancellationRequested: false };
  const run = index.indexFacts({ token });
  token.isCancellationRequested = true;
  await assert.rejects(run, (error) => CancelledError.is(error));
});

test('an overlay replaces, adds and removes files, and shares the rest', async () => {
  const host = testHost(texts);
  const index = await openIndex(host);
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const view = await index.overlay(
    new Map([
      ['drivers/foo.c', bytes('int foo_close(void) { bar_lock(); }\nstruct ops o = { .open = foo_close };')],
      ['drivers/bar.c', undefined],
      ['drivers/new.c', bytes('void bar_lock(void) { }')],
    ]),
  );
  assert.deepEqual(paths(view, 'bar_lock'), ['drivers/new.c']);
  assert.deepEqual(paths(view, 'foo_open'), []);
  assert.deepEqual(view.functionsInField('open'), [{ path: 'drivers/foo.c', name: 'foo_close' }]);
  assert.deepEqual(view.files, ['arch/x86/a.c', 'drivers/foo.c', 'drivers/new.c', 'include/bar.h']);
  const facts = await view.facts(['drivers/foo.c', 'drivers/bar.c', 'include/bar.h'], neverCancelled);
  assert.deepEqual([...facts.keys()], ['drivers/foo.c', 'include/bar.h']);
  assert.deepEqual(
    facts.get('drivers/foo.c')!.functions.map(({ name }) => name),
    ['foo_close'],
  );
  assert.equal(await view.text('drivers/bar.c'), undefined);
  assert.deepEqual(paths(index, 'bar_lock'), ['drivers/bar.c'], 'the tree below is as it was');

  const over = await view.overlay(new Map([['drivers/bar.c', bytes('int top;')]]));
  assert.deepEqual(paths(over, 'top'), ['drivers/bar.c']);
  host.tree.write('include/bar.h', 'int from_disk;');
  await index.refresh(['include/bar.h']);
  assert.deepEqual(paths(over, 'from_disk'), ['include/bar.h']);
});

test('a text that the parser gives up on is named and counted, and the rest is answered', async () => {
  const refuse = (): never => {
    throw new Error('takes too long to parse');
  };
  const refusing: CParser = {
    name: 'wasm',
    access: 'memory',
    parse: refuse,
    openDocument: () => ({ update: refuse, dispose: () => {} }),
    dispose: () => {},
  };
  const index = await openIndex({ ...testHost(texts), createParser: async () => refusing });
  const text = new TextEncoder().encode('int f(void) { }');
  const view = await index.overlay(new Map([['drivers/new.c', text]]));
  const facts = await view.facts(['drivers/new.c'], neverCancelled);
  assert.equal(facts.size, 0);
  assert.deepEqual(view.counts.skipped, [{ path: 'drivers/new.c', reason: 'takes too long to parse' }]);
  assert.deepEqual(paths(view, 'f'), ['drivers/new.c'], 'its symbols come from tokens');
});

test('a text that is typed gives the facts of each state, as if it were read afresh', async () => {
  const index = await openIndex(testHost(texts));
  const states = [
    'int f(void) { a(); }',
    'int f(void) { a(); b(); }',
    'int f(void) { a(',
    'struct s { int x; };',
    'int f(void) { a(); }',
  ];
  for (const state of states) {
    const text = new TextEncoder().encode(state);
    const typed = (await (await index.overlay(new Map([['t.c', text]]))).facts(['t.c'], neverCancelled)).get(
      't.c',
    );
    const fresh = new FactsReader(await createParser('wasm')).read(text);
    assert.ok(typed);
    assert.deepEqual(encodeFacts(typed), encodeFacts(fresh), state);
  }
  await index.close();
});

test('a cache that cannot be written is said once, and everything works', async () => {
  const host = testHost(texts);
  const full = (): Promise<void> => Promise.reject(new Error('EROFS: read-only file system'));
  host.cache.replace = full;
  host.cache.append = full;
  const index = await openIndex(host);
  const facts = await index.facts(['drivers/foo.c'], neverCancelled);
  assert.equal(facts.size, 1);
  await index.indexFacts();
  await index.close();
  assert.equal(host.logged.length, 1);
  assert.match(host.logged[0]!, /cache cannot be written.*read-only/);
});
