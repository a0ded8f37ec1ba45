// A header's functions take and let go a lock that the object points at: both name the same lock, though one is given
// the object and the other what it returned.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkFiles } from '../../support/checkedFixtures.ts';
import { bytesOf, createTestParser } from '../../support/factsReader.ts';

const parser = await createTestParser();

const header = `
#include "../kernel.h"
struct v4l2_subdev_state { struct mutex _lock; struct mutex *lock; };
struct v4l2_subdev { struct v4l2_subdev_state *active_state; };
static inline void v4l2_subdev_lock_state(struct v4l2_subdev_state *state) { mutex_lock(state->lock); }
static inline void v4l2_subdev_unlock_state(struct v4l2_subdev_state *state) { mutex_unlock(state->lock); }
static inline struct v4l2_subdev_state *v4l2_subdev_lock_and_get_active_state(struct v4l2_subdev *sd)
{
	if (sd->active_state)
		v4l2_subdev_lock_state(sd->active_state);
	return sd->active_state;
}
`;

const driver = (end: string): string => `
#include "subdev.h"
struct acme { struct v4l2_subdev sd; int mode; };
int acme_init_state(struct acme *acme)
{
	struct v4l2_subdev_state *state = v4l2_subdev_lock_and_get_active_state(&acme->sd);

	if (acme->mode < 0)
		${end}
	acme->mode = 1;
	v4l2_subdev_unlock_state(state);
	return 0;
}
int acme_probe(struct acme *acme)
{
	int ret = acme_init_state(acme);

	return ret < 0 ? ret : acme_start(acme);
}
`;

async function told(end: string): Promise<readonly string[]> {
  const files = new Map([
    ['drivers/subdev.h', bytesOf(header)],
    ['drivers/acme.c', bytesOf(driver(end))],
  ]);
  const { findings } = await checkFiles(files, ['drivers/acme.c'], parser);
  return findings.map(({ rule, title }) => `${rule}: ${title}`);
}

test('the lock of a state is let go through the state that was returned', async () => {
  assert.deepEqual(await told('acme->mode = 0;'), []);
  assert.deepEqual(await told('return -EINVAL;'), [
    'lock-leak: acme_init_state() returns with v4l2_subdev_state.lock held',
  ]);
});
