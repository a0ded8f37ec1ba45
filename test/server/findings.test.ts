// findings.test.ts
// Cycles in the editor, by the server as it ships: a driver that takes two locks in both orders gets a warning; edited
// away, it is gone, and it comes back with the undo.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { FoundCycle } from '../../src/server/protocol.ts';
import { bothOrdersByCall as driver } from './acmeDriver.ts';
import { lineWith, makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';
import { StdioClient } from './stdioClient.ts';

const file = 'drivers/acme/acme.c';

const wanting = lineWith(driver, 'int acme_stop') + 3;
let tree: SmallTree;
let client: StdioClient | undefined;

beforeEach(() => {
  tree = makeSmallTree({ [file]: driver });
});
afterEach(async () => {
  await client?.dispose();
  tree.dispose();
});

async function opened(settings?: unknown): Promise<{ readonly editor: StdioClient; readonly uri: string }> {
  const editor = (client = await StdioClient.start({ folder: tree.root, settings }));
  return { editor, uri: await editor.open(file, driver) };
}

async function found(editor: StdioClient, uri: string): Promise<readonly FoundCycle[]> {
  const answer = await editor.findings(uri);
  assert.equal(answer.kind, 'findings', editor.logged.join('\n'));
  return answer.kind === 'findings' ? answer.findings : [];
}

/** Sent before the answer to `findings`. */
const shown = (editor: StdioClient, uri: string): readonly Diagnostic[] => editor.diagnostics.get(uri) ?? [];

test('two locks in both orders are a warning, with the way to it', async () => {
  const { editor, uri } = await opened();
  const [cycle, ...more] = await found(editor, uri);
  assert.equal(more.length, 0);
  assert.equal(cycle?.view.rule, 'lock-cycle');
  assert.equal(cycle.view.threads.length, 2);
  assert.match(cycle.view.text, /acme_list_lock/);
  const [warning] = shown(editor, uri);
  assert.equal(warning?.code, 'lock-cycle');
  assert.match(warning.codeDescription?.href ?? '', /\/docs\/rules\/lock-cycle\.md$/);
  assert.equal(driver.split('\n')[warning.range.start.line]?.startsWith('\tmutex_lock('), true);
  const lines = warning.relatedInformation?.map(({ location }) => location.range.start.line) ?? [];
  assert.ok(lines.includes(lineWith(driver, '\tacme_port_reset')), String(lines));
  assert.ok(lines.includes(wanting), String(lines));
});

test('functions of the cycle have a lens of their own for it, behind the one that was there first', async () => {
  const { editor, uri } = await opened();
  const first = await editor.titles(uri);
  assert.ok(!first.includes('1 cycle'));
  const [cycle] = await found(editor, uri);
  const lenses = (await editor.lenses(uri)).filter(
    ({ command }) => command?.command === 'holdwait.showCycle',
  );
  assert.deepEqual(
    lenses.map(({ range, command }) => [range.start.line, command?.title]),
    ['static void acme_port_reset', 'int acme_open', 'int acme_stop'].map((name) => [
      lineWith(driver, name),
      '1 cycle',
    ]),
  );
  assert.deepEqual(lenses[0]?.command?.arguments, [{ uri, ids: [cycle?.view.id] }]);
});

test('an edit that breaks the cycle clears the warning, and its undo brings it back', async () => {
  const { editor, uri } = await opened();
  await found(editor, uri);
  assert.equal(shown(editor, uri).length, 1);
  for (const [i, line] of [wanting, wanting + 1].entries()) await editor.edit(uri, 2 + i, line, 1, 1, '//');
  assert.equal((await found(editor, uri)).length, 0);
  assert.equal(shown(editor, uri).length, 0);
  assert.ok(!(await editor.titles(uri)).includes('1 cycle'));
  for (const [i, line] of [wanting, wanting + 1].entries()) await editor.edit(uri, 4 + i, line, 1, 3, '');
  assert.equal((await found(editor, uri)).length, 1);
  assert.equal(shown(editor, uri).length, 1);
});

test('a closed file has no warnings, and neither has one whose owner wants none', async () => {
  const { editor, uri } = await opened();
  await found(editor, uri);
  await editor.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { holdwait: { diagnostics: { enabled: false } } },
  });
  assert.equal((await found(editor, uri)).length, 1);
  assert.equal(shown(editor, uri).length, 0);
  await editor.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { holdwait: { diagnostics: { enabled: true } } },
  });
  await found(editor, uri);
  assert.equal(shown(editor, uri).length, 1);
  await editor.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  assert.deepEqual(await editor.findings(uri), { kind: 'not-open' });
  assert.equal(shown(editor, uri).length, 0);
});

test('a finding that the team has put aside is not told', async () => {
  const { editor, uri } = await opened();
  const [cycle] = await found(editor, uri);
  tree.write(
    '.holdwait-suppressions.json',
    JSON.stringify({
      version: 1,
      suppressions: [{ id: cycle?.view.id, status: 'false-positive', reason: 'They never run at once.' }],
    }),
  );
  await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: editor.uriOf('.holdwait-suppressions.json'), type: 1 }],
  });
  for (let i = 0; i < 20 && (await found(editor, uri)).length > 0; i++) {
    // The change is taken over while the first answer is on its way.
  }
  assert.equal(shown(editor, uri).length, 0);
});

test('what was found earlier in files that nobody has opened is no warning', async () => {
  const other = 'drivers/acme/other.c';
  const text = 'extern int acme_open(void);\nint acme_probe(void)\n{\n\treturn acme_open();\n}\n';
  tree.write(other, text);
  tree.write('drivers/zeta/zeta.c', driver.replaceAll('acme', 'zeta'));
  const editor = (client = await StdioClient.start({ folder: tree.root }));
  const uri = await editor.open(other, text);
  const findings = await found(editor, uri);
  assert.deepEqual(
    findings.map(({ functions }) => functions.every(({ path }) => path.startsWith('drivers/acme/'))),
    [true],
  );
  assert.deepEqual([...editor.diagnostics.values()].flat(), []);
});

test('a file outside of kernel trees has none', async () => {
  tree.remove('Makefile');
  tree.remove('MAINTAINERS');
  const { editor, uri } = await opened();
  assert.deepEqual(await editor.findings(uri), { kind: 'no-kernel-tree' });
});
