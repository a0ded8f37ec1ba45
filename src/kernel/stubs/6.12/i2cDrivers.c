/*
 * I2C drivers: bound under the lock of the device.
 */

#include <linux/i2c.h>

int i2c_register_driver(struct module *owner, struct i2c_driver *driver)
{
	struct i2c_client *client;
	int ret;

	device_lock(&client->dev);
	ret = driver->probe(client);
	device_unlock(&client->dev);
	return ret;
}
