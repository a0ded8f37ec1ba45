/*
 * Thermal zones and cooling devices: bound to each other under one mutex for all, read under the lock of the zone.
 */

#include <linux/thermal.h>

extern int holdwait_any;

void thermal_zone_device_update(struct thermal_zone_device *tz, enum thermal_notify_event event)
{
	mutex_lock(&tz->lock);
	tz->ops->get_temp(tz, NULL);
	tz->ops->set_trips(tz, 0, 0);
	mutex_unlock(&tz->lock);
}

static int thermal_zone_device_set_mode(struct thermal_zone_device *tz)
{
	int ret;

	mutex_lock(&tz->lock);
	ret = tz->ops->change_mode(tz, THERMAL_DEVICE_ENABLED);
	mutex_unlock(&tz->lock);
	thermal_zone_device_update(tz, THERMAL_EVENT_UNSPECIFIED);
	return ret;
}

int thermal_zone_device_enable(struct thermal_zone_device *tz)
{
	return thermal_zone_device_set_mode(tz);
}

int thermal_zone_device_disable(struct thermal_zone_device *tz)
{
	return thermal_zone_device_set_mode(tz);
}

void thermal_zone_device_unregister(struct thermal_zone_device *tz)
{
	struct thermal_cooling_device *cdev;

	mutex_lock(&thermal_list_lock);
	tz->ops->unbind(tz, cdev);
	mutex_unlock(&thermal_list_lock);
	cancel_delayed_work_sync(&tz->poll_queue);
	holdwait_remove_class_device(&tz->device);
}

void thermal_cooling_device_unregister(struct thermal_cooling_device *cdev)
{
	struct thermal_zone_device *tz;

	mutex_lock(&thermal_list_lock);
	tz->ops->unbind(tz, cdev);
	mutex_unlock(&thermal_list_lock);
	holdwait_remove_class_device(&cdev->device);
}
