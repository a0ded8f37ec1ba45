/*
 * I2C drivers: bound under the lock of the device, by one of two functions.
 */

#include <linux/i2c.h>

int i2c_register_driver(struct module *owner, struct i2c_driver *driver)
{
	struct i2c_client *client;
	int ret;

	device_lock(&client->dev);
	ret = driver->probe_new(client);
	if (ret)
		ret = driver->probe(client, driver->id_table);
	device_unlock(&client->dev);
	return ret;
}
