/*
 * SPI: a transfer that is waited for holds the bus, and is made by the controller's driver under its I/O mutex.
 */

#include <linux/spi/spi.h>

extern int holdwait_any;

static int spi_transfer_message(struct spi_controller *ctlr, struct spi_message *message)
{
	int ret;

	mutex_lock(&ctlr->io_mutex);
	ctlr->prepare_message(ctlr, message);
	ret = ctlr->transfer_one_message(ctlr, message);
	ctlr->transfer_one(ctlr, message->spi, NULL);
	mutex_unlock(&ctlr->io_mutex);
	return ret;
}

int spi_sync(struct spi_device *spi, struct spi_message *message)
{
	int ret;

	mutex_lock(&spi->controller->bus_lock_mutex);
	ret = spi_transfer_message(spi->controller, message);
	mutex_unlock(&spi->controller->bus_lock_mutex);
	return ret;
}

/* The caller has locked the bus. */
int spi_sync_locked(struct spi_device *spi, struct spi_message *message)
{
	return spi_transfer_message(spi->controller, message);
}

int spi_sync_transfer(struct spi_device *spi, struct spi_transfer *xfers, unsigned int num_xfers)
{
	struct spi_message *message;

	return spi_sync(spi, message);
}

int spi_write(struct spi_device *spi, const void *buf, size_t len)
{
	struct spi_message *message;

	return spi_sync(spi, message);
}

int spi_read(struct spi_device *spi, void *buf, size_t len)
{
	struct spi_message *message;

	return spi_sync(spi, message);
}

int spi_write_then_read(struct spi_device *spi, const void *txbuf, unsigned int n_tx, void *rxbuf, unsigned int n_rx)
{
	struct spi_message *message;

	return spi_sync(spi, message);
}

int spi_register_controller(struct spi_controller *ctlr)
{
	return holdwait_add_class_device(&ctlr->dev);
}

void spi_unregister_device(struct spi_device *spi)
{
	device_del(&spi->dev);
}

/* The devices on the bus go with this lock held; their drivers are hardly ever those of the controller. */
void spi_unregister_controller(struct spi_controller *ctlr)
{
	mutex_lock(&ctlr->add_lock);
	kthread_destroy_worker(ctlr->kworker);
	holdwait_remove_class_device(&ctlr->dev);
	mutex_unlock(&ctlr->add_lock);
}

int __spi_register_driver(struct module *owner, struct spi_driver *sdrv)
{
	struct spi_device *spi;
	int ret;

	device_lock(&spi->dev);
	ret = sdrv->probe(spi);
	device_unlock(&spi->dev);
	return ret;
}

void spi_unregister_driver(struct spi_driver *sdrv)
{
	struct spi_device *spi;

	device_lock(&spi->dev);
	sdrv->remove(spi);
	device_unlock(&spi->dev);
}
