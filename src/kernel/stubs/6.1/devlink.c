/*
 * devlink: taking an instance away waits for whoever still uses it, such as a request that holds its lock.
 */

#include <net/devlink.h>

void devlink_register(struct devlink *devlink)
{
}

void devlink_unregister(struct devlink *devlink)
{
	holdwait_wait_callbacks(devlink);
	wait_for_completion(&devlink->comp);
}
