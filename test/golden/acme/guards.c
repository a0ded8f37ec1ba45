/* Guards: taken here, let go on every way out. */
#include "acme.h"

DEFINE_FREE(acme_put, struct acme_dev *, if (_T) put_device(&_T->dev))

static int acme_guarded(struct acme_dev *adev, int want)
{
	guard(mutex)(&adev->state_lock);

	if (!want)
		return -EINVAL;

	scoped_guard(spinlock_irqsave, &adev->port[want].lock) {
		if (adev->stats == want)
			return 0;
		adev->stats = want;
	}

	guard(rcu)();
	return want;
}

static int acme_cleanup(struct acme_dev *adev)
{
	struct device *dev __free(put_device) = get_device(&adev->dev);
	struct acme_port *ports __free(kfree) = kcalloc(4, sizeof(*ports), GFP_KERNEL);

	if (!ports)
		return -ENOMEM;
	scoped_cond_guard(mutex_intr, return -EINTR, &adev->state_lock) {
		acme_reset(adev);
	}
	return acme_guarded(adev, 2);
}
