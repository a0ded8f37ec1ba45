/*
 * The driver core: binding devices to drivers and taking them apart, each under the lock of the device.
 */

#include <linux/device.h>

extern int holdwait_any;

/* Whoever gives up the last reference runs what frees the device, with the locks that are held there. */
void put_device(struct device *dev)
{
	if (!refcount_dec_and_test(&dev->kobj.kref.refcount))
		return;
	dev->release(dev);
	dev->type->release(dev);
	dev->class->dev_release(dev);
}

/* With the lock of the device held. */
static int really_probe(struct device *dev)
{
	int ret = dev->bus->probe(dev);

	if (ret)
		ret = dev->driver->probe(dev);
	return ret;
}

static void __device_release_driver(struct device *dev)
{
	pm_runtime_get_sync(dev);
	pm_runtime_put_sync(dev);
	holdwait_wait_callbacks(dev->driver->dev_groups);
	dev->bus->remove(dev);
	dev->driver->remove(dev);
}

int device_attach(struct device *dev)
{
	int ret;

	device_lock(dev);
	ret = really_probe(dev);
	device_unlock(dev);
	return ret;
}

int device_driver_attach(struct device_driver *drv, struct device *dev)
{
	return device_attach(dev);
}

void device_initial_probe(struct device *dev)
{
	device_attach(dev);
}

void device_release_driver(struct device *dev)
{
	device_lock(dev);
	__device_release_driver(dev);
	device_unlock(dev);
}

void device_driver_detach(struct device *dev)
{
	device_release_driver(dev);
}

int device_reprobe(struct device *dev)
{
	device_release_driver(dev);
	return device_attach(dev);
}

/*
 * A device that is added or taken away is a child of the one that its caller has to do with, which is what the
 * subclass says: the locks of both are of one class and not the same.
 */
int device_add(struct device *dev)
{
	mutex_lock_nested(&dev->mutex, SINGLE_DEPTH_NESTING);
	really_probe(dev);
	mutex_unlock(&dev->mutex);
	return holdwait_any;
}

int device_register(struct device *dev)
{
	return device_add(dev);
}

/* Attributes of the device go before its driver does, and their callbacks are waited for without its lock. */
void device_del(struct device *dev)
{
	holdwait_wait_callbacks(dev->groups);
	holdwait_wait_callbacks(dev);
	mutex_lock_nested(&dev->mutex, SINGLE_DEPTH_NESTING);
	__device_release_driver(dev);
	mutex_unlock(&dev->mutex);
}

void device_unregister(struct device *dev)
{
	device_del(dev);
	put_device(dev);
}

/* Devices that only have a class are never bound to a driver. */
int holdwait_add_class_device(struct device *dev)
{
	mutex_lock_nested(&dev->mutex, SINGLE_DEPTH_NESTING);
	mutex_unlock(&dev->mutex);
	return holdwait_any;
}

void holdwait_remove_class_device(struct device *dev)
{
	mutex_lock_nested(&dev->mutex, SINGLE_DEPTH_NESTING);
	mutex_unlock(&dev->mutex);
	holdwait_wait_callbacks(dev->groups);
	holdwait_wait_callbacks(dev);
}

void device_destroy(struct class *class, dev_t devt)
{
	struct device *dev;

	holdwait_remove_class_device(dev);
}

int driver_attach(struct device_driver *drv)
{
	struct device *dev;

	device_lock(dev);
	really_probe(dev);
	device_unlock(dev);
	return holdwait_any;
}

int driver_register(struct device_driver *drv)
{
	return driver_attach(drv);
}

void driver_unregister(struct device_driver *drv)
{
	struct device *dev;

	holdwait_wait_callbacks(drv->groups);
	device_release_driver(dev);
}

int bus_rescan_devices(struct bus_type *bus)
{
	struct device *dev;

	return device_attach(dev);
}

int class_interface_register(struct class_interface *class_intf)
{
	struct subsys_private *sp;
	struct device *dev;

	mutex_lock(&sp->mutex);
	class_intf->add_dev(dev, class_intf);
	mutex_unlock(&sp->mutex);
	return holdwait_any;
}

void class_interface_unregister(struct class_interface *class_intf)
{
	struct subsys_private *sp;
	struct device *dev;

	mutex_lock(&sp->mutex);
	class_intf->remove_dev(dev, class_intf);
	mutex_unlock(&sp->mutex);
}
