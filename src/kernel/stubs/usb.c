/*
 * USB: an interface is bound and taken off under the lock of its device and its own, in this order. Resets call drivers
 * under the lock of the device, which the caller holds.
 */

#include <linux/usb.h>
#include <linux/usb/hcd.h>

extern int holdwait_any;
extern struct rw_semaphore minor_rwsem;

int usb_register_driver(struct usb_driver *new_driver, struct module *owner, const char *mod_name)
{
	struct usb_device *udev;
	struct usb_interface *intf;
	int ret;

	device_lock(&udev->dev);
	device_lock(&intf->dev);
	ret = new_driver->probe(intf, new_driver->id_table);
	device_unlock(&intf->dev);
	device_unlock(&udev->dev);
	return ret;
}

void usb_deregister(struct usb_driver *driver)
{
	struct usb_device *udev;
	struct usb_interface *intf;

	device_lock(&udev->dev);
	device_lock(&intf->dev);
	driver->disconnect(intf);
	device_unlock(&intf->dev);
	device_unlock(&udev->dev);
}

/*
 * Of another interface of the same device. Its disconnect() is called, which finds the data of the interface gone
 * and has nothing to do.
 */
void usb_driver_release_interface(struct usb_driver *driver, struct usb_interface *iface)
{
	mutex_lock_nested(&iface->dev.mutex, SINGLE_DEPTH_NESTING);
	mutex_unlock(&iface->dev.mutex);
}

/* A driver that cannot take part is taken off instead; whether it can is not known here, so that is not told. */
int usb_reset_device(struct usb_device *udev)
{
	struct usb_interface *intf;
	struct usb_driver *drv;
	struct usb_hcd *hcd;

	drv->pre_reset(intf);
	mutex_lock(hcd->address0_mutex);
	mutex_unlock(hcd->address0_mutex);
	mutex_lock(hcd->bandwidth_mutex);
	mutex_unlock(hcd->bandwidth_mutex);
	return drv->post_reset(intf);
}

/* Interfaces come and go with their drivers, as in usb_deregister(). */
int usb_set_configuration(struct usb_device *dev, int configuration)
{
	struct usb_hcd *hcd;

	mutex_lock(hcd->bandwidth_mutex);
	mutex_unlock(hcd->bandwidth_mutex);
	return holdwait_any;
}

int usb_set_interface(struct usb_device *dev, int interface, int alternate)
{
	struct usb_hcd *hcd;
	int ret;

	mutex_lock(hcd->bandwidth_mutex);
	ret = usb_control_msg_send(dev, 0, USB_REQ_SET_INTERFACE, USB_RECIP_INTERFACE, alternate, interface, NULL, 0,
				   5000, GFP_NOIO);
	mutex_unlock(hcd->bandwidth_mutex);
	return ret;
}

/*
 * The driver's suspend() and resume() may run here. They serve the sleep of the whole system too, and what they do
 * then is not done here; so only the wait for them is told.
 */
int usb_autopm_get_interface(struct usb_interface *intf)
{
	holdwait_wait_runtime_power(&intf->dev);
	return holdwait_any;
}

void usb_autopm_put_interface(struct usb_interface *intf)
{
	holdwait_wait_runtime_power(&intf->dev);
}

/* Opening one of these files calls the driver's open() with the same semaphore held. */
int usb_register_dev(struct usb_interface *intf, struct usb_class_driver *class_driver)
{
	down_write(&minor_rwsem);
	up_write(&minor_rwsem);
	return holdwait_any;
}

void usb_deregister_dev(struct usb_interface *intf, struct usb_class_driver *class_driver)
{
	holdwait_remove_class_device(intf->usb_dev);
	down_write(&minor_rwsem);
	up_write(&minor_rwsem);
}
