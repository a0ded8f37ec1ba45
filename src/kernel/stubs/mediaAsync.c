/*
 * Sub-devices that appear by themselves: bound to their notifiers under one mutex for all.
 */

#include <media/v4l2-async.h>
#include <media/v4l2-device.h>

/* The framework's own, by a name that is not taken elsewhere. */
extern struct mutex v4l2_async_lock;

static int v4l2_async_match(struct v4l2_async_notifier *notifier, struct v4l2_subdev *sd)
{
	int ret;

	mutex_lock(&v4l2_async_lock);
	sd->internal_ops->registered(sd);
	ret = notifier->ops->bound(notifier, sd, NULL);
	if (!ret)
		ret = notifier->ops->complete(notifier);
	mutex_unlock(&v4l2_async_lock);
	return ret;
}

int v4l2_async_register_subdev(struct v4l2_subdev *sd)
{
	struct v4l2_async_notifier *notifier;

	return v4l2_async_match(notifier, sd);
}

void v4l2_async_unregister_subdev(struct v4l2_subdev *sd)
{
	struct v4l2_async_notifier *notifier;

	mutex_lock(&v4l2_async_lock);
	notifier->ops->unbind(notifier, sd, NULL);
	sd->internal_ops->unregistered(sd);
	mutex_unlock(&v4l2_async_lock);
}

void v4l2_async_nf_unregister(struct v4l2_async_notifier *notifier)
{
	struct v4l2_subdev *sd;

	mutex_lock(&v4l2_async_lock);
	notifier->ops->unbind(notifier, sd, NULL);
	mutex_unlock(&v4l2_async_lock);
}
