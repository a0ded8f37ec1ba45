// Functions of others that sleep only for objects that ask for it: who calls them with a spinlock held did not ask.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkFiles } from '../../support/checkedFixtures.ts';
import { bytesOf, createTestParser } from '../../support/factsReader.ts';

const parser = await createTestParser();

const header = (body: string): string => `
#include "../kernel.h"
struct channel { int may_block; struct completion sent; };
static inline int channel_send(struct channel *channel)
{
	${body}
	return 0;
}
`;

const driver = `
#include "channel.h"
struct acme { spinlock_t lock; struct channel *channel; };
void acme_ring(struct acme *acme)
{
	spin_lock(&acme->lock);
	channel_send(acme->channel);
	spin_unlock(&acme->lock);
}
`;

async function confidences(body: string): Promise<readonly string[]> {
  const files = new Map([
    ['drivers/channel.h', bytesOf(header(body))],
    ['drivers/acme.c', bytesOf(driver)],
  ]);
  const { findings } = await checkFiles(files, ['drivers/acme.c'], parser);
  return findings.flatMap(({ rule, confidence }) => (rule === 'sleep-in-atomic' ? confidence : []));
}

test('what sleeps where its object asks for it is believed less than what always sleeps', async () => {
  assert.deepEqual(await confidences('wait_for_completion(&channel->sent);'), ['high']);
  assert.deepEqual(await confidences('if (channel->may_block) wait_for_completion(&channel->sent);'), [
    'low',
  ]);
});

test('a way out before it is no such question', async () => {
  const body = 'if (channel->may_block) return 1; wait_for_completion(&channel->sent);';
  assert.deepEqual(await confidences(body), ['high']);
});
