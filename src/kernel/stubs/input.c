/*
 * Input devices: opened and closed under their own mutex, attached to handlers under the mutex of all.
 */

#include <linux/input.h>

int input_register_device(struct input_dev *dev)
{
	struct input_handler *handler;
	int ret = holdwait_add_class_device(&dev->dev);

	if (ret)
		return ret;
	if (mutex_lock_interruptible(&input_mutex))
		return -EINTR;
	handler->connect(handler, dev, handler->id_table);
	mutex_unlock(&input_mutex);
	return ret;
}

/* Handlers close the device when they are taken off it. */
static void input_disconnect(struct input_dev *dev, struct input_handle *handle)
{
	handle->handler->disconnect(handle);
	mutex_lock(&dev->mutex);
	dev->close(dev);
	synchronize_rcu();
	mutex_unlock(&dev->mutex);
}

void input_unregister_device(struct input_dev *dev)
{
	struct input_handle *handle;

	mutex_lock(&dev->mutex);
	mutex_unlock(&dev->mutex);
	mutex_lock(&input_mutex);
	input_disconnect(dev, handle);
	del_timer_sync(&dev->timer);
	mutex_unlock(&input_mutex);
	holdwait_remove_class_device(&dev->dev);
}

int input_register_handler(struct input_handler *handler)
{
	struct input_dev *dev;
	int ret;

	if (mutex_lock_interruptible(&input_mutex))
		return -EINTR;
	ret = handler->connect(handler, dev, handler->id_table);
	mutex_unlock(&input_mutex);
	return ret;
}

void input_unregister_handler(struct input_handler *handler)
{
	struct input_handle *handle;

	mutex_lock(&input_mutex);
	handler->disconnect(handle);
	mutex_unlock(&input_mutex);
}

int input_open_device(struct input_handle *handle)
{
	struct input_dev *dev = handle->dev;
	int ret;

	if (mutex_lock_interruptible(&dev->mutex))
		return -EINTR;
	ret = dev->open(dev);
	mutex_unlock(&dev->mutex);
	return ret;
}

void input_close_device(struct input_handle *handle)
{
	struct input_dev *dev = handle->dev;

	mutex_lock(&dev->mutex);
	dev->close(dev);
	synchronize_rcu();
	mutex_unlock(&dev->mutex);
}
