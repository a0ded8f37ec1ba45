// settings.test.ts
// The settings that package.json offers: few, each with its reason, and each read by somebody.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifest } from './manifest.ts';
import { sourceFilesIn } from './sources.ts';

const settings = Object.entries(manifest.contributes.configuration.properties);
const extensionText = textOf('extension');
const serverText = textOf('src/server');
/** Read by the extension, which has no need to tell the server. */
const sentToServer = textOf('extension/settings.ts');

test('there are fewer than 20', () => {
  assert.ok(settings.length > 0);
  assert.ok(settings.length < 20, `${settings.length} settings`);
});

test('every setting is described in sentences and has a default', () => {
  for (const [key, setting] of settings) {
    assert.match(key, /^holdwait\.[a-z]\w*(?:\.[a-z]\w*)?$/);
    assert.match(setting.markdownDescription ?? '', /^[A-Z].*\.$/s, `${key} has a markdownDescription`);
    assert.ok('default' in setting, `${key} has a default`);
  }
});

test('every setting is read by the extension, and by the server where it is sent there', () => {
  for (const [key] of settings) {
    const path = key.replace(/^holdwait\./, '');
    assert.ok(extensionText.includes(`'${path}'`), `extension/ reads ${key}`);
    if (sentToServer.includes(`'${path}'`))
      assert.ok(serverText.includes(`'${path}'`), `src/server reads ${key}`);
  }
});

test('what names programs or places outside is not taken from a folder that nobody trusts', () => {
  const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations ?? [];
  for (const key of restricted)
    assert.ok(
      settings.some(([name]) => name === key),
      `${key} is a setting`,
    );
  const outward = settings.filter(
    ([key, { scope }]) =>
      /path|program|command|folder|file/i.test(key) && !(scope ?? '').startsWith('machine'),
  );
  assert.deepEqual(
    outward.map(([key]) => key).filter((key) => !restricted.includes(key)),
    [],
  );
});

function textOf(place: string): string {
  const folder = place.replace(/\/[^/]*\.ts$/, '');
  const files = sourceFilesIn(folder).filter(({ path }) => path.startsWith(place));
  return files.map(({ text }) => text).join('\n');
}
