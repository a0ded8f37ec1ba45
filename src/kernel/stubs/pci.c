/*
 * PCI: drivers are bound and taken off under the lock of the device, resets tell the driver before and after.
 */

#include <linux/pci.h>

extern int holdwait_any;

static int pci_probe(struct pci_driver *drv, struct pci_dev *dev)
{
	int ret;

	device_lock(&dev->dev);
	pm_runtime_get_sync(&dev->dev);
	ret = drv->probe(dev, drv->id_table);
	if (ret)
		pm_runtime_put_sync(&dev->dev);
	device_unlock(&dev->dev);
	return ret;
}

static void pci_unbind(struct pci_driver *drv, struct pci_dev *dev)
{
	device_lock(&dev->dev);
	pm_runtime_get_sync(&dev->dev);
	drv->remove(dev);
	pm_runtime_put_sync(&dev->dev);
	device_unlock(&dev->dev);
}

int __pci_register_driver(struct pci_driver *drv, struct module *owner, const char *mod_name)
{
	struct pci_dev *dev;

	return pci_probe(drv, dev);
}

int pci_register_driver(struct pci_driver *drv)
{
	struct pci_dev *dev;

	return pci_probe(drv, dev);
}

void pci_unregister_driver(struct pci_driver *drv)
{
	struct pci_dev *dev;

	pci_unbind(drv, dev);
}

void pci_bus_add_device(struct pci_dev *dev)
{
	pci_probe(dev->driver, dev);
}

void pci_stop_and_remove_bus_device(struct pci_dev *dev)
{
	pci_unbind(dev->driver, dev);
	device_del(&dev->dev);
	down_write(&pci_bus_sem);
	up_write(&pci_bus_sem);
}

void pci_stop_and_remove_bus_device_locked(struct pci_dev *dev)
{
	pci_lock_rescan_remove();
	pci_stop_and_remove_bus_device(dev);
	pci_unlock_rescan_remove();
}

/*
 * The virtual functions are bound, and taken off, before it returns. They are devices of their own: the locks that
 * their driver takes are of the same classes as those of the physical function, and not the same.
 */
int pci_enable_sriov(struct pci_dev *dev, int nr_virtfn)
{
	down_write(&pci_bus_sem);
	up_write(&pci_bus_sem);
	return holdwait_any;
}

void pci_disable_sriov(struct pci_dev *dev)
{
	down_write(&pci_bus_sem);
	up_write(&pci_bus_sem);
}

static int pci_reset_with_driver(struct pci_dev *dev)
{
	dev->driver->err_handler->reset_prepare(dev);
	dev->driver->err_handler->reset_done(dev);
	return holdwait_any;
}

int pci_reset_function(struct pci_dev *dev)
{
	int rc;

	device_lock(&dev->dev);
	pci_cfg_access_lock(dev);
	rc = pci_reset_with_driver(dev);
	pci_cfg_access_unlock(dev);
	device_unlock(&dev->dev);
	return rc;
}

/* The caller holds the lock of the device. */
int pci_reset_function_locked(struct pci_dev *dev)
{
	return pci_reset_with_driver(dev);
}

int pci_try_reset_function(struct pci_dev *dev)
{
	int rc;

	if (!device_trylock(&dev->dev))
		return -EAGAIN;
	rc = pci_reset_with_driver(dev);
	device_unlock(&dev->dev);
	return rc;
}

void pci_walk_bus(struct pci_bus *top, int (*cb)(struct pci_dev *, void *), void *userdata)
{
	struct pci_dev *dev;

	down_read(&pci_bus_sem);
	cb(dev, userdata);
	up_read(&pci_bus_sem);
}
