/*
 * Graphics devices: unplugging waits until nobody is inside drm_dev_enter().
 */

#include <drm/drm_drv.h>

void drm_dev_unplug(struct drm_device *dev)
{
	synchronize_srcu(&drm_unplug_srcu);
	drm_dev_unregister(dev);
}
