/*
 * Thermal zones and cooling devices: read and bound under the lock of the zone. A zone that goes is waited for until
 * nobody uses it.
 */

#include <linux/thermal.h>

void thermal_zone_device_update(struct thermal_zone_device *tz, enum thermal_notify_event event)
{
	struct thermal_zone_device_ops *ops;

	mutex_lock(&tz->lock);
	ops->get_temp(tz, NULL);
	ops->set_trips(tz, 0, 0);
	mutex_unlock(&tz->lock);
}

static int thermal_zone_device_set_mode(struct thermal_zone_device *tz)
{
	struct thermal_zone_device_ops *ops;
	int ret;

	mutex_lock(&tz->lock);
	ret = ops->change_mode(tz, THERMAL_DEVICE_ENABLED);
	ops->get_temp(tz, NULL);
	mutex_unlock(&tz->lock);
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
	mutex_lock(&thermal_list_lock);
	mutex_lock(&tz->lock);
	mutex_unlock(&tz->lock);
	mutex_unlock(&thermal_list_lock);
	cancel_delayed_work_sync(&tz->poll_queue);
	holdwait_remove_class_device(&tz->device);
	wait_for_completion(&tz->removal);
}

void thermal_cooling_device_unregister(struct thermal_cooling_device *cdev)
{
	mutex_lock(&thermal_list_lock);
	mutex_unlock(&thermal_list_lock);
	holdwait_remove_class_device(&cdev->device);
}
