/*
 * MMC hosts: cards are taken away before the host is.
 */

#include <linux/mmc/card.h>
#include <linux/mmc/host.h>

int mmc_add_host(struct mmc_host *host)
{
	int ret = holdwait_add_class_device(&host->class_dev);

	if (ret)
		return ret;
	mmc_claim_host(host);
	host->ops->set_ios(host, &host->ios);
	mmc_release_host(host);
	return ret;
}

void mmc_remove_host(struct mmc_host *host)
{
	cancel_delayed_work_sync(&host->detect);
	device_del(&host->card->dev);
	mmc_claim_host(host);
	host->ops->set_ios(host, &host->ios);
	mmc_release_host(host);
	holdwait_remove_class_device(&host->class_dev);
}
