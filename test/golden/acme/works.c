/* Work items, references, completions, timers: what is queued here and waited for there. */
#include "acme.h"

struct acme_bond {
	struct work_struct work;
	struct acme_priv *priv;
	int is_bonded;
};

static void acme_bond_work(struct work_struct *work)
{
	struct acme_bond *bond = container_of(work, struct acme_bond, work);

	if (bond->is_bonded)
		acme_reset(bond->priv->adev);
	dev_put(bond->priv->adev->port[0].netdev);
	kfree(bond);
}

static int acme_queue_bond_work(struct acme_priv *priv, int is_bonded)
{
	struct acme_bond *bond;

	bond = kzalloc(sizeof(*bond), GFP_ATOMIC);
	if (!bond)
		return -ENOMEM;

	INIT_WORK(&bond->work, acme_bond_work);
	bond->priv = priv;
	bond->is_bonded = is_bonded;
	dev_hold(priv->adev->port[0].netdev);
	queue_work(priv->adev->wq, &bond->work);
	return 0;
}

void acme_destroy_netdev(struct net_device *netdev)
{
	struct acme_dev *adev = acme_priv(netdev)->adev;

	unregister_netdev(netdev);
	cancel_work_sync(&adev->port[0].reset_work);
	mutex_lock(&adev->state_lock);
	wait_for_completion_timeout(&adev->done, msecs_to_jiffies(100));
	mutex_unlock(&adev->state_lock);
	destroy_workqueue(adev->wq);
	free_netdev(netdev);
}

int acme_reset(struct acme_dev *adev)
{
	mutex_lock(&adev->state_lock);
	adev->ops->stop(adev, true);
	complete_all(&adev->done);
	mutex_unlock(&adev->state_lock);
	synchronize_rcu();
	return 0;
}

static int acme_netdev_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *netdev = netdev_notifier_info_to_dev(ptr);

	switch (event) {
	case NETDEV_CHANGEUPPER:
		return acme_queue_bond_work(acme_priv(netdev), 1);
	case NETDEV_UNREGISTER:
		acme_queue_bond_work(acme_priv(netdev), 0);
		fallthrough;
	default:
		break;
	}
	return NOTIFY_DONE;
}

static struct notifier_block acme_nb = {
	.notifier_call = acme_netdev_event,
};
