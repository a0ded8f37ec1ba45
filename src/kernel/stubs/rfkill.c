/*
 * rfkill: one mutex for all, held while drivers are told to switch a transmitter on or off.
 */

#include <linux/rfkill.h>

extern int holdwait_any;

int rfkill_register(struct rfkill *rfkill)
{
	int ret;

	mutex_lock(&rfkill_global_mutex);
	ret = holdwait_add_class_device(&rfkill->dev);
	schedule_work(&rfkill->sync_work);
	rfkill->ops->set_block(rfkill->data, true);
	mutex_unlock(&rfkill_global_mutex);
	return ret;
}

void rfkill_unregister(struct rfkill *rfkill)
{
	cancel_delayed_work_sync(&rfkill->poll_work);
	cancel_work_sync(&rfkill->uevent_work);
	cancel_work_sync(&rfkill->sync_work);
	holdwait_remove_class_device(&rfkill->dev);
	mutex_lock(&rfkill_global_mutex);
	mutex_unlock(&rfkill_global_mutex);
}
