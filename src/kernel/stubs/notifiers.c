/*
 * Notifier chains: whoever takes a block off a chain waits until its callback has returned. Network devices that are
 * there are told to a new block one by one, and taken back from one that goes.
 */

#include <linux/netdevice.h>
#include <linux/notifier.h>

int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh, struct notifier_block *n)
{
	holdwait_wait_callbacks(n);
	return raw_notifier_chain_unregister(nh, n);
}

/* The block is called for every device that is there, or was. */
int register_netdevice_notifier(struct notifier_block *nb)
{
	struct net_device *dev;
	int ret;

	down_write(&pernet_ops_rwsem);
	rtnl_lock();
	ret = raw_notifier_chain_register(&netdev_chain, nb);
	nb->notifier_call(nb, NETDEV_REGISTER, dev);
	rtnl_unlock();
	up_write(&pernet_ops_rwsem);
	return ret;
}

int unregister_netdevice_notifier(struct notifier_block *nb)
{
	struct net_device *dev;
	int ret;

	down_write(&pernet_ops_rwsem);
	rtnl_lock();
	ret = raw_notifier_chain_unregister(&netdev_chain, nb);
	nb->notifier_call(nb, NETDEV_UNREGISTER, dev);
	rtnl_unlock();
	up_write(&pernet_ops_rwsem);
	return ret;
}

int register_netdevice_notifier_net(struct net *net, struct notifier_block *nb)
{
	struct net_device *dev;
	int ret;

	rtnl_lock();
	ret = raw_notifier_chain_register(&net->netdev_chain, nb);
	nb->notifier_call(nb, NETDEV_REGISTER, dev);
	rtnl_unlock();
	return ret;
}

int unregister_netdevice_notifier_net(struct net *net, struct notifier_block *nb)
{
	struct net_device *dev;
	int ret;

	rtnl_lock();
	ret = raw_notifier_chain_unregister(&net->netdev_chain, nb);
	nb->notifier_call(nb, NETDEV_UNREGISTER, dev);
	rtnl_unlock();
	return ret;
}
