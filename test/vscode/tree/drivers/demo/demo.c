// SPDX-License-Identifier: MIT
/* A driver with one lock and one piece of deferred work, for tests inside VS Code. */
#include <linux/mutex.h>
#include <linux/workqueue.h>

struct demo {
	struct mutex io_lock;
	struct work_struct reset_work;
	int errors;
};

static DEFINE_MUTEX(demo_list_mutex);

static void demo_reset(struct work_struct *work)
{
	struct demo *demo = container_of(work, struct demo, reset_work);

	mutex_lock(&demo->io_lock);
	demo->errors = 0;
	mutex_unlock(&demo->io_lock);
}

static void demo_stop(struct demo *demo)
{
	mutex_lock(&demo_list_mutex);
	cancel_work_sync(&demo->reset_work);
	mutex_unlock(&demo_list_mutex);
}

static int demo_double(int errors)
{
	return errors * 2;
}

int demo_close(struct demo *demo)
{
	demo_stop(demo);
	return demo_double(demo->errors);
}

int demo_open(struct demo *demo)
{
	INIT_WORK(&demo->reset_work, demo_reset);
	schedule_work(&demo->reset_work);
	return 0;
}
