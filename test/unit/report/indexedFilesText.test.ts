// indexedFilesText.test.ts
// The text about what is indexed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexedFilesText } from '../../../src/report/indexedFilesText.ts';

test('counts come first, then problems with their reason, then the files that are read in full', () => {
  const text = indexedFilesText([
    {
      root: '/src/linux',
      open: {
        files: 1204,
        read: ['drivers/acme/acme.c', 'drivers/acme/acme.h'],
        skipped: [{ path: 'drivers/acme/firmware.c', reason: 'it is larger than 4 MB' }],
        note: 'Only some of it is read.',
      },
    },
    { root: '/src/other' },
  ]);
  assert.equal(
    text,
    `Tree: /src/linux

1,204 files: 2 read in full, 1,201 by name only, 1 with problems
Only some of it is read.

Problems:
drivers/acme/firmware.c: it is larger than 4 MB

Read in full:
drivers/acme/acme.c
drivers/acme/acme.h

Tree: /src/other

It is not open yet.
`,
  );
});

test('what is not there has no heading', () => {
  const text = indexedFilesText([{ root: '/src/linux', open: { files: 3, read: [], skipped: [] } }]);
  assert.equal(text, 'Tree: /src/linux\n\n3 files: 0 read in full, 3 by name only, 0 with problems\n');
  assert.equal(indexedFilesText([]), 'No kernel tree is open.\n');
});
