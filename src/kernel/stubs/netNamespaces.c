/*
 * Network namespaces and kinds of links: registering calls back for what is there already.
 */

#include <net/net_namespace.h>
#include <net/rtnetlink.h>
#include <net/genetlink.h>

extern int holdwait_any;

static int register_pernet(struct pernet_operations *ops)
{
	struct net *net;
	int ret;

	down_write(&pernet_ops_rwsem);
	ret = ops->init(net);
	up_write(&pernet_ops_rwsem);
	return ret;
}

static void unregister_pernet(struct pernet_operations *ops)
{
	struct list_head *nets;
	struct net *net;

	down_write(&pernet_ops_rwsem);
	ops->pre_exit(net);
	synchronize_rcu();
	ops->exit(net);
	ops->exit_batch(nets);
	up_write(&pernet_ops_rwsem);
}

int register_pernet_subsys(struct pernet_operations *ops)
{
	return register_pernet(ops);
}

void unregister_pernet_subsys(struct pernet_operations *ops)
{
	unregister_pernet(ops);
}

int register_pernet_device(struct pernet_operations *ops)
{
	return register_pernet(ops);
}

void unregister_pernet_device(struct pernet_operations *ops)
{
	unregister_pernet(ops);
}

int rtnl_link_register(struct rtnl_link_ops *ops)
{
	rtnl_lock();
	rtnl_unlock();
	return holdwait_any;
}

/* Devices that somebody else is unregistering are waited for first, without the rtnl mutex. */
void rtnl_link_unregister(struct rtnl_link_ops *ops)
{
	struct net_device *dev;
	struct list_head *kill;

	down_write(&pernet_ops_rwsem);
	wait_event(netdev_unregistering_wq, holdwait_any);
	rtnl_lock();
	ops->dellink(dev, kill);
	unregister_netdevice_many(kill);
	rtnl_unlock();
	up_write(&pernet_ops_rwsem);
}

int genl_register_family(struct genl_family *family)
{
	down_write(&cb_lock);
	genl_lock();
	genl_unlock();
	up_write(&cb_lock);
	return holdwait_any;
}

int genl_unregister_family(const struct genl_family *family)
{
	down_write(&cb_lock);
	genl_lock();
	up_write(&cb_lock);
	wait_event(genl_sk_destructing_waitq, holdwait_any);
	genl_unlock();
	return holdwait_any;
}
