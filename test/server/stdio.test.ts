// stdio.test.ts
// The server as it ships, over its standard streams, on a small tree: lenses, chains, edits, and all that may go wrong.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { fooDriver, fooHeader, lineWith, makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';
import { StdioClient } from './stdioClient.ts';

const file = 'drivers/foo/foo.c';
let tree: SmallTree;
let client: StdioClient | undefined;

beforeEach(() => {
  tree = makeSmallTree();
});
afterEach(async () => {
  await client?.dispose();
  tree.dispose();
});

async function started(settings?: unknown): Promise<StdioClient> {
  return (client = await StdioClient.start({ folder: tree.root, settings }));
}

test('functions with something to say get a lens, at their name; others get none', async () => {
  const editor = await started();
  const lenses = await editor.lenses(await editor.open(file, fooDriver));
  const said = lenses.map(({ command, range }) => [range.start.line, command?.title ?? '']);
  assert.deepEqual(
    said.map(([line]) => line),
    [lineWith(fooDriver, 'static void foo_unlink'), lineWith(fooDriver, 'void foo_remove')],
  );
  assert.match(String(said[0]?.[1]), /^takes foo_list_mutex/);
  assert.match(String(said[1]?.[1]), /^takes foo\.lock.*waits for foo\.idle/);
});

test('chains list what a function does and what its callees do', async () => {
  const editor = await started();
  const uri = await editor.open(file, fooDriver);
  const answer = await editor.chains(uri, lineWith(fooDriver, 'wait_for_completion'));
  assert.ok(answer.kind === 'chains');
  assert.equal(answer.chains.name, 'foo_remove');
  const rows = answer.chains.rows.map((row) =>
    row.kind === 'call' ? `calls ${row.callee}` : `${row.effect} ${row.object}`,
  );
  assert.deepEqual(rows, ['acquire foo.lock', 'calls foo_unlink', 'wait foo.idle', 'release foo.lock']);
  const [, call] = answer.chains.rows;
  assert.ok(call?.kind === 'call');
  assert.equal(call.definition.line, lineWith(fooDriver, 'static void foo_unlink'));
  assert.equal(call.rows.length, 2);
});

test('one keystroke changes the lens', async () => {
  const editor = await started();
  const uri = await editor.open(file, fooDriver);
  const line = lineWith(fooDriver, '\twait_for_completion');
  await editor.titles(uri);
  await editor.edit(uri, 2, line, 1, 1, '//');
  assert.ok((await editor.titles(uri)).every((title) => !title.includes('waits for')));
  await editor.edit(uri, 3, line, 1, 3, '');
  assert.ok((await editor.titles(uri)).some((title) => title.includes('waits for')));
});

test('an edited header counts while its editor is open, and the file again when it is closed', async () => {
  const inline = 'static inline void foo_take(struct foo *foo)\n{\n\tmutex_lock(&foo->lock);\n}\n';
  tree.write('drivers/foo/foo.h', fooHeader + inline);
  const text = `${fooDriver}\nvoid foo_user(struct foo *foo)\n{\n\tfoo_take(foo);\n}\n`;
  const editor = await started();
  const uri = await editor.open(file, text);
  const taken = async (): Promise<string> =>
    JSON.stringify(await editor.chains(uri, lineWith(text, 'void foo_user')));
  assert.match(await taken(), /"object":"foo.lock"/);
  const header = await editor.open('drivers/foo/foo.h', (fooHeader + inline).replaceAll('lock', 'gate'));
  await editor.edit(header, 2, lineWith(fooHeader + inline, '\tmutex_lock'), 7, 11, 'lock');
  assert.match(await taken(), /"object":"foo.gate"/);
  await editor.connection.sendNotification('textDocument/didClose', { textDocument: { uri: header } });
  assert.match(await taken(), /"object":"foo.lock"/);
});

test('letters of several bytes do not move places', async () => {
  const text = fooDriver.replace('\tfoo_unlink(foo);', '\t/* 🔒 größer */ foo_unlink(foo);');
  const editor = await started();
  const uri = await editor.open(file, text);
  const answer = await editor.chains(uri, lineWith(text, 'void foo_remove'));
  assert.ok(answer.kind === 'chains');
  const line = lineWith(text, '\t/* ');
  const call = answer.chains.rows.find((row) => row.line === line);
  assert.equal(call?.character, text.split('\n')[line]?.indexOf('foo_unlink'));
});

