// SPDX-License-Identifier: GPL-2.0
#include <linux/mutex.h>
#include <linux/workqueue.h>
#include "acme.h"

static void acme_reset_work(struct work_struct *work)
{
	struct acme *acme = container_of(work, struct acme, reset_work);

	writel(1, acme->regs);
}

void acme_init(struct acme *acme)
{
	mutex_init(&acme->io_lock);
	mutex_init(&acme->stats_lock);
	INIT_WORK(&acme->reset_work, acme_reset_work);
}

int acme_open(struct acme *acme)
{
	mutex_lock(&acme->io_lock);
	acme->is_up = true;
	mutex_unlock(&acme->io_lock);
	schedule_work(&acme->reset_work);
	return 0;
}

static void acme_stop(struct acme *acme)
{
	writel(0, acme->regs);
	cancel_work_sync(&acme->reset_work);
}

int acme_suspend(struct acme *acme)
{
	mutex_lock(&acme->io_lock);
	acme->is_up = false;
	acme_stop(acme);
	mutex_unlock(&acme->io_lock);
	return 0;
}
