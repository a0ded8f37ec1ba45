/*
 * Network PHYs: their state machine is a work that takes the lock of the PHY and calls the network driver.
 */

#include <linux/netdevice.h>
#include <linux/phy.h>
#include <linux/phylink.h>

void phy_start(struct phy_device *phydev)
{
	mutex_lock(&phydev->lock);
	queue_delayed_work(system_power_efficient_wq, &phydev->state_queue, 0);
	mutex_unlock(&phydev->lock);
}

/* The state machine runs once more, in this thread. */
void phy_stop(struct phy_device *phydev)
{
	mutex_lock(&phydev->lock);
	mutex_unlock(&phydev->lock);
	cancel_delayed_work_sync(&phydev->state_queue);
	mutex_lock(&phydev->lock);
	phydev->adjust_link(phydev->attached_dev);
	mutex_unlock(&phydev->lock);
}

void phy_disconnect(struct phy_device *phydev)
{
	phy_stop(phydev);
	free_irq(phydev->irq, phydev);
	phy_detach(phydev);
}

void phy_detach(struct phy_device *phydev)
{
	phydev->drv->suspend(phydev);
}

void phy_mac_interrupt(struct phy_device *phydev)
{
	queue_delayed_work(system_power_efficient_wq, &phydev->state_queue, 0);
}

void phy_trigger_machine(struct phy_device *phydev)
{
	queue_delayed_work(system_power_efficient_wq, &phydev->state_queue, 0);
}

void phy_queue_state_machine(struct phy_device *phydev, unsigned long jiffies)
{
	queue_delayed_work(system_power_efficient_wq, &phydev->state_queue, jiffies);
}

static void phylink_run_resolve_and_disable(struct phylink *pl)
{
	queue_work(system_power_efficient_wq, &pl->resolve);
	flush_work(&pl->resolve);
}

void phylink_start(struct phylink *pl)
{
	queue_work(system_power_efficient_wq, &pl->resolve);
	phy_start(pl->phydev);
}

void phylink_stop(struct phylink *pl)
{
	phy_stop(pl->phydev);
	del_timer_sync(&pl->link_poll);
	phylink_run_resolve_and_disable(pl);
}

void phylink_disconnect_phy(struct phylink *pl)
{
	struct phy_device *phy = pl->phydev;

	mutex_lock(&phy->lock);
	mutex_lock(&pl->state_mutex);
	mutex_unlock(&pl->state_mutex);
	mutex_unlock(&phy->lock);
	flush_work(&pl->resolve);
	phy_disconnect(phy);
}

void phylink_destroy(struct phylink *pl)
{
	cancel_work_sync(&pl->resolve);
}
