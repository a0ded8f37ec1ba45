/*
 * Runtime power management: the forms that call back, or wait for a callback, before they return. The callbacks run
 * without a lock of the core, but a second one for the same device waits until the first has returned.
 */

#include <linux/pm_runtime.h>

extern int holdwait_any;

/* Callbacks that run at this moment end first: what they take and wait for, this thread waits for too. */
static void rpm_barrier(struct device *dev)
{
	holdwait_wait_runtime_power(dev);
	if (holdwait_any)
		dev->driver->pm->runtime_suspend(dev);
	if (holdwait_any)
		dev->driver->pm->runtime_resume(dev);
}

/* A suspend that is under way ends first: what it takes and waits for, this thread waits for too. */
static int rpm_resume(struct device *dev)
{
	holdwait_wait_runtime_power(dev);
	if (holdwait_any)
		dev->driver->pm->runtime_suspend(dev);
	return dev->driver->pm->runtime_resume(dev);
}

static int rpm_suspend(struct device *dev)
{
	holdwait_wait_runtime_power(dev);
	return dev->driver->pm->runtime_suspend(dev);
}

static int rpm_idle(struct device *dev)
{
	holdwait_wait_runtime_power(dev);
	return dev->driver->pm->runtime_idle(dev);
}

int pm_runtime_get_sync(struct device *dev)
{
	return rpm_resume(dev);
}

int pm_runtime_resume_and_get(struct device *dev)
{
	return rpm_resume(dev);
}

int pm_runtime_resume(struct device *dev)
{
	return rpm_resume(dev);
}

/* The last user suspends the device here, unless runtime_idle() says otherwise. */
int pm_runtime_put_sync(struct device *dev)
{
	if (rpm_idle(dev))
		return holdwait_any;
	return dev->driver->pm->runtime_suspend(dev);
}

/* Here no runtime_idle() is asked: the last user suspends the device. */
int pm_runtime_put_sync_suspend(struct device *dev)
{
	return rpm_suspend(dev);
}

int pm_runtime_put_sync_autosuspend(struct device *dev)
{
	holdwait_wait_runtime_power(dev);
	return holdwait_any;
}

int pm_runtime_suspend(struct device *dev)
{
	return rpm_suspend(dev);
}

int pm_runtime_autosuspend(struct device *dev)
{
	return rpm_suspend(dev);
}

int pm_runtime_idle(struct device *dev)
{
	return rpm_idle(dev);
}

int pm_runtime_barrier(struct device *dev)
{
	rpm_barrier(dev);
	return holdwait_any;
}

void __pm_runtime_disable(struct device *dev, bool check_resume)
{
	rpm_barrier(dev);
}

void pm_runtime_disable(struct device *dev)
{
	rpm_barrier(dev);
}

void pm_runtime_forbid(struct device *dev)
{
	rpm_resume(dev);
}

void pm_runtime_allow(struct device *dev)
{
	rpm_idle(dev);
}

int pm_runtime_force_suspend(struct device *dev)
{
	holdwait_wait_runtime_power(dev);
	return dev->driver->pm->runtime_suspend(dev);
}

int pm_runtime_force_resume(struct device *dev)
{
	return dev->driver->pm->runtime_resume(dev);
}

/* Whose drivers are others. */
void pm_runtime_get_suppliers(struct device *dev)
{
}

void pm_runtime_put_suppliers(struct device *dev)
{
}
