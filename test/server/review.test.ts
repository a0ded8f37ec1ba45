// review.test.ts
// A patch reviewed by the server as it ships, for an editor that sends its text.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import type { WorkDoneProgressReport } from 'vscode-languageserver/node';
import { mailText, wordsAbout } from '../../src/report/mailDraft.ts';
import type { ReviewAnswer } from '../../src/server/protocol.ts';
import { oneOrder, otherOrderPatch } from './acmeDriver.ts';
import { makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';
import { StdioClient } from './stdioClient.ts';

let tree: SmallTree;
let client: StdioClient;

beforeEach(async () => {
  tree = makeSmallTree({ 'drivers/acme/acme.c': oneOrder });
  client = await StdioClient.start({ folder: tree.root });
});
afterEach(async () => {
  await client.dispose();
  tree.dispose();
});

test('what a patch brings in comes as text, as a reply and as the panel shows it', async () => {
  const answer = await review(otherOrderPatch);
  assert.equal(answer.answer, '1 cycle introduced');
  assert.match(answer.text, /^acme: stop in the other order\n/);
  const [found, ...more] = answer.findings;
  assert.equal(more.length, 0);
  assert.equal(found?.view.status, 'introduced');
  assert.match(found.view.reply, /^> @@ /m);
  assert.equal(found.view.threads.length, 2);
});

test('what is no patch is refused with a reason', async () => {
  const answer = await client.review('Dear all,\n');
  assert.deepEqual(answer, { kind: 'refused', reason: 'there is no patch in the patch' });
});

test('the mail has the same bytes as that of the command line', async () => {
  const { mail } = await review(otherOrderPatch);
  tree.write('stop.patch', otherOrderPatch);
  const cli = ['dist/cli.js', 'review', '--format', 'mail', '--no-cache', '--quiet', '--tree', tree.root];
  const run = spawnSync(process.execPath, [...cli, join(tree.root, 'stop.patch')], { encoding: 'utf8' });
  assert.equal(run.status, 1, run.stderr);
  assert.match(run.stdout, /^To: A U Thor/);
  assert.equal(mailText(mail), run.stdout);
});

test('a finding names the line of the patch that brings it in, and what is said about it', async () => {
  const { findings, mail, lastState } = await review(otherOrderPatch);
  const [found] = findings;
  assert.deepEqual([found?.patch, found?.state, lastState], [1, 1, 1]);
  assert.deepEqual(found?.changedAt, { path: 'drivers/acme/acme.c', line: 18, character: 1 });
  assert.match(wordsAbout(mail, found?.view.id ?? '') ?? '', /^Can this deadlock\? {2}acme_stop\(\)/);
});

test('a file can be had as it was and as the patch makes it, and the tree stays as it is', async () => {
  const { id, touched } = await review(otherOrderPatch);
  const path = 'drivers/acme/acme.c';
  const textIn = (state: number): Promise<unknown> =>
    client.connection.sendRequest('holdwait/reviewedText', { review: id, path, state });
  assert.deepEqual(touched, [{ path, oldPath: path }]);
  assert.deepEqual(await textIn(0), { kind: 'text', text: oneOrder });
  assert.match(JSON.stringify(await textIn(1)), /acme_open.*acme_stop/);
  assert.equal(readFileSync(join(tree.root, path), 'utf8'), oneOrder);
  const unknown = { review: 1, path, state: 0 };
  assert.deepEqual(await client.connection.sendRequest('holdwait/reviewedText', unknown), {
    kind: 'forgotten',
  });
});

test('what does not apply says so at its line, with what the tree has there', async () => {
  const { patches, answer } = await review(otherOrderPatch.replace(' \treturn 0;', ' \treturn 1;'));
  const [problem] = patches[0]?.problems ?? [];
  assert.match(answer, /does not apply/);
  assert.match(problem?.text ?? '', /^it does not apply to linux 6\.1\.0 at drivers\/acme\/acme\.c:13: /);
  assert.deepEqual(problem?.place, { in: 'tree', path: 'drivers/acme/acme.c', line: 13 });
  assert.deepEqual(problem?.evidence, ['the patch has: \treturn 1;', 'the tree has:  \treturn 0;']);
});

test('bytes that are no UTF-8 stay what they are', async () => {
  const latin = otherOrderPatch.replace('A U Thor', 'J\u00f6rg').replaceAll('acme_stop', 'acme_\u00e9');
  const bytes = Buffer.from(latin, 'latin1');
  const source = { kind: 'bytes', base64: bytes.toString('base64'), name: 'latin.patch' };
  const answer = await client.connection.sendRequest<ReviewAnswer>('holdwait/review', { uri: '', source });
  assert.equal(answer.kind === 'review' && answer.patches[0]?.status, 'applied');
});

test('progress is told to who asks for it', async () => {
  const told: string[] = [];
  client.connection.onNotification(
    '$/progress',
    ({ value }: { readonly value: WorkDoneProgressReport }) => void told.push(value.message ?? value.kind),
  );
  const source = { kind: 'text', text: otherOrderPatch, name: 'the patch' };
  await client.connection.sendRequest('holdwait/review', { uri: '', source, workDoneToken: 'one' });
  assert.deepEqual(told, ['begin', 'the tree before', 'patch 1 of 1', 'end']);
});

async function review(text: string): Promise<Extract<ReviewAnswer, { readonly kind: 'review' }>> {
  const answer = await client.review(text);
  if (answer.kind !== 'review') throw new Error(JSON.stringify(answer));
  return answer;
}

test('without a repository there are no commits to choose from', async () => {
  assert.deepEqual(await client.connection.sendRequest('holdwait/commits', { uri: '', most: 5 }), {
    kind: 'no-repository',
  });
});

test('a finding is suppressed in the list of the tree, and told no more', async () => {
  const { findings, files } = await review(otherOrderPatch);
  const { id, title } = findings[0]!.view;
  const wish = { list: 'team', status: 'known', reason: 'The card has one port.' };
  const params = { ...wish, uri: '', finding: { id, title, files } };
  assert.deepEqual(await client.connection.sendRequest('holdwait/suppress', params), { kind: 'suppressed' });
  const list = readFileSync(join(tree.root, '.holdwait-suppressions.json'), 'utf8');
  assert.match(
    list,
    new RegExp(`"id": "${id}",\\s+"status": "known",\\s+"reason": "The card has one port\\."`),
  );
  const { answer, findings: again, mail } = await review(otherOrderPatch);
  assert.equal(answer, 'Nothing introduced, 1 suppressed');
  assert.deepEqual(again[0]?.suppression, {
    status: 'known',
    reason: 'The card has one port.',
    from: 'team',
  });
  assert.equal(mail.kind, 'nothing');
});

test('a list with a mistake in it is not written over', async () => {
  tree.write('.holdwait-suppressions.json', '{ "version": 2 }');
  const finding = { id: '0123456789ab', title: 'it waits', files: [] };
  const params = { uri: '', list: 'team', finding, status: 'known', reason: 'so' };
  const answer = await client.connection.sendRequest('holdwait/suppress', params);
  assert.match(JSON.stringify(answer), /"refused".*\.holdwait-suppressions\.json:1:14: .*nothing is changed/);
  assert.equal(readFileSync(join(tree.root, '.holdwait-suppressions.json'), 'utf8'), '{ "version": 2 }');
});

test('a review that nobody waits for any more ends, and the next one is answered', async () => {
  const cancellation = new CancellationTokenSource();
  const source = { kind: 'text', text: otherOrderPatch, name: 'the patch' };
  const asked = client.connection.sendRequest('holdwait/review', { uri: '', source }, cancellation.token);
  cancellation.cancel();
  await assert.rejects(asked, { code: LSPErrorCodes.RequestCancelled });
  assert.equal((await review(otherOrderPatch)).answer, '1 cycle introduced');
});
