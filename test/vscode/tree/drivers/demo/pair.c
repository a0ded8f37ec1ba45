// SPDX-License-Identifier: MIT
/* Two locks in both orders, for tests inside VS Code. */
#include <linux/mutex.h>

static DEFINE_MUTEX(pair_left_lock);
static DEFINE_MUTEX(pair_right_lock);

int pair_open(void)
{
	mutex_lock(&pair_left_lock);
	mutex_lock(&pair_right_lock);
	mutex_unlock(&pair_right_lock);
	mutex_unlock(&pair_left_lock);
	return 0;
}

int pair_close(void)
{
	mutex_lock(&pair_right_lock);
	mutex_lock(&pair_left_lock);
	mutex_unlock(&pair_left_lock);
	mutex_unlock(&pair_right_lock);
	return 0;
}
