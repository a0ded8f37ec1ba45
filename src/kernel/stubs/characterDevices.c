/*
 * Character devices. Opening a misc device calls the driver's open() with the mutex of all misc devices held.
 */

#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/miscdevice.h>

int misc_register(struct miscdevice *misc)
{
	int ret;

	mutex_lock(&misc_mtx);
	ret = holdwait_add_class_device(misc->this_device);
	mutex_unlock(&misc_mtx);
	return ret;
}

void misc_deregister(struct miscdevice *misc)
{
	mutex_lock(&misc_mtx);
	holdwait_remove_class_device(misc->this_device);
	mutex_unlock(&misc_mtx);
}

int cdev_device_add(struct cdev *cdev, struct device *dev)
{
	return device_add(dev);
}

void cdev_device_del(struct cdev *cdev, struct device *dev)
{
	device_del(dev);
}
