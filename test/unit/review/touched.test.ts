// touched.test.ts
// Which functions a change is about.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codePieces } from '../../../src/review/codePieces.ts';
import { mentions, touchedIn } from '../../../src/review/touched.ts';
import { bytesOf, createFactsReader } from '../../support/factsReader.ts';

const reader = await createFactsReader();

const base = `#include <linux/mutex.h>
#define ACME_LOCK(a) mutex_lock(&(a)->lock)

struct acme {
	struct mutex lock;
	int users;
};

static int acme_open(struct acme *a)
{
	ACME_LOCK(a);
	a->users++;
	mutex_unlock(&a->lock);
	return 0;
}

static const struct acme_ops ops = {
	.open = acme_open,
};

static void acme_close(struct acme *a)
{
	a->users--;
}
`;

function touched(...edits: readonly (readonly [string, string])[]): { functions: string[]; names: string[] } {
  const changed = edits.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), from);
    return text.replace(from, to);
  }, base);
  const pieces = (text: string): ReturnType<typeof codePieces> =>
    codePieces(bytesOf(text), reader.read(bytesOf(text)));
  const { functions, names } = touchedIn(pieces(base), pieces(changed));
  return { functions: [...functions].sort(), names: [...names].sort() };
}

test('comments, blanks and moved lines touch nothing', () => {
  const nothing = { functions: [], names: [] };
  assert.deepEqual(touched(['a->users++;', '/* one\n\t more */ a -> users ++ ; // now']), nothing);
  assert.deepEqual(touched(['#include', '\n\n/* about */\n\n#include']), nothing);
  assert.deepEqual(touched(['#define ACME_LOCK(a) mutex', '#define  ACME_LOCK(a) \\\n\tmutex']), nothing);
});

test('a function is touched by what is in it', () => {
  assert.deepEqual(touched(['a->users--;', 'a->users = 0;']), { functions: ['acme_close'], names: [] });
  assert.deepEqual(touched(['acme_close(struct', 'acme_stop(struct']), {
    functions: ['acme_close', 'acme_stop'],
    names: [],
  });
});

test('between functions the names count', () => {
  assert.deepEqual(touched(['mutex_lock(&(a)->lock)', 'mutex_lock(&(a)->mutex)']).names, ['ACME_LOCK']);
  assert.deepEqual(touched(['	int users;', '	int users;\n	spinlock_t queue_lock;']).names, ['queue_lock']);
  assert.deepEqual(touched(['	.open = acme_open,', '	.open = acme_open,\n	.stop = acme_close,']).names, [
    'acme_close',
    'stop',
  ]);
  assert.deepEqual(touched(['#include <linux/mutex.h>', '#include <linux/spinlock.h>']).names, []);
});

test('a file that is new or gone is touched as a whole', () => {
  const all = codePieces(bytesOf(base), reader.read(bytesOf(base)));
  assert.deepEqual([...touchedIn(undefined, all).functions].sort(), ['acme_close', 'acme_open']);
  assert.deepEqual([...touchedIn(all, undefined).functions].sort(), ['acme_close', 'acme_open']);
});

test('code mentions a name as a word of its own', () => {
  assert.equal(mentions('ACME_LOCK ( a ) ;', new Set(['ACME_LOCK'])), true);
  assert.equal(mentions('ACME_LOCK_ALL ( a ) ;', new Set(['ACME_LOCK'])), false);
});
