/*
 * Supplies, pins and registers of a board, as drivers use them. The cores behind them lock for themselves and call
 * drivers of other devices: what matters to the caller is that the call may sleep.
 */

#include <linux/gpio/consumer.h>
#include <linux/regmap.h>
#include <linux/regulator/consumer.h>

extern int holdwait_any;

int regulator_enable(struct regulator *regulator)
{
	might_sleep();
	return holdwait_any;
}

int regulator_disable(struct regulator *regulator)
{
	might_sleep();
	return holdwait_any;
}

int regulator_force_disable(struct regulator *regulator)
{
	might_sleep();
	return holdwait_any;
}

int regulator_is_enabled(struct regulator *regulator)
{
	might_sleep();
	return holdwait_any;
}

int regulator_set_voltage(struct regulator *regulator, int min_uV, int max_uV)
{
	might_sleep();
	return holdwait_any;
}

int regulator_get_voltage(struct regulator *regulator)
{
	might_sleep();
	return holdwait_any;
}

int regulator_set_load(struct regulator *regulator, int load_uA)
{
	might_sleep();
	return holdwait_any;
}

int regulator_set_mode(struct regulator *regulator, unsigned int mode)
{
	might_sleep();
	return holdwait_any;
}

void gpiod_set_value(struct gpio_desc *desc, int value)
{
}

int gpiod_get_value(const struct gpio_desc *desc)
{
	return holdwait_any;
}

void gpiod_set_value_cansleep(struct gpio_desc *desc, int value)
{
	might_sleep();
}

int gpiod_get_value_cansleep(const struct gpio_desc *desc)
{
	might_sleep();
	return holdwait_any;
}

/* Registers may lie behind a bus that sleeps or be mapped: which, and so which lock, is the map's to know. */
static int regmap_transfer(struct regmap *map)
{
	const struct regmap_bus *bus;

	return bus->reg_write(map, 0, 0);
}

static int regmap_fetch(struct regmap *map)
{
	const struct regmap_bus *bus;

	return bus->reg_read(map, 0, NULL);
}

int regmap_write(struct regmap *map, unsigned int reg, unsigned int val)
{
	return regmap_transfer(map);
}

int regmap_read(struct regmap *map, unsigned int reg, unsigned int *val)
{
	return regmap_fetch(map);
}

int regmap_update_bits_base(struct regmap *map, unsigned int reg, unsigned int mask, unsigned int val, bool *change,
			    bool async, bool force)
{
	regmap_fetch(map);
	return regmap_transfer(map);
}

int regmap_bulk_read(struct regmap *map, unsigned int reg, void *val, size_t val_count)
{
	return regmap_fetch(map);
}

int regmap_bulk_write(struct regmap *map, unsigned int reg, const void *val, size_t val_count)
{
	return regmap_transfer(map);
}

int regmap_raw_read(struct regmap *map, unsigned int reg, void *val, size_t val_len)
{
	return regmap_fetch(map);
}

int regmap_raw_write(struct regmap *map, unsigned int reg, const void *val, size_t val_len)
{
	return regmap_transfer(map);
}

int regmap_multi_reg_write(struct regmap *map, const struct reg_sequence *regs, int num_regs)
{
	return regmap_transfer(map);
}

int regmap_field_read(struct regmap_field *field, unsigned int *val)
{
	struct regmap *map;

	return regmap_fetch(map);
}

int regmap_field_update_bits_base(struct regmap_field *field, unsigned int mask, unsigned int val, bool *change,
				  bool async, bool force)
{
	struct regmap *map;

	regmap_fetch(map);
	return regmap_transfer(map);
}
