/*
 * A driver whose work takes what the code holds that waits for the work, and a lock that is not let go.
 */
#include "bond.h"

static DEFINE_MUTEX(acme_mutex);

static const struct acme_ops acme_ops = {
	.stop = acme_stop,
};

static void acme_stop(struct acme *acme)
{
	cancel_work_sync(&acme->reset);
}

static void acme_reset(struct work_struct *work)
{
	struct acme *acme = container_of(work, struct acme, reset);

	mutex_lock(&acme_mutex);
	acme->resets++;
	mutex_unlock(&acme_mutex);
}

int acme_setup(struct acme *acme)
{
	acme->ops = &acme_ops;
	mutex_init(&acme->lock);
	INIT_WORK(&acme->reset, acme_reset);
	return 0;
}

void acme_error(struct acme *acme)
{
	schedule_work(&acme->reset);
}

void acme_remove(struct acme *acme)
{
	mutex_lock(&acme_mutex);
	acme->ops->stop(acme);
	mutex_unlock(&acme_mutex);
}

int acme_write(struct acme *acme, int value)
{
	mutex_lock(&acme->lock);
	if (acme->resets > value)
		return -EINVAL;
	if (acme_report(value)) {
		mutex_unlock(&acme->lock);
		return -EIO;
	}
	mutex_unlock(&acme->lock);
	return 0;
}
