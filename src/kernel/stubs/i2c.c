/*
 * I2C: a transfer holds the lock of the bus while the adapter's driver makes it.
 */

#include <linux/i2c.h>

extern int holdwait_any;

/* The core's own, by a name that is not taken elsewhere. */
extern struct mutex i2c_core_lock;

static int i2c_transfer_locked(struct i2c_adapter *adap)
{
	int ret;

	i2c_lock_bus(adap, I2C_LOCK_SEGMENT);
	ret = adap->algo->master_xfer(adap, NULL, 0);
	i2c_unlock_bus(adap, I2C_LOCK_SEGMENT);
	return ret;
}

int i2c_transfer(struct i2c_adapter *adap, struct i2c_msg *msgs, int num)
{
	return i2c_transfer_locked(adap);
}

int i2c_transfer_buffer_flags(const struct i2c_client *client, char *buf, int count, u16 flags)
{
	return i2c_transfer_locked(client->adapter);
}

int i2c_master_send(const struct i2c_client *client, const char *buf, int count)
{
	return i2c_transfer_locked(client->adapter);
}

int i2c_master_recv(const struct i2c_client *client, char *buf, int count)
{
	return i2c_transfer_locked(client->adapter);
}

s32 i2c_smbus_xfer(struct i2c_adapter *adap, u16 addr, unsigned short flags, char read_write, u8 command,
		   int protocol, union i2c_smbus_data *data)
{
	s32 ret;

	i2c_lock_bus(adap, I2C_LOCK_SEGMENT);
	ret = adap->algo->smbus_xfer(adap, addr, flags, read_write, command, protocol, data);
	if (ret)
		ret = adap->algo->master_xfer(adap, NULL, 0);
	i2c_unlock_bus(adap, I2C_LOCK_SEGMENT);
	return ret;
}

static s32 i2c_smbus(const struct i2c_client *client)
{
	return i2c_smbus_xfer(client->adapter, client->addr, client->flags, 0, 0, 0, NULL);
}

s32 i2c_smbus_read_byte(const struct i2c_client *client)
{
	return i2c_smbus(client);
}

s32 i2c_smbus_write_byte(const struct i2c_client *client, u8 value)
{
	return i2c_smbus(client);
}

s32 i2c_smbus_read_byte_data(const struct i2c_client *client, u8 command)
{
	return i2c_smbus(client);
}

s32 i2c_smbus_write_byte_data(const struct i2c_client *client, u8 command, u8 value)
{
	return i2c_smbus(client);
}

s32 i2c_smbus_read_word_data(const struct i2c_client *client, u8 command)
{
	return i2c_smbus(client);
}

s32 i2c_smbus_write_word_data(const struct i2c_client *client, u8 command, u16 value)
{
	return i2c_smbus(client);
}

s32 i2c_smbus_read_block_data(const struct i2c_client *client, u8 command, u8 *values)
{
	return i2c_smbus(client);
}

s32 i2c_smbus_write_block_data(const struct i2c_client *client, u8 command, u8 length, const u8 *values)
{
	return i2c_smbus(client);
}

s32 i2c_smbus_read_i2c_block_data(const struct i2c_client *client, u8 command, u8 length, u8 *values)
{
	return i2c_smbus(client);
}

s32 i2c_smbus_write_i2c_block_data(const struct i2c_client *client, u8 command, u8 length, const u8 *values)
{
	return i2c_smbus(client);
}

struct i2c_client *i2c_new_client_device(struct i2c_adapter *adap, struct i2c_board_info const *info)
{
	struct i2c_client *client;

	device_register(&client->dev);
	return client;
}

void i2c_unregister_device(struct i2c_client *client)
{
	device_unregister(&client->dev);
}

int i2c_add_adapter(struct i2c_adapter *adap)
{
	int ret = holdwait_add_class_device(&adap->dev);

	mutex_lock(&i2c_core_lock);
	mutex_unlock(&i2c_core_lock);
	return ret;
}

int i2c_add_numbered_adapter(struct i2c_adapter *adap)
{
	return i2c_add_adapter(adap);
}

/*
 * The devices on the bus go first; their drivers are hardly ever those of the adapter. The last reference on the
 * adapter's own device is waited for.
 */
void i2c_del_adapter(struct i2c_adapter *adap)
{
	mutex_lock(&i2c_core_lock);
	mutex_unlock(&i2c_core_lock);
	holdwait_remove_class_device(&adap->dev);
	wait_for_completion(&adap->dev_released);
}

void i2c_del_driver(struct i2c_driver *driver)
{
	struct i2c_client *client;

	device_lock(&client->dev);
	driver->remove(client);
	device_unlock(&client->dev);
}
