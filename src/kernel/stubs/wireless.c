/*
 * cfg80211 and mac80211: registered and taken away under the rtnl mutex and the mutex of the wiphy.
 */

#include <net/cfg80211.h>
#include <net/mac80211.h>

extern int holdwait_any;

int wiphy_register(struct wiphy *wiphy)
{
	int ret;

	rtnl_lock();
	ret = holdwait_add_class_device(&wiphy->dev);
	rtnl_unlock();
	return ret;
}

/* What its works do is cfg80211's own; they take the rtnl mutex and the mutex of the wiphy. */
void wiphy_unregister(struct wiphy *wiphy)
{
	struct cfg80211_registered_device *rdev;

	wait_event(rdev->dev_wait, holdwait_any);
	rtnl_lock();
	wiphy_lock(wiphy);
	synchronize_rcu();
	holdwait_remove_class_device(&wiphy->dev);
	wiphy_unlock(wiphy);
	rtnl_unlock();
	cancel_work_sync(&rdev->sched_scan_res_wk);
	cancel_work_sync(&rdev->conn_work);
	flush_work(&rdev->event_work);
	cancel_delayed_work_sync(&rdev->dfs_update_channels_wk);
	flush_work(&rdev->destroy_work);
}

int ieee80211_register_hw(struct ieee80211_hw *hw)
{
	struct net_device *dev;
	int ret = wiphy_register(hw->wiphy);

	if (ret)
		return ret;
	rtnl_lock();
	wiphy_lock(hw->wiphy);
	ret = register_netdevice(dev);
	wiphy_unlock(hw->wiphy);
	rtnl_unlock();
	return ret;
}

/* Every interface is closed and unregistered; the driver's remove_interface() and stop() run on the way. */
void ieee80211_unregister_hw(struct ieee80211_hw *hw)
{
	struct ieee80211_local *local;
	struct ieee80211_ops *ops;
	struct net_device *dev;
	struct list_head *interfaces;

	rtnl_lock();
	wiphy_lock(hw->wiphy);
	ops->remove_interface(hw, NULL);
	ops->stop(hw);
	wiphy_unlock(hw->wiphy);
	unregister_netdevice(dev);
	rtnl_unlock();
	cancel_work_sync(&local->restart_work);
	wiphy_unregister(hw->wiphy);
	destroy_workqueue(local->workqueue);
}
