// readme.test.ts
// What the documents tell people to run and to read is there.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };
import { inProject, projectRoot } from '../../scripts/project.mjs';

const documents = readdirSync(projectRoot).filter((name) => name.endsWith('.md'));

for (const path of documents) {
  const text = readFileSync(inProject(path), 'utf8');

  test(`${path}: every npm script exists`, () => {
    const named = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
    assert.deepEqual(
      named.filter((name) => !(name in manifest.scripts)),
      [],
    );
  });

  test(`${path}: every linked file exists`, () => {
    const linked = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map((match) => match[1] ?? '');
    assert.deepEqual(
      linked.filter((name) => !existsSync(inProject(name))),
      [],
    );
  });
}
