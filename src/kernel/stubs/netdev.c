/*
 * Network devices: registering, unregistering, opening and closing, under the rtnl mutex.
 *
 * Stubs say in which order a function of the core takes locks, waits and calls back. A local without a value stands
 * for any object of its type; holdwait_any is a result that nobody knows beforehand.
 */

#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

extern int holdwait_any;

/* Set while somebody has unregistered a device and has not let go of the rtnl mutex since. */
static int net_todo;

int call_netdevice_notifiers(unsigned long val, struct net_device *dev)
{
	raw_notifier_call_chain(&dev_net(dev)->netdev_chain, val, dev);
	return raw_notifier_call_chain(&netdev_chain, val, dev);
}

static void netdev_run_todo(void)
{
	struct net_device *dev;

	rcu_barrier();
	holdwait_wait_netdev_references();
	dev->priv_destructor(dev);
}

/* What was unregistered under the mutex is waited for after it is dropped. */
void rtnl_unlock(void)
{
	__rtnl_unlock();
	if (holdwait_is_set(&net_todo))
		netdev_run_todo();
	holdwait_clear(&net_todo);
}

static void __dev_set_rx_mode(struct net_device *dev)
{
	netif_addr_lock_bh(dev);
	dev->netdev_ops->ndo_set_rx_mode(dev);
	netif_addr_unlock_bh(dev);
}

static int __dev_open(struct net_device *dev)
{
	int ret;

	call_netdevice_notifiers(NETDEV_PRE_UP, dev);
	ret = dev->netdev_ops->ndo_open(dev);
	if (!ret)
		__dev_set_rx_mode(dev);
	return ret;
}

int dev_open(struct net_device *dev, struct netlink_ext_ack *extack)
{
	int ret = __dev_open(dev);

	if (!ret)
		call_netdevice_notifiers(NETDEV_UP, dev);
	return ret;
}

void dev_close(struct net_device *dev)
{
	call_netdevice_notifiers(NETDEV_GOING_DOWN, dev);
	synchronize_net();
	dev->netdev_ops->ndo_stop(dev);
	call_netdevice_notifiers(NETDEV_DOWN, dev);
}

void dev_close_many(struct list_head *head, bool unlink)
{
	struct net_device *dev;

	list_for_each_entry(dev, head, close_list)
		dev_close(dev);
}

int dev_change_flags(struct net_device *dev, unsigned int flags, struct netlink_ext_ack *extack)
{
	int ret = 0;

	__dev_set_rx_mode(dev);
	if (flags & IFF_UP)
		ret = dev_open(dev, extack);
	else
		dev_close(dev);
	call_netdevice_notifiers(NETDEV_CHANGE, dev);
	return ret;
}

void dev_set_rx_mode(struct net_device *dev)
{
	__dev_set_rx_mode(dev);
}

int dev_set_promiscuity(struct net_device *dev, int inc)
{
	dev->netdev_ops->ndo_change_rx_flags(dev, IFF_PROMISC);
	__dev_set_rx_mode(dev);
	return holdwait_any;
}

int dev_set_allmulti(struct net_device *dev, int inc)
{
	dev->netdev_ops->ndo_change_rx_flags(dev, IFF_ALLMULTI);
	__dev_set_rx_mode(dev);
	return holdwait_any;
}

int dev_uc_add(struct net_device *dev, const unsigned char *addr)
{
	__dev_set_rx_mode(dev);
	return holdwait_any;
}

int dev_uc_del(struct net_device *dev, const unsigned char *addr)
{
	__dev_set_rx_mode(dev);
	return holdwait_any;
}

int dev_mc_add(struct net_device *dev, const unsigned char *addr)
{
	__dev_set_rx_mode(dev);
	return holdwait_any;
}

int dev_mc_del(struct net_device *dev, const unsigned char *addr)
{
	__dev_set_rx_mode(dev);
	return holdwait_any;
}

int dev_set_mtu(struct net_device *dev, int new_mtu)
{
	int err;

	call_netdevice_notifiers(NETDEV_PRECHANGEMTU, dev);
	err = dev->netdev_ops->ndo_change_mtu(dev, new_mtu);
	if (!err)
		call_netdevice_notifiers(NETDEV_CHANGEMTU, dev);
	return err;
}

int dev_set_mac_address(struct net_device *dev, struct sockaddr *sa, struct netlink_ext_ack *extack)
{
	int err;

	call_netdevice_notifiers(NETDEV_PRE_CHANGEADDR, dev);
	err = dev->netdev_ops->ndo_set_mac_address(dev, sa);
	if (!err)
		call_netdevice_notifiers(NETDEV_CHANGEADDR, dev);
	return err;
}

