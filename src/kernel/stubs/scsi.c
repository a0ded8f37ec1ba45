/*
 * SCSI hosts: scanned and taken apart under the scan mutex of the host.
 */

#include <scsi/scsi_device.h>
#include <scsi/scsi_host.h>

static void __scsi_remove(struct scsi_device *sdev)
{
	mutex_lock(&sdev->state_mutex);
	mutex_unlock(&sdev->state_mutex);
	holdwait_remove_class_device(&sdev->sdev_dev);
	device_del(&sdev->sdev_gendev);
	blk_mq_destroy_queue(sdev->request_queue);
	cancel_work_sync(&sdev->requeue_work);
	sdev->host->hostt->slave_destroy(sdev);
}

static int scsi_probe_and_add(struct Scsi_Host *shost, struct scsi_device *sdev)
{
	shost->hostt->slave_alloc(sdev);
	shost->hostt->slave_configure(sdev);
	return device_add(&sdev->sdev_gendev);
}

void scsi_scan_host(struct Scsi_Host *shost)
{
	struct scsi_device *sdev;

	shost->hostt->scan_start(shost);
	shost->hostt->scan_finished(shost, 0);
	mutex_lock(&shost->scan_mutex);
	scsi_probe_and_add(shost, sdev);
	mutex_unlock(&shost->scan_mutex);
}

int scsi_add_device(struct Scsi_Host *host, uint channel, uint target, u64 lun)
{
	struct scsi_device *sdev;
	int ret;

	mutex_lock(&host->scan_mutex);
	ret = scsi_probe_and_add(host, sdev);
	mutex_unlock(&host->scan_mutex);
	return ret;
}

void scsi_remove_device(struct scsi_device *sdev)
{
	struct Scsi_Host *shost = sdev->host;

	mutex_lock(&shost->scan_mutex);
	__scsi_remove(sdev);
	mutex_unlock(&shost->scan_mutex);
}

void scsi_remove_target(struct device *dev)
{
	struct scsi_device *sdev;

	scsi_remove_device(sdev);
}

void scsi_remove_host(struct Scsi_Host *shost)
{
	struct scsi_device *sdev;

	mutex_lock(&shost->scan_mutex);
	flush_workqueue(shost->tmf_work_q);
	__scsi_remove(sdev);
	mutex_unlock(&shost->scan_mutex);
	wait_for_completion(&shost->tagset_freed);
	holdwait_remove_class_device(&shost->shost_dev);
	device_del(&shost->shost_gendev);
}
