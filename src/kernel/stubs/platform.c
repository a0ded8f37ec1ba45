/*
 * Platform and auxiliary devices: bound and taken off under the lock of the device.
 */

#include <linux/auxiliary_bus.h>
#include <linux/platform_device.h>

int platform_device_add(struct platform_device *pdev)
{
	return device_add(&pdev->dev);
}

int platform_device_register(struct platform_device *pdev)
{
	return device_add(&pdev->dev);
}

void platform_device_del(struct platform_device *pdev)
{
	device_del(&pdev->dev);
}

void platform_device_unregister(struct platform_device *pdev)
{
	device_del(&pdev->dev);
}

int __platform_driver_register(struct platform_driver *drv, struct module *owner)
{
	struct platform_device *dev;
	int ret;

	device_lock(&dev->dev);
	ret = drv->probe(dev);
	device_unlock(&dev->dev);
	return ret;
}

int platform_driver_register(struct platform_driver *drv)
{
	return __platform_driver_register(drv, NULL);
}

int __platform_driver_probe(struct platform_driver *driver, int (*probe)(struct platform_device *),
			    struct module *module)
{
	struct platform_device *dev;
	int ret;

	device_lock(&dev->dev);
	ret = probe(dev);
	device_unlock(&dev->dev);
	return ret;
}

void platform_driver_unregister(struct platform_driver *drv)
{
	struct platform_device *dev;

	device_lock(&dev->dev);
	drv->remove(dev);
	drv->remove_new(dev);
	device_unlock(&dev->dev);
}

int __auxiliary_device_add(struct auxiliary_device *auxdev, const char *modname)
{
	return device_add(&auxdev->dev);
}

int auxiliary_device_add(struct auxiliary_device *auxdev)
{
	return device_add(&auxdev->dev);
}

void auxiliary_device_delete(struct auxiliary_device *auxdev)
{
	device_del(&auxdev->dev);
}

int __auxiliary_driver_register(struct auxiliary_driver *auxdrv, struct module *owner, const char *modname)
{
	struct auxiliary_device *auxdev;
	int ret;

	device_lock(&auxdev->dev);
	ret = auxdrv->probe(auxdev, auxdrv->id_table);
	device_unlock(&auxdev->dev);
	return ret;
}

int auxiliary_driver_register(struct auxiliary_driver *auxdrv)
{
	return __auxiliary_driver_register(auxdrv, NULL, NULL);
}

void auxiliary_driver_unregister(struct auxiliary_driver *auxdrv)
{
	struct auxiliary_device *auxdev;

	device_lock(&auxdev->dev);
	auxdrv->remove(auxdev);
	device_unlock(&auxdev->dev);
}
