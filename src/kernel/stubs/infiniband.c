/*
 * InfiniBand: devices and clients are brought together under the locks of both lists, and parted without them.
 */

#include <rdma/ib_verbs.h>
#include <rdma/rdma_cm.h>

extern int holdwait_any;

static int add_client_context(struct ib_device *device, struct ib_client *client)
{
	int ret;

	down_read(&clients_rwsem);
	down_read(&device->client_data_rwsem);
	ret = client->add(device);
	up_read(&device->client_data_rwsem);
	up_read(&clients_rwsem);
	return ret;
}

static void remove_client_context(struct ib_device *device, struct ib_client *client)
{
	down_write(&device->client_data_rwsem);
	up_write(&device->client_data_rwsem);
	client->remove(device, NULL);
}

int ib_register_device(struct ib_device *device, const char *name, struct device *dma_device)
{
	struct ib_client *client;
	int ret = holdwait_add_class_device(&device->dev);

	if (ret)
		return ret;
	down_write(&devices_rwsem);
	downgrade_write(&devices_rwsem);
	ret = device->ops.enable_driver(device);
	if (!ret)
		ret = add_client_context(device, client);
	up_read(&devices_rwsem);
	return ret;
}

static void disable_device(struct ib_device *device)
{
	struct ib_client *client;

	down_write(&devices_rwsem);
	up_write(&devices_rwsem);
	down_read(&clients_rwsem);
	up_read(&clients_rwsem);
	remove_client_context(device, client);
	wait_for_completion(&device->unreg_completion);
}

void ib_unregister_device(struct ib_device *ib_dev)
{
	mutex_lock(&ib_dev->unregistration_lock);
	disable_device(ib_dev);
	holdwait_remove_class_device(&ib_dev->dev);
	ib_dev->ops.dealloc_driver(ib_dev);
	mutex_unlock(&ib_dev->unregistration_lock);
}

int ib_register_client(struct ib_client *client)
{
	struct ib_device *device;
	int ret;

	down_read(&devices_rwsem);
	down_write(&clients_rwsem);
	up_write(&clients_rwsem);
	ret = add_client_context(device, client);
	up_read(&devices_rwsem);
	return ret;
}

void ib_unregister_client(struct ib_client *client)
{
	struct ib_device *device;

	down_write(&clients_rwsem);
	up_write(&clients_rwsem);
	remove_client_context(device, client);
	wait_for_completion(&client->uses_zero);
}

/* The handler runs with this mutex held; it must not destroy its own identifier this way. */
void rdma_destroy_id(struct rdma_cm_id *id)
{
	struct rdma_id_private *id_priv;

	rdma_lock_handler(id);
	rdma_unlock_handler(id);
	holdwait_wait_callbacks(id);
	wait_for_completion(&id_priv->comp);
}