int __netdev_update_features(struct net_device *dev)
{
	dev->netdev_ops->ndo_fix_features(dev, dev->features);
	return dev->netdev_ops->ndo_set_features(dev, dev->features);
}

void netdev_update_features(struct net_device *dev)
{
	if (__netdev_update_features(dev))
		call_netdevice_notifiers(NETDEV_FEAT_CHANGE, dev);
}

void netdev_change_features(struct net_device *dev)
{
	__netdev_update_features(dev);
	call_netdevice_notifiers(NETDEV_FEAT_CHANGE, dev);
}

void netdev_state_change(struct net_device *dev)
{
	call_netdevice_notifiers(NETDEV_CHANGE, dev);
}

void netdev_notify_peers(struct net_device *dev)
{
	rtnl_lock();
	call_netdevice_notifiers(NETDEV_NOTIFY_PEERS, dev);
	call_netdevice_notifiers(NETDEV_RESEND_IGMP, dev);
	rtnl_unlock();
}

int netdev_upper_dev_link(struct net_device *dev, struct net_device *upper_dev, struct netlink_ext_ack *extack)
{
	call_netdevice_notifiers(NETDEV_PRECHANGEUPPER, dev);
	call_netdevice_notifiers(NETDEV_CHANGEUPPER, dev);
	return holdwait_any;
}

int netdev_master_upper_dev_link(struct net_device *dev, struct net_device *upper_dev, void *upper_priv,
				 void *upper_info, struct netlink_ext_ack *extack)
{
	call_netdevice_notifiers(NETDEV_PRECHANGEUPPER, dev);
	call_netdevice_notifiers(NETDEV_CHANGEUPPER, dev);
	return holdwait_any;
}

void netdev_upper_dev_unlink(struct net_device *dev, struct net_device *upper_dev)
{
	call_netdevice_notifiers(NETDEV_PRECHANGEUPPER, dev);
	call_netdevice_notifiers(NETDEV_CHANGEUPPER, dev);
}

/* The caller holds the rtnl mutex; who unregisters leaves the wait for references to rtnl_unlock(). */
static void unregister_one(struct net_device *dev)
{
	dev_close(dev);
	cpus_read_lock();
	cpus_read_unlock();
	synchronize_net();
	call_netdevice_notifiers(NETDEV_UNREGISTER, dev);
	dev->netdev_ops->ndo_uninit(dev);
	holdwait_remove_class_device(&dev->dev);
	synchronize_net();
	holdwait_set(&net_todo);
}

void unregister_netdevice_queue(struct net_device *dev, struct list_head *head)
{
	if (head)
		return;
	unregister_one(dev);
}

void unregister_netdevice(struct net_device *dev)
{
	unregister_one(dev);
}

void unregister_netdevice_many(struct list_head *head)
{
	struct net_device *dev;

	list_for_each_entry(dev, head, unreg_list)
		unregister_one(dev);
}

void unregister_netdev(struct net_device *dev)
{
	rtnl_lock();
	unregister_one(dev);
	rtnl_unlock();
}

int register_netdevice(struct net_device *dev)
{
	int ret = dev->netdev_ops->ndo_init(dev);

	if (ret)
		return ret;
	call_netdevice_notifiers(NETDEV_POST_INIT, dev);
	ret = holdwait_add_class_device(&dev->dev);
	if (ret) {
		dev->netdev_ops->ndo_uninit(dev);
		dev->priv_destructor(dev);
		return ret;
	}
	__netdev_update_features(dev);
	ret = call_netdevice_notifiers(NETDEV_REGISTER, dev);
	if (ret)
		unregister_one(dev);
	return ret;
}

int register_netdev(struct net_device *dev)
{
	int err;

	if (rtnl_lock_killable())
		return -EINTR;
	err = register_netdevice(dev);
	rtnl_unlock();
	return err;
}

int devm_register_netdev(struct device *dev, struct net_device *ndev)
{
	return register_netdev(ndev);
}

/* Memory that may still be in use is freed by whoever puts the last reference: nothing is waited for here. */
void free_netdev(struct net_device *dev)
{
	synchronize_net();
}

/*
 * What is sent is shown to taps, which ask for packets of every protocol and only put them on their queues: a protocol
 * gets what is received, and never what it sends itself.
 */
void dev_queue_xmit_nit(struct sk_buff *skb, struct net_device *dev)
{
}
