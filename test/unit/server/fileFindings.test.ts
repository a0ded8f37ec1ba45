// fileFindings.test.ts
// What is found around one file of a tree: its own driver, with unsaved text, at places as editors count them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neverCancelled } from '../../../src/base/cancel.ts';
import { actionsFor, diagnosticsFor } from '../../../src/server/diagnostics.ts';
import { findingsOfFile } from '../../../src/server/fileFindings.ts';
import type { LookedAround } from '../../../src/server/fileFindings.ts';
import { bytesOf } from '../../support/factsReader.ts';
import { memoryIndex } from '../../support/memoryIndex.ts';

const head = '#include <linux/mutex.h>\nextern struct mutex acme_a, acme_b;\nvoid acme_take_b(void);\n';
const both = (fn: string, first: string, second: string): string =>
  `int ${fn}(void)\n{\n\tmutex_lock(&${first});\n\t/* ü */ mutex_lock(&${second});\n\tmutex_unlock(&${second});\n\tmutex_unlock(&${first});\n\treturn 0;\n}\n`;

const files = {
  'include/linux/mutex.h': 'struct mutex { int owner; };\n',
  'drivers/acme/one.c': `${head}struct mutex acme_a, acme_b;\n${both('acme_open', 'acme_a', 'acme_b')}`,
  'drivers/acme/two.c': `${head}int acme_open(void);\n${both('acme_stop', 'acme_b', 'acme_a')}`,
  'drivers/acme/three.c': 'int acme_alone(void)\n{\n\treturn 0;\n}\n',
};
const index = await memoryIndex(files);

function look(
  path: string,
  texts: Readonly<Record<string, string>> = {},
  suppressions?: string,
): Promise<LookedAround> {
  const bytes = Object.entries(texts).map(([name, text]) => [name, bytesOf(text)] as const);
  const list = suppressions === undefined ? undefined : bytesOf(suppressions);
  return findingsOfFile(index, { path, texts: new Map(bytes), suppressions: list }, neverCancelled);
}

test('the driver of the file is looked at, and no other', async () => {
  const around = await look('drivers/acme/two.c');
  assert.deepEqual(around.files, ['drivers/acme/one.c', 'drivers/acme/two.c']);
  assert.deepEqual(
    around.findings.map(({ view }) => view.rule),
    ['lock-cycle'],
  );
  const alone = await look('drivers/acme/three.c');
  assert.deepEqual(alone, { files: ['drivers/acme/three.c'], findings: [], locks: alone.locks });
});

test('a header of the whole kernel belongs to no driver, and a file that is nowhere to none', async () => {
  const nothing = { files: [], findings: [], locks: { locks: [], orders: [], steps: [] } };
  assert.deepEqual(await look('include/linux/mutex.h'), nothing);
  assert.deepEqual(await look('drivers/acme/none.c'), nothing);
});

test('places count as editors count, and both threads are told', async () => {
  const [found] = (await look('drivers/acme/two.c')).findings;
  const wanting = found?.steps.filter(({ isLast }) => isLast) ?? [];
  assert.deepEqual(
    wanting.map(({ path, character, thread }) => [path, character, thread]),
    [
      ['drivers/acme/one.c', '\t/* ü */ '.length, 0],
      ['drivers/acme/two.c', '\t/* ü */ '.length, 1],
    ],
  );
  assert.deepEqual(found?.functions.map(({ name }) => name).sort(), ['acme_open', 'acme_stop']);
  assert.match(found.view.text, /^1\. .*acme_a/);
});

test('unsaved text counts, of other files of the driver too', async () => {
  const path = 'drivers/acme/one.c';
  const sorted = files[path].replace(
    both('acme_open', 'acme_a', 'acme_b'),
    both('acme_open', 'acme_b', 'acme_a'),
  );
  assert.equal((await look('drivers/acme/two.c', { [path]: sorted })).findings.length, 0);
  assert.equal((await look('drivers/acme/two.c', { [path]: files[path] })).findings.length, 1);
});

test('what somebody has put aside is not told', async () => {
  const [found] = (await look('drivers/acme/two.c')).findings;
  const entry = { id: found?.view.id, status: 'false-positive', reason: 'They never run at once.' };
  const list = JSON.stringify({ version: 1, suppressions: [entry] });
  assert.equal((await look('drivers/acme/two.c', {}, list)).findings.length, 0);
});

test('a diagnostic stands where the thread of its own file waits', async () => {
  const { findings } = await look('drivers/acme/two.c');
  const sure = findings.map((found) => ({ ...found, view: { ...found.view, confidence: 'high' as const } }));
  const path = 'drivers/acme/two.c';
  const file = {
    root: 'file:///k',
    path,
    text: files[path],
    rulePage: (rule: string) => `file:///docs/${rule}`,
  };
  const [diagnostic] = diagnosticsFor(sure, file);
  const line = files[path].split('\n').findIndex((text) => text.includes('/* ü */'));
  assert.deepEqual(diagnostic?.range, {
    start: { line, character: 9 },
    end: { line, character: 9 + 'mutex_lock(&acme_a);'.length },
  });
  assert.equal(diagnostic.codeDescription?.href, 'file:///docs/lock-cycle');
  assert.deepEqual(
    [...new Set(diagnostic.relatedInformation?.map(({ location }) => location.uri))],
    ['file:///k/drivers/acme/one.c', 'file:///k/drivers/acme/two.c'],
  );
  const [action] = actionsFor([diagnostic], 'file:///k/two.c');
  assert.deepEqual(action?.command?.arguments, [{ uri: 'file:///k/two.c', ids: [findings[0]?.view.id] }]);
  assert.deepEqual(diagnosticsFor(sure, { ...file, path: 'drivers/acme/three.c' }), []);
  const unsure = findings.map((found) => ({
    ...found,
    view: { ...found.view, confidence: 'medium' as const },
  }));
  assert.deepEqual(diagnosticsFor(unsure, file), []);
});
