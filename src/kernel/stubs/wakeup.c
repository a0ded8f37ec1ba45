/*
 * Devices that wake the system: their sources are told to user space by devices of a class.
 */

#include <linux/pm_wakeup.h>

extern int holdwait_any;

int device_wakeup_enable(struct device *dev)
{
	might_sleep();
	return holdwait_any;
}

int device_set_wakeup_enable(struct device *dev, bool enable)
{
	might_sleep();
	return holdwait_any;
}

struct wakeup_source *wakeup_source_register(struct device *dev, const char *name)
{
	struct wakeup_source *ws;

	might_sleep();
	return ws;
}

void device_wakeup_disable(struct device *dev)
{
	synchronize_srcu(&wakeup_srcu);
}

void wakeup_source_unregister(struct wakeup_source *ws)
{
	synchronize_srcu(&wakeup_srcu);
	del_timer_sync(&ws->timer);
	holdwait_remove_class_device(ws->dev);
}
