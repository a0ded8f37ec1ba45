/* Every way to take a lock, and identities through types. */
#include "acme.h"

static DEFINE_MUTEX(acme_mutex);
static DEFINE_SPINLOCK(acme_list_lock);
static LIST_HEAD(acme_list);

int acme_open(struct net_device *netdev)
{
	struct acme_priv *priv = acme_priv(netdev);
	struct acme_dev *adev = priv->adev;
	unsigned long flags;
	int err;

	err = mutex_lock_interruptible(&priv->io_lock);
	if (err)
		return err;

	if (!mutex_trylock(&acme_mutex)) {
		err = -EBUSY;
		goto unlock;
	}

	spin_lock_irqsave(&adev->port[0].lock, flags);
	adev->port[0].netdev = netdev;
	spin_unlock_irqrestore(&adev->port[0].lock, flags);

	err = adev->ops->open(adev);
	if (err)
		goto unlock_all;

	acme_dump(adev);

unlock_all:
	mutex_unlock(&acme_mutex);
unlock:
	mutex_unlock(&priv->io_lock);
	return err;
}

static ssize_t filters_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct acme_dev *adev = to_acme(dev);
	ssize_t n;

	down_read(&adev->table.sem);
	n = sysfs_emit(buf, "%u\n", adev->table.filters);
	up_read(&adev->table.sem);
	return n;
}
static DEVICE_ATTR_RO(filters);

static void acme_add(acme_dev_t *adev)
{
	struct mutex *lock = &adev->state_lock;

	rtnl_lock();
	mutex_lock_nested(lock, SINGLE_DEPTH_NESTING);
	spin_lock(&acme_list_lock);
	list_add(&adev->free_list, &acme_list);
	spin_unlock(&acme_list_lock);
	mutex_unlock(lock);
	rtnl_unlock();
}

void acme_count(struct net_device *netdev, int n)
{
	acme_locked_add(acme_priv(netdev)->adev, n);
	device_lock(&acme_priv(netdev)->adev->dev);
	lockdep_assert_held(&acme_mutex);
	acme_add(acme_priv(netdev)->adev);
	device_unlock(&acme_priv(netdev)->adev->dev);
}