test('a cancelled request is answered as cancelled, and the next one as ever', async () => {
  const editor = await started();
  const uri = await editor.open(file, fooDriver);
  const source = new CancellationTokenSource();
  const answer = editor.connection.sendRequest(
    'textDocument/codeLens',
    { textDocument: { uri } },
    source.token,
  );
  source.cancel();
  await assert.rejects(answer, { code: -32800 });
  assert.equal((await editor.titles(uri)).length, 2);
});

test('unknown requests and wrong parameters are errors, and the server goes on', async () => {
  const editor = await started();
  await assert.rejects(editor.connection.sendRequest('holdwait/unknown', {}));
  await assert.rejects(editor.connection.sendRequest('holdwait/chains', null));
  await assert.rejects(editor.connection.sendRequest('holdwait/chains', { uri: 7 }));
  const uri = await editor.open(file, fooDriver);
  assert.equal((await editor.titles(uri)).length, 2);
});

test('a message that is no JSON does not end the server', async () => {
  const editor = await started();
  const garbage = '{"jsonrpc": "2.0", oops';
  editor.process.stdin.write(`Content-Length: ${garbage.length}\r\n\r\n${garbage}`);
  const uri = await editor.open(file, fooDriver);
  assert.equal((await editor.titles(uri)).length, 2);
});

test('a file that is on no disk is answered from its editor; one that vanishes does not disturb', async () => {
  const editor = await started();
  const fresh = await editor.open('drivers/foo/new.c', fooDriver.replaceAll('foo_remove', 'foo_exit'));
  assert.equal((await editor.titles(fresh)).length, 2);
  const uri = await editor.open(file, fooDriver);
  tree.remove('drivers/foo/foo.h');
  tree.remove(file);
  await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [
      { uri: editor.uriOf('drivers/foo/foo.h'), type: 3 },
      { uri, type: 3 },
    ],
  });
  assert.equal((await editor.titles(uri)).length, 2);
  await editor.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  assert.equal((await editor.chains(uri, 6)).kind, 'no-function');
});

test('a change on disk is seen', async () => {
  const editor = await started();
  const uri = editor.uriOf(file);
  await editor.status(({ state }) => state.kind === 'ready');
  tree.write(file, fooDriver.replaceAll('foo_remove', 'foo_exit'));
  await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri, type: 2 }],
  });
  await editor.connection.sendRequest('holdwait/memory');
  const line = lineWith(fooDriver, 'void foo_remove');
  const names = new Set<string>();
  for (let i = 0; i < 50 && !names.has('foo_exit'); i++) {
    const answer = await editor.chains(uri, line);
    names.add(answer.kind === 'chains' ? answer.chains.name : answer.kind);
  }
  assert.ok(names.has('foo_exit'), [...names].join());
});

test('the status counts files until it is ready; pausing holds it', async () => {
  const editor = await started();
  const { state } = await editor.status((status) => status.state.kind === 'ready');
  assert.deepEqual(state, { kind: 'ready', files: 3, skipped: [] });
  await editor.connection.sendRequest('holdwait/setPaused', { paused: true });
  await editor.connection.sendRequest('holdwait/setPaused', { paused: false });
  const memory = await editor.connection.sendRequest<{ residentBytes: number }>('holdwait/memory');
  assert.ok(memory.residentBytes > 1e6);
  await editor.connection.sendRequest('holdwait/clearCache');
});

test('outside of a kernel tree there is nothing, and the status says so by listing no tree', async () => {
  tree.remove('Makefile');
  tree.remove('MAINTAINERS');
  const editor = await started();
  const uri = await editor.open(file, fooDriver);
  assert.deepEqual(await editor.titles(uri), []);
  assert.equal((await editor.chains(uri, 20)).kind, 'no-kernel-tree');
  assert.deepEqual(editor.statuses.at(-1), { trees: [] });
});

test('the server leaves with 0 after shutdown and 1 without', async () => {
  const polite = await started();
  assert.equal(await polite.leave(), 0);
  const abrupt = await started();
  await abrupt.connection.sendNotification('exit');
  assert.equal(await abrupt.exited, 1);
});

test('a server whose editor is gone ends', async () => {
  const editor = await started();
  editor.process.stdin.end();
  assert.equal(await editor.exited, 1);
});
