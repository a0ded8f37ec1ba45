/*
 * devlink: instances appear and go under their own lock.
 */

#include <net/devlink.h>

void devlink_register(struct devlink *devlink)
{
	devl_lock(devlink);
	devl_unlock(devlink);
}

void devlink_unregister(struct devlink *devlink)
{
	devl_lock(devlink);
	devl_unlock(devlink);
}
