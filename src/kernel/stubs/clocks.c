/*
 * Clocks. The thread that holds the prepare lock may take it again, which is what the subclass says; enabling and
 * disabling takes nothing but an innermost spinlock.
 */

#include <linux/clk.h>
#include <linux/clk-provider.h>

extern int holdwait_any;

static int with_prepare_lock(void)
{
	mutex_lock_nested(&prepare_lock, SINGLE_DEPTH_NESTING);
	mutex_unlock(&prepare_lock);
	return holdwait_any;
}

int clk_prepare(struct clk *clk)
{
	return with_prepare_lock();
}

void clk_unprepare(struct clk *clk)
{
	with_prepare_lock();
}

int clk_enable(struct clk *clk)
{
	return holdwait_any;
}

void clk_disable(struct clk *clk)
{
}

int clk_set_rate(struct clk *clk, unsigned long rate)
{
	return with_prepare_lock();
}

int clk_set_rate_exclusive(struct clk *clk, unsigned long rate)
{
	return with_prepare_lock();
}

unsigned long clk_get_rate(struct clk *clk)
{
	return with_prepare_lock();
}

long clk_round_rate(struct clk *clk, unsigned long rate)
{
	return with_prepare_lock();
}

int clk_set_parent(struct clk *clk, struct clk *parent)
{
	return with_prepare_lock();
}

struct clk *clk_get_parent(struct clk *clk)
{
	with_prepare_lock();
	return clk;
}

int clk_set_phase(struct clk *clk, int degrees)
{
	return with_prepare_lock();
}

struct clk *clk_get(struct device *dev, const char *id)
{
	struct clk *clk;

	with_prepare_lock();
	return clk;
}

struct clk *devm_clk_get(struct device *dev, const char *id)
{
	return clk_get(dev, id);
}

struct clk *devm_clk_get_optional(struct device *dev, const char *id)
{
	return clk_get(dev, id);
}

struct clk *devm_clk_get_enabled(struct device *dev, const char *id)
{
	return clk_get(dev, id);
}

struct clk *devm_clk_get_prepared(struct device *dev, const char *id)
{
	return clk_get(dev, id);
}

void clk_put(struct clk *clk)
{
	with_prepare_lock();
}

struct clk *clk_register(struct device *dev, struct clk_hw *hw)
{
	return clk_get(dev, NULL);
}

int clk_hw_register(struct device *dev, struct clk_hw *hw)
{
	return with_prepare_lock();
}

int devm_clk_hw_register(struct device *dev, struct clk_hw *hw)
{
	return with_prepare_lock();
}

void clk_unregister(struct clk *clk)
{
	with_prepare_lock();
}

void clk_hw_unregister(struct clk_hw *hw)
{
	with_prepare_lock();
}

int clk_notifier_register(struct clk *clk, struct notifier_block *nb)
{
	return with_prepare_lock();
}

int clk_notifier_unregister(struct clk *clk, struct notifier_block *nb)
{
	return with_prepare_lock();
}
